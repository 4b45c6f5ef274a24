"""Who may see a report: whoever holds a role at its agency. Pages and acts fetch it here; the public asks `public.selectors`."""

from __future__ import annotations

from django.db.models import QuerySet

from gongkai.agencies.models import Person
from gongkai.agencies.selectors import roles_held
from gongkai.annual_report.errors import ReportChanged, ReportNotFound
from gongkai.annual_report.models import Report


def reports_for(person: Person) -> QuerySet[Report]:
    """The reports of the agencies where this person holds a role."""
    return Report.objects.select_related("agency").filter(agency__in=roles_held(person))


def report_for(person: Person, report_id: int, revision: int | None = None) -> Report:
    """One of them. Raises as `found`."""
    return found(reports_for(person), report_id, revision)


def found(rows: QuerySet[Report], report_id: int, revision: int | None) -> Report:
    """One of the rows. Raises ReportNotFound, and ReportChanged where somebody changed it after `revision`."""
    report = rows.filter(pk=report_id).first()
    if report is None:
        raise ReportNotFound
    if revision is not None and revision != report.revision:
        raise ReportChanged
    return report
