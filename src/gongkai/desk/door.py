"""The door of the desk: whoever is not signed in gets no further, whichever view it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from gongkai.config.typed import typed

View = Callable[..., HttpResponseBase]


class Door(LoginRequiredMiddleware):
    """Middleware. Open are the views that say so (`login_not_required`): signing in, and a calendar feed by its token."""

    def process_view(
        self, request: HttpRequest, view_func: View, view_args: tuple[Any, ...], view_kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        if not request.path.startswith("/desk/"):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(  # type: ignore[override]  # not every answer is a redirect
        self, request: HttpRequest, view_func: View
    ) -> HttpResponseBase:
        """Sent to sign in, and to the page after it. A form that comes when the session is over is not answered so:
        what was typed would be gone."""
        if request.method != "POST":
            return super().handle_no_permission(request, view_func)
        if request.resolver_match and request.resolver_match.view_name == "desk:logout":
            return redirect("desk:login")  # as good as signed out
        return signed_out(request)


def signed_out(request: HttpRequest) -> HttpResponse:
    """Nothing was done, and what was typed is shown to be copied. It is not sent again at one click: between two people
    at one machine nobody knows whose it was.

    403 and not 401: that one must name a scheme of HTTP authentication (RFC 9110, 15.5.2), and a form is none.
    A script that keeps a form by itself is told in JSON, as every desk action tells it a refusal.
    """
    said = _("登录已失效，没有保存。请在新窗口中重新登录，再回到这里保存。")
    if "text/html" not in request.headers.get("Accept", "text/html"):
        return JsonResponse({"message": said}, status=403, json_dumps_params={"ensure_ascii": False})
    address = f"{reverse('desk:login')}?{urlencode({'next': _page_of(request)})}"
    return render(request, "desk/signed_out.html", {"typed": typed(request), "sign_in": address}, status=403)


def _page_of(request: HttpRequest) -> str:
    """The page that the form stood on: the address it was sent to may have none."""
    came_from = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure()):
        place = urlsplit(came_from)
        if place.path.startswith("/desk/"):
            return f"{place.path}?{place.query}" if place.query else place.path
    return request.path
