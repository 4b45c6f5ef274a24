"""The home page and the guides of the agencies (条例 12)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from gongkai.agencies.selectors import agencies_accepting
from gongkai.config.answers import answered
from gongkai.disclosure.columns.guides import guide_of
from gongkai.disclosure.public.menu import menu_of
from gongkai.disclosure.public.selectors import newest_items
from gongkai.disclosure.public.versions import version_now, version_of, with_version
from gongkai.portal import columns
from gongkai.portal.site import site_of

#: The offices that the home page names; the others stand in the list of agencies.
MOST_OFFICES = 12


@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """What was published last, and what one can do here: read, search, apply, follow. The same for everybody."""
    agencies = list(with_version(agencies_accepting())[: MOST_OFFICES + 1])
    version = version_of(agencies[0]) if agencies else version_now()

    def respond() -> HttpResponse:
        agency = site_of(request).agency
        items, policies = newest_items()
        context = {
            "agencies": agencies[:MOST_OFFICES],
            "more_agencies": len(agencies) > MOST_OFFICES,
            "agency": agency,
            "menu": menu_of(agency) if agency else None,
            "items": items,
            "policies": policies,
            "several": len(agencies) > 1,
            "column": columns.HOME,
        }
        return render(request, "portal/home.html", context)

    return answered(request, [version.number], version.at, respond)


@require_safe
def guides(request: HttpRequest) -> HttpResponseBase:
    """The guides; where there is only one, that one."""
    agencies = list(with_version(agencies_accepting()))
    if len(agencies) == 1:
        return redirect("portal:guide", agencies[0].slug)
    version = version_of(agencies[0]) if agencies else version_now()

    def respond() -> HttpResponse:
        return render(request, "portal/guides.html", {"agencies": agencies, "column": columns.GUIDE})

    return answered(request, [version.number], version.at, respond)


@require_safe
def guide(request: HttpRequest, slug: str) -> HttpResponseBase:
    """政府信息公开指南 of one agency: office, address, hours, how to apply, limits, fees, remedies."""
    agencies = agencies_accepting()
    agency = get_object_or_404(with_version(agencies), slug=slug)
    version = version_of(agency)

    def respond() -> HttpResponse:
        several = agencies.count() > 1
        context = {"agency": agency, "several": several, "column": columns.GUIDE, "guide": guide_of(agency)}
        return render(request, "portal/guide.html", context)

    return answered(request, [version.number], version.at, respond)
