"""Who may see a report, and which of the records behind a number."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from gongkai.agencies.models import Appointment
from gongkai.agencies.selectors import today
from gongkai.annual_report import selectors
from gongkai.annual_report.selectors import agency_for_report, cell_records, tables_for
from gongkai.law.applicants import ApplicantKind
from gongkai.law.procedure import Role
from tests.annual_report import histories
from tests.annual_report.histories import Case
from tests.cast import Cast

READ_CASES = ["clerk", "drafter", "approver", "supervisor"]
SEE_NUMBERS_ONLY = ["editor", "administrator"]
CELL = "t3.received.total"


@pytest.fixture
def five(cast: Cast) -> Cast:
    """Five applications of 2021."""
    histories.enter_cases(
        cast.agency, [Case(ApplicantKind.NATURAL_PERSON, date(2021, month, 1)) for month in range(1, 6)]
    )
    return cast


@pytest.mark.parametrize("role", READ_CASES + SEE_NUMBERS_ONLY)
def test_whoever_holds_a_role_sees_the_report(five: Cast, role: str) -> None:
    agency, tables = tables_for(getattr(five, role), "ours", 2021)
    assert (agency, tables[CELL]) == (five.agency, 5)


@pytest.mark.parametrize("role", ["other_clerk", "stranger"])
def test_for_anyone_else_there_is_none(five: Cast, role: str) -> None:
    person = getattr(five, role)
    for look in (
        lambda: agency_for_report(person, "ours"),
        lambda: tables_for(person, "ours", 2021),
        lambda: cell_records(person, "ours", 2021, CELL),
        lambda: tables_for(person, "nobody", 2021),
    ):
        with pytest.raises(Http404):
            look()


def test_a_visitor_sees_none(five: Cast) -> None:
    with pytest.raises(Http404):
        tables_for(AnonymousUser(), "ours", 2021)  # type: ignore[arg-type]


def test_a_role_that_has_ended_opens_nothing(five: Cast) -> None:
    Appointment.objects.filter(person=five.clerk).update(until=today() - timedelta(days=1))
    with pytest.raises(Http404):
        tables_for(five.clerk, "ours", 2021)


@pytest.mark.parametrize("year", [-1, 0, 2019, 2020, 2101, 99999])
def test_a_year_without_this_form(five: Cast, year: int) -> None:
    with pytest.raises(Http404):
        tables_for(five.clerk, "ours", year)
    with pytest.raises(Http404):
        cell_records(five.clerk, "ours", year, CELL)


@pytest.mark.parametrize("year", [2021, 2026, 2100])
def test_a_year_with_this_form(five: Cast, year: int) -> None:
    assert tables_for(five.clerk, "ours", year)[1].missing == ()


@pytest.mark.parametrize("address", ["", "t3.x.y", "t3.received.everyone"])
def test_a_cell_that_the_form_does_not_have(five: Cast, address: str) -> None:
    with pytest.raises(Http404):
        cell_records(five.clerk, "ours", 2021, address)


@pytest.mark.parametrize("role", READ_CASES)
def test_who_reads_cases_opens_the_number(five: Cast, role: str) -> None:
    found = cell_records(getattr(five, role), "ours", 2021, CELL)
    assert (found.value, found.kind, found.hidden, found.cell.address) == (5, "application", 0, CELL)
    assert [row.received_on.month for row in found.records] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("role", SEE_NUMBERS_ONLY)
def test_who_does_not_read_cases_sees_the_number_and_how_many_are_hidden(five: Cast, role: str) -> None:
    found = cell_records(getattr(five, role), "ours", 2021, CELL)
    assert (found.value, found.hidden, list(found.records)) == (5, 5, [])


def test_reading_cases_elsewhere_does_not_open_these(five: Cast) -> None:
    Appointment.objects.create(person=five.other_clerk, agency=five.agency, role=Role.EDITOR, since=date(2020, 1, 1))
    histories.enter_cases(five.other_agency, [Case(ApplicantKind.BUSINESS, date(2021, 1, 1))])
    found = cell_records(five.other_clerk, "ours", 2021, CELL)
    assert (found.value, found.hidden, list(found.records)) == (5, 5, [])


def test_documents_figures_and_disputes_are_hidden_from_nobody_who_sees_the_report(five: Cast) -> None:
    histories.enter_documents(five.agency, [histories.Dated("rules", date(2021, 1, 1))])
    histories.enter_disputes(five.agency, [histories.Dated("reconsideration", date(2021, 1, 1))])
    for address, kind in (("t2.rules.made", "normativedocument"), ("t4.reconsideration.pending", "dispute")):
        found = cell_records(five.editor, "ours", 2021, address)
        assert (found.value, found.kind, found.hidden, len(found.records)) == (1, kind, 0, 1)


def test_a_long_list_is_cut_but_the_number_is_not(five: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selectors, "MOST", 3)
    found = cell_records(five.clerk, "ours", 2021, CELL)
    assert (found.value, found.hidden, len(found.records)) == (5, 0, 3)


def test_a_page_of_records_takes_few_queries(five: Cast, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(11):
        cell_records(five.clerk, "ours", 2021, CELL)
