"""The desk's lists of applications: the inbox."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from gongkai.applications.desk_views import person_of
from gongkai.applications.selectors import VIEWS
from gongkai.applications.selectors import inbox as inbox_page


@login_required
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What is to be done, the most urgent first."""
    view = request.GET.get("view", "mine")
    if view not in VIEWS:
        raise Http404
    page = inbox_page(person_of(request), view=view, after=request.GET.get("after", ""))
    here = reverse("desk:inbox")
    context = {
        "page": page,
        "view": view,
        "next_url": f"{here}?{urlencode({'view': view, 'after': page.next_cursor})}" if page.next_cursor else "",
        "first_url": f"{here}?view={view}" if request.GET.get("after") else "",
    }
    return render(request, "applications/inbox.html", context)
