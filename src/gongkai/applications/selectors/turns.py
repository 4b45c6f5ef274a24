"""Whose turn it is: the views of the inbox as conditions on the stored columns, for one reader on one day."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongkai.agencies.models import Agency, Appointment, Delegation, Person
from gongkai.agencies.selectors import appointments_of, calendar, delegations_to, roles_held, today
from gongkai.applications.history import READING_ROLES
from gongkai.applications.models import Application, ClockState, Step
from gongkai.applications.selectors.visibility import cases_for
from gongkai.law import procedure
from gongkai.law.procedure import Role, Stage, StepKind
from gongkai.law.working_days import Calendar

VIEWS = ("mine", "unclaimed", "open", "late", "waiting", "all")
#: What somebody outside does, and the office waits for.
WAITED_FOR = tuple(
    kind.value for kind in (StepKind.CORRECTED, StepKind.CONSULTATION_REPLY, StepKind.REASONS_GIVEN, StepKind.FEE_PAID)
)
#: Accepted, and no opinion yet: the work that one person has.
DRAFTING = tuple(stage.value for stage in (Stage.CORRECT, Stage.CONSULT, Stage.OPINE))
_NONE = Q(pk__in=[])


@dataclass(frozen=True)
class Reader:
    """Who reads, as what (today), and as of which day it is reckoned: asked of the database once a page."""

    person: Person
    held: Mapping[int, frozenset[Role]]
    day: date
    days: Calendar
    #: Where this person approves: after how many working days unclaimed work shows there.
    rises: Mapping[int, int]

    @property
    def agencies(self) -> list[int]:
        """The agencies whose cases this person reads."""
        return sorted(agency for agency, roles in self.held.items() if not roles.isdisjoint(READING_ROLES))

    @property
    def cases(self) -> QuerySet[Application]:
        """What this person may read: the one rule, with the roles that are known already."""
        return cases_for(self.person, self.held)


def reader_of(person: Person, on: date | None = None) -> Reader:
    """The reader as of a day, today if not told."""
    held = roles_held(person)
    approving = [agency for agency, roles in held.items() if Role.APPROVER in roles]
    rises = dict(Agency.objects.filter(pk__in=approving).values_list("pk", "rises_after_days")) if approving else {}
    return Reader(person, held, on or today(), calendar(), rises)


def in_view(reader: Reader, view: str) -> QuerySet[Application]:
    """The cases of a view. One that does not exist shows what is mine."""
    if view == "all":
        return reader.cases
    still_open = reader.cases.filter(archived_on__isnull=True)
    conditions = {
        "open": Q(),
        "late": late(reader.day),
        "waiting": waiting(reader.day),
        "unclaimed": unclaimed(),
    }
    return still_open.filter(conditions[view] if view in conditions else turn_of(reader) | risen(reader))


def turn_of(reader: Reader) -> Q:
    """The next duty is one of my roles', and not in another's hands; never my own draft to sign, and never what waits
    for somebody outside."""
    parts = [_turn_at(reader, agency, roles) for agency, roles in reader.held.items()]
    return reduce(operator.or_, parts, _NONE)


def _turn_at(reader: Reader, agency: int, roles: frozenset[Role]) -> Q:
    steps = {kind.value for kind, rule in procedure.STEPS.items() if roles & set(rule.roles)} - set(WAITED_FOR)
    drafting = _NONE if Role.DRAFTER not in roles else _in_my_hands(reader, agency)
    lapsed = Q(waits_until__lt=reader.day)
    turn = Q(next_role="") | Q(next_role__in=[role.value for role in roles])
    others = Q(next_step__in=sorted(steps - {StepKind.OPINION.value})) & turn & ~_my_own_draft(reader)
    mine = (_in_time(reader.day) & others) | ((Q(next_step=StepKind.OPINION.value) | lapsed) & drafting)
    return Q(agency=agency) & mine


def _my_own_draft(reader: Reader) -> Q:
    """Who gave the standing opinion, or drew the reply up from it, neither reviews nor signs it."""
    later = Step.objects.filter(
        application=OuterRef("application"), kind=OuterRef("kind"), number__gt=OuterRef("number")
    )
    drafting = Step.objects.filter(kind__in=[StepKind.OPINION.value, StepKind.DECISION.value])
    mine = drafting.filter(~Exists(later), application=OuterRef("pk"), actor=reader.person.pk)
    return Q(stage=Stage.APPROVE.value) & Q(Exists(mine))


def _in_my_hands(reader: Reader, agency: int) -> Q:
    """I hold it, or who gave me the role does; or nobody does who could draft, and it is not another unit's."""
    givers = delegations_to(reader.person).filter(agency=agency, role=Role.DRAFTER.value).values("giver")
    own = appointments_of(reader.person).filter(agency=agency, unit__isnull=False)
    theirs = Appointment.objects.filter(agency=agency, unit__isnull=False, person__in=givers)
    held = Q(holder=reader.person.pk) | Q(holder__in=givers)
    unit = Q(unit__isnull=True) | Q(unit__in=own.values("unit")) | Q(unit__in=theirs.values("unit")) | Q(~Exists(own))
    return held | (_nobody_drafts(agency) & unit)


def _nobody_drafts(agency: int) -> Q:
    """Nobody holds it, or somebody who does not draft here today: it must not lie where nobody looks."""
    day = today()
    running, drafts = Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gte=day)), Role.DRAFTER.value
    own = Appointment.objects.filter(running, agency=agency, role=drafts, person__is_active=True).values("person")
    taken = Delegation.objects.filter(running, agency=agency, role=drafts, taker__is_active=True).values("taker")
    return ~Q(holder__in=own) & ~Q(holder__in=taken)


def _in_time(day: date) -> Q:
    return Q(waits_until__isnull=True) | Q(waits_until__gte=day)


def waiting(day: date) -> Q:
    """What the applicant, a third party or another organ has to do first."""
    return Q(next_step__in=WAITED_FOR) & _in_time(day)


def unclaimed() -> Q:
    """At work, and nobody holds it. A unit may have it."""
    return Q(archived_on__isnull=True, holder__isnull=True, stage__in=DRAFTING)


def risen(reader: Reader) -> Q:
    """Unclaimed for longer than the agency's number of working days, for who approves there."""
    parts = [Q(agency=pk) & unclaimed_too_long(days, reader.day, reader.days) for pk, days in reader.rises.items()]
    return reduce(operator.or_, parts, _NONE)


def unclaimed_too_long(working_days: int, day: date, days: Calendar) -> Q:
    """Unclaimed work that came in more than so many working days ago and waits for nobody outside. It is counted from
    the receipt, as the reply limit is."""
    last = day
    while days.working_days_between(last, day) <= working_days:
        last -= timedelta(days=1)
    return unclaimed() & ~waiting(day) & Q(received_on__lte=last)


def late(day: date) -> Q:
    """What should have been answered."""
    return running(day) & Q(due_on__lt=day)


def running(day: date) -> Q:
    """The clock runs that day: a consultation that was not answered in time holds it no longer (条例 32, 34). The twin
    of `rows.stands`."""
    resumed = Q(stage=Stage.CONSULT.value, waits_until__lt=day)
    return ~Q(clock_state=ClockState.CLOSED) & (~Q(clock_state=ClockState.PAUSED) | resumed)
