"""期限日历: the due dates of a person's open cases as a calendar (iCalendar, RFC 5545). Whoever has its address reads it,
so it says numbers and duties, and never who asks or for what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from gongkai.agencies.models import Person
from gongkai.applications.actions.subscribe import token_index_of
from gongkai.applications.models import Application, CalendarFeed, ClockState
from gongkai.applications.selectors import InboxRow, Reader, reader_of, working_on

if TYPE_CHECKING:
    from icalendar import Event

MEDIA_TYPE = "text/calendar; charset=utf-8"
#: So many cases fit into a calendar that a telephone reads; the most urgent ones.
MOST = 500


def person_by_token(token: str) -> Person | None:
    """Whose feed it is; None for an address that leads nowhere, or for somebody who may no longer sign in."""
    feed = CalendarFeed.objects.select_related("person").filter(token_index=token_index_of(token)).first()
    return feed.person if feed and feed.person.is_active else None


def feed_of(person: Person, case_url: str, on: date | None = None) -> bytes:
    """The feed as of a day. `case_url`: the address of a case's page, with `{pk}` for its key."""
    from icalendar import Calendar  # imported where used: few processes ever make a calendar

    reader, now = reader_of(person, on), timezone.now()
    calendar = Calendar()
    calendar.add("prodid", "-//Gongkai//Due dates//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "政府信息公开办理期限")
    calendar.add("x-wr-timezone", "Asia/Shanghai")
    for event in _events(working_on(reader, MOST), reader, case_url, now):
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _events(rows: Iterable[InboxRow], reader: Reader, case_url: str, now: datetime) -> Iterable[Event]:
    for row in rows:
        case = row.application
        if case.clock_state == ClockState.CLOSED:
            continue
        duty = row.duty.text.zh if row.duty else ""
        if case.due_on:
            yield _event(case, "due", case.due_on, f"{case.number} 答复期限：{duty}", case_url, now)
        if row.internal:
            yield _event(case, "internal", row.internal.day, f"{case.number} 内部期限：{duty}", case_url, now)


def _event(case: Application, which: str, day: date, summary: str, case_url: str, now: datetime) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{case.agency_id}-{case.pk}-{which}@gongkai")
    event.add("dtstamp", now)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", summary)
    event.add("url", case_url.format(pk=case.pk))
    event.add("transp", "TRANSPARENT")
    return event
