"""What of the reports is public: what was published, in every version, and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, QuerySet
from django.http import Http404

from gongkai.agencies.models import Agency
from gongkai.agencies.selectors import day_of
from gongkai.annual_report.content import ReportContent
from gongkai.annual_report.models import Publication, Report, Scope
from gongkai.law.report_form import Cell, Value, cells

#: A page of the list holds no more agencies than this.
MOST = 100


def published() -> QuerySet[Report]:
    """The reports that were published, also those that are being changed now: what was published stays."""
    there = Publication.objects.filter(report=OuterRef("pk"))
    return Report.objects.filter(Exists(there)).select_related("agency")


@dataclass(frozen=True)
class Listed:
    """A line of the list."""

    report: Report
    first: dt.datetime
    newest: dt.datetime
    versions: int


def years() -> list[int]:
    """The years of which there are reports, newest first."""
    return list(published().order_by("-year").values_list("year", flat=True).distinct())


def listed_of_year(year: int, after: str = "") -> tuple[list[Listed], str]:
    """The reports of a year in tree order, one page, and after which agency the next begins (empty: no more)."""
    found = _listed(published().filter(year=year, agency__path__gt=after).order_by("agency__path", "scope"))
    # The two reports of an agency are never parted.
    paths = sorted({row.report.agency.path for row in found})
    if len(paths) <= MOST:
        return found, ""
    return [row for row in found if row.report.agency.path <= paths[MOST - 1]], paths[MOST - 1]


def listed_of_agency(slug: str) -> tuple[Agency, list[Listed]]:
    """An agency and every report of it, newest year first, none where it published none. Http404 for no agency."""
    agency: Agency | None = Agency.objects.filter(slug=slug).first()
    if agency is None:
        raise Http404
    return agency, _listed(published().filter(agency=agency).order_by("-year", "scope"))


def _listed(reports: QuerySet[Report]) -> list[Listed]:
    # A page and one agency more, each with its two reports.
    rows: Any = reports.annotate(versions=Count("publications"), newest=Max("publications__at"))[: 2 * MOST + 2]
    return [Listed(row, row.first_published_at or row.newest, row.newest, row.versions) for row in rows]


@dataclass(frozen=True)
class Change:
    """What a later version changed: cells with both numbers, and the parts whose words changed."""

    cells: Sequence[tuple[Cell, Value, Value]]
    parts: Sequence[str]


@dataclass(frozen=True)
class Version:
    """A published version with what it changed of the one before; None for the first."""

    publication: Publication
    content: ReportContent
    change: Change | None


@dataclass(frozen=True)
class PublishedReport:
    """A report as the public sees it: the version asked for, and every one."""

    report: Report
    shown: Version
    versions: Sequence[Version]

    @property
    def first(self) -> dt.datetime:
        """When it was published for the first time: the newest version keeps telling it."""
        return self.versions[0].publication.at

    @property
    def day(self) -> dt.date:
        """The day of the first publication."""
        return day_of(self.first)

    @property
    def newest(self) -> Version:
        """The version that holds."""
        return self.versions[-1]

    @property
    def outdated(self) -> bool:
        """Whether another version than the newest is shown."""
        return self.shown is not self.newest


def report_for_public(slug: str, year: int, scope: str, number: int | None = None) -> PublishedReport:
    """A published report in a version, the newest if none is named. Http404 for anything else."""
    rows = Publication.objects.filter(report__agency__slug=slug, report__year=year, report__scope=scope)
    versions: list[Version] = []
    for row in rows.select_related("report__agency").order_by("number"):
        content = ReportContent.from_data(row.content)
        versions.append(Version(row, content, _change(versions[-1].content, content) if versions else None))
    wanted = [version for version in versions if number in (None, version.publication.number)]
    if not wanted:
        raise Http404
    return PublishedReport(versions[0].publication.report, wanted[-1], versions)


def _change(old: ReportContent, new: ReportContent) -> Change:
    changed = [
        (cell, old.tables.cells.get(address), new.tables[address])
        for address, cell in cells(new.tables.form).items()
        if old.tables.cells.get(address) != new.tables[address]
    ]
    parts = {key[0] for key in {*old.sections, *new.sections} if old.sections.get(key) != new.sections.get(key)}
    return Change(changed, sorted(parts))


def agencies_with_reports() -> QuerySet[Agency]:
    """The agencies that have published a report, in tree order."""
    found: QuerySet[Agency] = Agency.objects.filter(pk__in=published().values("agency")).order_by("path")
    return found


def newest_publications(agencies: Sequence[Agency], scope: str = Scope.OWN) -> list[Publication]:
    """The newest version of every report of these agencies."""
    last = Publication.objects.filter(report=OuterRef("report"), number__gt=OuterRef("number"))
    rows = Publication.objects.filter(~Exists(last), report__agency__in=agencies, report__scope=scope)
    return list(rows.select_related("report__agency").order_by("report__year"))
