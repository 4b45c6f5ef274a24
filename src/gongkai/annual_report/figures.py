"""The numbers of a report as they stand: counted live or frozen, with what was corrected by hand laid over them; and
those of the year before.

No permission is checked here: the caller has found the report by a selector.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import chain

from gongkai.agencies.models import Agency
from gongkai.annual_report.addition import added_up
from gongkai.annual_report.compiling import compile_tables
from gongkai.annual_report.content import ReportContent, cells_from_data
from gongkai.annual_report.corrections import laid_over
from gongkai.annual_report.linked_figures import compares_with_last_year
from gongkai.annual_report.models import (
    CellCorrection,
    ReadReport,
    Report,
    Scope,
    SectionText,
)
from gongkai.annual_report.sums import cells_of, standing
from gongkai.law.report_form import Form, Tables, Value, cells
from gongkai.law.report_procedure import ReportAct, ReportState


def counted_now(report: Report) -> Tables:
    """What the records say at this moment, whatever was frozen or corrected."""
    if report.scope == Scope.WHOLE:
        return summed(report.agency, report.year)
    return compile_tables(report.agency, report.year)


def own_tables(agency: Agency, year: int) -> Tables:
    """The office's own numbers: of its report as it stands, else as the records say."""
    own = report_on(agency, year)
    return tables_of(own) if own else compile_tables(agency, year)


def summed(agency: Agency, year: int) -> Tables:
    """The 汇总: the office's own numbers and the accepted report of every child, cell by cell."""
    return added_up(chain([own_tables(agency, year).cells], cells_of(standing(agency, year))))


def base_of(report: Report) -> Tables:
    """The counted numbers that hold: the frozen ones, or what the records say now."""
    return counted_now(report) if report.frozen is None else cells_from_data(report.frozen)


def tables_of(report: Report) -> Tables:
    """The tables as the report gives them: counted or frozen, corrections laid over."""
    return laid_over(base_of(report), corrected(report))


def corrections_of(report: Report) -> Mapping[str, CellCorrection]:
    """The corrections in force, by cell: the newest of each, unless it took the counted number back."""
    newest = {row.address: row for row in report.corrections.select_related("by").order_by("address", "number")}
    return {address: row for address, row in newest.items() if row.value is not None}


def corrected(report: Report) -> dict[str, Value]:
    """The corrected cells and their values."""
    return {address: value_of(address, row.value) for address, row in corrections_of(report).items()}


def value_of(address: str, text: str | None) -> Value:
    """A kept number as the cell holds it: a count, or an amount in 万元."""
    if text is None or text == "":
        return None
    return Decimal(text) if cells()[address].decimal else int(text)


def texts_of(report: Report) -> dict[str, str]:
    """The newest words of every section that has any, with the linked figures as they are typed."""
    rows = SectionText.objects.filter(report=report).order_by("section", "number").values_list("section", "text")
    return dict(rows)


def content_of(report: Report) -> ReportContent:
    """The whole report as it stands, as one value."""
    signed = None
    if report.state in (ReportState.SIGNED, ReportState.PUBLISHED):  # a signature ends with the opening of the report
        signed = report.steps.filter(kind=ReportAct.SIGN).select_related("actor").last()
    texts = texts_of(report)
    compares = compares_with_last_year(texts.values())
    return ReportContent(
        agency=report.agency.name,
        year=report.year,
        scope=report.scope,
        tables=tables_of(report),
        sections=texts,
        signed_by=signed.actor.display_name if signed else "",
        previous=previous(report.agency, report.year, report.scope) if compares else None,
    )


def report_on(agency: Agency, year: int, scope: str = Scope.OWN) -> Report | None:
    """The report of an agency, a year and a scope, if it was begun."""
    return Report.objects.filter(agency=agency, year=year, scope=scope).select_related("agency").first()


def previous_source(agency: Agency, year: int, scope: str = Scope.OWN) -> str:
    """Where `previous` has its numbers from: published, frozen, read; empty where nothing is known."""
    report = report_on(agency, year - 1, scope)
    if report is not None and report.publications.exists():
        return "published"
    if report is not None and report.frozen is not None:
        return "frozen"
    read = ReadReport.objects.filter(agency=agency, year=year - 1, scope=scope)
    return "read" if read.exists() else ""


def previous(agency: Agency, year: int, scope: str = Scope.OWN) -> Tables | None:
    """The tables of the year before `year`: our own report as published, else as frozen; else read from last year's
    file; None where nothing is known. Those of 2019 and 2020 come in their own form."""
    report = report_on(agency, year - 1, scope)
    if report is not None:
        publication = report.publications.last()
        if publication is not None:
            return ReportContent.from_data(publication.content).tables
        if report.frozen is not None:
            return tables_of(report)
    read = ReadReport.objects.filter(agency=agency, year=year - 1, scope=scope).last()
    return cells_from_data(read.cells, Form(read.form)) if read else None


def previous_texts(agency: Agency, year: int, scope: str = Scope.OWN) -> dict[str, str]:
    """The words of the year before `year` by section, figures printed; from where `previous` has its numbers."""
    report = report_on(agency, year - 1, scope)
    if report is not None:
        publication = report.publications.last()
        if publication is not None or report.frozen is not None:
            content = ReportContent.from_data(publication.content) if publication else content_of(report)
            return {section: content.words(section) for section in content.sections}
    read = ReadReport.objects.filter(agency=agency, year=year - 1, scope=scope).last()
    return dict(read.texts) if read else {}
