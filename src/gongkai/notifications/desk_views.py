"""The desk's two pages of this room: what one was told, and how one wants to be told."""

from __future__ import annotations

from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.agencies.errors import Invalid
from gongkai.agencies.signed_in import person_of
from gongkai.config.asked import whole_number
from gongkai.notifications.actions.read import read_all, read_one
from gongkai.notifications.actions.set_preferences import set_preferences
from gongkai.notifications.forms import PreferenceForm
from gongkai.notifications.selectors import notifications, preference_of


@never_cache
@require_safe
def list_page(request: HttpRequest) -> HttpResponse:
    """What the person was told, the newest first."""
    before = whole_number(request.GET.get("before", ""))
    if before is None and request.GET.get("before"):
        raise Http404
    page = notifications(person_of(request), before=before)
    here = reverse("desk:notifications")
    context = {
        "page": page,
        "newest": page.rows[0].pk if page.rows else 0,
        "next_url": f"{here}?before={page.next_before}" if page.next_before else "",
        "first_url": here if before else "",
    }
    return render(request, "notifications/list.html", context)


@require_POST
def mark_read(request: HttpRequest, notification_id: int) -> HttpResponse:
    """One was read. Pressed twice it is the same; somebody else's is no more there than one that never was."""
    read_one(person=person_of(request), notification_id=notification_id)
    return redirect("desk:notifications")


@require_POST
def mark_all_read(request: HttpRequest) -> HttpResponse:
    """All that the page showed, and older ones."""
    newest = whole_number(request.POST.get("newest", ""))
    if newest is not None:
        read_all(person=person_of(request), up_to=newest)
    return redirect("desk:notifications")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """The person's own wishes."""
    person = person_of(request)
    known = {**model_to_dict(preference_of(person), exclude=["id", "person"]), "email": person.email}
    form = PreferenceForm(request.POST if request.method == "POST" else None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            set_preferences(person=person, **form.cleaned_data)
            messages.success(request, _("通知设置已保存。"))
            return redirect("desk:preferences")
        except Invalid as error:
            form.add_error(error.field, error.message.of(get_language() or ""))
    return render(request, "notifications/preferences.html", {"form": form})
