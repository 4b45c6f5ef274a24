"""Pages and files that a browser need not fetch again while nothing has changed (ETag, Last-Modified)."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import get_language

from gongkai.config.page_cache import mark
from gongkai.config.wishes import older_mode

#: Last-Modified has no parts of a second: within the first one more can change, and it is not told yet.
SETTLED = dt.timedelta(seconds=2)


def answered(
    request: HttpRequest,
    told: Iterable[object],
    changed: dt.datetime,
    respond: Callable[[], HttpResponse],
    *,
    reads: Iterable[str] = (),
) -> HttpResponseBase:
    """What `respond` makes, or 304 where the reader has it. `told`: what the answer is made of; `changed`: when it last
    changed. What the law says of a document can change at midnight, so no answer is older than the day.

    `reads`: the parameters that it depends on. With any other, or otherwise spelt than our own links, it is made, but not
    kept: an address that somebody made up takes nobody's place."""
    day = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    etag = _etag(request, day, told)
    changed = max(changed, day)
    last = int(changed.timestamp()) if timezone.now() - changed > SETTLED else None
    response = get_conditional_response(request, etag=etag, last_modified=last)
    if response is None:
        response = respond()
    if _as_written(request, frozenset(reads)):
        mark(response)
    response.headers.setdefault("ETag", etag)
    if last is not None:
        response.headers.setdefault("Last-Modified", http_date(last))
    response.headers.setdefault("Cache-Control", "no-cache")
    # A cookie holds the language and the reading mode that somebody chose.
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


def _etag(request: HttpRequest, day: dt.datetime, told: Iterable[object]) -> str:
    wishes = (get_language() or "", "older" if older_mode(request) else "")
    place = (request.scheme or "", request.get_host(), request.get_full_path())
    parts = (*place, *wishes, day.date().isoformat(), *map(str, told))
    return f'W/"{hashlib.sha256(chr(10).join(parts).encode()).hexdigest()[:32]}"'


def _as_written(request: HttpRequest, reads: frozenset[str]) -> bool:
    query = request.META.get("QUERY_STRING", "")
    return not query or (request.GET.keys() <= reads and query == request.GET.urlencode())
