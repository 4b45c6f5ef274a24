"""Who made this version of a report: such a person does not sign it."""

from __future__ import annotations

from gongkai.agencies.models import Person
from gongkai.annual_report.models import Report
from gongkai.law.report_procedure import ReportAct

_MAKING = (ReportAct.FREEZE, ReportAct.UNFREEZE, ReportAct.SUBMIT)


def wrote(person: Person, report: Report) -> bool:
    """Whether the person wrote, corrected, froze or submitted anything since the report was last published: what was
    before, another has signed already."""
    published = report.publications.last()
    since = {"at__gt": published.at} if published else {}
    return (
        report.texts.filter(by=person, **since).exists()
        or report.corrections.filter(by=person, **since).exists()
        or report.steps.filter(actor=person, kind__in=_MAKING, **since).exists()
    )
