"""Reads: who may what where, and what day is what."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.agencies.models import Agency, Appointment, CalendarDay, Person, PublishedYear
from gongkai.law.procedure import Role
from gongkai.law.working_days import Calendar, DayChange

SHANGHAI = ZoneInfo("Asia/Shanghai")
_calendars: dict[object, Calendar] = {}


def today() -> date:
    """The date in China: legal dates are compared as dates of that time zone."""
    return timezone.now().astimezone(SHANGHAI).date()


def day_of(moment: datetime) -> date:
    """The date in China on which a moment fell."""
    return moment.astimezone(SHANGHAI).date()


def agencies_accepting() -> QuerySet[Agency]:
    """The agencies to which the public can apply, in tree order."""
    accepting: QuerySet[Agency] = Agency.objects.filter(accepts_applications=True).order_by("path")
    return accepting


def appointments_of(person: Person, on: date | None = None) -> QuerySet[Appointment]:
    """The roles a person holds on a day (today if not told); none for a visitor."""
    if not person.is_authenticated:
        return Appointment.objects.none()
    day = on or today()
    held = Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gte=day))
    return Appointment.objects.filter(held, person=person, person__is_active=True)


def roles_of(person: Person, agency: Agency) -> frozenset[Role]:
    """The roles this person holds today at this very agency (not by way of a parent)."""
    return frozenset(
        Role(role) for role in appointments_of(person).filter(agency=agency).values_list("role", flat=True)
    )


def agencies_of(person: Person) -> QuerySet[Agency]:
    """The agencies at which a person holds a role today, in tree order."""
    ids = appointments_of(person).values("agency")
    found: QuerySet[Agency] = Agency.objects.filter(pk__in=ids).order_by("path")
    return found


def current_agency(person: Person) -> Agency | None:
    """The agency a person works for: the first in tree order. None for someone without any role."""
    return agencies_of(person).first()


def is_administrator(person: Person) -> bool:
    return appointments_of(person).filter(role=Role.ADMINISTRATOR.value).exists()


def calendar() -> Calendar:
    """The national calendar with every change that was recorded laid over it, kept in memory until one is added."""
    # The time too: where a transaction was rolled back, another row can come under the same id.
    newest = CalendarDay.objects.order_by("-id").values_list("id", "recorded_at").first()
    version = (newest, tuple(PublishedYear.objects.order_by("year").values_list("year", flat=True)))
    found = _calendars.get(version)
    if found is None:
        found = _build()
        _calendars.clear()
        _calendars[version] = found
    return found


def _build() -> Calendar:
    rows = CalendarDay.objects.order_by("id").values_list("day", "working", "source")
    newest = {day: DayChange(day, working, source) for day, working, source in rows}
    years = PublishedYear.objects.values_list("year", flat=True)
    return Calendar.national().with_changes(newest.values(), publish=tuple(years))


def forget_calendar() -> None:
    """Drop the calendar kept in memory (another process notices by the newest row's number)."""
    _calendars.clear()
