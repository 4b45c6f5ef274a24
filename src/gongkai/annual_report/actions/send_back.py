"""退回: what came from below has to be mended; why is said in words."""

from __future__ import annotations

from django.db import transaction

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Person
from gongkai.annual_report.models import Submission, SubmissionState
from gongkai.annual_report.reasons import checked_reason
from gongkai.annual_report.submissions import decide, locked_submission, refused, tell_child
from gongkai.law.texts import Text


@transaction.atomic
def send_back(*, actor: Person, submission_id: int, remark: str) -> Submission:
    """Send it back, also one that was accepted: then it is no longer in the sum, unless that is frozen. Raises
    SubmissionNotFound, NotAllowed, SubmissionRefused, Invalid without a reason."""
    row, remark = locked_submission(actor, submission_id), checked_reason(remark)
    if row.state == SubmissionState.SENT_BACK:
        raise refused("sent_back_already", "这次报送已经退回。", "It was sent back already.")
    if not remark:
        raise Invalid("remark", Text("请写明退回的理由。", "Say why it is sent back."))
    decide(row, SubmissionState.SENT_BACK, actor=actor, remark=remark, act="send_back")
    text = Text(
        f"{row.parent.name}退回了{row.year}年年度报告：{remark}",
        f"{row.parent.name} sent the report of {row.year} back: {remark}",
    )
    tell_child(row, text, "sent_back")
    return row


def suggested_remark(row: Submission) -> str:
    """What the audit found certainly wrong, in words a child can mend by; as much as has room."""
    errors = [one for one in row.findings if one["severity"] == "error"]
    lines = [f"{number}. {one['place'][0]}：{one['message'][0]}" for number, one in enumerate(errors, 1)]
    told = ""
    for line in lines:
        if len(told) + len(line) > 480:
            return f"{told}……共{len(lines)}处。"
        told += f"{line}\n"
    return told.strip()
