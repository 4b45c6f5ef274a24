"""Who may see an agency's figures and checks, and the records behind its cells (a report itself: `visibility`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import Http404

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import agencies_of
from gongkai.annual_report.figure_page import FigurePage
from gongkai.annual_report.models import CellCorrection, CheckRun
from gongkai.annual_report.records import NoSuchCell, records_of
from gongkai.applications.models import Application
from gongkai.applications.selectors import cases_for
from gongkai.law.report_form import Cell, Tables, Value, cells

#: Reports in the national format begin with 2019; their compilation here with the current form of 2021.
FIRST_YEAR = 2021
#: A page never lists more records than this of one cell.
MOST = 500


def agency_for_report(person: Person, slug: str) -> Agency:
    """The agency whose report this person may see: one where they hold a role. Otherwise Http404."""
    found = agencies_of(person).filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def checks_of(agency: Agency) -> QuerySet[CheckRun]:
    """What was given for checking at an agency, the latest first. The caller has asked whose it is."""
    return CheckRun.objects.filter(agency=agency).select_related("by")


def check_for(person: Person, run_id: int) -> CheckRun:
    """A check at an agency where this person holds a role. Otherwise Http404."""
    runs = CheckRun.objects.select_related("agency", "by").filter(agency__in=agencies_of(person))
    run = runs.filter(pk=run_id).first()
    if run is None:
        raise Http404
    return run


def figures_of(person: Person, slug: str, year: int) -> FigurePage:
    """The agency's own figures of a year. Http404 for a stranger or a year without this form."""
    agency = agency_for_report(person, slug)
    if not FIRST_YEAR <= year <= 2100:
        raise Http404
    return FigurePage(person, agency, year)


def tables_for(person: Person, slug: str, year: int) -> tuple[Agency, Tables]:
    """The tables as the report gives them: counted, or frozen, corrections laid over."""
    page = figures_of(person, slug, year)
    return page.agency, page.tables


@dataclass(frozen=True)
class CellRecords:
    """A cell, its number, what the records say, and those of them that this reader may see: one page, and after which
    the next begins (empty: no more)."""

    page: FigurePage
    cell: Cell
    value: Value
    counted: Value
    kind: str
    records: Sequence[Any]
    hidden: int
    next: str

    @property
    def correction(self) -> CellCorrection | None:
        """The correction in force."""
        return self.page.corrections.get(self.cell.address)

    @property
    def history(self) -> Sequence[CellCorrection]:
        return self.page.history_of(self.cell.address)


def cell_records(person: Person, slug: str, year: int, address: str, after: str = "") -> CellRecords:
    """The records behind one cell. Applications pass the one visibility rule of cases; what it hides is counted."""
    page = figures_of(person, slug, year)
    try:
        found = records_of(page.agency, year, address)
    except NoSuchCell as error:
        raise Http404 from error
    of_cases = found.model is Application
    shown = found & cases_for(person) if of_cases else found
    # The keys first: they are found and sorted along an index, and only what is shown is read whole.
    keys = _from(shown, after).values("pk")[: MOST + 1]
    rows = list(found.model._default_manager.filter(pk__in=keys).order_by(_order(shown), "pk"))
    # The register of one agency: whoever reads one of its cases reads them all.
    hidden = found.count() if of_cases and not rows and not after else 0
    more = cursor_of(shown, rows[MOST - 1]) if len(rows) > MOST else ""
    kind = found.model._meta.model_name or ""
    return CellRecords(page, cells()[address], page.tables[address], page.now[address], kind, rows[:MOST], hidden, more)


def _order(rows: QuerySet[Any]) -> str:
    """The column a list of records is in the order of; the key comes after it."""
    return str(rows.query.order_by[0])


def cursor_of(rows: QuerySet[Any], row: Any) -> str:
    """Where the page after this row begins."""
    return f"{getattr(row, _order(rows))}_{row.pk}"


def _from(rows: QuerySet[Any], after: str) -> QuerySet[Any]:
    """The rows behind a cursor; all of them where it says nothing. Raises Http404 for one that is none."""
    if not after:
        return rows
    value, _, key = after.rpartition("_")
    column = _order(rows)
    try:
        told = rows.model._meta.get_field(column).to_python(value)
        number = int(key)
    except (ValidationError, ValueError) as error:
        raise Http404 from error
    if told is None or not 0 <= number < 2**63:
        raise Http404
    return rows.filter(Q(**{f"{column}__gt": told}) | Q(**{column: told, "pk__gt": number}))
