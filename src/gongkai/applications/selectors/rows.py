"""One line of the inbox: what is next, whose it is, how many days are left, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from gongkai.agencies.selectors import calendar
from gongkai.applications.models import Application, ClockState
from gongkai.applications.selectors.case_page import duty_of
from gongkai.applications.selectors.turns import DRAFTING, WAITED_FOR, Reader
from gongkai.law.procedure import Duty, Role, Stage, StepKind
from gongkai.law.working_days import Calendar


@dataclass(frozen=True)
class InternalDue:
    """The office's own day for the opinion, where it comes before the law's. `days_left` is negative when it is over."""

    day: date
    days_left: int


@dataclass(frozen=True)
class InboxRow:
    """A case in a list. `days_left` are working days (negative: late; None: nothing runs, see `why`); `why` says what
    holds the clock (`consulting`, `correcting`, `paying`, `paused`), `due` where it runs, `waiting` before the receipt
    is confirmed, `closed` after the reply. `claimable`: at work, and nobody has it; `risen`: for too long."""

    application: Application
    duty: Duty | None
    mine: bool
    days_left: int | None
    why: str
    internal: InternalDue | None
    claimable: bool
    waits: bool
    risen: bool

    @property
    def assignable(self) -> bool:
        """Whether it can still be given to somebody."""
        return self.application.archived_on is None


def row_of(application: Application, reader: Reader, *, mine: bool, risen: bool) -> InboxRow:
    """The line of a case for this reader."""
    return InboxRow(
        application=application,
        duty=_duty(application, reader.day),
        mine=mine,
        days_left=days_left(application, reader.day, reader.days),
        why=why(application, reader.day),
        internal=_internal(application, reader),
        claimable=application.holder_id is None and application.stage in DRAFTING,
        waits=application.next_step in WAITED_FOR and not _lapsed(application, reader.day),
        risen=risen,
    )


def _lapsed(application: Application, on: date) -> bool:
    return application.waits_until is not None and application.waits_until < on


def _duty(application: Application, on: date) -> Duty | None:
    if not application.next_step:
        return None
    if _lapsed(application, on):
        return duty_of(StepKind.OPINION)
    duty = duty_of(StepKind(application.next_step))
    return replace(duty, roles=(Role(application.next_role),)) if application.next_role else duty


def days_left(application: Application, on: date, days: Calendar | None = None) -> int | None:
    """Working days from `on` to the due date; negative when late; None where nothing is due or the clock stands."""
    if application.due_on is None or stands(application, on):
        return None
    return _days_to(application.due_on, on, days or calendar())


def _days_to(due: date, on: date, days: Calendar) -> int:
    if due < on:
        # Late on the weekend after the due date is late, though no working day has gone by.
        return -max(days.working_days_between(due, on), 1)
    return days.working_days_between(on, due)


def stands(application: Application, on: date) -> bool:
    """Whether nothing runs that day; the twin of `turns.running`."""
    if application.clock_state == ClockState.CLOSED:
        return True
    resumed = application.stage == Stage.CONSULT and _lapsed(application, on)
    return application.clock_state == ClockState.PAUSED and not resumed


def why(application: Application, on: date) -> str:
    """What holds the clock, or that it runs: one word, which the page says in the reader's language."""
    if application.clock_state == ClockState.CLOSED:
        return "closed"
    if application.due_on is None:
        return "waiting"
    if not stands(application, on):
        return "due"
    if application.next_step == StepKind.FEE_PAID:
        return "paying"
    reasons = {Stage.CONSULT.value: "consulting", Stage.CORRECT.value: "correcting"}
    return reasons.get(application.stage, "paused")


def _internal(application: Application, reader: Reader) -> InternalDue | None:
    day = application.internal_due_on
    if day is None or application.stage not in DRAFTING or (application.due_on and application.due_on <= day):
        return None
    return InternalDue(day, _days_to(day, reader.day, reader.days))
