"""The figures of a report at the desk: begin, freeze, open again, correct; last year's report read from its file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.models import Agency
from gongkai.agencies.selectors import today
from gongkai.agencies.signed_in import person_of
from gongkai.annual_report.actions.begin import begin
from gongkai.annual_report.actions.correct_cell import correct_cells
from gongkai.annual_report.actions.freeze import freeze
from gongkai.annual_report.actions.read_previous import ASKED, read_previous, require_fitting, require_writer
from gongkai.annual_report.actions.unfreeze import unfreeze
from gongkai.annual_report.figure_forms import CorrectForm, FigureActForm, PreviousFileForm, PreviousForm
from gongkai.annual_report.figure_page import FigurePage, figures_for
from gongkai.annual_report.incoming import read_incoming
from gongkai.annual_report.models import Scope
from gongkai.annual_report.reading import Report as AsRead
from gongkai.annual_report.selectors import FIRST_YEAR, agency_for_report
from gongkai.applications.desk_forms import in_words
from gongkai.documents.errors import DocumentError
from gongkai.documents.models import Document
from gongkai.documents.store import keep, read
from gongkai.law.errors import LawError
from gongkai.law.report_form import cells
from gongkai.law.report_procedure import ReportAct

_SALT = "annual_report.previous"
#: Whoever looks a report over has so long for it.
_SECONDS_TO_LOOK = 24 * 3600


def _back_to(page: FigurePage) -> HttpResponse:
    name = "desk:report_whole" if page.scope == Scope.WHOLE else "desk:report_year"
    return redirect(name, page.agency.slug, page.year)


@require_POST
def begin_report(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Begin the report of a year; `scope` whole for the 汇总."""
    agency = agency_for_report(person_of(request), slug)
    scope = Scope.WHOLE if request.POST.get("scope") == Scope.WHOLE else Scope.OWN
    try:
        begin(actor=person_of(request), agency=agency, year=year, scope=scope)
        messages.success(request, _("已开始编制。"))
    except LawError as error:
        messages.error(request, in_words(error.message))
    return _back_to(FigurePage(person_of(request), agency, year, scope))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def freeze_page(request: HttpRequest, report_id: int) -> HttpResponse:
    """Freeze the figures; what does not fit is shown before."""
    return _act(request, figures_for(person_of(request), report_id), ReportAct.FREEZE)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unfreeze_page(request: HttpRequest, report_id: int) -> HttpResponse:
    """Open them again, with the reason."""
    return _act(request, figures_for(person_of(request), report_id), ReportAct.UNFREEZE)


