"""退回修改: the approver sends a report back, and says why."""

from __future__ import annotations

from django.db import transaction

from gongkai.agencies.models import Person
from gongkai.annual_report.acting import locked_report, take
from gongkai.annual_report.models import Report
from gongkai.annual_report.reasons import checked_reason
from gongkai.annual_report.telling import tell_step
from gongkai.law.report_procedure import ReportAct


@transaction.atomic
def return_(*, actor: Person, report_id: int, reason: str, revision: int | None = None) -> Report:
    """Back to who wrote it. Raises ReportRefused, ReportChanged."""
    report = locked_report(actor, report_id, revision)
    step = take(report, ReportAct.RETURN, actor=actor, reason=checked_reason(reason))
    tell_step(report, step)
    return report
