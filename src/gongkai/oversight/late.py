"""MET-04: what was published late this year, and what is under way and will be (条例 26).

When an item was due follows from the day it was made, its column's limit and the calendar of working days, which no
database knows; so of all items of the year those few values are read, and each pair of day and limit is reckoned once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.db.models.functions import Coalesce
from django.urls import reverse

from gongkai.agencies.models import Agency
from gongkai.agencies.selectors import calendar, day_of
from gongkai.disclosure.models import Purpose, Revision
from gongkai.disclosure.reviewing.waiting import LIMIT, due_after
from gongkai.disclosure.visibility import public_items
from gongkai.law.dates import day_text
from gongkai.law.publication import RevisionState
from gongkai.law.texts import Text
from gongkai.oversight.item_monitors import year_begins
from gongkai.oversight.monitor import FIRST, Finding, Line, Rule

LATE = Rule(
    "MET-04",
    Text("自形成或者变更之日起20个工作日内公开", "published within 20 working days"),
    "《政府信息公开条例》第二十六条",
)


#: The last day of what was formed on a day, by its column's limit; each pair is reckoned once.
Due = Callable[[dt.date, int | None], dt.date | None]


@dataclass(frozen=True, slots=True)
class _Late:
    """What was due on a day: an item that was published after it, or one that is not published yet."""

    due: dt.date
    item_id: int
    published_on: dt.date | None = None


def late(agency: Agency | None, day: dt.date, window: slice = FIRST) -> Finding | None:
    """Every one of them is counted; titles are read of those that are shown."""
    known = calendar()

    @cache
    def due(formed: dt.date, limit: int | None) -> dt.date | None:
        return due_after(formed, LIMIT if limit is None else limit, known)

    rows = [*_published(agency, day, due), *_under_way(agency, day, due)]
    if not rows:
        return None
    rows.sort(key=lambda row: (row.due, row.item_id))
    first = rows[0].due + dt.timedelta(days=1)
    says = Text("超过法定期限公开，或者即将超过。", "Published after the limit, or about to be.")
    return Finding(LATE, first <= day, says, _lines(rows[window]), len(rows), first)


def _published(agency: Agency | None, day: dt.date, due: Due) -> Iterator[_Late]:
    rows = public_items(agency).filter(published_at__gte=year_begins(day)).order_by()
    rows = rows.annotate(formed=Coalesce("current__formed_on", "current__made_on")).filter(formed__isnull=False)
    told = rows.values_list("pk", "formed", "current__column__due_days", "published_at")
    for item, formed, limit, published_at in told.iterator():
        last = due(formed, limit)
        if last is not None and published_at is not None and day_of(published_at) > last:
            yield _Late(last, item, day_of(published_at))


def _under_way(agency: Agency | None, day: dt.date, due: Due) -> Iterator[_Late]:
    """Of those not published yet: what is over its day, or will be soon."""
    ended = [RevisionState.PUBLISHED, RevisionState.ABANDONED]
    rows = Revision.objects.exclude(state__in=ended).filter(purpose=Purpose.PUBLISH)
    rows = rows if agency is None else rows.filter(item__agency=agency)
    rows = rows.annotate(formed=Coalesce("formed_on", "made_on")).filter(formed__isnull=False)
    soon = day + dt.timedelta(days=settings.MONITOR_WARN_LATE_DAYS)
    for item, formed, limit in rows.values_list("item", "formed", "column__due_days").iterator():
        last = due(formed, limit)
        if last is not None and last <= soon:
            yield _Late(last, item)


def _lines(rows: Sequence[_Late]) -> list[Line]:
    wanted = Revision.objects.filter(item__in=[row.item_id for row in rows]).order_by("number")
    titles = dict(wanted.values_list("item", "title"))
    lines = []
    for row in rows:
        address = reverse("desk:item", args=[row.item_id])
        begins = None if row.published_on else row.due + dt.timedelta(days=1)
        lines.append(Line(titles.get(row.item_id) or f"#{row.item_id}", address, _says(row), begins))
    return lines


def _says(row: _Late) -> Text:
    due = day_text(row.due)
    if row.published_on is None:
        return Text(f"还没有公开，应于{due.zh}前公开", f"not yet published, due {due.en}")
    on = day_text(row.published_on)
    return Text(f"应于{due.zh}前公开，{on.zh}才公开", f"due {due.en}, published {on.en}")
