"""Lay a day over the seeded calendar: a notice made it a working day, or a day off."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.models import CalendarDay, Person, PublishedYear
from gongkai.agencies.selectors import forget_calendar, is_administrator
from gongkai.law.texts import Text
from gongkai.ledger.actions import record
from gongkai.ledger.models import SYSTEM


@transaction.atomic
def set_calendar_day(*, actor: Person, day: date, working: bool, source: str) -> CalendarDay:
    """Record one day of a notice. Only an administrator may; the notice must be named. Open cases are not recounted
    here yet: their due date is reckoned anew whenever a step is taken, and shown reckoned anew on the case page."""
    if not is_administrator(actor):
        raise NotAllowed
    if not source.strip():
        raise Invalid("source", Text("请写明依据的通知。", "Name the notice this rests on."))
    if not 2004 <= day.year <= 2100:
        raise Invalid("day", Text("日期应在2004年至2100年之间。", "The day must lie between 2004 and 2100."))
    row = CalendarDay.objects.create(day=day, working=working, source=source.strip(), recorded_by=actor)
    facts = {"day": day.isoformat(), "working": working, "source": row.source}
    record(chain=SYSTEM, act="agencies.set_calendar_day", subject=f"day:{day}", facts=facts, actor=actor.username)
    transaction.on_commit(forget_calendar)
    return row


@transaction.atomic
def publish_year(*, actor: Person, year: int, source: str) -> PublishedYear:
    """Say that a year's schedule is out: from now on due dates in it are certain."""
    if not is_administrator(actor):
        raise NotAllowed
    if not source.strip():
        raise Invalid("source", Text("请写明依据的通知。", "Name the notice this rests on."))
    row, _ = PublishedYear.objects.get_or_create(year=year, defaults={"source": source.strip()})
    facts = {"year": year, "source": row.source}
    record(chain=SYSTEM, act="agencies.publish_year", subject=f"year:{year}", facts=facts, actor=actor.username)
    transaction.on_commit(forget_calendar)
    return row
