"""Every number opens: the records behind each cell of the report."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from gongkai.agencies.models import Agency
from gongkai.annual_report.compiling import Period
from gongkai.applications.models import Application
from gongkai.disclosure.selectors import counts_of, documents_in_force, documents_made, documents_repealed
from gongkai.disputes.models import Dispute
from gongkai.disputes.selectors import disputes_of
from gongkai.law.report_form import cells


class NoSuchCell(LookupError):
    """An address that the form does not have."""


def records_of(agency: Agency, year: int, address: str) -> QuerySet[Any]:
    """What was counted in the cell at `address`: applications, documents, monthly figures or disputes."""
    if address not in cells():
        raise NoSuchCell(address)
    table, row, column = address.split(".")
    period = Period(year)
    if table == "t3":
        return applications_in(agency, period, row, column)
    if table == "t4":
        return disputes_in(agency, period, row, column)
    return behind_table_2(agency, period, row, column)


def applications_in(agency: Agency, period: Period, row: str, column: str) -> QuerySet[Application]:
    """The applications counted in a cell of table 3, in the order of their receipt."""
    conditions = {
        "received": period.received,
        "carried_in": period.carried_in,
        "total": period.handled,
        "carried_out": period.carried_out,
    }
    condition = conditions.get(row, period.handled & Q(outcome=row))
    if column != "total":
        condition &= Q(applicant_kind=column)
    return Application.objects.filter(condition, agency=agency).order_by("received_on", "id")


def disputes_in(agency: Agency, period: Period, group: str, result: str) -> QuerySet[Dispute]:
    """The disputes counted in a cell of table 4."""
    found = disputes_of(agency, period.year).filter(kind=group).order_by("filed_on", "id")
    if result == "total":
        return found
    if result == "pending":
        return found.exclude(concluded_on__lte=period.last)
    return found.filter(concluded_on__lte=period.last, result=result)


def behind_table_2(agency: Agency, period: Period, row: str, column: str) -> QuerySet[Any]:
    """The documents, or the departments' monthly figures, counted in a cell of table 2."""
    if column == "made":
        return documents_made(agency, period.year).filter(document_class=row).order_by("made_on", "id")
    if column == "repealed":
        return documents_repealed(agency, period.year).filter(document_class=row).order_by("repealed_on", "id")
    if column == "in_force":
        return documents_in_force(agency, period.last).filter(document_class=row).order_by("made_on", "id")
    return counts_of(agency, period.year).filter(kind=row).order_by("month", "id")
