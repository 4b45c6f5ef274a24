"""Tables 2, 3 and 4 counted from the records of any year, against a plain reading of the form."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise, product
from random import Random
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.annual_report.compiling import Period, compile_tables, in_wan
from gongkai.disclosure.models import DecisionCount, DecisionKind
from gongkai.disputes.models import DisputeKind, DisputeResult
from gongkai.law.applicants import ApplicantKind
from gongkai.law.outcomes import Outcome
from gongkai.law.report_form import Tables, broken_identities, cells
from tests.annual_report import histories
from tests.annual_report.histories import Case, Dated
from tests.cast import Cast

PERSON = ApplicantKind.NATURAL_PERSON


def part(tables: Tables, table: str) -> dict[str, object]:
    return {address: value for address, value in tables.cells.items() if address.startswith(f"{table}.")}


def filled(tables: Tables, table: str = "t3") -> dict[str, object]:
    """The cells that are not zero, without the column 总计."""
    return {a.removeprefix(f"{table}."): v for a, v in part(tables, table).items() if v and not a.endswith(".total")}


@pytest.fixture
def undo() -> Any:
    """Rows of one example, gone before the next."""
    from contextlib import contextmanager

    @contextmanager
    def example() -> Iterator[None]:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)

    return example


def test_an_agency_without_records_reports_noughts_everywhere(cast: Cast) -> None:
    tables = compile_tables(cast.agency, 2021)
    assert len(tables.cells) == len(cells()) == 200
    assert set(tables.cells.values()) == {0}
    assert tables.missing == ()


# --- table 3, case by case ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("received", "answered", "by_year"),
    [
        (date(2021, 1, 1), date(2021, 12, 31), {2021: {"received", "granted"}}),
        (date(2021, 12, 31), date(2022, 1, 1), {2021: {"received", "carried_out"}, 2022: {"carried_in", "granted"}}),
        (date(2020, 12, 31), date(2021, 1, 1), {2021: {"carried_in", "granted"}}),
        (date(2020, 12, 31), date(2020, 12, 31), {}),
        (date(2021, 6, 1), None, {2021: {"received", "carried_out"}, 2022: {"carried_in", "carried_out"}}),
        (date(2020, 6, 1), date(2022, 6, 1), {2021: {"carried_in", "carried_out"}, 2022: {"carried_in", "granted"}}),
        (date(2022, 1, 1), date(2022, 1, 1), {2022: {"received", "granted"}}),
        (None, None, {}),
    ],
)
@pytest.mark.article("条例", 50)
def test_in_which_rows_a_case_stands(
    cast: Cast, received: date | None, answered: date | None, by_year: dict[int, set[str]]
) -> None:
    histories.enter_cases(cast.agency, [Case(PERSON, received, answered, Outcome.GRANTED if answered else None)])
    for year in (2021, 2022):
        found = filled(compile_tables(cast.agency, year))
        expected = {f"{row}.natural_person": 1 for row in by_year.get(year, ())}
        handled = {"total.natural_person": 1} if "granted" in by_year.get(year, ()) else {}
        assert found == {**expected, **handled}, year


def test_each_outcome_and_kind_has_its_own_cell(cast: Cast) -> None:
    """126 cells, told apart by how many stand in them."""
    pairs = list(product(Outcome, ApplicantKind))
    numbers = {pair: 1 + (place * 5) % 11 for place, pair in enumerate(pairs)}
    day = date(2021, 3, 1)
    histories.enter_cases(
        cast.agency, [Case(kind, day, day, outcome) for (outcome, kind), n in numbers.items() for _ in range(n)]
    )
    tables = compile_tables(cast.agency, 2021)
    assert {pair: tables[f"t3.{pair[0].value}.{pair[1].value}"] for pair in pairs} == numbers
    assert tables["t3.total.total"] == tables["t3.received.total"] == sum(numbers.values())
    assert broken_identities(tables) == ()


def test_another_agency_s_cases_are_not_ours(cast: Cast) -> None:
    histories.enter_cases(cast.other_agency, [Case(PERSON, date(2021, 3, 1))])
    assert filled(compile_tables(cast.agency, 2021)) == {}


# --- any history --------------------------------------------------------------------------------------------

days = st.dates(histories.FIRST, histories.LAST) | st.sampled_from(
    [date(year, month, day) for year in range(2020, 2025) for month, day in ((1, 1), (12, 31))]
)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    kind, received = draw(st.sampled_from(ApplicantKind)), draw(st.none() | days)
    if received is None or draw(st.booleans()):
        return Case(kind, received)
    return Case(kind, received, max(received, draw(days)), draw(st.sampled_from(Outcome)))


@st.composite
def disputes(draw: st.DrawFn) -> Dated:
    kind, filed = draw(st.sampled_from(DisputeKind)).value, draw(days)
    if draw(st.booleans()):
        return Dated(kind, filed)
    return Dated(kind, filed, max(filed, draw(days)), draw(st.sampled_from(DisputeResult)).value)


many = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@many
@given(history=st.lists(cases(), max_size=12))
def test_table_3_of_any_history(cast: Cast, undo: Any, history: list[Case]) -> None:
    with undo():
        histories.enter_cases(cast.agency, history)
        for year in histories.YEARS:
            tables = compile_tables(cast.agency, year)
            assert part(tables, "t3") == histories.table_3_of(history, year)
            assert broken_identities(tables) == ()


@many
@given(history=st.lists(cases(), max_size=12))
def test_what_one_year_carries_out_the_next_carries_in(cast: Cast, undo: Any, history: list[Case]) -> None:
    with undo():
        histories.enter_cases(cast.agency, history)
        tables = [compile_tables(cast.agency, year) for year in range(2020, 2026)]
        for before, after in pairwise(tables):
            assert before.row("carried_out") == after.row("carried_in")


@many
@given(history=st.lists(disputes(), max_size=8))
def test_table_4_of_any_history(cast: Cast, undo: Any, history: list[Dated]) -> None:
    with undo():
        histories.enter_disputes(cast.agency, history)
        for year in histories.YEARS:
            tables = compile_tables(cast.agency, year)
            assert part(tables, "t4") == histories.table_4_of(history, year)
            assert broken_identities(tables) == ()


@pytest.mark.parametrize("seed", range(4))
def test_table_2_of_any_history(cast: Cast, seed: int) -> None:
    random = Random(seed)
    documents = [histories.any_document(random) for _ in range(60)]
    figures = [histories.any_figure(random) for _ in range(60)]
    histories.enter_documents(cast.agency, documents)
    histories.enter_counts(cast.agency, figures)
    for year in histories.YEARS:
        tables = compile_tables(cast.agency, year)
        expected = histories.documents_of(documents, year)
        for kind in DecisionKind:
            total = sum(figure for which, when, _, figure in figures if (which, when) == (kind, year))
            expected |= (
                {"t2.charges.amount": Decimal(total) / 10_000}
                if kind == DecisionKind.CHARGES
                else {f"t2.{kind.value}.decisions": int(total)}
            )
        assert part(tables, "t2") == expected


# --- amounts ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("yuan", "wan"),
    [
        ("27667879.00", "2766.7879"),
        ("0", "0"),
        ("0.01", "0.000001"),
        ("10000", "1"),
        ("1000000.00", "100"),
        ("123456789012.34", "12345678.901234"),
        ("99.9999999999986", "0.01"),
        ("1E+10", "1000000"),
    ],
)
def test_yuan_in_units_of_ten_thousand(yuan: str, wan: str) -> None:
    assert str(in_wan(Decimal(yuan))) == wan


@given(st.decimals(0, 10**13, places=2))
def test_no_fen_is_lost(yuan: Decimal) -> None:
    assert in_wan(yuan) * 10_000 == yuan
    assert "E" not in f"{in_wan(yuan):f}"


def test_a_sum_of_many_small_amounts_is_exact(cast: Cast) -> None:
    """1,200 departments at 0.10 yuan: added as floating point numbers they are not 120."""
    DecisionCount.objects.bulk_create(
        DecisionCount(
            agency=cast.agency, department=str(serial), kind="charges", year=2021, month=1, amount=Decimal("0.10")
        )
        for serial in range(1200)
    )
    assert compile_tables(cast.agency, 2021)["t2.charges.amount"] == Decimal("0.012")


# --- cost ---------------------------------------------------------------------------------------------------


def test_a_whole_report_takes_few_queries_however_many_records(cast: Cast, django_assert_max_num_queries: Any) -> None:
    random = Random(7)
    histories.enter_cases(cast.agency, [histories.any_case(random) for _ in range(300)])
    with django_assert_max_num_queries(8):
        compile_tables(cast.agency, 2021)


def test_the_period_of_a_report() -> None:
    assert (Period(2024).first, Period(2024).last) == (date(2024, 1, 1), date(2024, 12, 31))
