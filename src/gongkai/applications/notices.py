"""Which step tells whom. An act only puts a job into the queue, in its own transaction; who is to be told is found out by
the worker (`telling`), so that nobody waits for it and what was rolled back is told to nobody.

A case taken over from an earlier register tells nobody, and neither does what is entered long after it happened.
"""

from __future__ import annotations

from datetime import timedelta

from gongkai.agencies.selectors import today
from gongkai.applications.models import Application, Assignment, Step
from gongkai.jobs import enqueue
from gongkai.law.procedure import StepKind

#: What lies further back is no news.
NEWS = timedelta(days=30)
#: Something came from outside: who drafts is told, though the case may wait for more.
CAME_IN = frozenset(
    {
        StepKind.CORRECTED,
        StepKind.CONSULTATION_REPLY,
        StepKind.REASONS_GIVEN,
        StepKind.FEE_PAID,
        StepKind.WITHDRAWAL,
    }
)
#: After these the next duty is another person's, who is told.
HANDED_ON = CAME_IN | {
    StepKind.RECEIPT,
    StepKind.ACCEPT,
    StepKind.OPINION,
    StepKind.DECISION,
    StepKind.REVIEW,
    StepKind.RETURN,
    StepKind.SIGN,
    StepKind.REOPEN,
}
#: After these there is something for the applicant to read, who is told that there is.
FOR_APPLICANT = frozenset(
    {
        StepKind.RECEIPT,
        StepKind.CORRECTION_NOTICE,
        StepKind.EXTENSION,
        StepKind.FEE_NOTICE,
        StepKind.REASONS_ASKED,
        StepKind.DELIVER,
    }
)
TOLD = HANDED_ON | FOR_APPLICANT | {StepKind.RECOUNT}


def tell_later(application: Application, step: Step) -> None:
    """A step was taken."""
    if step.kind in TOLD and today() - step.on <= NEWS:
        enqueue("gongkai.applications.jobs.tell_step", step.pk)


def tell_unconfirmed(application: Application) -> None:
    """An application came whose receipt has to be confirmed with the applicant (条例 31(三)): no step says so yet."""
    enqueue("gongkai.applications.jobs.tell_unconfirmed", application.pk)


def tell_assigned(row: Assignment) -> None:
    """A case was given to somebody. Who takes it himself knows it."""
    if row.holder_id != row.by_id:
        enqueue("gongkai.applications.jobs.tell_assignment", row.pk)
