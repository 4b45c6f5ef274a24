"""The closed case files at the desk: download a volume, add one for the papers of review and court."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.selectors import today
from gongkai.applications.actions.archive import append_volume
from gongkai.applications.actions.reveal import opened
from gongkai.applications.desk_forms import in_words
from gongkai.applications.desk_views import person_of
from gongkai.applications.selectors import case_file_for_reading, case_for_reading
from gongkai.documents.serving import file_response
from gongkai.law.errors import LawError


@login_required
@never_cache
@require_safe
def case_file(request: HttpRequest, case_file_id: int) -> HttpResponse:
    """One volume of a case this person may read, as the zip that was sealed."""
    person = person_of(request)
    row = case_file_for_reading(person, case_file_id)
    opened(case_id=row.application_id, actor=person, what=f"下载卷宗：第{row.volume}卷")
    name = _("卷宗 %(number)s 第%(volume)s卷.zip") % {"number": row.application.number, "volume": row.volume}
    return file_response(row.document, name=name)


@login_required
@require_POST
def add_volume(request: HttpRequest, case_id: int) -> HttpResponse:
    """Seal a further volume of a closed case."""
    person = person_of(request)
    case_for_reading(person, case_id)
    try:
        row = append_volume(case_id=case_id, actor=person, on=today())
        messages.success(request, _("已增加第%(volume)s卷。") % {"volume": row.volume})
    except LawError as refusal:
        messages.error(request, in_words(refusal.message))
    return redirect("desk:case", case_id)
