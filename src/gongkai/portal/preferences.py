"""Language and older readers' mode, chosen by a plain form that asks for no cookie of its own.

A page that carries no token can be kept for everybody. All that a forged request could do is change the type size.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from gongkai.config.wishes import keep_language, keep_older_mode


@require_safe
def preferences(request: HttpRequest) -> HttpResponse:
    """Keep what was chosen and go back to the page it was chosen on (home, where that is none of ours)."""
    asked = request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    # A word without a slash would be looked up as the name of a page, and be none.
    ours = ours and asked.startswith(("/", f"{request.scheme}://")) and asked.isprintable()
    response = redirect(asked if ours else "portal:home")
    language, older = request.GET.get("language"), request.GET.get("older")
    if language in dict(settings.LANGUAGES):
        keep_language(response, language)
    if older in ("0", "1"):
        keep_older_mode(response, wanted=older == "1")
    add_never_cache_headers(response)
    return response
