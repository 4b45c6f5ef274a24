"""The published annual reports, as the search finds them: the newest version of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse

from gongkai.agencies.lineage import lineages
from gongkai.agencies.selectors import day_of
from gongkai.annual_report.content import ReportContent
from gongkai.annual_report.models import Publication, Scope
from gongkai.annual_report.rendering.outline import title
from gongkai.law.texts import Text
from gongkai.search.entries import Entry
from gongkai.search.sources import Shown


class ReportSource:
    """政府信息公开工作年度报告; the number is that of the report."""

    kind = "report"
    label = Text("公开年报", "annual reports")

    def count(self) -> int:
        return _newest().count()

    def entries(self) -> Iterator[Entry]:
        paths = lineages()
        for row in _newest().iterator():
            yield _entry(row, paths)

    def entries_of(self, numbers: Sequence[int]) -> Iterable[Entry]:
        paths = lineages()
        return [_entry(row, paths) for row in _newest().filter(report__in=numbers)]

    def stamps(self) -> Iterator[tuple[int, str]]:
        paths = lineages()
        for report, number, agency in _newest().values_list("report_id", "pk", "report__agency_id"):
            yield report, _stamp(number, paths.get(agency, ()))

    def shown(self, numbers: Sequence[int]) -> Mapping[int, Shown]:
        rows = _newest().filter(report__in=numbers).defer("content")
        return {row.report_id: _shown(row) for row in rows}


def _newest() -> QuerySet[Publication]:
    newest = Publication.objects.filter(report=OuterRef("report")).order_by("-number").values("pk")[:1]
    return Publication.objects.filter(pk=Subquery(newest)).select_related("report__agency").order_by("pk")


def _named(row: Publication) -> str:
    report = row.report
    whole = "（汇总）" if report.scope == Scope.WHOLE else ""
    return f"{title(report.agency.name, report.year).zh}{whole}"


def _stamp(publication: int, path: Sequence[str]) -> str:
    return f"{publication}.{'/'.join(path)}"


def _shown(row: Publication) -> Shown:
    report = row.report
    name = "portal:report_whole" if report.scope == Scope.WHOLE else "portal:report"
    address = reverse(name, args=[report.agency.slug, report.year])
    return Shown(_named(row), address, f"{row.pk}.", report.agency.name, day=day_of(row.at))


def _entry(row: Publication, paths: Mapping[int, tuple[str, ...]]) -> Entry:
    content, path = ReportContent.from_data(row.content), paths.get(row.report.agency_id, ())
    return Entry(
        key=f"{ReportSource.kind}:{row.report_id}",
        title=_named(row),
        body="\n".join(content.words(section) for section in content.sections),
        agencies=path,
        year=day_of(row.at).year,
        published=row.at,
        stamp=_stamp(row.pk, path),
    )
