"""The inbox: the cases a person works on, the most urgent first."""

from __future__ import annotations

import operator
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce

from django.db.models import F, Q, QuerySet

from gongkai.agencies.models import Person
from gongkai.agencies.selectors import calendar, roles_held, today
from gongkai.applications.models import Application, ClockState
from gongkai.applications.selectors.case_page import duty_of
from gongkai.applications.selectors.visibility import cases_for
from gongkai.law import procedure
from gongkai.law.procedure import Duty, Role, Stage, StepKind
from gongkai.law.working_days import Calendar

PAGE = 50


@dataclass(frozen=True)
class InboxRow:
    """One line of the inbox: the case, what is to be done next, by whom, and how many days are left (negative: late)."""

    application: Application
    duty: Duty | None
    mine: bool
    days_left: int | None


@dataclass(frozen=True)
class InboxPage:
    rows: tuple[InboxRow, ...]
    next_cursor: str
    counts: Mapping[str, int]


VIEWS = ("mine", "open", "all")


def inbox(person: Person, *, view: str = "mine", after: str = "", on: date | None = None) -> InboxPage:
    """A page of cases, the most urgent first.

    `view`: mine (the next step is one of my roles'), open (not archived), all (newest first); `after` the cursor of
    the page before. 50 rows a page, found by key and not by counting.
    """
    held, day, days = roles_held(person), on or today(), calendar()
    base = cases_for(person)
    still_open = _in_view(base, "open", held, day)
    shown, cursor = _page(_in_view(base, view, held, day), view, after)
    counts = {
        "mine": _capped(_in_view(base, "mine", held, day)),
        "open": _capped(still_open),
        "late": _capped(still_open.filter(_running(day), due_on__lt=day).exclude(clock_state=ClockState.CLOSED)),
    }
    return InboxPage(tuple(_row(application, held, day, days) for application in shown), cursor, counts)


RolesHeld = Mapping[int, frozenset[Role]]


def _steps_of(roles: frozenset[Role]) -> list[str]:
    return [kind.value for kind, rule in procedure.STEPS.items() if roles & set(rule.roles)]


def _in_view(base: QuerySet[Application], view: str, held: RolesHeld, on: date) -> QuerySet[Application]:
    if view == "all":
        return base
    still_open = base.filter(archived_on__isnull=True)
    if view == "open":
        return still_open
    return still_open.filter(reduce(operator.or_, (_mine(*roles, on) for roles in held.items()), Q(pk__in=[])))


def _mine(agency: int, roles: frozenset[Role], on: date) -> Q:
    waits = Q(waits_until__isnull=True) | Q(waits_until__gte=on)
    turn = Q(next_role="") | Q(next_role__in=[role.value for role in roles])
    mine = waits & turn & Q(next_step__in=_steps_of(roles))
    if Role.DRAFTER in roles:
        mine |= Q(waits_until__lt=on)
    return Q(agency=agency) & mine


def _running(on: date) -> Q:
    """Cases whose clock runs that day: a consultation that was not answered in time holds it no longer (条例 32, 34)."""
    return ~Q(clock_state=ClockState.PAUSED) | Q(stage=Stage.CONSULT.value, waits_until__lt=on)


def _capped(rows: QuerySet[Application], most: int = 1000) -> int:
    """A count that never walks more than a thousand rows."""
    return rows.order_by()[:most].values("pk").count()


def _page(rows: QuerySet[Application], view: str, after: str) -> tuple[list[Application], str]:
    """One page and the cursor of the next, by (due date, id), or by falling id for everything. Cases whose receipt is
    not yet confirmed have no due date and stand first."""
    position = _read_cursor(after)
    if view == "all":
        ordered = rows.order_by("-id")
        if position:
            ordered = ordered.filter(pk__lt=position[1])
    else:
        ordered = rows.order_by(F("due_on").asc(nulls_first=True), "id")
        if position:
            ordered = ordered.filter(_beyond(*position))
    found = list(ordered.select_related("agency")[: PAGE + 1])
    cursor = _write_cursor(found[PAGE - 1]) if len(found) > PAGE else ""
    return found[:PAGE], cursor


def _beyond(due: date | None, pk: int) -> Q:
    if due is None:
        return Q(due_on__isnull=False) | Q(due_on__isnull=True, pk__gt=pk)
    return Q(due_on__gt=due) | Q(due_on=due, pk__gt=pk)


_CURSOR = re.compile(r"(\d{4}-\d{2}-\d{2})?\.(\d{1,18})", re.ASCII)


def _write_cursor(application: Application) -> str:
    due = application.due_on.isoformat() if application.due_on else ""
    return f"{due}.{application.pk}"


def _read_cursor(text: str) -> tuple[date | None, int] | None:
    """A cursor that was not written by us is as none: the first page."""
    found = _CURSOR.fullmatch(text)
    try:
        return (date.fromisoformat(found[1]) if found[1] else None, int(found[2])) if found else None
    except ValueError:
        return None


def _row(application: Application, held: RolesHeld, on: date, days: Calendar) -> InboxRow:
    duty = None
    if application.next_step:
        lapsed = application.waits_until is not None and application.waits_until < on
        duty = duty_of(StepKind.OPINION if lapsed else StepKind(application.next_step))
        if application.next_role and not lapsed:
            duty = replace(duty, roles=(Role(application.next_role),))
    mine = duty is not None and not held.get(application.agency_id, frozenset()).isdisjoint(duty.roles)
    return InboxRow(application, duty, mine, days_left(application, on, days))


def days_left(application: Application, on: date, days: Calendar | None = None) -> int | None:
    """Working days from `on` to the due date; negative when late; None where nothing is due or the clock stands."""
    if application.due_on is None or _stands(application, on):
        return None
    days = days or calendar()
    if application.due_on < on:
        # Late on the weekend after the due date is late, though no working day has gone by.
        return -max(days.working_days_between(application.due_on, on), 1)
    return days.working_days_between(on, application.due_on)


def _stands(application: Application, on: date) -> bool:
    """Whether nothing runs that day; the twin of `_running`."""
    if application.clock_state == ClockState.CLOSED:
        return True
    silent = application.stage == Stage.CONSULT and application.waits_until and application.waits_until < on
    return application.clock_state == ClockState.PAUSED and not silent
