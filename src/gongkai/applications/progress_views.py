"""The public pages on which one follows an application: prove the query code, read, answer, withdraw, rate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.agencies.selectors import today
from gongkai.applications.actions.correct import receive_correction
from gongkai.applications.actions.rate import rate as rate_case
from gongkai.applications.actions.reasons import receive_reasons
from gongkai.applications.actions.withdraw import withdraw as withdraw_case
from gongkai.applications.case_sheets import letter_content
from gongkai.applications.cookies import CASE
from gongkai.applications.limits import count_failed_look_up, look_up_refused
from gongkai.applications.models import Application, Rating
from gongkai.applications.public_forms import CorrectionForm, QueryCodeForm, RatingForm, ReasonsForm, WithdrawalForm
from gongkai.applications.public_steps import course_of
from gongkai.applications.responses import as_ofd, letter_response
from gongkai.applications.selectors import (
    family_of,
    found_by_proof,
    public_case,
    public_enclosure,
    public_letter,
)
from gongkai.documents.gate.kinds import OFD
from gongkai.documents.serving import bytes_response, file_response
from gongkai.law.errors import LawError
from gongkai.law.procedure import StepKind


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def progress(request: HttpRequest) -> HttpResponse:
    """Ask for the query code and a second proof. Whichever is wrong, the answer says only that nothing was found."""
    form = QueryCodeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "applications/progress.html", {"form": form})
    code = form.cleaned_data["query_code"]
    if wait := look_up_refused(request, code):
        response = render(request, "applications/too_many.html", {"wait": wait}, status=429)
        response["Retry-After"] = str(wait.seconds)
        return response
    case_id = found_by_proof(code, form.cleaned_data["proof"])
    if case_id is None:
        count_failed_look_up(request, code)
        form.add_error("query_code", _("没有找到。请核对查询码，以及姓名或者证件号码后4位。"))
        return render(request, "applications/progress.html", {"form": form})
    return _opened(case_id)


def _opened(case_id: int) -> HttpResponse:
    response = redirect("portal:progress_case")
    CASE.give(response, str(case_id))
    return response


def _case_of(request: HttpRequest) -> Application | None:
    """The case that this browser proved to know; what the page needs of its neighbours comes with it."""
    case_id = CASE.given(request)
    if case_id is None:
        return None
    return Application.objects.select_related("agency", "rating", "split_from").filter(pk=case_id).first()


@never_cache
@require_safe
def progress_case(request: HttpRequest) -> HttpResponse:
    """Where the case stands, when it is due and why, what is asked of the applicant, and what went out."""
    application = _case_of(request)
    if application is None:
        return redirect("portal:progress")
    return _show_case(request, application)


def _show_case(request: HttpRequest, application: Application, **more: Any) -> HttpResponse:
    """The page; `more` replaces an empty form by the one that was sent."""
    case = public_case(application)
    context = {
        "case": case,
        "course": course_of(case),
        "family": family_of(application) if case.split else [],
        "rating": getattr(application, "rating", None),
        "correction_form": CorrectionForm(),
        "reasons_form": ReasonsForm(),
        "rating_form": RatingForm(),
        **more,
    }
    return render(request, "applications/progress_case.html", context)


@dataclass(frozen=True)
class Answering:
    """How the applicant answers something on line: with which form, by which act, which step it is."""

    name: str
    form: type[Form]
    act: Callable[..., Application]
    kind: StepKind

    def view(self, request: HttpRequest) -> HttpResponse:
        application = _case_of(request)
        if application is None:
            return redirect("portal:progress")
        form = self.form(request.POST, request.FILES)
        if not form.is_valid():
            return _show_case(request, application, **{self.name: form})
        text, papers = form.cleaned_data["text"], form.cleaned_data["papers"]
        try:
            self.act(case_id=application.pk, on=today(), text=text, papers=papers)
        except LawError as refusal:
            if _said_already(application, self.kind, text):
                return redirect("portal:progress_case")
            return _show_case(request, application, **{self.name: form}, refusal=refusal)
        return redirect("portal:progress_case")


def _said_already(application: Application, kind: StepKind, text: str) -> bool:
    """Whether just this was answered before: a form sent twice is answered like one sent once."""
    return public_case(application).said.get(kind) == text.strip()


CORRECTION = Answering("correction_form", CorrectionForm, receive_correction, StepKind.CORRECTED)
REASONS = Answering("reasons_form", ReasonsForm, receive_reasons, StepKind.REASONS_GIVEN)


@never_cache
@require_POST
def correct(request: HttpRequest) -> HttpResponse:
    """The applicant's correction comes in on line; it is received on the day it is sent (条例 30, 31)."""
    return CORRECTION.view(request)


