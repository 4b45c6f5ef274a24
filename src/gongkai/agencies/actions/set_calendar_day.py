"""Lay a day over the seeded calendar: a notice made it a working day, or a day off."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.after_calendar import follow
from gongkai.agencies.errors import Invalid, NotAllowed, checked
from gongkai.agencies.models import CalendarDay, Person, PublishedYear
from gongkai.agencies.selectors import forget_calendar, is_administrator
from gongkai.law.texts import Text
from gongkai.law.working_days import FIRST_DAY, LAST_DAY
from gongkai.ledger.actions import hold, record
from gongkai.ledger.models import SYSTEM


@transaction.atomic
def set_calendar_day(*, actor: Person, day: date, working: bool, source: str) -> CalendarDay:
    """Record one day of a notice. Only an administrator may; the notice must be named. The due dates of open cases are
    counted anew by a job that follows."""
    if not is_administrator(actor):
        raise NotAllowed
    if not source.strip():
        raise Invalid("source", Text("请写明依据的通知。", "Name the notice this rests on."))
    if not FIRST_DAY <= day <= LAST_DAY:
        raise Invalid("day", Text("日期应在2004年至2099年之间。", "The day must lie between 2004 and 2099."))
    row = checked(CalendarDay(day=day, working=working, source=source.strip(), recorded_by=actor))
    row.save()
    facts = {"day": day.isoformat(), "working": working, "source": row.source}
    record(chain=SYSTEM, act="agencies.set_calendar_day", subject=f"day:{day}", facts=facts, actor=actor.username)
    transaction.on_commit(forget_calendar)
    follow()
    return row


@transaction.atomic
def publish_year(*, actor: Person, year: int, source: str) -> PublishedYear:
    """Say that a year's schedule is out: from now on due dates in it are certain. Said twice, it is the same."""
    if not is_administrator(actor):
        raise NotAllowed
    if not source.strip():
        raise Invalid("source", Text("请写明依据的通知。", "Name the notice this rests on."))
    if not FIRST_DAY.year <= year <= LAST_DAY.year:
        raise Invalid("year", Text("年份应在2004年至2099年之间。", "The year must lie between 2004 and 2099."))
    hold(SYSTEM)  # said twice at once, too
    if known := PublishedYear.objects.filter(year=year).first():
        return known
    row = checked(PublishedYear(year=year, source=source.strip()))
    row.save(force_insert=True)
    facts = {"year": year, "source": row.source}
    record(chain=SYSTEM, act="agencies.publish_year", subject=f"year:{year}", facts=facts, actor=actor.username)
    transaction.on_commit(forget_calendar)
    follow()
    return row
