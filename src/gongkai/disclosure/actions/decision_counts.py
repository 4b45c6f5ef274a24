"""Enter a department's monthly count of decisions, or the amount it charged."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Agency, Person
from gongkai.disclosure.actions.normative_documents import require_editor
from gongkai.disclosure.models import DecisionCount, DecisionKind
from gongkai.law.texts import Text
from gongkai.ledger.actions import record


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
    if not department.strip():
        raise Invalid("department", Text("请填写部门。", "Name the department."))
    if not 1 <= month <= 12 or not 2008 <= year <= 2100:
        raise Invalid("month", Text("年月不正确。", "There is no such month."))
    charges = kind == DecisionKind.CHARGES
    if figure < 0 or (not charges and figure != int(figure)):
        raise Invalid("figure", Text("数量应为不小于零的整数。", "The figure must be a whole number, not below zero."))
    key = {"agency": agency, "department": department.strip(), "kind": kind, "year": year, "month": month}
    earlier = DecisionCount.objects.select_for_update().filter(**key, replaced_by__isnull=True).first()
    values = {"amount": Decimal(figure)} if charges else {"decisions": int(figure)}
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


def _replace(earlier: DecisionCount | None, values: dict[str, object]) -> DecisionCount:
    """The newer row in force, the older pointing to it. For an instant the older points to itself, because only one
    row of a month may be in force at any time."""
    if earlier is None:
        return DecisionCount.objects.create(**values)
    earlier.replaced_by = earlier
    earlier.save(update_fields=["replaced_by"])
    row = DecisionCount.objects.create(**values)
    earlier.replaced_by = row
    earlier.save(update_fields=["replaced_by"])
    return row
