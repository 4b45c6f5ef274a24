"""The year 2021, replayed act by act, gives the report that was published: cell by cell."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gongkai.annual_report.compiling import compile_tables
from gongkai.annual_report.reading import read_report
from gongkai.annual_report.records import records_of
from gongkai.annual_report.selectors import cell_records, tables_for
from gongkai.law.procedure import Role
from gongkai.law.report_form import Tables, Value, broken_identities, cells
from tests.annual_report.test_records import weighed
from tests.demonstration.played import Played, played  # noqa: F401

# Said for the whole module: pytest-django makes only the databases that some test asks for.
pytestmark = pytest.mark.django_db

#: The published numbers, as facts: every cell that is not nought.
PUBLISHED: dict[str, Value] = {
    "t2.normative_documents.made": 13,
    "t2.normative_documents.repealed": 83,
    "t2.normative_documents.in_force": 83,
    "t2.licences.decisions": 3288,
    "t2.penalties.decisions": 893,
    "t2.coercion.decisions": 27,
    "t2.charges.amount": Decimal("2766.7879"),
    **{
        f"t3.{row}.{column}": number
        for row in ("received", "granted", "total")
        for column, number in (("natural_person", 13), ("business", 4), ("legal_service", 3), ("total", 20))
    },
    "t4.reconsideration.upheld": 1,
    "t4.reconsideration.total": 1,
    "t4.litigation_direct.pending": 1,
    "t4.litigation_direct.total": 1,
    "t4.litigation_after_reconsideration.upheld": 1,
    "t4.litigation_after_reconsideration.total": 1,
}


@pytest.fixture
def tables(played: Played) -> Tables:  # noqa: F811
    return compile_tables(played.agency, 2021)


@pytest.mark.parametrize("table", ["t2", "t3", "t4"])
def test_every_cell_is_the_published_number(tables: Tables, table: str) -> None:
    expected = {address: PUBLISHED.get(address, 0) for address in cells() if address.startswith(f"{table}.")}
    assert {address: tables[address] for address in expected} == expected


def test_every_cell_is_the_seed_report_s(tables: Tables, seed_report: Path) -> None:
    seed = read_report(seed_report)
    assert seed.complete
    assert len(seed.tables.cells) == 200
    assert dict(tables.cells) == dict(seed.tables.cells)


def test_amounts_are_printed_as_they_were(tables: Tables) -> None:
    assert str(tables["t2.charges.amount"]) == "2766.7879"


def test_it_adds_up_before_and_after(played: Played, tables: Tables) -> None:  # noqa: F811
    before, after = (compile_tables(played.agency, year) for year in (2020, 2022))
    for report in (before, tables, after):
        assert broken_identities(report) == ()
    assert tables.row("carried_out") == after.row("carried_in") == (0,) * 7
    assert before["t2.normative_documents.in_force"] == 83 + 83 - 13
    assert after["t2.normative_documents.in_force"] == 83


def test_the_suit_still_pending_is_pending_the_year_after(played: Played) -> None:  # noqa: F811
    after = compile_tables(played.agency, 2022)
    assert [after[f"t4.{group}.total"] for group in ("reconsideration", "litigation_direct")] == [0, 1]


@pytest.mark.parametrize("year", [2021, 2022, 2026])
def test_every_number_opens(played: Played, year: int) -> None:  # noqa: F811
    tables = compile_tables(played.agency, year)
    assert {address: weighed(played.agency, year, address) for address in cells()} == dict(tables.cells)


def test_the_twenty_are_whom_the_report_counts(played: Played) -> None:  # noqa: F811
    answered = records_of(played.agency, 2021, "t3.granted.total")
    assert len({application.number for application in answered}) == 20
    assert {application.stage for application in answered} == {"closed"}
    assert all(application.answered_on <= application.due_on for application in answered)


@pytest.mark.parametrize(
    ("role", "hidden"),
    [(Role.CLERK, 0), (Role.SUPERVISOR, 0), (Role.EDITOR, 20), (Role.ADMINISTRATOR, 20)],
)
def test_what_the_people_of_the_office_see(played: Played, role: Role, hidden: int) -> None:  # noqa: F811
    found = cell_records(played.office[role], "zzjk", 2021, "t3.granted.total")
    assert (found.value, found.hidden, len(found.records)) == (20, hidden, 20 - hidden)


def test_the_report_takes_few_queries(played: Played, django_assert_max_num_queries: Any) -> None:  # noqa: F811
    with django_assert_max_num_queries(8):
        compile_tables(played.agency, 2021)
    with django_assert_max_num_queries(10):
        tables_for(played.office[Role.CLERK], "zzjk", 2021)
