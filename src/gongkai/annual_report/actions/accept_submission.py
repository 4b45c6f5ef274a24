"""采用: a child's report goes into the sum."""

from __future__ import annotations

from django.db import transaction

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Person
from gongkai.annual_report.models import Submission, SubmissionState
from gongkai.annual_report.reasons import checked_reason
from gongkai.annual_report.submissions import decide, locked_submission, refused, tell_child
from gongkai.law.texts import Text


@transaction.atomic
def accept_submission(
    *, actor: Person, submission_id: int, reason: str = "", blank_is_zero: bool = False
) -> Submission:
    """Accept it. With errors only for a reason; with cells in which nothing was read only where the person says that they
    are zero, for in a sum an unread number would be silently lost. Raises SubmissionNotFound, NotAllowed,
    SubmissionRefused, Invalid."""
    row, reason = locked_submission(actor, submission_id), checked_reason(reason)
    if row.state != SubmissionState.RECEIVED:
        state = row.get_state_display()
        raise refused("wrong_state", f"这次报送{state}，不能采用。", f"It is {row.state}: it cannot be accepted.")
    blank = blank_cells(row)
    if blank and not blank_is_zero:
        message = Text(
            f"有{blank}格没有读到数字。确认这些格为零的，请勾选；不能确认的，请退回。",
            f"In {blank} cells no number was read. Say that they are zero, or send it back.",
        )
        raise Invalid("blank_is_zero", message)
    if (row.errors or blank) and not reason:
        message = Text("报告有错误或者空格，采用要写明理由。", "With errors or blank cells a reason is needed.")
        raise Invalid("reason", message)
    decide(row, SubmissionState.ACCEPTED, actor=actor, remark=reason, act="accept_submission")
    text = Text(
        f"{row.parent.name}已采用{row.year}年年度报告。", f"{row.parent.name} accepted the report of {row.year}."
    )
    tell_child(row, text, "accepted")
    return row


def blank_cells(row: Submission) -> int:
    """How many cells hold nothing."""
    return sum(value is None for value in row.cells.values())
