"""签发: the approver signs exactly what was put before him, and what he has read."""

from __future__ import annotations

from django.db import transaction

from gongkai.agencies.models import Person
from gongkai.annual_report.acting import locked_report, take
from gongkai.annual_report.authorship import wrote
from gongkai.annual_report.figures import content_of
from gongkai.annual_report.models import Report, ReportStep
from gongkai.annual_report.telling import tell_step
from gongkai.law.report_form import FORM_2021
from gongkai.law.report_procedure import ReportAct, ReportRefused
from gongkai.law.texts import Text


@transaction.atomic
def sign(*, actor: Person, report_id: int, digest: str, revision: int | None = None) -> Report:
    """`digest`: of the content that the page showed. It must still be what was submitted and what stands there now.
    Raises ReportRefused; nobody signs what he wrote, corrected or submitted himself."""
    report = locked_report(actor, report_id, revision)
    submitted = report.steps.filter(kind=ReportAct.SUBMIT).last()
    step = take(
        report, ReportAct.SIGN, actor=actor, digest=digest, wrote=wrote(actor, report), facts={"digest": digest}
    )
    _require_unchanged(report, submitted, digest)
    tell_step(report, step)
    return report


def _require_unchanged(report: Report, submitted: ReportStep | None, digest: str) -> None:
    """What was submitted, what was read and what stands there are one and the same. Raises ReportRefused."""
    if submitted is None or not submitted.digest == digest == content_of(report).unsigned_digest:
        text = Text(
            "报批以后内容有变动，不能签发。请退回，重新报批。",
            "The content is not what was submitted: send it back to be submitted again.",
        )
        raise ReportRefused("content_changed", text, FORM_2021)
