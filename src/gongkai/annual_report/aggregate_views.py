"""Reports from below at the desk of the agency above: who has submitted, files, the parent's word, the sum."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import roles_of, today
from gongkai.agencies.signed_in import person_of
from gongkai.annual_report import aggregating
from gongkai.annual_report.actions.accept_submission import accept_submission, blank_cells
from gongkai.annual_report.actions.receive_file import receive_files, settle_file
from gongkai.annual_report.actions.remind_children import remind_children
from gongkai.annual_report.actions.send_back import send_back, suggested_remark
from gongkai.annual_report.actions.submit_up import submit_up
from gongkai.annual_report.aggregate_forms import AcceptForm, FilesForm, SendBackForm, WhoseForm
from gongkai.annual_report.content import cells_from_data
from gongkai.annual_report.figure_page import FigurePage
from gongkai.annual_report.models import IncomingState, Scope, Submission, SubmissionState
from gongkai.annual_report.rendering import render_html
from gongkai.annual_report.selectors import FIRST_YEAR, agency_for_report
from gongkai.annual_report.submissions import HANDLERS, SubmissionNotFound, require_handler
from gongkai.annual_report.tree import parent_of
from gongkai.applications.desk_forms import in_words
from gongkai.documents.store import keep
from gongkai.law.errors import LawError
from gongkai.law.report_form import broken_identities
from gongkai.law.report_procedure import WRITERS


def _desk(request: HttpRequest, slug: str, year: int) -> aggregating.Desk:
    return aggregating.desk_for(person_of(request), slug, year)


def _require_handler(person: Person, agency: Agency) -> None:
    """A page is asked for as well as an act: who does other work here is told so."""
    try:
        require_handler(person, agency)
    except NotAllowed as error:
        raise PermissionDenied from error


def _after(request: HttpRequest) -> str:
    """Where the page before ended; what no database can hold is left out."""
    return request.GET.get("after", "").replace("\0", "")


def _parent(request: HttpRequest, slug: str, year: int) -> Agency:
    return _desk(request, slug, year).agency


@never_cache
@require_safe
def children_page(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Every agency below and where its report stands. `?only=` one state, `?after=` pages on."""
    desk = _desk(request, slug, year)
    agency = desk.agency
    only, after = request.GET.get("only", ""), _after(request)
    only = only if only in aggregating.FILTERS else ""
    page = aggregating.page_of(agency, year, only=only, after=after)
    context = {
        "agency": agency,
        "year": year,
        "page": page,
        "only": only,
        "states": [(value, label, page.counts[value]) for value, label in _states()],
        "open_files": list(aggregating.open_files(agency, year)[: aggregating.PAGE]),
        "handles": desk.handles,
    }
    return render(request, "annual_report/children.html", context)


def _states() -> list[tuple[str, str]]:
    named = [(state.value, str(state.label)) for state in SubmissionState]
    return [(aggregating.MISSING, _("未报送")), *named, (aggregating.OUTSIDE, _("目录以外"))]


