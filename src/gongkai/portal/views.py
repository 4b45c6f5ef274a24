"""The home page and the guides of the agencies (条例 12)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from gongkai.agencies.selectors import agencies_accepting
from gongkai.applications.public_forms import QueryCodeForm
from gongkai.portal import columns


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What one can do here: apply, follow, read the guide."""
    context = {"agencies": agencies_accepting(), "form": QueryCodeForm(), "column": columns.HOME}
    return render(request, "portal/home.html", context)


@require_safe
def guides(request: HttpRequest) -> HttpResponse:
    """The guides; where there is only one, that one."""
    agencies = list(agencies_accepting())
    if len(agencies) == 1:
        return redirect("portal:guide", agencies[0].slug)
    return render(request, "portal/guides.html", {"agencies": agencies, "column": columns.GUIDE})


@require_safe
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    """政府信息公开指南 of one agency: office, address, hours, how to apply, limits, fees, remedies."""
    agencies = agencies_accepting()
    agency = get_object_or_404(agencies, slug=slug)
    several = agencies.count() > 1
    context = {"agency": agency, "several": several, "column": columns.GUIDE}
    return render(request, "portal/guide.html", context)
