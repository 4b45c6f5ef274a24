"""How large a request may be. Django bounds the fields of a form, not its files: those it would write to disk first."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

Answer = Callable[[HttpRequest], HttpResponse]


def refuse_large_bodies(answer: Answer) -> Answer:
    """Middleware, before anything that reads the form: what says it is too large is refused unread, with 413.

    A body of untold length (chunked) needs no bound: Django takes it for empty.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if content_length(request) > settings.REQUEST_MAX_BYTES:
            page = render_to_string("portal/too_large.html", {"megabytes": settings.UPLOAD_TOTAL_BYTES // 1024**2})
            return HttpResponse(page, status=413)
        return answer(request)

    return middleware


def content_length(request: HttpRequest) -> int:
    """What the request says; 0 where it says nothing that is a number, as Django has it."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