@require_POST
def remind(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Remind those who have not submitted."""
    agency = _parent(request, slug, year)
    try:
        count = remind_children(actor=person_of(request), parent=agency, year=year)
        messages.success(request, _("已向 %(count)s 个机关催报。") % {"count": count})
    except LawError as error:
        messages.error(request, in_words(error.message))
    return redirect("desk:report_children", slug, year)


# --- Files --------------------------------------------------------------------------------------------------
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Send children's files in."""
    person, agency = person_of(request), _parent(request, slug, year)
    _require_handler(person, agency)
    form = FilesForm(request.POST, request.FILES) if request.method == "POST" else FilesForm()
    if form.is_bound and form.is_valid():
        uploads = form.cleaned_data["reports"]
        kept = [(keep(one.data, name=one.name, media_type=one.media_type), one.name) for one in uploads]
        batch = receive_files(actor=person, parent=agency, year=year, files=kept)
        return redirect("desk:report_batch", slug, year, batch)
    return render(request, "annual_report/children_files.html", {"agency": agency, "year": year, "form": form})


@never_cache
@require_safe
def batch_page(request: HttpRequest, slug: str, year: int, batch: UUID) -> HttpResponse:
    """How far the reading of a batch has come, and what became of each file."""
    agency = _parent(request, slug, year)
    files = aggregating.batch_of(agency, batch)
    if not files:
        raise SubmissionNotFound
    waiting = sum(file.state == IncomingState.WAITING for file in files)
    context = {"agency": agency, "year": year, "files": files, "waiting": waiting, "done": len(files) - waiting}
    return render(request, "annual_report/children_batch.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def incoming_file(request: HttpRequest, file_id: int) -> HttpResponse:
    """Say whose report a file is."""
    file = aggregating.incoming_file_for(person_of(request), file_id)
    _require_handler(person_of(request), file.parent)
    form = WhoseForm(request.POST if request.method == "POST" else None, file=file)
    refusal = None
    if form.is_bound and form.is_valid():
        try:
            settle_file(actor=person_of(request), file_id=file.pk, child_id=form.said)
            return redirect("desk:report_batch", file.parent.slug, file.year, file.batch)
        except Invalid as error:
            form.add_error("child", in_words(error.message))
        except LawError as error:
            refusal = error
    context = {"file": file, "form": form, "refusal": refusal}
    return render(request, "annual_report/children_whose.html", context)


# --- One submission -----------------------------------------------------------------------------------------
@never_cache
@require_safe
def submission_page(request: HttpRequest, submission_id: int) -> HttpResponse:
    """A child's figures and what the audit found in them."""
    return _submission(request, aggregating.submission_for(person_of(request), submission_id))


@require_POST
def submission_send_back(request: HttpRequest, submission_id: int) -> HttpResponse:
    """Send it back."""
    row = aggregating.submission_for(person_of(request), submission_id)
    form = SendBackForm(request.POST)

    def act() -> Submission:
        return send_back(actor=person_of(request), submission_id=row.pk, remark=form.cleaned_data["remark"])

    return _decided(request, row, "send_back", form, act, _("已退回。"))


@require_POST
def submission_accept(request: HttpRequest, submission_id: int) -> HttpResponse:
    """Accept it."""
    row = aggregating.submission_for(person_of(request), submission_id)
    form = AcceptForm(request.POST, blank=blank_cells(row), errors_found=row.errors)

    def act() -> Submission:
        said = form.cleaned_data
        return accept_submission(
            actor=person_of(request), submission_id=row.pk, reason=said.get("reason", ""),
            blank_is_zero=said.get("blank_is_zero", False),
        )  # fmt: skip

    return _decided(request, row, "accept", form, act, _("已采用。"))


def _decided(
    request: HttpRequest, row: Submission, name: str, form: forms.Form, act: Callable[[], Submission], done: str
) -> HttpResponse:
    refusal = None
    if form.is_valid():
        try:
            act()
            messages.success(request, done)
            return redirect("desk:submission", row.pk)
        except Invalid as error:
            form.add_error(error.field if error.field in form.fields else None, in_words(error.message))
        except LawError as error:
            refusal = error
    return _submission(request, row, {name: form, "form": form, "refusal": refusal})


def _submission(request: HttpRequest, row: Submission, more: dict[str, Any] | None = None) -> HttpResponse:
    blank = blank_cells(row)
    history = list(aggregating.earlier_and_later(row))
    tables = render_html(
        cells_from_data(row.cells), agency=row.child_name, year=row.year, lang=get_language() or "zh-hans"
    )
    handles = not HANDLERS.isdisjoint(roles_of(person_of(request), row.parent)) and history[0].pk == row.pk
    context = {
        "row": row,
        "findings": aggregating.findings_of(row),
        "blank": blank,
        "history": history,
        "tables": mark_safe(tables),
        "may_accept": handles and row.state == SubmissionState.RECEIVED,
        "may_send_back": handles and row.state != SubmissionState.SENT_BACK,
        "accept": AcceptForm(blank=blank, errors_found=row.errors),
        "send_back": SendBackForm(initial={"remark": suggested_remark(row)}),
        **(more or {}),
    }
    return render(request, "annual_report/submission.html", context)


# --- The sum ------------------------------------------------------------------------------------------------
@never_cache
@require_safe
def whole_page(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """The 汇总: the sum as it stands, every number a link to who gave what; who is not in it."""
    agency = _parent(request, slug, year)
    page = FigurePage(person_of(request), agency, year, Scope.WHOLE)

    def link(address: str) -> str:
        return reverse("desk:report_whole_cell", args=[slug, year, address])

    shown = render_html(page.tables, agency=agency.name, year=year, lang=get_language() or "zh-hans", link=link)
    context = {
        "agency": agency,
        "year": year,
        "page": page,
        "tables": mark_safe(shown),
        "broken": broken_identities(page.tables),
        "in_it": aggregating.behind(agency, year, page.report).count(),
        "absent": aggregating.not_counted(agency, year).count(),
    }
    return render(request, "annual_report/whole.html", context)


@never_cache
@require_safe
def whole_cell(request: HttpRequest, slug: str, year: int, address: str) -> HttpResponse:
    """Who gave what to one number. `?after=` pages on."""
    agency = _parent(request, slug, year)
    page = FigurePage(person_of(request), agency, year, Scope.WHOLE)
    found = aggregating.cell_of_whole(page, address, after=_after(request))
    context = {"agency": agency, "year": year, "page": page, "found": found}
    return render(request, "annual_report/whole_cell.html", context)


# --- Upwards ------------------------------------------------------------------------------------------------
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def up(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Submit to the agency above, and what became of it."""
    person = person_of(request)
    agency = agency_for_report(person, slug)
    if not FIRST_YEAR <= year <= today().year:
        raise Http404
    scope = Scope.WHOLE if agency.numchild else Scope.OWN
    report = agency.annual_reports.filter(year=year, scope=scope).first()
    refusal = None
    if request.method == "POST" and report is not None:
        try:
            submit_up(actor=person, report_id=report.pk)
            messages.success(request, _("已报送。"))
            return redirect("desk:report_up", slug, year)
        except LawError as error:
            refusal = error
    context = {
        "agency": agency,
        "year": year,
        "report": report,
        "parent": parent_of(agency),
        "sent": list(aggregating.submitted_by(agency, year)),
        "refusal": refusal,
        "writes": not WRITERS.isdisjoint(roles_of(person, agency)),
    }
    return render(request, "annual_report/up.html", context)
