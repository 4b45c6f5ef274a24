"""检查预警 at the desk: what will fail an inspection, and when."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongkai.agencies.models import Agency
from gongkai.agencies.selectors import agencies_of, is_administrator, today
from gongkai.agencies.signed_in import person_of
from gongkai.config.asked import whole_number
from gongkai.disclosure.columns.freshness import Freshness
from gongkai.oversight.monitor import MOST_LINES, finding_of, findings

#: So many columns are drawn; the table beside holds them all.
DRAWN = 30
#: So far one turns over the pages of a rule; in place of an agency's name in addresses: the whole site.
MOST_PAGES, WHOLE = 1_000, "-"


@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The agency this person works for; for an administrator the whole site."""
    person = person_of(request)
    first = agencies_of(person).first()
    if first is None:
        raise Http404
    return redirect("desk:monitor", first.slug)


@never_cache
@require_safe
def monitor(request: HttpRequest, slug: str) -> HttpResponse:
    """One agency."""
    person = person_of(request)
    rows = Agency.objects.order_by("path") if is_administrator(person) else agencies_of(person)
    return _page(request, get_object_or_404(rows, slug=slug))


@never_cache
@require_safe
def whole_site(request: HttpRequest) -> HttpResponse:
    """All agencies at once, as an inspection of the site sees them; for administrators."""
    if not is_administrator(person_of(request)):
        raise Http404
    return _page(request, None)


@never_cache
@require_safe
def one_rule(request: HttpRequest, slug: str, rule: str) -> HttpResponse:
    """Everything that one rule finds at an agency, page by page; „-“ in place of the agency: on the whole site."""
    person = person_of(request)
    administers = is_administrator(person)
    if slug == WHOLE and not administers:
        raise Http404
    rows = Agency.objects.order_by("path") if administers else agencies_of(person)
    agency = None if slug == WHOLE else get_object_or_404(rows, slug=slug)
    number = min(max(whole_number(request.GET.get("page", "")) or 1, 1), MOST_PAGES)
    begin = (number - 1) * MOST_LINES
    found = finding_of(rule, agency, today(), slice(begin, begin + MOST_LINES))
    if found is None or (number > 1 and begin >= found.number):
        raise Http404
    pages = min(-(-found.number // MOST_LINES), MOST_PAGES)
    context = {
        "agency": agency, "slug": slug, "day": today(), "finding": found, "page": number, "pages": pages, "begin": begin + 1,
        "next": number + 1 if number < pages else None, "previous": number - 1 if number > 1 else None,
    }  # fmt: skip
    return render(request, "oversight/rule.html", context)


def _page(request: HttpRequest, agency: Agency | None) -> HttpResponse:
    person, day = person_of(request), today()
    found, leaves = findings(agency, day)
    administers = is_administrator(person)
    agencies: Any = Agency.objects.order_by("path") if administers else agencies_of(person)
    dated = sorted((row for row in leaves if row.days_left is not None), key=lambda row: row.days_left or 0)
    context = {
        "agency": agency, "day": day, "findings": found, "broken": sum(one.broken for one in found), "leaves": dated,
        "agencies": list(agencies), "administers": administers, "chart": _chart(dated),
    }  # fmt: skip
    return render(request, "oversight/monitor.html", context)


def _chart(leaves: list[Freshness]) -> dict[str, list[Any]]:
    """Days left by column, the nearest first."""
    drawn = leaves[:DRAWN]
    return {"columns": [row.node.name for row in drawn], "days": [row.days_left for row in drawn]}
