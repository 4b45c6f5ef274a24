"""The comparison at the desk: also what is not published yet, of the agencies a person works for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from gongkai.agencies.selectors import agencies_of
from gongkai.agencies.signed_in import person_of
from gongkai.annual_report.public.compare_views import Asked, compared
from gongkai.annual_report.public.compared_reports import desk_columns


@require_safe
def compare_page(request: HttpRequest) -> HttpResponse:
    """The years of the person's agency, or its agencies side by side."""
    agencies = agencies_of(person_of(request))
    asked = Asked.of(request)
    if not asked.slugs and (first := agencies.first()) is not None:
        query = QueryDict(mutable=True)
        query["agency"] = first.slug
        return redirect(f"{request.path}?{query.urlencode()}")
    return render(request, "annual_report/compare.html", compared(asked, agencies, desk_columns))
