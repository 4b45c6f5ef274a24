"""全文检索 for the public: the page, and what it offers while one types. Neither sets a cookie nor asks who it is."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from gongkai.portal import columns
from gongkai.portal.search_page import asked, offered, search_page
from gongkai.search.errors import SearchUnavailable


@require_safe
def search(request: HttpRequest) -> HttpResponseBase:
    """The page: a form, and what was found."""
    page = search_page(asked(request.GET))
    response = render(request, "portal/search.html", {"page": page, "asked": page.asked, "column": columns.SEARCH})
    response.headers["Cache-Control"] = "no-cache"
    etag = f'W/"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response


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
