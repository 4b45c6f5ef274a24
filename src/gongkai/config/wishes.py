"""How a visitor wants to read: language and older readers' mode. Kept in a cookie only once somebody chose."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

#: 长者模式: `1` where it was chosen.
OLDER = "gongkai_older"
YEAR = 365 * 24 * 3600


def older_mode(request: HttpRequest) -> bool:
    """Whether this visitor chose large type and a simple page (国办公开办函〔2021〕28号 [C])."""
    return request.COOKIES.get(OLDER) == "1"


def keep_older_mode(response: HttpResponseBase, *, wanted: bool) -> None:
    """Remember the wish, or forget it."""
    if wanted:
        response.set_cookie(OLDER, "1", max_age=YEAR, secure=settings.HTTPS, httponly=True, samesite="Lax")
    else:
        response.delete_cookie(OLDER, samesite="Lax")


def keep_language(response: HttpResponseBase, language: str) -> None:
    """Remember the language, as Django's own form would."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=YEAR,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
