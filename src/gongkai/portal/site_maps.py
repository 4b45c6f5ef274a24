"""The map of the site: a page for people, `sitemap.xml` and `robots.txt` for machines (platform-standards PLT-15)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from xml.sax.saxutils import escape

from django.db.models import Max
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai.agencies.models import Agency
from gongkai.config.answers import answered
from gongkai.disclosure.columns.selectors import agency_groups, tree
from gongkai.disclosure.public.menu import menu_of
from gongkai.disclosure.public.versions import Version, version_now
from gongkai.disclosure.visibility import public_items
from gongkai.portal import columns
from gongkai.portal.site import site_of

#: Of a sitemap file the protocol takes 50,000 addresses; each of ours holds the items of so many numbers, which are told
#: in a tenth of a second.
PART = 10_000
#: Lines that go out in one piece.
AT_ONCE = 500
MOST_AGENCIES = 300
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
#: What has nothing to find: forms, other people's cases, the desk, lists made to order.
NOT_FOR_ROBOTS = ("/desk/", "/progress/", "/apply/sent/", "/preferences/", "/leaving/", "/search/", "/i18n/")


@require_safe
def site_map(request: HttpRequest) -> HttpResponseBase:
    """Every agency and every column, each one click away."""
    version, agency = version_now(), site_of(request).agency

    def respond() -> HttpResponse:
        found = list(Agency.objects.filter(depth__lte=2).order_by("path")[:MOST_AGENCIES])
        menu = menu_of(agency) if agency else None
        context = {"groups": agency_groups(found), "agency": agency, "menu": menu, "column": columns.SITE_MAP}
        return render(request, "portal/site_map.html", context)

    return answered(request, [version.number], version.at, respond)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponseBase:
    """One file; on a large site the list of the files."""
    version = version_now()
    last = public_items().order_by().aggregate(last=Max("pk"))["last"] or 0
    parts = last // PART + 1

    def respond() -> HttpResponse:
        if parts == 1:
            return _streamed(_urls(request, 0))
        addresses = [request.build_absolute_uri(reverse("portal:sitemap_part", args=[part])) for part in range(parts)]
        rows = "".join(f"<sitemap><loc>{escape(address)}</loc></sitemap>" for address in addresses)
        return HttpResponse(f"{_XML}<sitemapindex {_SPACE}>{rows}</sitemapindex>", content_type="application/xml")

    return answered(request, [version.number], version.at, respond)


@require_safe
def sitemap_part(request: HttpRequest, part: int) -> HttpResponseBase:
    """One file of several."""
    version = version_now()
    last = public_items().order_by().aggregate(last=Max("pk"))["last"] or 0
    if part > last // PART:
        raise Http404
    return answered(request, [version.number], version.at, lambda: _streamed(_urls(request, part)))


def _streamed(rows: Iterator[str]) -> HttpResponse:
    # Piece by piece: 10,000 addresses are 1 MB.
    return StreamingHttpResponse(rows, content_type="application/xml")  # type: ignore[return-value]


def _urls(request: HttpRequest, part: int) -> Iterator[str]:
    root = request.build_absolute_uri("/").rstrip("/")
    yield f"{_XML}<urlset {_SPACE}>\n"
    if part == 0:
        yield from (f"<url><loc>{escape(root + path)}</loc></url>\n" for path in _pages())
    rows = public_items().order_by("pk").filter(pk__gte=part * PART, pk__lt=(part + 1) * PART)
    before, after = escape(root + reverse("portal:item", args=[0])).rsplit("0", 1)  # once, not for every item
    told = rows.values_list("pk", Coalesce("changed_at", "published_at")).iterator()
    while some := list(islice(told, AT_ONCE)):
        yield "".join(
            f"<url><loc>{before}{number}{after}</loc><lastmod>{newest.isoformat(timespec='seconds')}</lastmod></url>\n"
            for number, newest in some
        )
    yield "</urlset>\n"


def _pages() -> Iterator[str]:
    """What is no item: the front pages, the 专栏 of every agency and their columns."""
    yield from (reverse(f"portal:{name}") for name in ("home", "agencies", "guides", "reports", "site_map"))
    columns_ = tree()
    for agency in Agency.objects.order_by("path")[:MOST_AGENCIES]:
        yield reverse("portal:agency_columns", args=[agency.slug])
        yield from (reverse("portal:column", args=[agency.slug, leaf.code]) for leaf in columns_.leaves(agency.pk))


@require_safe
def robots(request: HttpRequest) -> HttpResponseBase:
    """What crawlers may read, and where the map is."""
    address = request.build_absolute_uri(reverse("portal:sitemap"))
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS), f"Sitemap: {address}", ""]

    def respond() -> HttpResponse:
        return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")

    return answered(request, lines, Version().at, respond)
