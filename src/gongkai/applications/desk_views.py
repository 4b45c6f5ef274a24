"""The desk's pages of 依申请公开: a case, one address per step, letters and drafts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.selectors import today
from gongkai.agencies.signed_in import person_of
from gongkai.applications.actions.reveal import Identity
from gongkai.applications.case_forms import SideForm, side_forms
from gongkai.applications.case_sheets import paper_forms
from gongkai.applications.correspondence import draft_reply
from gongkai.applications.desk_display import outcome_groups, stage_marks, timeline
from gongkai.applications.desk_forms import SLOT_PREFIX, STEP_FORMS, OpinionForm, StepForm, in_words
from gongkai.applications.identity_display import masked_facts, missing_papers, whole_facts
from gongkai.applications.models import Application
from gongkai.applications.responses import letter_response, pdf_response
from gongkai.applications.selectors import CasePage, case_page, letter_for_reading
from gongkai.applications.selectors.alike import alike
from gongkai.documents.typesetting import render_pdf
from gongkai.law import procedure
from gongkai.law.errors import LawError
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import StepKind


@dataclass(frozen=True)
class Panel:
    """One step that can be taken: its form, or for the opinion first the choice of the outcome."""

    kind: StepKind
    form: StepForm | None
    action: str

    @property
    def rule(self) -> procedure.StepRule:
        return self.kind.rule


@never_cache
@require_safe
def case(request: HttpRequest, case_id: int) -> HttpResponse:
    """A case: what is to be done with its form open, what else could be, what not and why."""
    page = case_page(person_of(request), case_id)
    return show_case(request, page, chosen=outcome_named(request.GET.get("outcome")))


def outcome_named(name: str | None) -> Outcome | None:
    """The outcome chosen on the page. Raises Http404 for one that does not exist."""
    try:
        return Outcome(name) if name else None
    except ValueError:
        raise Http404 from None


def show_case(
    request: HttpRequest,
    page: CasePage,
    *,
    chosen: Outcome | None = None,
    failed: StepForm | None = None,
    refusal: LawError | None = None,
    side_failed: SideForm | None = None,
    identity: Identity | None = None,
) -> HttpResponse:
    """The case page. `failed` and `side_failed` are forms that were sent and could not be taken, with everything typed
    in them; `identity` only where this very request asked for it and gave a reason."""
    context = {
        **step_panels(page, chosen, failed),
        "page": page,
        "stages": stage_marks(page.case),
        "timeline": timeline(page),
        "paper_forms": paper_forms(page),
        "applicant": whole_facts(page, identity) if identity else masked_facts(page),
        "identity_shown": identity is not None,
        "authority_missing": missing_papers(page),
        "alike": alike(person_of(request), page.application),
        "side": side_forms(page, side_failed),
        "side_failed": side_failed,
        "form": failed or side_failed,
        "refusal": refusal,
    }
    return render(request, "applications/case.html", context)


def step_panels(page: CasePage, chosen: Outcome | None, failed: StepForm | None) -> dict[str, Any]:
    """The steps that can be taken: the next duty stands open, the others are folded away."""
    panels = {kind: panel(page, kind, chosen) for kind in page.allowed}
    if failed is not None:
        panels[failed.kind] = Panel(failed.kind, failed, _step_url(page.application, failed.kind))
    first = failed.kind if failed is not None else first_kind(page, chosen)
    standing = page.opinion.get("outcome")
    before = Outcome(standing) if standing else None
    return {
        "duty_panel": panels.pop(first, None) if first else None,
        "other_panels": list(panels.values()),
        "late_panels": [panel(page, kind, chosen) for kind in page.late_entries if kind is not first],
        "chosen": chosen,
        "outcome_groups": outcome_groups(page.outcomes, chosen or before),
        "standing_outcome": before,
    }


def first_kind(page: CasePage, chosen: Outcome | None) -> StepKind | None:
    """The step whose form stands open: the next duty, where it is this person's."""
    if chosen is not None and StepKind.OPINION in page.allowed:
        return StepKind.OPINION
    if page.duty and page.duty.kind in page.allowed:
        return page.duty.kind
    return None


def panel(page: CasePage, kind: StepKind, chosen: Outcome | None) -> Panel:
    form = None if kind is StepKind.OPINION and chosen is None else step_form(page, kind, chosen)
    return Panel(kind, form, _step_url(page.application, kind))


