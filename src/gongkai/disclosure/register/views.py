"""The register at the desk: the monthly figures of licences, penalties, coercion and charges."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Agency
from gongkai.agencies.selectors import agencies_of, roles_of, today
from gongkai.agencies.signed_in import person_of
from gongkai.disclosure.actions.decision_counts import record_counts
from gongkai.disclosure.actions.normative_documents import MAY_EDIT, require_editor
from gongkai.disclosure.models import DecisionKind
from gongkai.disclosure.register.count_sheets import blank_sheet, counts_in, error_sheet
from gongkai.disclosure.register.forms import CountsFileForm, CountsForm
from gongkai.disclosure.selectors import counts_of
from gongkai.documents.errors import DocumentError
from gongkai.documents.models import Document
from gongkai.documents.serving import bytes_response
from gongkai.documents.spreadsheet import XLSX
from gongkai.documents.store import keep, read
from gongkai.law.errors import LawError

FIRST_YEAR = 2008
_SALT = "disclosure.counts"
_SECONDS_TO_LOOK = 24 * 3600


def agency_at(request: HttpRequest, slug: str) -> Agency:
    """The agency, for whoever has a role there. Otherwise Http404."""
    return get_object_or_404(agencies_of(person_of(request)), slug=slug)


def refused(form: Any, error: LawError) -> None:
    """The refusal at its field, in the language of the page."""
    field = error.field if isinstance(error, Invalid) and error.field in form.fields else None
    form.add_error(field, error.message.of(get_language() or ""))


def _edits(request: HttpRequest, agency: Agency) -> bool:
    return bool(MAY_EDIT & roles_of(person_of(request), agency))


# --- Monthly figures ----------------------------------------------------------------------------------------


def _year(year: int) -> int:
    if not FIRST_YEAR <= year <= today().year:
        raise Http404
    return year


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def counts(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """A year of one kind at once: departments by months."""
    agency, asked = agency_at(request, slug), request.GET.get("kind", "")
    kind = DecisionKind(asked) if asked in DecisionKind.values else DecisionKind.LICENCES
    rows = list(counts_of(agency, _year(year)))
    after = request.GET.get("after", "")
    form = CountsForm(request.POST if request.method == "POST" else None, kind=kind, rows=rows, after=after)
    if form.is_bound and form.is_valid():
        try:
            number = record_counts(actor=person_of(request), agency=agency, year=year, figures=form.figures)
            messages.success(request, _("已保存 %(number)s 个数字。") % {"number": number})
            return redirect(request.get_full_path())
        except LawError as error:
            refused(form, error)
    context = {
        "agency": agency, "year": year, "kind": kind, "kinds": list(DecisionKind), "form": form,
        "months": range(1, 13), "edits": _edits(request, agency),
        "next_url": f"?{urlencode({'kind': kind.value, 'after': form.departments[-1]})}" if form.more else "",
        "first_url": f"?kind={kind.value}" if after else "",
    }  # fmt: skip
    return render(request, "disclosure/counts.html", context)


@never_cache
@require_safe
def counts_sheet(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """The sheet to fill in."""
    agency = agency_at(request, slug)
    rows = list(counts_of(agency, _year(year)).order_by("department", "month"))
    return bytes_response(b"".join(blank_sheet(year, rows)), f"{agency.short_name}{year}年处理决定填报表.xlsx", XLSX)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def counts_import(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """A filled sheet: looked at, then taken over whole; with errors nothing is."""
    agency = agency_at(request, slug)
    require_editor(person_of(request), agency)
    _year(year)
    if "token" in request.POST:
        return _take_over(request, agency, year)
    form = CountsFileForm(request.POST, request.FILES) if request.method == "POST" else CountsFileForm()
    context: dict[str, Any] = {"agency": agency, "year": year, "form": form}
    if form.is_bound and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            context["found"] = counts_in(upload.data, upload.name, year)
            document = keep(upload.data, name=upload.name, media_type=upload.media_type)
            context["token"] = signing.dumps([agency.pk, year, document.pk, upload.name], salt=_SALT)
        except DocumentError as error:
            refused(form, error)
    return render(request, "disclosure/counts_import.html", context)


def _take_over(request: HttpRequest, agency: Agency, year: int) -> HttpResponse:
    """The second step: the same file again, its errors as a sheet or its figures recorded."""
    try:
        *about, document_id, name = signing.loads(request.POST["token"], salt=_SALT, max_age=_SECONDS_TO_LOOK)
    except signing.BadSignature as error:
        raise Http404 from error
    document = Document.objects.filter(pk=document_id).first()
    if about != [agency.pk, year] or document is None:
        raise Http404
    found = counts_in(read(document), name, year)
    if found.problems:
        return bytes_response(b"".join(error_sheet(found)), f"{agency.short_name}{year}年需要更正的行.xlsx", XLSX)
    try:
        number = record_counts(actor=person_of(request), agency=agency, year=year, figures=found.figures)
        messages.success(request, _("已保存 %(number)s 个数字。") % {"number": number})
    except LawError as error:
        messages.error(request, error.message.of(get_language() or ""))
    return redirect("desk:counts", agency.slug, year)
