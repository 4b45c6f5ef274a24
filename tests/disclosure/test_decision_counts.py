"""Monthly figures of the departments: what table 2 sums up."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DataError, IntegrityError, transaction

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.selectors import today
from gongkai.disclosure.actions.decision_counts import MOST_CHARGED, MOST_DECIDED, record_count
from gongkai.disclosure.models import DecisionCount, DecisionKind
from gongkai.disclosure.selectors import counts_of
from gongkai.ledger.models import Chain, Entry
from gongkai.ledger.verification import verify
from tests.at_once import at_once
from tests.cast import Cast

OTHERS = ["clerk", "drafter", "approver", "supervisor", "administrator", "other_clerk", "stranger"]
DECIDED = [DecisionKind.LICENCES, DecisionKind.PENALTIES, DecisionKind.COERCION]


def count(cast: Cast, figure: Any = 12, **changes: Any) -> DecisionCount:
    values: dict[str, Any] = {
        "actor": cast.editor,
        "agency": cast.agency,
        "department": "执法局",
        "kind": DecisionKind.PENALTIES,
        "year": 2021,
        "month": 3,
        "figure": figure,
    }
    return record_count(**{**values, **changes})


def entries() -> list[Entry]:
    return list(Entry.objects.filter(act="disclosure.record_count").order_by("number"))


@pytest.mark.parametrize("kind", DECIDED)
@pytest.mark.parametrize("figure", [0, 1, 3288, MOST_DECIDED])
def test_a_number_of_decisions(cast: Cast, kind: DecisionKind, figure: int) -> None:
    row = count(cast, figure, kind=kind, department=" 执法局 ")
    row.refresh_from_db()
    assert (row.decisions, row.amount, row.department) == (figure, None, "执法局")
    assert str(row) == f"执法局 2021-03 {kind.value}"


@pytest.mark.parametrize(
    "figure", [0, 5, Decimal("0.01"), Decimal("27667879.00"), Decimal("1E+3"), Decimal("1234567890.12")]
)
def test_an_amount_charged(cast: Cast, figure: Decimal) -> None:
    row = count(cast, figure, kind=DecisionKind.CHARGES)
    row.refresh_from_db()
    assert (row.decisions, row.amount) == (None, Decimal(figure))


def test_the_entry_of_a_figure(cast: Cast) -> None:
    row = count(cast)
    [entry] = entries()
    assert (entry.chain_id, entry.actor, entry.subject) == ("ours", "editor", f"decision_count:{row.pk}")
    assert entry.facts == {"department": "执法局", "kind": "penalties", "month": "2021-03", "figure": "12"}


# --- told anew ----------------------------------------------------------------------------------------------


def test_a_figure_told_anew_replaces_the_older_which_stays(cast: Cast) -> None:
    first, second, third = count(cast, 10), count(cast, 12), count(cast, 11)
    assert [row.decisions for row in counts_of(cast.agency, 2021)] == [11]
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.replaced_by, second.replaced_by, third.replaced_by) == (second, third, None)
    assert [row.decisions for row in DecisionCount.objects.order_by("id")] == [10, 12, 11]
    assert [entry.facts["figure"] for entry in entries()] == ["10", "12", "11"]


@pytest.mark.parametrize(
    "other",
    [
        {"department": "审批局"},
        {"kind": DecisionKind.COERCION},
        {"year": 2020},
        {"month": 4},
    ],
)
def test_another_month_kind_or_department_is_another_figure(cast: Cast, other: dict[str, Any]) -> None:
    count(cast, 10)
    count(cast, 12, **other)
    assert DecisionCount.objects.filter(replaced_by__isnull=True).count() == 2


def test_only_the_figures_in_force_of_this_agency_and_year(cast: Cast) -> None:
    count(cast, 10)
    count(cast, 5, month=4)
    count(cast, 7, year=2020)
    assert sorted(row.decisions or 0 for row in counts_of(cast.agency, 2021)) == [5, 10]
    assert not counts_of(cast.other_agency, 2021).exists()


# --- who and what -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_but_the_editor_of_this_agency(cast: Cast, role: str) -> None:
    with pytest.raises(NotAllowed):
        count(cast, actor=getattr(cast, role))
    with pytest.raises(NotAllowed):
        count(cast, agency=cast.other_agency)
    assert not DecisionCount.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("department", {"department": ""}),
        ("department", {"department": "　 "}),
        ("department", {"department": "长" * 101}),
        ("kind", {"kind": "gifts"}),
        ("month", {"month": 0}),
        ("month", {"month": 13}),
        ("month", {"year": 2007}),
        ("month", {"year": 2101}),
        ("month", {"year": -1}),
        ("figure", {"figure": -1}),
        ("figure", {"figure": Decimal("1.5")}),
        ("figure", {"figure": Decimal("NaN")}),
        ("figure", {"figure": Decimal("Infinity")}),
        ("figure", {"figure": MOST_DECIDED + 1}),
        ("figure", {"figure": 10**40}),
    ],
)
def test_bad_input_is_refused_at_its_field(cast: Cast, field: str, changes: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as caught:
        count(cast, **changes)
    assert caught.value.field == field
    assert caught.value.message.zh
    assert not DecisionCount.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    "figure",
    [
        Decimal("-0.01"),
        Decimal("1.005"),
        Decimal("NaN"),
        Decimal("sNaN"),
        Decimal("-Infinity"),
        MOST_CHARGED + Decimal("0.01"),
        Decimal(10) ** 40,
    ],
)
def test_an_amount_that_no_column_holds_exactly_is_refused(cast: Cast, figure: Decimal) -> None:
    """Rounded in silence, the table would say another amount than the ledger."""
    with pytest.raises(Invalid) as caught:
        count(cast, figure, kind=DecisionKind.CHARGES)
    assert caught.value.field == "figure"
    assert not DecisionCount.objects.exists()


def test_the_present_month_is_taken_the_next_is_not(cast: Cast) -> None:
    now = today()
    count(cast, year=now.year, month=now.month)
    following = (now.replace(day=1) + timedelta(days=32)).replace(day=1)
    with pytest.raises(Invalid) as caught:
        count(cast, year=following.year, month=following.month)
    assert caught.value.field == "month"


def test_a_bad_figure_does_not_replace_a_good_one(cast: Cast) -> None:
    count(cast, 10)
    with pytest.raises(Invalid):
        count(cast, -1)
    assert [row.decisions for row in counts_of(cast.agency, 2021)] == [10]


# --- at once, and rolled back -------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrent
@pytest.mark.parametrize("begun", [False, True])
def test_told_at_once_the_last_one_stands_and_every_one_is_on_record(begun: bool) -> None:
    cast = Cast.assemble()
    if begun:
        count(cast, 99)
    found = at_once(*[lambda figure=figure: count(cast, figure) for figure in (1, 2, 3, 4)])
    assert all(isinstance(result, DecisionCount) for result in found), found
    [standing] = counts_of(cast.agency, 2021)
    assert entries()[-1].subject == f"decision_count:{standing.pk}"
    assert DecisionCount.objects.count() == len(entries()) == 4 + begun
    assert DecisionCount.objects.filter(replaced_by__isnull=False).count() == 3 + begun
    assert list(verify(Chain.objects.get(name="ours"))) == []


@pytest.mark.django_db(transaction=True)
def test_rolled_back_the_older_figure_stands() -> None:
    cast = Cast.assemble()
    first = count(cast, 10)

    @transaction.atomic
    def count_and_fail() -> None:
        count(cast, 12)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        count_and_fail()
    assert list(counts_of(cast.agency, 2021)) == [first]
    assert len(entries()) == 1


# --- what the database holds by itself ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"month": 0},
        {"month": 13},
        {"month": 4, "kind": "gifts"},
        {"month": 4, "decisions": None},
        {"month": 4, "decisions": 1, "amount": 1},
        {"month": 4, "kind": "charges"},
        {"month": 4, "kind": "charges", "decisions": None},
        {"month": 4, "kind": "charges", "decisions": None, "amount": -1},
        {"month": 4, "decisions": -1},
    ],
)
def test_the_database_refuses_what_no_action_would_write(cast: Cast, changes: dict[str, Any]) -> None:
    count(cast)
    values = {"department": "执法局", "kind": "penalties", "year": 2021, "month": 3, "decisions": 1, **changes}
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        DecisionCount.objects.create(agency=cast.agency, **values)


def test_a_replaced_row_does_not_stand_in_the_way(cast: Cast) -> None:
    old = count(cast, 1)
    count(cast, 2)
    old.refresh_from_db()
    assert old.replaced_by is not None
    assert list(old.replaced_by.replaces.all()) == [old]
    assert date(old.year, old.month, 1) == date(2021, 3, 1)