def _step_url(application: Application, kind: StepKind) -> str:
    return reverse("desk:step", args=[application.pk, kind.value])


def step_form(
    page: CasePage,
    kind: StepKind,
    outcome: Outcome | None,
    data: Mapping[str, Any] | None = None,
    files: Mapping[str, Any] | None = None,
) -> StepForm:
    """The form of a step, empty or with what was sent."""
    more = {"outcome": outcome} if kind is StepKind.OPINION else {}
    return STEP_FORMS[kind](data, files, page=page, **more)


@never_cache
def step(request: HttpRequest, case_id: int, kind: str) -> HttpResponse:
    """Take a step. Refused or filled in wrongly, the case page comes back with everything that was typed."""
    page = case_page(person_of(request), case_id)
    if request.method != "POST":
        return redirect("desk:case", case_id)
    form = sent_form(request, page, kind)
    if not form.is_valid():
        return _show_failed(request, case_id, form)
    try:
        form.take(person_of(request))
    except LawError as error:
        return _refused(request, case_id, form, error)
    messages.success(request, _("已办理：%(step)s") % {"step": in_words(form.kind.label)})
    return redirect("desk:case", case_id)


def sent_form(request: HttpRequest, page: CasePage, kind: str) -> StepForm:
    """The form that was sent. A kind of step that nobody takes here is an address that does not exist."""
    try:
        known = StepKind(kind)
        outcome = Outcome(request.POST.get("outcome", "")) if known is StepKind.OPINION else None
        return step_form(page, known, outcome, request.POST, request.FILES)
    except (ValueError, KeyError):
        raise Http404 from None


def _refused(request: HttpRequest, case_id: int, form: StepForm, error: LawError) -> HttpResponse:
    """Beside the field it is about where there is one, else above the form with its article."""
    field = field_of(error, form)
    if field is None:
        return _show_failed(request, case_id, form, error)
    form.add_error(field, in_words(error.message))
    return _show_failed(request, case_id, form)


def field_of(error: LawError, form: Form) -> str | None:
    """The field of this form that the error speaks of."""
    names = (getattr(error, "field", None), getattr(error, "slot", None))
    candidates = [name for name in names if name] + [SLOT_PREFIX + name for name in names if name]
    return next((name for name in candidates if name in form.fields), None)


def _show_failed(request: HttpRequest, case_id: int, form: StepForm, refusal: LawError | None = None) -> HttpResponse:
    """The case as it is now. Having seen it, the person may send the same form again."""
    page = case_page(person_of(request), case_id)
    data = cast("QueryDict", form.data).copy()
    data["seen"] = str(page.application.steps_taken)
    form.data = data
    return show_case(request, page, chosen=getattr(form, "proposed", None), failed=form, refusal=refusal)


@never_cache
@require_POST
def draft(request: HttpRequest, case_id: int) -> HttpResponse:
    """The reply that this opinion would make, as a draft to look at. Nothing is stored."""
    page = case_page(person_of(request), case_id)
    form = sent_form(request, page, StepKind.OPINION.value)
    if not form.is_valid():
        return _show_failed(request, case_id, form)
    try:
        content = draft_reply(page.application, cast("OpinionForm", form).facts(), form.cleaned_data["on"])
        return pdf_response(render_pdf(content), _("答复书（草稿）.pdf"))
    except LawError as error:
        return _refused(request, case_id, form, error)


@never_cache
@require_safe
def standing_draft(request: HttpRequest, case_id: int) -> HttpResponse:
    """The reply that the standing opinion makes, as a draft: what the clerk sends up and the approver signs."""
    page = case_page(person_of(request), case_id)
    if not page.opinion:
        raise Http404
    try:
        content = draft_reply(page.application, page.opinion, today())
        return pdf_response(render_pdf(content), _("答复书（草稿）.pdf"))
    except LawError as error:
        messages.error(request, in_words(error.message))
        return redirect("desk:case", case_id)


@never_cache
@require_safe
def letter(request: HttpRequest, letter_id: int) -> HttpResponse:
    """A letter of a case that this person may read."""
    return letter_response(letter_for_reading(person_of(request), letter_id))
