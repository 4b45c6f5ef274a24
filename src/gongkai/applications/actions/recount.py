"""期限重新推算: after a change of the calendar the due date of every open case is counted anew.

A later date holds at once. One that came nearer than what the applicant was told is only written down: it takes a
person's decision to change what was told (`decide_due`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from gongkai.agencies.selectors import today
from gongkai.applications.history import derive, locked, moved_due, take
from gongkai.applications.models import Application, ClockState
from gongkai.law.procedure import Role, StepKind

log = logging.getLogger(__name__)


@dataclass
class Recounted:
    """How many cases were looked at, how many due dates moved later, how many would come nearer."""

    looked_at: int = 0
    later: int = 0
    nearer: int = 0
    #: Cases that could not be counted for a fault of ours; the log tells why.
    failed: list[int] = field(default_factory=list)


@transaction.atomic
def recount(*, case_id: int) -> str:
    """Count one case anew: "later", "nearer", or "" where its due date stands. Done twice, it is done once."""
    application = locked(case_id, None)
    rows = list(application.steps.order_by("number"))
    moved = moved_due(application, rows)
    if moved is None:
        derive(application, rows)  # a date that was provisional may be certain now
        return ""
    take(application, StepKind.RECOUNT, on=today(), actor=None, role=Role.SYSTEM, facts=moved)
    return "nearer" if "until" in moved else "later"


def open_cases(after: int = 0) -> list[int]:
    """The cases whose clock has not stopped, those behind this key, in the order of their keys."""
    rows = Application.objects.filter(archived_on__isnull=True, due_on__isnull=False, pk__gt=after)
    return list(rows.exclude(clock_state=ClockState.CLOSED).order_by("pk").values_list("pk", flat=True))


def recount_all(progress: Callable[[int, int], None] = lambda done, of: None) -> Recounted:
    """Count all open cases anew, each in a transaction of its own: stopped in the middle, the rest is done next time.
    `progress` is told how many are done, of how many."""
    return recount_each(open_cases(), progress)


def recount_each(cases: Sequence[int], progress: Callable[[int, int], None] = lambda done, of: None) -> Recounted:
    """Count these cases anew. One that fails does not keep the others from theirs."""
    told = Recounted()
    for done, case_id in enumerate(cases, 1):
        try:
            moved = recount(case_id=case_id)
        except Exception:
            log.exception("case %s could not be counted anew", case_id)
            told.failed.append(case_id)
            moved = ""
        told.looked_at += 1
        told.later += moved == "later"
        told.nearer += moved == "nearer"
        progress(done, len(cases))
    return told
