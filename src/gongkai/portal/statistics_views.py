"""申请办理统计: the page of sums."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.agencies.models import Agency
from gongkai.config.asked import whole_number
from gongkai.law.texts import Text
from gongkai.portal import columns
from gongkai.portal.statistics import Statistics, statistics_of

_RECEIVED, _ANSWERED = Text("收到", "Received"), Text("答复", "Answered")


@require_safe
def statistics(request: HttpRequest, slug: str) -> HttpResponse:
    """Received, answered, in time, outcomes; a year by its months."""
    agency = get_object_or_404(Agency, slug=slug)
    asked = whole_number(request.GET.get("year", ""))
    found = statistics_of(agency, asked if asked and 1900 < asked < 2200 else None)
    context = {"agency": agency, "found": found, "data": _pictures(found), "column": columns.STATISTICS}
    response = render(request, "portal/statistics.html", context)
    response["Cache-Control"] = "max-age=600"
    return response


def _pictures(found: Statistics) -> dict[str, Any]:
    """The numbers of the tables as the script draws them."""
    lang = get_language() or ""
    months = [_("%(month)s月") % {"month": month} for month, _received, _answered in found.months]
    series = [
        {"name": _RECEIVED.of(lang), "data": [row[1] for row in found.months]},
        {"name": _ANSWERED.of(lang), "data": [row[2] for row in found.months]},
    ]
    outcomes = {"name": _ANSWERED.of(lang), "data": [number for _, number in found.outcomes]}
    return {
        "months": {"categories": months, "stacked": False, "series": series},
        "outcomes": {
            "categories": [label.of(lang) for label, _number in found.outcomes],
            "stacked": False,
            "series": [outcomes],
        },
    }
