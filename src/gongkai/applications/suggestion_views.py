"""主动公开建议 at the desk: what several asked for, and the step from an answered case to a draft (条例 44)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.signed_in import person_of
from gongkai.applications.actions.suggest_publication import draft_from_case
from gongkai.applications.desk_forms import in_words
from gongkai.applications.selectors import case_for_reading
from gongkai.applications.selectors.repeated import publish_suggestions
from gongkai.law.errors import LawError


@never_cache
@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """What three or more applicants asked for within a year, most applicants first."""
    return render(request, "applications/suggestions.html", {"suggestions": publish_suggestions(person_of(request))})


@never_cache
@require_POST
def draft_item(request: HttpRequest, case_id: int) -> HttpResponse:
    """Make a draft from a case; then back to where the button was."""
    person = person_of(request)
    case_for_reading(person, case_id)
    try:
        draft_from_case(case_id=case_id, actor=person)
        messages.success(request, _("已转为主动公开草稿，由编辑审阅后再公开。"))
    except LawError as refusal:
        messages.error(request, in_words(refusal.message))
    if request.POST.get("from") == "suggestions":
        return redirect("desk:publish_suggestions")
    return redirect("desk:case", case_id)
