"""Where a visitor comes from, and what no cache between us and them may keep."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

Answer = Callable[[HttpRequest], HttpResponse]


def address_of(request: HttpRequest) -> str:
    """The visitor's address: what the outermost of our own proxies (GONGKAI_PROXIES) saw; without proxies, the peer.

    What the visitor wrote into X-Forwarded-For stands further left and is not believed.
    """
    told = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if settings.PROXIES and len(told) >= settings.PROXIES:
        return str(told[-settings.PROXIES])
    return str(request.META.get("REMOTE_ADDR", ""))


def keep_the_desk_private(answer: Answer) -> Answer:
    """Middleware: no page of the desk is kept by any cache, whichever view made it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        if request.path.startswith("/desk/"):
            add_never_cache_headers(response)
        return response

    return middleware
