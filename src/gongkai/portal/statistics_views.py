"""申请办理统计: the page of sums."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.agencies.models import Agency
from gongkai.config.answers import answered
from gongkai.config.asked import whole_number
from gongkai.disclosure.public.versions import version_of, with_version
from gongkai.law.texts import Text
from gongkai.portal import columns
from gongkai.portal.statistics import Statistics, statistics_of

_RECEIVED, _ANSWERED = Text("收到", "Received"), Text("答复", "Answered")


@require_safe
def statistics(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Received, answered, in time, outcomes; a year by its months."""
    agency = get_object_or_404(with_version(Agency.objects.all()), slug=slug)
    version = version_of(agency)
    asked = whole_number(request.GET.get("year", ""))
    found = statistics_of(agency, asked if asked and 1900 < asked < 2200 else None)

    def respond() -> HttpResponse:
        context = {"agency": agency, "found": found, "data": _pictures(found), "column": columns.STATISTICS}
        return render(request, "portal/statistics.html", context)

    told = [version.number, found.at.isoformat()]
    return answered(request, told, max(version.at, found.at), respond, reads=["year"])


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
