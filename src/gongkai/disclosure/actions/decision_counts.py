"""Enter a department's monthly count of decisions, or the amount it charged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from gongkai.agencies.errors import Invalid, checked
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import today
from gongkai.disclosure.actions.normative_documents import require_editor
from gongkai.disclosure.models import DecisionCount, DecisionKind
from gongkai.law.texts import Text
from gongkai.ledger.actions import record

#: What the columns hold on every database.
MOST_DECIDED, MOST_CHARGED = 2_147_483_647, Decimal("99999999999999.99")


@transaction.atomic
def record_count(
    *,
    actor: Person,
    agency: Agency,
    department: str,
    kind: DecisionKind,
    year: int,
    month: int,
    figure: int | Decimal,
) -> DecisionCount:
    """One month's figure of one department: a number of decisions, or for charges an amount in yuan. Recording the
    month again replaces the figure; the earlier one stays on record behind it."""
    require_editor(actor, agency)
    # Two figures of the same month at once: the later one waits, and replaces the earlier.
    Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    if not department.strip():
        raise Invalid("department", Text("请填写部门。", "Name the department."))
    _require_month(year, month)
    values = _values(kind, figure)
    key = {"agency": agency, "department": department.strip(), "kind": kind, "year": year, "month": month}
    earlier = DecisionCount.objects.select_for_update().filter(**key, replaced_by__isnull=True).first()
    row = _replace(earlier, {**key, **values})
    facts = {
        "department": row.department,
        "kind": str(kind),
        "month": f"{year}-{month:02}",
        "figure": str(figure),
    }
    subject = f"decision_count:{row.pk}"
    record(chain=agency.slug, act="disclosure.record_count", subject=subject, facts=facts, actor=actor.username)
    return row


def _require_month(year: int, month: int) -> None:
    if not 1 <= month <= 12 or not 2008 <= year <= 2100:
        raise Invalid("month", Text("年月不正确。", "There is no such month."))
    if (year, month) > (today().year, today().month):
        raise Invalid("month", Text("该月尚未开始。", "That month has not begun."))


def _values(kind: DecisionKind, figure: int | Decimal) -> dict[str, object]:
    """The column that this kind fills. Raises Invalid for what it could not hold exactly."""
    charges, amount = kind == DecisionKind.CHARGES, Decimal(figure)
    most, places = (MOST_CHARGED, 2) if charges else (MOST_DECIDED, 0)
    if not amount.is_finite() or not 0 <= amount <= most or amount != round(amount, places):
        if charges:
            message = Text("金额应不小于零，至多两位小数。", "An amount not below zero, with at most two decimals.")
        else:
            message = Text("数量应为不小于零的整数。", "The figure must be a whole number, not below zero.")
        raise Invalid("figure", message)
    return {"amount": amount} if charges else {"decisions": int(amount)}


def _replace(earlier: DecisionCount | None, values: dict[str, object]) -> DecisionCount:
    """The newer row in force, the older pointing to it. For an instant the older points to itself, because only one
    row of a month may be in force at any time."""
    row = checked(DecisionCount(**values))
    if earlier is None:
        row.save()
        return row
    earlier.replaced_by = earlier
    earlier.save(update_fields=["replaced_by"])
    row.save()
    earlier.replaced_by = row
    earlier.save(update_fields=["replaced_by"])
    return row


@dataclass(frozen=True)
class Figure:
    """One figure to be recorded: whose, of what, which month."""

    department: str
    kind: DecisionKind
    month: int
    figure: int | Decimal


@transaction.atomic
def record_counts(*, actor: Person, agency: Agency, year: int, figures: Iterable[Figure]) -> int:
    """Many figures of a year at once, all or none; those that stand already as they are are left alone. Returns how many
    were recorded. Raises as `record_count` does."""
    require_editor(actor, agency)
    Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    rows = DecisionCount.objects.filter(agency=agency, year=year, replaced_by__isnull=True)
    standing = {(row.department, row.kind, row.month): row.figure for row in rows}
    recorded = 0
    for one in figures:
        if standing.get((one.department.strip(), str(one.kind), one.month)) == one.figure:
            continue
        record_count(
            actor=actor, agency=agency, department=one.department, kind=one.kind, year=year, month=one.month,
            figure=one.figure,
        )  # fmt: skip
        recorded += 1
    return recorded


def check_figure(kind: DecisionKind, figure: int | Decimal, year: int, month: int) -> None:
    """What `record_count` would have against a figure, for a preview. Raises Invalid."""
    _require_month(year, month)
    _values(kind, figure)
