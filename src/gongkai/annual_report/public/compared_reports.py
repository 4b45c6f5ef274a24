"""Which reports stand side by side: for everybody what was published, at the desk also what is being written."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.agencies.models import Agency
from gongkai.annual_report.content import ReportContent, cells_from_data
from gongkai.annual_report.figures import tables_of
from gongkai.annual_report.models import ReadReport, Report
from gongkai.annual_report.public.comparing import MOST_COLUMNS, READ, UNPUBLISHED, Column
from gongkai.annual_report.public.selectors import newest_publications
from gongkai.law.report_form import Form
from gongkai.law.report_procedure import ReportState

Columns = dict[tuple[int, int], Column]


def public_columns(agencies: Sequence[Agency], scope: str) -> Columns:
    """By agency and year what was published here; where nothing was, what was read from an earlier report."""
    found: Columns = {}
    for read in ReadReport.objects.filter(agency__in=agencies, scope=scope).select_related("agency").order_by("number"):
        tables = cells_from_data(read.cells, Form(read.form))
        found[read.agency_id, read.year] = Column(read.agency.name, read.year, tables, READ)
    for row in newest_publications(agencies, scope):
        report, content = row.report, ReportContent.from_data(row.content)
        found[report.agency_id, report.year] = Column(report.agency.name, report.year, content.tables)
    return found


def desk_columns(agencies: Sequence[Agency], scope: str) -> Columns:
    """The same with the reports as they stand that are being written or changed. The caller has asked whose they are."""
    found = public_columns(agencies, scope)
    reports = Report.objects.filter(agency__in=agencies, scope=scope).exclude(state=ReportState.PUBLISHED)
    for report in reports.select_related("agency"):
        column = Column(report.agency.name, report.year, tables_of(report), UNPUBLISHED)
        found[report.agency_id, report.year] = column
    return found


def years_in(columns: Columns) -> list[int]:
    """The years of which there is a report, newest first."""
    return sorted({year for _, year in columns}, reverse=True)


def years_of(agency: Agency, columns: Columns) -> list[Column]:
    """The newest years of an agency, oldest first."""
    return [columns[key] for key in sorted(columns) if key[0] == agency.pk][-MOST_COLUMNS:]


def agencies_in(year: int | None, agencies: Sequence[Agency], columns: Columns) -> list[Column]:
    """The agencies in their order, as far as they have a report on the year."""
    return [columns[agency.pk, year] for agency in agencies if year and (agency.pk, year) in columns]
