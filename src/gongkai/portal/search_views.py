"""全文检索 for the public: the page, what it offers while one types, and a search as a feed. None of
it sets a cookie or asks who it is."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe

from gongkai.config.answers import answered
from gongkai.disclosure.public.feeds import TYPES, Feed, entries_of, written
from gongkai.disclosure.public.versions import version_now
from gongkai.portal import columns
from gongkai.portal.columns_alike import columns_alike
from gongkai.portal.search_page import SearchPage, asked, newest_items, offered, search_page
from gongkai.search.errors import SearchUnavailable

FORMS = (("RSS", "rss"), ("Atom", "atom"), ("JSON Feed", "json"))


@require_safe
def search(request: HttpRequest) -> HttpResponseBase:
    """The page: a form, and what was found."""
    wanted = asked(request.GET)
    if not wanted.searched:
        version = version_now()
        return answered(request, [version.number], version.at, lambda: _found(request, SearchPage(wanted)))
    return _unless_known(request, _found(request, search_page(wanted)))


def _found(request: HttpRequest, page: SearchPage) -> HttpResponse:
    feeds = [(name, TYPES[form], reverse("portal:search_feed", args=[form]) + page.asked.feed) for name, form in FORMS]
    words = "" if page.count else page.asked.typed.text
    near = columns_alike(words) if words else []
    context = {
        "page": page, "asked": page.asked, "near": near, "column": columns.SEARCH, "feeds": feeds,
        "first_url": page.asked.address(),
    }  # fmt: skip
    return render(request, "portal/search.html", context)


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Titles and numbers for what has been typed so far, as JSON; where there is no index, none."""
    try:
        found = offered(asked(request.GET))
    except SearchUnavailable:
        found = []
    rows = [{"title": row.title, "address": row.address, "number": row.number, "agency": row.agency} for row in found]
    response = JsonResponse({"rows": rows}, json_dumps_params={"ensure_ascii": False})
    response.headers["Cache-Control"] = "no-cache"
    return response


@require_safe
def feed(request: HttpRequest, form: str) -> HttpResponseBase:
    """The newest items of a search as a feed. 503 where there is no index: a reader asks again, and forgets nothing."""
    found = asked(request.GET)
    try:
        items = newest_items(found)
    except SearchUnavailable as error:
        return HttpResponse(error.message.zh, status=503, content_type="text/plain; charset=utf-8")
    words = found.typed.text
    page = request.build_absolute_uri(reverse("portal:search") + found.feed)
    said = Feed(f"政府信息公开检索：{words}", f"新公开的政府信息中含有“{words}”的", page, request.build_absolute_uri())
    entries = entries_of(items, lambda item: request.build_absolute_uri(reverse("portal:item", args=[item.pk])))
    return _unless_known(request, HttpResponse(written(said, entries, form), content_type=TYPES[form]))


def _unless_known(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """The answer, or 304 where the reader has the same. Not kept: the index follows what happens a moment later (by a
    job), and there are as many searches as there are words."""
    etag = f'W/"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"], response.headers["Cache-Control"] = etag, "no-cache"
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return get_conditional_response(request, etag=etag, response=response) or response
