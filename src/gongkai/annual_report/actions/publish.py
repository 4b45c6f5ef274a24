"""公布: what was signed becomes what the public sees; the first time, and after every later change, which is told."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Person
from gongkai.annual_report.acting import locked_report, take
from gongkai.annual_report.figures import content_of
from gongkai.annual_report.models import Publication
from gongkai.annual_report.reasons import checked_reason
from gongkai.annual_report.telling import tell_step
from gongkai.jobs import enqueue
from gongkai.law.report_form import FORM_2021
from gongkai.law.report_procedure import ReportAct, ReportRefused
from gongkai.law.texts import Text


@transaction.atomic
def publish(*, actor: Person, report_id: int, reason: str = "", revision: int | None = None) -> Publication:
    """The next version for the public. `reason`: why it is another one, told there; the reason of opening it again
    where none is given. Raises ReportRefused where what stands there is not what was signed."""
    report = locked_report(actor, report_id, revision)
    content = content_of(report)
    signed = report.steps.filter(kind=ReportAct.SIGN).last()
    number, why = report.publications.count() + 1, checked_reason(reason)
    if number > 1 and not why:
        why = report.steps.filter(kind=ReportAct.REOPEN).values_list("remark", flat=True).last() or ""
    if report.first_published_at is None:
        report.first_published_at = timezone.now()
    digest = content.digest
    step = take(
        report, ReportAct.PUBLISH, actor=actor, reason=why, digest=content.unsigned_digest,
        facts={"number": number, "digest": digest},
    )  # fmt: skip
    if signed is None or signed.digest != content.unsigned_digest:
        text = Text("签发以后内容有变动，签发无效。", "The content is not what was signed: the signature is void.")
        raise ReportRefused("content_changed", text, FORM_2021)
    row = Publication.objects.create(
        report=report, number=number, by=actor, reason=why if number > 1 else "", content=content.as_data(),
        digest=digest,
    )  # fmt: skip
    tell_step(report, step)
    enqueue("gongkai.search.jobs.update", f"report:{report.pk}")
    return row
