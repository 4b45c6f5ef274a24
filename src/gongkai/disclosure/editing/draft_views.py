"""The editors' drafts at the desk: list, open, discard."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.signed_in import person_of
from gongkai.config.asked import whole_number
from gongkai.disclosure.actions.draft_item import discard_draft
from gongkai.disclosure.models import DraftState
from gongkai.disclosure.selectors import draft_for_reading, drafts_for

#: So many drafts a page.
PAGE = 50


@never_cache
@require_safe
def item_drafts(request: HttpRequest) -> HttpResponse:
    """The open drafts of the agencies where this person edits, the newest first."""
    rows = drafts_for(person_of(request)).filter(state=DraftState.OPEN).defer("body")
    before = whole_number(request.GET.get("before", ""))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    page = list(rows[: PAGE + 1])
    more = f"?before={page[PAGE - 1].pk}" if len(page) > PAGE else ""
    context = {"drafts": page[:PAGE], "next_url": more, "first_url": request.path if before else ""}
    return render(request, "disclosure/item_drafts.html", context)


@never_cache
@require_safe
def item_draft(request: HttpRequest, draft_id: int) -> HttpResponse:
    """One draft, to read."""
    draft = draft_for_reading(person_of(request), draft_id)
    return render(request, "disclosure/item_draft.html", {"draft": draft, "open": draft.state == DraftState.OPEN})


@require_POST
def discard(request: HttpRequest, draft_id: int) -> HttpResponse:
    """It is not taken. Pressed twice it is the same."""
    discard_draft(actor=person_of(request), draft_id=draft_id)
    messages.success(request, _("草稿不予采用。"))
    return redirect("desk:item_drafts")
