"""The public pages of 依申请公开: apply, see the number and query code once, follow the progress."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.agencies.models import Agency
from gongkai.agencies.selectors import agencies_accepting, today
from gongkai.applications.actions.correct import receive_correction
from gongkai.applications.actions.receive import Received, receive
from gongkai.applications.errors import AlreadySent
from gongkai.applications.forms import ApplicationForm, new_token
from gongkai.applications.models import Application, Channel
from gongkai.applications.public_forms import CorrectionForm, QueryCodeForm, dressed, empty_application_form
from gongkai.applications.responses import letter_response
from gongkai.applications.selectors import PublicCase, application_by_query_code, public_case, public_letter
from gongkai.law.errors import LawError
from gongkai.law.procedure import StepKind
from gongkai.law.texts import Text

#: The one-time token of the form that this browser has open: whoever goes back and sends it again sends the same one.
FORM_COOKIE, FORM_SECONDS = "gongkai_form", 24 * 3600
#: The query code travels in a signed cookie from the form to the page that shows it, and nowhere else.
SENT_COOKIE, SENT_SECONDS = "gongkai_sent", 10 * 60
#: Who proved the query code may look for half an hour.
CASE_COOKIE, CASE_SECONDS = "gongkai_case", 30 * 60

#: Steps the applicant is told of, in words that need no office jargon. The others are the agency's own work.
PUBLIC_STEPS = {
    StepKind.RECEIPT: Text("收到申请", "Application received"),
    StepKind.REGISTER: Text("已登记", "Registered"),
    StepKind.ACCEPT: Text("已受理", "Accepted"),
    StepKind.CORRECTION_NOTICE: Text("请您补正", "You were asked to correct it"),
    StepKind.CORRECTED: Text("收到您的补正，期限重新计算", "Your correction was received; the limit starts anew"),
    StepKind.CONSULTATION: Text("征求有关方面意见，暂停计时", "Others are consulted; the clock is paused"),
    StepKind.CONSULTATION_REPLY: Text("收到意见，继续计时", "The opinion came in; the clock runs on"),
    StepKind.EXTENSION: Text("告知您延长答复期限", "You were told that the reply limit is extended"),
    StepKind.REASONS_ASKED: Text("请您说明申请的理由", "You were asked for your reasons"),
    StepKind.REASONS_GIVEN: Text("收到您说明的理由", "Your reasons were received"),
    StepKind.AGREED_DELAY: Text("告知您延迟答复的期限", "You were told by when the delayed reply comes"),
    StepKind.FEE_NOTICE: Text("请您缴纳信息处理费", "You were asked to pay the processing fee"),
    StepKind.FEE_PAID: Text("已收到缴费", "The fee was paid"),
    StepKind.WITHDRAWAL: Text("您撤回了申请", "You withdrew the application"),
    StepKind.DELIVER: Text("答复已发出", "The reply was sent"),
    StepKind.ARCHIVE: Text("已归档", "Archived"),
}


@dataclass(frozen=True)
class CourseEntry:
    """One line of the time line that the applicant sees."""

    label: Text
    on: date


@require_safe
def apply(request: HttpRequest) -> HttpResponse:
    """Choose the agency; where there is only one, its form."""
    agencies = list(agencies_accepting())
    if len(agencies) == 1:
        return redirect("portal:apply_form", agencies[0].slug)
    return render(request, "applications/choose_agency.html", {"agencies": agencies})


@cache_control(private=True, no_cache=True)
@require_safe
def apply_form(request: HttpRequest, slug: str) -> HttpResponse:
    """An empty application form. Going back to it after sending gives the same one-time token again, so that sending
    it twice gives one application."""
    agency = get_object_or_404(agencies_accepting(), slug=slug)
    known = None if "another" in request.GET else _given(request, FORM_COOKIE, FORM_SECONDS)
    return _show_empty(request, agency, known or new_token())


def _show_empty(request: HttpRequest, agency: Agency, token: str) -> HttpResponse:
    response = _show_form(request, agency, empty_application_form(token))
    _give(response, FORM_COOKIE, token, FORM_SECONDS, "/apply/")
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the form. It leads to a page of its own, so that reloading sends nothing again."""
    agency = get_object_or_404(agencies_accepting(), slug=slug)
    if request.method != "POST":
        return redirect("portal:apply_form", slug)
    form = dressed(ApplicationForm(request.POST))
    if not form.is_valid():
        return _show_form(request, agency, form)
    try:
        received = _receive(agency, form)
    except AlreadySent as refusal:
        return _offer_as_another(request, agency, form, refusal)
    except LawError as refusal:
        return _show_form(request, agency, form, refusal=refusal)
    return _sent(received, form.cleaned_data["token"])


def _offer_as_another(
    request: HttpRequest, agency: Agency, form: ApplicationForm, refusal: AlreadySent
) -> HttpResponse:
    """A form that was sent before, with other contents now: nothing is stored until the person sends it once more."""
    token = new_token()
    form.data = {**cast("QueryDict", form.data).dict(), "token": token}
    response = _show_form(request, agency, form, refusal=refusal, another=True)
    _give(response, FORM_COOKIE, token, FORM_SECONDS, "/apply/")
    return response


