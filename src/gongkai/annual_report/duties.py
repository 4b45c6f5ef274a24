"""By when an agency's reports are due, and how many days are left (条例 49)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.agencies.models import Agency
from gongkai.annual_report.models import Report, Scope
from gongkai.law.agency_levels import AgencyLevel
from gongkai.law.report_deadlines import ReportDeadline, deadlines
from gongkai.law.report_procedure import ReportState

#: Levels whose office makes a 汇总 as well; towns and departments make none.
_SUMS_UP = frozenset(AgencyLevel) - {AgencyLevel.TOWN, AgencyLevel.DEPARTMENT}


@dataclass(frozen=True, slots=True)
class Duty:
    """A deadline of a report that is not published yet. ``days``: left, below zero once it is past."""

    agency: Agency
    year: int
    scope: Scope
    deadline: ReportDeadline
    days: int

    @property
    def late(self) -> bool:
        return self.days < 0

    @property
    def overdue(self) -> int:
        """For how many days it has been late."""
        return max(0, -self.days)


def level_of(agency: Agency) -> AgencyLevel | None:
    """The agency's level, None where nobody said it."""
    return AgencyLevel(agency.level) if agency.level else None


def dated(agency: Agency, year: int, scope: Scope, today: date) -> tuple[Duty, ...]:
    """All deadlines of one report with the days left, whether it is published or not."""
    found = deadlines(year, whole=scope == Scope.WHOLE, level=level_of(agency))
    return tuple(Duty(agency, year, scope, one, (one.on - today).days) for one in found)


def open_duties(agency: Agency, today: date) -> Sequence[Duty]:
    """What the agency still owes for last year: every deadline of a report that is not out. A report that was published
    and is opened again was published in time."""
    year = today.year - 1
    out = set(
        Report.objects.filter(agency=agency, year=year, first_published_at__isnull=False).values_list(
            "scope", flat=True
        )
    )
    scopes = [Scope.OWN, *([Scope.WHOLE] if _sums_up(agency) else [])]
    return [duty for scope in scopes if scope not in out for duty in dated(agency, year, scope, today)]


def _sums_up(agency: Agency) -> bool:
    return bool(agency.numchild) and level_of(agency) in _SUMS_UP


def is_out(report: Report) -> bool:
    """Whether the public has it."""
    return report.first_published_at is not None or report.state == ReportState.PUBLISHED
