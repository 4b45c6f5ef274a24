"""Pages and files that a browser need not fetch again while nothing has changed (ETag, Last-Modified)."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import get_language

from gongkai.config.page_cache import mark
from gongkai.config.wishes import older_mode


def answered(
    request: HttpRequest, told: Iterable[object], changed: dt.datetime, respond: Callable[[], HttpResponse]
) -> HttpResponseBase:
    """What `respond` makes, or 304 where the reader has it. `told`: what the answer is made of; `changed`: when it last
    changed. Head and foot of the pages are not in it, so a page is fetched anew every day."""
    today = timezone.localdate().isoformat()
    wishes = (get_language() or "", "older" if older_mode(request) else "")
    parts = (request.get_full_path(), *wishes, today, *map(str, told))
    etag = f'W/"{hashlib.sha256(chr(10).join(parts).encode()).hexdigest()[:32]}"'
    response = get_conditional_response(request, etag=etag, last_modified=int(changed.timestamp()))
    if response is None:
        response = respond()
    mark(response)
    response.headers.setdefault("ETag", etag)
    response.headers.setdefault("Last-Modified", http_date(changed.timestamp()))
    response.headers.setdefault("Cache-Control", "no-cache")
    return response
