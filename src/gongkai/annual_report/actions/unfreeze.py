"""Open the figures again: they are counted live until they are frozen anew."""

from __future__ import annotations

from django.db import transaction

from gongkai.agencies.models import Person
from gongkai.annual_report.acting import locked_report, take
from gongkai.annual_report.actions.freeze import digest_of
from gongkai.annual_report.figures import tables_of
from gongkai.annual_report.models import Report
from gongkai.annual_report.reasons import checked_reason
from gongkai.law.report_procedure import ReportAct


@transaction.atomic
def unfreeze(*, actor: Person, report_id: int, reason: str, revision: int | None = None) -> Report:
    """The frozen cells go, the step with its reason and their digest stays. Raises ReportRefused."""
    report = locked_report(actor, report_id, revision)
    digest = digest_of(tables_of(report)) if report.frozen is not None else ""
    report.frozen = None
    take(
        report, ReportAct.UNFREEZE, actor=actor, reason=checked_reason(reason), digest=digest, facts={"digest": digest}
    )
    return report
