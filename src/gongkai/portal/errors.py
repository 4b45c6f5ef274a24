"""What a visitor sees when a request cannot be taken."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import requires_csrf_token
from django.views.defaults import page_not_found

from gongkai.config.typed import typed
from gongkai.documents.gate.limits import usual


@requires_csrf_token
def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's protection token is missing or old. Nothing was done; nothing typed is lost.

    The public application form is offered again, filled in, with a fresh token. Of any other form the texts are
    shown to copy: sending a staff member's act again at one click would give a forged request a second chance.
    """
    match = request.resolver_match
    if match and match.view_name == "portal:apply_send":
        from gongkai.applications.apply_views import offer_again

        response = offer_again(request, match.kwargs["slug"])
    else:
        response = render(request, "portal/form_expired.html", {"typed": typed(request)}, status=403)
    add_never_cache_headers(response)  # it shows what somebody typed
    return response


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, unless it is where something stood on an earlier site: then it is led on for good (SIT-10)."""
    from gongkai.disclosure.visibility import item_at_old_address

    if request.method in ("GET", "HEAD") and not request.path.startswith("/desk/"):
        item_id = item_at_old_address(request.path_info, request.META.get("QUERY_STRING", ""))
        if item_id is not None:
            return redirect("portal:item", item_id, permanent=True)
    return page_not_found(request, exception)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 without touching the request again: its host, encoding or body may be what is wrong with it. Where it was a
    form with too much in it, that is said: whoever sent it can do something about it."""
    context = {
        "too_many_files": usual().files if isinstance(exception, TooManyFilesSent) else 0,
        "too_long": isinstance(exception, RequestDataTooBig | TooManyFieldsSent),
    }
    return HttpResponseBadRequest(render_to_string("portal/bad_request.html", context))
