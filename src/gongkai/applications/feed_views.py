"""期限日历: the page where a person opens or ends the feed, and the feed itself, which asks for nothing but its address."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_ratelimit.core import get_usage

from gongkai.agencies.signed_in import person_of
from gongkai.applications.actions.subscribe import subscribe, token_index_of, unsubscribe
from gongkai.applications.feed import MEDIA_TYPE, feed_of, person_by_token
from gongkai.applications.models import CalendarFeed

#: A calendar asks a few times an hour; whoever asks oftener waits. So many times in so many seconds.
RATE = (60, 3600)


@never_cache
def settings(request: HttpRequest) -> HttpResponse:
    """Open the feed, give it a new address, end it. The address is shown once, right after it was made."""
    person, token = person_of(request), ""
    if request.method == "POST":
        if "end" in request.POST:
            unsubscribe(person=person)
            messages.success(request, _("日历订阅已停止，原地址已失效。"))
            return redirect("desk:feed_settings")
        token = subscribe(person=person)
    address = request.build_absolute_uri(reverse("desk:feed", args=[token])) if token else ""
    known = CalendarFeed.objects.filter(person=person).first()
    return render(request, "applications/feed.html", {"address": address, "feed": known})


@login_not_required
@never_cache
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The feed. An address that leads nowhere, and a person who may no longer sign in, are one and the same: 404."""
    person = person_by_token(token)
    if person is None:
        raise Http404
    index = token_index_of(token)
    usage = get_usage(request, group="calendar-feed", key=lambda _group, _request: index, rate=RATE, increment=True)
    if usage["should_limit"]:
        return HttpResponse(status=429, headers={"Retry-After": str(max(1, usage["time_left"]))})
    case_url = request.build_absolute_uri(reverse("desk:case", args=[0])).replace("/0/", "/{pk}/")
    headers = {"X-Content-Type-Options": "nosniff", "Content-Disposition": 'inline; filename="gongkai.ics"'}
    return HttpResponse(feed_of(person, case_url), content_type=MEDIA_TYPE, headers=headers)
