"""The closed case files at the desk: the list by 档号, download a volume, add one for what came afterwards."""

from __future__ import annotations

from tempfile import TemporaryFile
from urllib.parse import urlencode

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.selectors import today
from gongkai.agencies.signed_in import person_of
from gongkai.applications import archive_catalogue as listing
from gongkai.applications.actions.archive import append_volume
from gongkai.applications.actions.hand_over import take_list
from gongkai.applications.actions.reveal import opened
from gongkai.applications.desk_forms import in_words
from gongkai.applications.selectors import case_file_for_reading, case_for_reading
from gongkai.config.asked import whole_number
from gongkai.documents import spreadsheet
from gongkai.documents.gate.names import safe_name
from gongkai.documents.packages.manifest import shown
from gongkai.documents.store import copy_out
from gongkai.law.errors import LawError

LONGEST = 80


@never_cache
@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """The closed case files of a year, by 档号."""
    files = listing.files_for(person_of(request))
    years = listing.years_of(files)
    year = _number(request.GET.get("year")) or (years[0] if years else today().year)
    text = shown(request.GET.get("q", "").strip(), LONGEST)
    wanted = listing.found(files, text) if text else listing.of_year(files, year)
    begin = _number(request.GET.get("from"))
    rows = list(wanted[begin : begin + listing.PAGE + 1])
    asked = {"year": year, **({"q": text} if text else {})}
    here = f"{reverse('desk:archive')}?{urlencode(asked)}"
    context = {
        "files": rows[: listing.PAGE],
        "years": years,
        "year": year,
        "text": text,
        "next_url": f"{here}&from={begin + listing.PAGE}" if len(rows) > listing.PAGE else "",
        "first_url": here if begin else "",
    }
    return render(request, "applications/archive.html", context)


def _number(text: str | None) -> int:
    """A number of an address; 0 for anything else."""
    number = whole_number(text or "") or 0
    return number if number < 1_000_000 else 0


@never_cache
@require_POST
def archive_list(request: HttpRequest) -> HttpResponseBase:
    """归档文件目录 of a year as a spreadsheet; who takes it is written down first."""
    person, year = person_of(request), _number(request.POST.get("year"))
    files = listing.of_year(listing.files_for(person), year)
    if not files.exists():
        messages.error(request, _("这一年度没有已归档的卷宗。"))
        return redirect("desk:archive")
    take_list(person=person, year=year, files=files)
    portions = listing.catalogue(files, get_language() or "")
    response = StreamingHttpResponse(portions, content_type=spreadsheet.XLSX)
    name = safe_name(_("归档文件目录-%(year)s.xlsx") % {"year": year})
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


@never_cache
@require_safe
def case_file(request: HttpRequest, case_file_id: int) -> HttpResponseBase:
    """One volume of a case this person may read, as the zip that was sealed."""
    person = person_of(request)
    row = case_file_for_reading(person, case_file_id)
    opened(case_id=row.application_id, actor=person, what=f"下载卷宗：第{row.volume}卷")
    name = _("卷宗 %(number)s 第%(volume)s卷.zip") % {"number": row.application.number, "volume": row.volume}
    file = TemporaryFile()  # noqa: SIM115  # the response closes it
    try:
        copy_out(row.document, file)
    except BaseException:
        file.close()
        raise
    response = FileResponse(file, content_type=row.document.media_type)
    response["Content-Disposition"] = content_disposition_header(True, safe_name(name)) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


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