def _receive(agency: Agency, form: ApplicationForm) -> Received:
    data = {name: value for name, value in form.cleaned_data.items() if name != "token"}
    return receive(agency=agency, channel=Channel.WEB, data=data, token=form.cleaned_data["token"])


def _show_form(request: HttpRequest, agency: Agency, form: ApplicationForm, **more: Any) -> HttpResponse:
    status = more.pop("status", 200)
    return render(request, "applications/apply.html", {"agency": agency, "form": form, **more}, status=status)


def offer_again(request: HttpRequest, slug: str) -> HttpResponse:
    """The form with everything that was typed, after its protection token had run out. Nothing was stored."""
    agency = get_object_or_404(agencies_accepting(), slug=slug)
    typed = {name: request.POST[name] for name in ApplicationForm.base_fields if request.POST.get(name)}
    form = empty_application_form(typed.get("token") or new_token())
    form.initial = {**form.initial, **typed}
    return _show_form(request, agency, form, expired=True, status=403)


def _sent(received: Received, token: str) -> HttpResponse:
    response = redirect("portal:sent")
    _give(response, FORM_COOKIE, token, SENT_SECONDS, "/apply/")
    told = json.dumps([received.application.pk, received.query_code])
    _give(response, SENT_COOKIE, told, SENT_SECONDS, "/apply/sent/")
    _give(response, CASE_COOKIE, str(received.application.pk), CASE_SECONDS, "/progress/")
    return response


def _give(response: HttpResponse, name: str, value: str, seconds: int, path: str) -> None:
    response.set_signed_cookie(
        name, value, salt=name, max_age=seconds, path=path, httponly=True, samesite="Lax", secure=settings.HTTPS
    )


def _given(request: HttpRequest, name: str, seconds: int) -> str | None:
    """What our own cookie says; None where there is none, or it is old or not ours."""
    return request.get_signed_cookie(name, default=None, salt=name, max_age=seconds)


@never_cache
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Number, query code and due date: shown to the browser that sent the form, for ten minutes."""
    told = _given(request, SENT_COOKIE, SENT_SECONDS)
    if told is None:
        return redirect("portal:progress")
    case_id, query_code = json.loads(told)
    application = get_object_or_404(Application.objects.select_related("agency"), pk=case_id)
    case = public_case(application)
    context = {
        "application": application,
        "query_code": query_code,
        "reckoning": case.reckoning,
        "letters": case.letters,
    }
    return render(request, "applications/sent.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def progress(request: HttpRequest) -> HttpResponse:
    """Ask for the query code. A wrong one says only that nothing was found."""
    form = QueryCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        application = application_by_query_code(form.cleaned_data["query_code"])
        if application is not None:
            response = redirect("portal:progress_case")
            _give(response, CASE_COOKIE, str(application.pk), CASE_SECONDS, "/progress/")
            return response
        form.add_error("query_code", _("没有找到。请核对查询码。"))
    return render(request, "applications/progress.html", {"form": form})


def _case_of(request: HttpRequest) -> Application | None:
    case_id = _given(request, CASE_COOKIE, CASE_SECONDS)
    if case_id is None:
        return None
    return Application.objects.select_related("agency").filter(pk=case_id).first()


@never_cache
@require_safe
def progress_case(request: HttpRequest) -> HttpResponse:
    """Where the case stands, when it is due and why, and its letters."""
    application = _case_of(request)
    if application is None:
        return redirect("portal:progress")
    return _show_case(request, public_case(application), CorrectionForm())


def _show_case(request: HttpRequest, case: PublicCase, form: CorrectionForm, **more: Any) -> HttpResponse:
    context = {"case": case, "course": course_of(case), "correction_form": form, **more}
    return render(request, "applications/progress_case.html", context)


def course_of(case: PublicCase) -> list[CourseEntry]:
    """The steps the applicant is told of."""
    return [CourseEntry(PUBLIC_STEPS[step.kind], step.on) for step in case.steps if step.kind in PUBLIC_STEPS]


@never_cache
@require_POST
def correct(request: HttpRequest) -> HttpResponse:
    """The applicant's correction comes in on line; it is received on the day it is sent (条例 30, 31)."""
    application = _case_of(request)
    if application is None:
        return redirect("portal:progress")
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        return _show_case(request, public_case(application), form)
    try:
        receive_correction(case_id=application.pk, on=today(), text=form.cleaned_data["text"])
    except LawError as refusal:
        return _show_case(request, public_case(application), form, refusal=refusal)
    return redirect("portal:progress_case")


@require_POST
def progress_close(request: HttpRequest) -> HttpResponse:
    """Forget the query code in this browser."""
    response = redirect("portal:progress")
    response.delete_cookie(CASE_COOKIE, path="/progress/")
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
