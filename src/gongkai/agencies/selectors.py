"""Reads: who may what where, and what day is what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from gongkai.agencies.models import Agency, Appointment, CalendarDay, Delegation, Person, PublishedYear
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


def in_office(on: date | None = None) -> QuerySet[Appointment]:
    """Every role that somebody holds on a day (today if not told), from its first to its last day."""
    day = on or today()
    running = Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gte=day))
    return Appointment.objects.filter(running, person__is_active=True)


def appointments_of(person: Person, on: date | None = None) -> QuerySet[Appointment]:
    """The roles a person holds on a day (today if not told); none for a visitor."""
    if not person.is_authenticated:
        return Appointment.objects.none()
    return in_office(on).filter(person=person)


def delegations_in_force(on: date | None = None) -> QuerySet[Delegation]:
    """The roles that are taken over on a day: only what the giver still holds is given, and only to who still works
    there."""
    day = on or today()
    there = in_office(day).filter(agency=OuterRef("agency"))
    holds = Exists(there.filter(person=OuterRef("giver"), role=OuterRef("role")))
    works = Exists(there.filter(person=OuterRef("taker")))
    return Delegation.objects.filter(holds, works, since__lte=day, until__gte=day)


def delegations_to(person: Person, on: date | None = None) -> QuerySet[Delegation]:
    """The roles of others that a person has taken over on a day."""
    if not person.is_authenticated:
        return Delegation.objects.none()
    return delegations_in_force(on).filter(taker=person)


#: Asked several times in every act and on every page, so written out: building it anew costs more than running it.
_ROLES_HELD = """
SELECT a.agency_id, a.role, EXISTS (
    SELECT 1 FROM agencies_delegation d WHERE d.taker_id = a.person_id AND d.since <= %s AND d.until >= %s)
FROM agencies_appointment a JOIN agencies_person p ON p.id = a.person_id
WHERE a.person_id = %s AND p.is_active AND a.since <= %s AND (a.until IS NULL OR a.until >= %s)
"""


def roles_held(person: Person, on: date | None = None) -> Mapping[int, frozenset[Role]]:
    """The roles a person has on a day, own and delegated, by the agency's key: who is a clerk here need not be one
    there. The one answer to „who may what“: lists, pages and actions all ask here."""
    day = on or today()
    text = connection.ops.adapt_datefield_value(day)
    with connection.cursor() as cursor:
        cursor.execute(_ROLES_HELD, [text, text, person.pk, text, text])
        rows = cursor.fetchall()
    held: dict[int, set[Role]] = defaultdict(set)
    for agency, role, _taken in rows:
        held[agency].add(Role(role))
    # Who works nowhere takes over nothing, so the rows above tell whether there is anything to ask.
    if any(taken for _agency, _role, taken in rows):
        for agency, role in delegations_to(person, day).values_list("agency", "role"):
            held[agency].add(Role(role))
    return {agency: frozenset(roles) for agency, roles in held.items()}


def roles_of(person: Person, agency: Agency) -> frozenset[Role]:
    """The roles this person has today at this very agency (not by way of a parent)."""
    return roles_held(person).get(agency.pk, frozenset())


def people_with(agency: Agency, roles: Iterable[Role], on: date | None = None) -> list[Person]:
    """Everybody who has one of these roles at an agency on a day, own or delegated; for notices."""
    wanted = [role.value for role in roles]
    own = in_office(on).filter(agency=agency, role__in=wanted).values("person")
    taken = delegations_in_force(on).filter(agency=agency, role__in=wanted).values("taker")
    return list(Person.objects.filter(Q(pk__in=own) | Q(pk__in=taken)).order_by("pk"))


def agencies_of(person: Person) -> QuerySet[Agency]:
    """The agencies at which a person has a role today, in tree order."""
    found: QuerySet[Agency] = Agency.objects.filter(pk__in=roles_held(person)).order_by("path")
    return found


def route_of(agency: Agency, outcome: str) -> tuple[Role, ...]:
    """The approval route of an outcome at an agency (报批路线): its own, else the agency's usual one, else the approver
    alone."""
    routes = {row.outcome: row.roles for row in agency.approval_routes.all()}
    roles = routes.get(outcome) or routes.get("") or [Role.APPROVER.value]
    return tuple(Role(role) for role in roles)


def current_agency(person: Person) -> Agency | None:
    """The agency a person works for: the first in tree order. None for someone without any role."""
    return agencies_of(person).first()


def is_administrator(person: Person) -> bool:
    return appointments_of(person).filter(role=Role.ADMINISTRATOR.value).exists()


#: The newest change (and its time: where a transaction was rolled back, another row can come under the same id), and
#: the years that are out. Written out for the same reason as above.
_CALENDAR_VERSION = """
SELECT id, CAST(recorded_at AS varchar(40)) FROM agencies_calendarday
WHERE id = (SELECT MAX(id) FROM agencies_calendarday)
UNION ALL SELECT year, '' FROM agencies_publishedyear ORDER BY 1, 2
"""


def calendar() -> Calendar:
    """The national calendar with every change that was recorded laid over it, kept in memory until one is added."""
    with connection.cursor() as cursor:
        cursor.execute(_CALENDAR_VERSION)
        version = tuple(cursor.fetchall())
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


def newest_notice() -> str:
    """The notice that changed the calendar last; empty where nothing was ever laid over it."""
    day = CalendarDay.objects.order_by("-id").values_list("source", flat=True).first()
    return day or PublishedYear.objects.order_by("-year").values_list("source", flat=True).first() or ""


def forget_calendar() -> None:
    """Drop the calendar kept in memory (another process notices by the newest row's number)."""
    _calendars.clear()