@never_cache
@require_POST
def reasons(request: HttpRequest) -> HttpResponse:
    """The applicant says why so much is asked for (条例 35)."""
    return REASONS.view(request)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest) -> HttpResponse:
    """The applicant withdraws: a page of its own asks once more, because there is no way back."""
    application = _case_of(request)
    if application is None:
        return redirect("portal:progress")
    form = WithdrawalForm(request.POST or None)
    context: dict[str, Any] = {"case": public_case(application), "form": form}
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            withdraw_case(case_id=application.pk, on=today(), reason=reason)
            return redirect("portal:progress_case")
        except LawError as refusal:
            if StepKind.WITHDRAWAL in public_case(application).said:  # as it is now: sent twice at once
                return redirect("portal:progress_case")
            context["refusal"] = refusal
    return render(request, "applications/withdraw.html", context)


@never_cache
@require_POST
def rate(request: HttpRequest) -> HttpResponse:
    """How content the applicant is, once, after the reply."""
    application = _case_of(request)
    if application is None:
        return redirect("portal:progress")
    form = RatingForm(request.POST)
    if not form.is_valid():
        return _show_case(request, application, rating_form=form)
    score, text = int(form.cleaned_data["score"]), form.cleaned_data["opinion"]
    try:
        rate_case(case_id=application.pk, score=score, text=text)
    except LawError as refusal:
        if not Rating.objects.filter(application=application, score=score, text=text).exists():
            return _show_case(request, application, rating_form=form, refusal=refusal)
    return redirect("portal:progress_case")


@never_cache
@require_POST
def progress_part(request: HttpRequest, case_id: int) -> HttpResponse:
    """Look at another case that was made of the same form: whose code was proved for one may see all."""
    application = _case_of(request)
    if application is None or case_id not in {other.pk for other in family_of(application)}:
        raise Http404
    return _opened(case_id)


@require_POST
def progress_close(request: HttpRequest) -> HttpResponse:
    """Forget the query code in this browser."""
    response = redirect("portal:progress")
    CASE.take_back(response)
    return response


@never_cache
@require_safe
def letter(request: HttpRequest, letter_id: int) -> HttpResponse:
    """A letter addressed to the applicant, for whoever proved the query code."""
    application = _case_of(request)
    found = public_letter(application, letter_id) if application else None
    if found is None:
        raise Http404
    return letter_response(found)


@never_cache
@require_safe
def letter_ofd(request: HttpRequest, letter_id: int) -> HttpResponse:
    """The same letter as OFD (GB/T 33190), where what it says was kept."""
    application = _case_of(request)
    found = public_letter(application, letter_id) if application else None
    if found is None or found.content is None:
        raise Http404
    try:
        data = as_ofd(letter_content(found))
    except LawError:  # the PDF stands; it is the letter
        raise Http404 from None
    return bytes_response(data, f"{found.get_kind_display()}.ofd", OFD.media_type)


@never_cache
@require_safe
def enclosure(request: HttpRequest, paper_id: int) -> HttpResponse:
    """A file that was given with the reply, for whoever proved the query code."""
    application = _case_of(request)
    found = public_enclosure(application, paper_id) if application else None
    if found is None:
        raise Http404
    return file_response(found.document, name=found.name)
