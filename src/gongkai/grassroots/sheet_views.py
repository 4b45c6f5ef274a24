"""The catalogue as a workbook: taken out, and taken in with a preview first."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies.models import Agency
from gongkai.agencies.signed_in import person_of
from gongkai.documents.errors import DocumentError
from gongkai.documents.models import Document
from gongkai.documents.serving import bytes_response
from gongkai.documents.spreadsheet import XLSX
from gongkai.documents.store import keep, read
from gongkai.grassroots.actions.import_rows import compared, import_rows
from gongkai.grassroots.desk_views import owner_at, owner_to_edit, refused
from gongkai.grassroots.forms import SheetForm
from gongkai.grassroots.models import Area
from gongkai.grassroots.selectors import rows_of
from gongkai.grassroots.sheets import Sheet, error_sheet, rows_in, sheet_of
from gongkai.law.errors import LawError

_SALT = "grassroots.sheet"
_SECONDS_TO_LOOK = 24 * 3600


@never_cache
@require_safe
def sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole catalogue as XLSX, in the order of the official form."""
    owner = owner_at(request, slug)
    return bytes_response(
        b"".join(sheet_of("标准目录", rows_of(owner))), f"{owner.short_name}政务公开标准目录.xlsx", XLSX
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: HttpRequest, slug: str) -> HttpResponse:
    """A catalogue in a workbook: looked at, then taken over whole; with errors nothing is."""
    owner = owner_to_edit(request, slug)
    if "token" in request.POST:
        return _take_over(request, owner)
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    context: dict[str, Any] = {"owner": owner, "form": form}
    if form.is_bound and form.is_valid():
        upload, area = form.cleaned_data["file"], form.cleaned_data["area"]
        try:
            found = rows_in(upload.data, upload.name, area)
            context |= {"found": found, "compared": compared(owner, found.rows)}
            document = keep(upload.data, name=upload.name, media_type=upload.media_type)
            about = [owner.pk, area.pk if area else None, document.pk, upload.name]
            context["token"] = signing.dumps(about, salt=_SALT)
        except DocumentError as error:
            refused(form, error)
    return render(request, "grassroots/import.html", context)


def _take_over(request: HttpRequest, owner: Agency) -> HttpResponse:
    """The second step: the same file again, its errors as a sheet or its rows taken over."""
    found, name = _seen(request, owner)
    if found.problems:
        return bytes_response(b"".join(error_sheet(found)), f"{owner.short_name}需要更正的行.xlsx", XLSX)
    try:
        taken = import_rows(actor=person_of(request), owner=owner, rows=found.rows, source=name)
        told = {"added": taken.added, "changed": taken.changed, "same": taken.same}
        messages.success(request, _("新增 %(added)s 行，更改 %(changed)s 行，%(same)s 行没有变化。") % told)
    except LawError as error:
        messages.error(request, error.message.of(get_language() or ""))
    return redirect("desk:grassroots_overview", owner.slug)


def _seen(request: HttpRequest, owner: Agency) -> tuple[Sheet, str]:
    try:
        owner_id, area_id, document_id, name = signing.loads(
            request.POST["token"], salt=_SALT, max_age=_SECONDS_TO_LOOK
        )
    except signing.BadSignature as error:
        raise Http404 from error
    document = Document.objects.filter(pk=document_id).first()
    if owner_id != owner.pk or document is None:
        raise Http404
    return rows_in(read(document), name, Area.objects.filter(pk=area_id).first()), name
