"""Reports as they are when they have been published, put into the database without the way there."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone

from gongkai.agencies.models import Agency, Person
from gongkai.annual_report.content import ReportContent, cells_as_data
from gongkai.annual_report.models import Publication, Report, Scope
from gongkai.law.report_form import Tables
from gongkai.law.report_procedure import ReportState
from tests.annual_report.sample_reports import clean_tables

WORDS = {"1": "统计期限为全年。", "1.1": "全年公开310条。", "5": "栏目分类不细。", "6": "未收取信息处理费。"}


def a_report(agency: Agency, year: int, *, scope: Scope = Scope.OWN, tables: Tables | None = None) -> Report:
    """A report with frozen figures that nobody has published."""
    frozen = cells_as_data(tables or clean_tables())
    return Report.objects.create(agency=agency, year=year, scope=scope, frozen=frozen)


def publish(
    report: Report,
    by: Person,
    *,
    reason: str = "",
    tables: Tables | None = None,
    words: Mapping[str, str] | None = None,
) -> Publication:
    """The next version of it for the public."""
    content = ReportContent(
        report.agency.name, report.year, report.scope, tables or clean_tables(), words if words is not None else WORDS
    )
    number = report.publications.count() + 1
    report.state, report.first_published_at = ReportState.PUBLISHED, report.first_published_at or timezone.now()
    report.save()
    return Publication.objects.create(
        report=report, number=number, by=by, reason=reason, content=content.as_data(), digest=content.digest
    )
