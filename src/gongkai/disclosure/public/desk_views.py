"""浏览统计 at the desk: which columns and items are read, month by month."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from gongkai.agencies.selectors import agencies_of, current_agency, today
from gongkai.agencies.signed_in import person_of
from gongkai.config.asked import whole_number
from gongkai.disclosure.public import visit_sums


@require_safe
def visits_mine(request: HttpRequest) -> HttpResponse:
    """The page of the person's own agency."""
    agency = current_agency(person_of(request))
    if agency is None:
        raise Http404
    return redirect("desk:visits", agency.slug)


@require_safe
def visits(request: HttpRequest, slug: str) -> HttpResponse:
    """The sums of an agency and of the site; for whoever has a role there."""
    agency = get_object_or_404(agencies_of(person_of(request)), slug=slug)
    years = visit_sums.years() or [today().year]
    asked = whole_number(request.GET.get("year", ""))
    year = asked if asked in years else years[0]
    context = {
        "agency": agency,
        "years": years,
        "year": year,
        "months": range(1, 13),
        "columns": visit_sums.by_column(agency, year),
        "kinds": visit_sums.by_kind(year),
        "items": visit_sums.most_visited(agency, year),
    }
    return render(request, "disclosure/visits.html", context)
