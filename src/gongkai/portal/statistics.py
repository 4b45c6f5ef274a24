"""What anybody may know of how an agency handles applications: sums alone, and none that points at a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from django.core.cache import cache
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import ExtractMonth, ExtractYear
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.applications.models import Application
from gongkai.law.outcomes import Outcome
from gongkai.law.texts import Text

Applications: TypeAlias = "QuerySet[Application]"

#: A kind of outcome with fewer cases than this is not named: it stands in the sum of the others.
SMALLEST = 3
#: Seconds that a sum is kept.
KEPT = 600
OTHERS = Text("其他（各不足3件，合并计算）", "Others (fewer than three of each, counted together)")


@dataclass(frozen=True)
class Year:
    """A year's sums. `late`: answered after the due date."""

    year: int
    received: int = 0
    answered: int = 0
    on_time: int = 0

    @property
    def late(self) -> int:
        return self.answered - self.on_time

    @property
    def share(self) -> str:
        """The part that was answered in time, in per cent; empty where nothing was answered."""
        return f"{self.on_time / self.answered:.1%}" if self.answered else ""


@dataclass(frozen=True)
class Statistics:
    """Every year, and of one of them the months and the outcomes; `at`: when they were counted."""

    at: dt.datetime
    years: Sequence[Year]
    shown: Year
    #: Received and answered in each month from January.
    months: Sequence[tuple[int, int, int]]
    outcomes: Sequence[tuple[Text, int]]


def statistics_of(agency: Agency, year: int | None) -> Statistics:
    """The sums of an agency; kept for some minutes, because they are the same for everybody, cases change all the time
    and a page that says when it was counted is none the worse for it."""
    key = f"statistics:{agency.pk}:{year or ''}"
    found: Statistics | None = cache.get(key)
    if found is None:
        found = _counted(agency, year)
        cache.set(key, found, KEPT)
    return found


def _counted(agency: Agency, year: int | None) -> Statistics:
    ours = Application.objects.filter(agency=agency).order_by()
    years, now = _years(ours), timezone.now()
    if not years:
        return Statistics(now, [], Year(year or 0), [], [])
    shown = next((row for row in years if row.year == year), None) or years[0]
    return Statistics(now, years, shown, _months(ours, shown.year), _outcomes(ours, shown.year))


def _years(ours: Applications) -> list[Year]:
    received = dict(
        ours.filter(received_on__isnull=False)
        .annotate(year=ExtractYear("received_on"))
        .values_list("year")
        .annotate(Count("id"))
    )
    in_time = Q(answered_on__lte=F("due_on")) | Q(due_on__isnull=True)
    rows = ours.filter(answered_on__isnull=False).annotate(year=ExtractYear("answered_on")).values_list("year")
    answered = {
        year: (all_, on_time)
        for year, all_, on_time in rows.annotate(all=Count("id"), on_time=Count("id", filter=in_time))
    }
    known = sorted({*received, *answered}, reverse=True)
    return [Year(year, received.get(year, 0), *answered.get(year, (0, 0))) for year in known]


def _months(ours: Applications, year: int) -> list[tuple[int, int, int]]:
    counted: list[dict[int, int]] = []
    for name in ("received_on", "answered_on"):
        rows = ours.filter(**{f"{name}__year": year}).annotate(month=ExtractMonth(name)).values_list("month")
        counted.append(dict(rows.annotate(Count("id"))))
    return [(month, counted[0].get(month, 0), counted[1].get(month, 0)) for month in range(1, 13)]


def _outcomes(ours: Applications, year: int) -> list[tuple[Text, int]]:
    rows = dict(ours.filter(answered_on__year=year).values_list("outcome").annotate(Count("id")))
    named = [(outcome.label, rows[outcome.value]) for outcome in Outcome if rows.get(outcome.value, 0) >= SMALLEST]
    rest = sum(rows.values()) - sum(number for _, number in named)
    return [*sorted(named, key=lambda row: -row[1]), *([(OTHERS, rest)] if rest else [])]
