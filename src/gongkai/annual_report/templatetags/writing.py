"""Words of the report's life for templates, and the deadlines that stand on the desk."""

from __future__ import annotations

from typing import Any

from django import template

from gongkai.agencies.models import Agency
from gongkai.agencies.selectors import today
from gongkai.annual_report.duties import open_duties
from gongkai.law.report_procedure import ReportAct
from gongkai.law.texts import Text

register = template.Library()


@register.filter
def report_act(kind: str) -> Text:
    """The name of a step."""
    return ReportAct(kind).label


@register.inclusion_tag("annual_report/parts/write_duties.html")
def report_duties(agency: Agency, year: int) -> dict[str, Any]:
    """What the agency still owes for that year, with the days left: only of the year that is reported now."""
    day = today()
    return {"duties": open_duties(agency, day) if year == day.year - 1 else ()}
