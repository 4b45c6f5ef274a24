"""What this room has done later, or every day (see `gongkai.jobs`). Safe to run twice."""

from __future__ import annotations

from django.db import transaction

from gongkai.applications import release, reminders, telling
from gongkai.applications.actions import finish_redaction
from gongkai.applications.actions.recount import open_cases, recount_each
from gongkai.applications.actions.run_import import carry_out
from gongkai.documents.models import Document
from gongkai.jobs import enqueue

#: So many cases are counted by one job: about a minute, of the five that a job has.
AT_ONCE = 5_000


def after_calendar_change(after: int = 0) -> None:
    """The calendar changed: every open case is counted anew. The next job goes on behind the last case of this one:
    a job that ran out of its time would begin again at the first, and never come to the last."""
    cases = open_cases(after)
    told = recount_each(cases[:AT_ONCE])
    if len(cases) > AT_ONCE:
        with transaction.atomic():
            enqueue("gongkai.applications.jobs.after_calendar_change", cases[AT_ONCE - 1])
    if told.failed:
        raise RuntimeError(f"cases not counted anew: {told.failed}")  # the queue tries again, and its page shows it


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


def propose_boxes(redaction_id: int) -> None:
    """Somebody began to redact an original: what the privacy scan would cover is put before them."""
    finish_redaction.propose_boxes(redaction_id)


def make_redacted_copy(redaction_id: int) -> None:
    """The boxes are drawn: make the copy and check it."""
    finish_redaction.carry_out(redaction_id)


def scan_document(document_id: int) -> None:
    """A file came that may go out: look through it before somebody asks."""
    release.scan(Document.objects.get(pk=document_id))


def remind() -> None:
    """What is near, late, unclaimed, undecided, or was awaited in vain."""
    reminders.remind()
