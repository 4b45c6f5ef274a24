"""Who may see a report: whoever holds a role at its agency. Pages and acts fetch it here; the public asks `public.selectors`."""

from __future__ import annotations

from django.db.models import QuerySet

from gongkai.agencies.models import Person
from gongkai.agencies.selectors import roles_held
from gongkai.annual_report.errors import ReportNotFound
from gongkai.annual_report.models import Report


def reports_for(person: Person) -> QuerySet[Report]:
    """The reports of the agencies where this person holds a role."""
    return Report.objects.select_related("agency").filter(agency__in=roles_held(person))


def report_for(person: Person, report_id: int) -> Report:
    """One of them. Raises ReportNotFound."""
    report = reports_for(person).filter(pk=report_id).first()
    if report is None:
        raise ReportNotFound
    return report
