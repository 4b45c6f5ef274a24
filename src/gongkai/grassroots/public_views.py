"""基层政务公开 in public: the grid of areas, the rows of one, the duties of one body."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from gongkai.agencies.models import Agency
from gongkai.config.answers import answered
from gongkai.config.asked import whole_number
from gongkai.disclosure.public.versions import Version, version_now, version_of, with_version
from gongkai.grassroots import selectors
from gongkai.grassroots.models import CatalogueRow
from gongkai.law.agency_levels import AgencyLevel

#: So many rows a page: their texts are long, and a page stays small.
PAGE = 25


@require_safe
def catalogues(request: HttpRequest, column: Any = None) -> HttpResponseBase:
    """The catalogues there are; where there is one, that one."""
    version, agencies = version_now(), list(selectors.owners())
    if len(agencies) == 1:
        return redirect("portal:grassroots_of", agencies[0].slug)
    return _answered(request, version, "catalogues", lambda: {"agencies": agencies, "column": column})


@require_safe
def grid(request: HttpRequest, slug: str, column: Any = None) -> HttpResponseBase:
    """The areas of a catalogue as a grid, and its bodies: departments, towns."""
    owner = get_object_or_404(with_version(selectors.owners()), slug=slug)

    def shown() -> Mapping[str, Any]:
        duties = Count("catalogue_duties", filter=Q(catalogue_duties__owner=owner, catalogue_duties__active=True))
        bodies = list(Agency.objects.annotate(duties=duties).filter(duties__gt=0).order_by("path"))
        return {
            "owner": owner, "areas": selectors.areas_of(owner), "column": column,
            "departments": [one for one in bodies if one.level != AgencyLevel.TOWN],
            "towns": [one for one in bodies if one.level == AgencyLevel.TOWN],
        }  # fmt: skip

    return _answered(request, version_of(owner), "grid", shown)


@require_safe
def area(request: HttpRequest, slug: str, code: str, column: Any = None) -> HttpResponseBase:
    """The rows of one area, in the order of the catalogue."""
    owner = get_object_or_404(with_version(selectors.owners()), slug=slug)
    one = get_object_or_404(selectors.areas_of(owner), code=code)
    rows = selectors.rows_of(owner, one)

    def shown() -> Mapping[str, Any]:
        return {"owner": owner, "area": one, "column": column, **_page(request, rows)}

    return _answered(request, version_of(owner), "rows", shown)


@require_safe
def body(request: HttpRequest, slug: str, body_slug: str, column: Any = None) -> HttpResponseBase:
    """What one body has to publish, over all areas."""
    owner = get_object_or_404(with_version(selectors.owners()), slug=slug)
    one = _body(owner, body_slug)
    rows = selectors.rows_of(owner).filter(bodies=one)

    def shown() -> Mapping[str, Any]:
        return {"owner": owner, "body": one, "column": column, **_page(request, rows)}

    return _answered(request, version_of(owner), "rows", shown)


def _answered(
    request: HttpRequest, version: Version, page: str, shown: Callable[[], Mapping[str, Any]]
) -> HttpResponseBase:
    def respond() -> HttpResponse:
        return render(request, f"grassroots/public/{page}.html", dict(shown()))

    return answered(request, [version.number], version.at, respond, reads=["page"])


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