def _act(request: HttpRequest, page: FigurePage, act: ReportAct) -> HttpResponse:
    freezing, report = act is ReportAct.FREEZE, page.report
    assert report is not None
    form = FigureActForm(
        request.POST if request.method == "POST" else None,
        initial={"revision": report.revision},
        label=_("说明（与上一年度不衔接、年度尚未结束的，写明原因）") if freezing else _("理由"),
        required=not freezing,
    )
    refusal = None
    if form.is_bound and form.is_valid():
        reason, revision = form.cleaned_data["reason"], form.cleaned_data["revision"]
        common: dict[str, Any] = {"actor": page.person, "report_id": report.pk, "revision": revision}
        try:
            if freezing:
                freeze(**common, explanation=reason)
            else:
                unfreeze(**common, reason=reason)
            messages.success(request, _("数据已经冻结。") if freezing else _("数据已经重新开放。"))
            return _back_to(page)
        except LawError as error:
            refusal = error
    context = {"page": page, "report": report, "agency": page.agency, "form": form, "refusal": refusal, "act": act}
    return render(request, "annual_report/figure_act.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def correct_page(request: HttpRequest, report_id: int, address: str) -> HttpResponse:
    """Correct a cell, and what belongs to it."""
    page = figures_for(person_of(request), report_id)
    if address not in cells():
        raise Http404
    report = page.report
    assert report is not None
    form = CorrectForm(
        request.POST if request.method == "POST" else None,
        initial={"revision": report.revision},
        address=address,
        tables=page.tables,
        counted=page.base,
    )
    refusal = None
    if form.is_bound and form.is_valid():
        try:
            correct_cells(
                actor=page.person, report_id=report_id, values=form.values, reason=form.cleaned_data["reason"],
                revision=form.cleaned_data["revision"],
            )  # fmt: skip
            messages.success(request, _("已更正。"))
            return _back_to(page)
        except Invalid as error:
            form.add_error(error.field if error.field in form.fields else None, in_words(error.message))
        except LawError as error:
            refusal = error
    context = {
        "page": page,
        "report": report,
        "agency": page.agency,
        "form": form,
        "refusal": refusal,
        "cell": cells()[address],
        "is_sum": "total" in address.split("."),
        "history": page.history_of(address),
    }
    return render(request, "annual_report/figure_correct.html", context)


# --- Last year's report -------------------------------------------------------------------------------------
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def previous_page(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Last year's report from its file: sent in, looked over, kept. `scope` whole for that of the 汇总."""
    person, agency = person_of(request), agency_for_report(person_of(request), slug)
    if not FIRST_YEAR <= year <= today().year:
        raise Http404
    try:
        require_writer(person, agency)
    except NotAllowed as error:
        raise PermissionDenied from error
    asked = request.POST.get("scope") or request.GET.get("scope")
    scope = Scope.WHOLE if asked == Scope.WHOLE else Scope.OWN
    page = FigurePage(person, agency, year, scope)
    if "token" in request.POST:
        return _looked_over(request, page)
    form = PreviousFileForm(request.POST, request.FILES) if request.method == "POST" else PreviousFileForm()
    if form.is_bound and form.is_valid():
        upload = form.cleaned_data["file"]
        document = keep(upload.data, name=upload.name, media_type=upload.media_type)
        try:
            found = read_incoming(upload.data, upload.name)
            require_fitting(found, year - 1)
            return _show_read(request, page, found, _token(agency, year, scope, document))
        except DocumentError as error:
            form.add_error("file", in_words(error.message))
        except Invalid as error:
            form.add_error("file", in_words(error.message))
    return _show_previous(request, page, {"form": form})


def _token(agency: Agency, year: int, scope: str, document: Document) -> str:
    return signing.dumps([agency.pk, year, str(scope), document.pk, document.name], salt=_SALT)


def _show_read(
    request: HttpRequest, page: FigurePage, found: AsRead, token: str, form: PreviousForm | None = None
) -> HttpResponse:
    form = form or PreviousForm(initial={"token": token}, read=found.tables.cells)
    context = {
        "form": form,
        "found": found,
        "unread": len(found.tables.missing),
        "other_name": bool(found.agency) and found.agency not in (page.agency.name, page.agency.short_name),
    }
    return _show_previous(request, page, context)


def _looked_over(request: HttpRequest, page: FigurePage) -> HttpResponse:
    """The second step: the file is read again, for between the steps nothing is kept but the file."""
    token = request.POST["token"]
    try:
        *about, document_id, name = signing.loads(token, salt=_SALT, max_age=_SECONDS_TO_LOOK)
    except signing.BadSignature as error:
        raise Http404 from error
    document = Document.objects.filter(pk=document_id).first()
    if about != [page.agency.pk, page.year, str(page.scope)] or document is None:
        raise Http404
    found = read_incoming(read(document), name)
    form = PreviousForm(request.POST, read=found.tables.cells)
    if not form.is_valid():
        return _show_read(request, page, found, token, form)
    read_previous(
        actor=page.person, agency=page.agency, year=page.year - 1, scope=Scope(page.scope), document=document,
        read=found, typed=form.values,
    )  # fmt: skip
    messages.success(request, _("上一年度报告已录入。"))
    return _back_to(page)


def _show_previous(request: HttpRequest, page: FigurePage, context: dict[str, Any]) -> HttpResponse:
    whole = {"page": page, "agency": page.agency, "year": page.year, "before": page.year - 1, "asked": ASKED, **context}
    return render(request, "annual_report/previous.html", whole)
