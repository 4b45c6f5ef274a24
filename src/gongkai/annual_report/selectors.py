"""Who may see an agency's report, and the records behind its cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.http import Http404

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import agencies_of
from gongkai.annual_report.compiling import compile_tables
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


def tables_for(person: Person, slug: str, year: int) -> tuple[Agency, Tables]:
    """The compiled tables. Http404 for a stranger or a year without this form."""
    agency = agency_for_report(person, slug)
    if not FIRST_YEAR <= year <= 2100:
        raise Http404
    return agency, compile_tables(agency, year)


@dataclass(frozen=True)
class CellRecords:
    """A cell, its number, and the records behind it that this reader may see."""

    cell: Cell
    value: Value
    kind: str
    records: Sequence[Any]
    hidden: int


def cell_records(person: Person, slug: str, year: int, address: str) -> CellRecords:
    """The records behind one cell. Applications pass the one visibility rule of cases; what it hides is counted."""
    agency, tables = tables_for(person, slug, year)
    try:
        found = records_of(agency, year, address)
    except NoSuchCell as error:
        raise Http404 from error
    shown, hidden = found, 0
    if found.model is Application:
        theirs = Q(pk__in=cases_for(person).values("pk"))
        shown = found.filter(theirs)
        counted = found.aggregate(all=Count("pk"), shown=Count("pk", filter=theirs))
        hidden = counted["all"] - counted["shown"]
    return CellRecords(
        cells()[address], tables[address], found.model._meta.model_name or "", list(shown[:MOST]), hidden
    )
