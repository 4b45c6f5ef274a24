"""What this room has done later, or every day (see `gongkai.jobs`). Safe to run twice."""

from __future__ import annotations

from gongkai.applications import reminders, telling
from gongkai.applications.actions.recount import recount_all
from gongkai.applications.actions.run_import import carry_out


def after_calendar_change() -> None:
    """The calendar changed: every open case is counted anew."""
    recount_all()


def tell_step(step_id: int) -> None:
    """A step was taken: whose turn it is now hears of it, and the applicant that there is news."""
    telling.tell_step(step_id)


def tell_unconfirmed(case_id: int) -> None:
    """An application came whose receipt is not confirmed yet."""
    telling.tell_unconfirmed(case_id)


def tell_assignment(assignment_id: int) -> None:
    """A case was given to a person or a unit."""
    telling.tell_assignment(assignment_id)


def import_ledger(run_id: int) -> None:
    """A clerk asked for a ledger to be taken over."""
    carry_out(run_id)


def remind() -> None:
    """What is near, late, unclaimed, undecided, or was awaited in vain."""
    reminders.remind()
