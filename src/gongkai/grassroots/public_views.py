"""基层政务公开 in public: the grid of areas, the rows of one, the duties of one body."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from gongkai.agencies.models import Agency
from gongkai.config.asked import whole_number
from gongkai.grassroots import selectors
from gongkai.grassroots.models import CatalogueRow
from gongkai.law.agency_levels import AgencyLevel

#: So many rows a page: their texts are long, and a page stays small.
PAGE = 25


@require_safe
def catalogues(request: HttpRequest, column: Any = None) -> HttpResponse:
    """The catalogues there are; where there is one, that one."""
    agencies = list(selectors.owners())
    if len(agencies) == 1:
        return redirect("portal:grassroots_of", agencies[0].slug)
    return render(request, "grassroots/public/catalogues.html", {"agencies": agencies, "column": column})


@require_safe
def grid(request: HttpRequest, slug: str, column: Any = None) -> HttpResponse:
    """The areas of a catalogue as a grid, and its bodies: departments, towns."""
    owner = get_object_or_404(selectors.owners(), slug=slug)
    duties = Count("catalogue_duties", filter=Q(catalogue_duties__owner=owner, catalogue_duties__active=True))
    bodies = list(Agency.objects.annotate(duties=duties).filter(duties__gt=0).order_by("path"))
    context = {
        "owner": owner, "areas": selectors.areas_of(owner), "column": column,
        "departments": [one for one in bodies if one.level != AgencyLevel.TOWN],
        "towns": [one for one in bodies if one.level == AgencyLevel.TOWN],
    }  # fmt: skip
    return render(request, "grassroots/public/grid.html", context)


@require_safe
def area(request: HttpRequest, slug: str, code: str, column: Any = None) -> HttpResponse:
    """The rows of one area, in the order of the catalogue."""
    owner = get_object_or_404(selectors.owners(), slug=slug)
    one = get_object_or_404(selectors.areas_of(owner), code=code)
    context = {"owner": owner, "area": one, "column": column, **_page(request, selectors.rows_of(owner, one))}
    return render(request, "grassroots/public/rows.html", context)


@require_safe
def body(request: HttpRequest, slug: str, body_slug: str, column: Any = None) -> HttpResponse:
    """What one body has to publish, over all areas."""
    owner = get_object_or_404(selectors.owners(), slug=slug)
    one = _body(owner, body_slug)
    rows = selectors.rows_of(owner).filter(bodies=one)
    context = {"owner": owner, "body": one, "column": column, **_page(request, rows)}
    return render(request, "grassroots/public/rows.html", context)


def _body(owner: Agency, slug: str) -> Agency:
    found: Agency | None = Agency.objects.filter(
        slug=slug, catalogue_duties__owner=owner, catalogue_duties__active=True
    ).first()
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, rows: QuerySet[CatalogueRow]) -> dict[str, Any]:
    """A page of rows. An odd number of a page is the first or the last one."""
    page = Paginator(rows.prefetch_related("bodies"), PAGE).get_page(whole_number(request.GET.get("page", "")) or 1)
    return {
        "rows": page.object_list,
        "page": page,
        "next_url": f"?page={page.next_page_number()}" if page.has_next() else "",
        "first_url": request.path if page.has_previous() else "",
    }
