"""The public pages on which one applies: choose the agency, fill in the form, see the number and query code once."""

from __future__ import annotations

import json
from typing import Any

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies.models import Agency
from gongkai.agencies.selectors import agencies_accepting
from gongkai.applications.actions.receive import Received, receive
from gongkai.applications.cookies import CASE, FORM, SENT
from gongkai.applications.errors import AlreadySent
from gongkai.applications.forms import PAPER_FIELDS, ApplicationForm, new_token
from gongkai.applications.limits import Wait, count_sent, sending_refused
from gongkai.applications.models import Application, Channel
from gongkai.applications.public_forms import dressed, empty_application_form
from gongkai.applications.published_before import published_like
from gongkai.applications.query_codes import index_of_token
from gongkai.applications.selectors import public_case
from gongkai.config.answers import answered
from gongkai.disclosure.public.versions import version_now, version_of, with_version
from gongkai.law.errors import LawError

#: A form that was sent stays known as long as its number is shown; going back to it gives the same one.
FORM_AFTER_SENDING = SENT.seconds


@require_safe
def apply(request: HttpRequest) -> HttpResponseBase:
    """Choose the agency; where there is only one, its form."""
    agencies = list(with_version(agencies_accepting()))
    if len(agencies) == 1:
        return redirect("portal:apply_form", agencies[0].slug)
    version = version_of(agencies[0]) if agencies else version_now()

    def respond() -> HttpResponse:
        return render(request, "applications/choose_agency.html", {"agencies": agencies})

    return answered(request, [version.number], version.at, respond)


@cache_control(private=True, no_cache=True)
@require_safe
def apply_form(request: HttpRequest, slug: str) -> HttpResponse:
    """An empty application form. Going back to it after sending gives the same one-time token again, so that sending
    it twice gives one application."""
    agency = get_object_or_404(agencies_accepting(), slug=slug)
    token = (None if "another" in request.GET else FORM.given(request)) or new_token()
    response = _show_form(request, agency, empty_application_form(token))
    FORM.give(response, token)
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the form. It leads to a page of its own, so that reloading sends nothing again."""
    agency = get_object_or_404(agencies_accepting(), slug=slug)
    if request.method != "POST":
        return redirect("portal:apply_form", slug)
    form = dressed(ApplicationForm(request.POST, request.FILES))
    if not form.is_valid():
        return _show_form(request, agency, form)
    if (wait := sending_refused(request)) and not _was_sent(form):
        return _too_many(request, agency, form, wait)
    published = published_like(agency, form.cleaned_data["content"], form.cleaned_data["document_number"])
    if published and not form.papers and "checked" not in request.POST and not _was_sent(form):
        return _show_form(request, agency, form, published=published)
    try:
        received = _receive(agency, form)
    except AlreadySent as refusal:
        return _offer_as_another(request, agency, form, refusal)
    except LawError as refusal:
        return _show_form(request, agency, form, refusal=refusal)
    if received.created:
        count_sent(request)
    return _sent(received, form.cleaned_data["token"], hint=bool(published) and "checked" not in request.POST)


def _was_sent(form: ApplicationForm) -> bool:
    """Whether this very form came before: then nothing stands between the person and its number."""
    return Application.objects.filter(token_index=index_of_token(form.cleaned_data["token"])).exists()


def _receive(agency: Agency, form: ApplicationForm) -> Received:
    token = form.cleaned_data["token"]
    return receive(agency=agency, channel=Channel.WEB, data=form.given, token=token, papers=form.papers)


def _too_many(request: HttpRequest, agency: Agency, form: ApplicationForm, wait: Wait) -> HttpResponse:
    response = _show_form(request, agency, form, wait=wait, status=429)
    response["Retry-After"] = str(wait.seconds)
    return response


def _offer_as_another(
    request: HttpRequest, agency: Agency, form: ApplicationForm, refusal: AlreadySent
) -> HttpResponse:
    """A form that was sent before, with other contents now: nothing is stored until the person sends it once more."""
    token = new_token()
    form.data = {**request.POST.dict(), "token": token}
    response = _show_form(request, agency, form, refusal=refusal, another=True)
    FORM.give(response, token)
    return response


def _show_form(request: HttpRequest, agency: Agency, form: ApplicationForm, **more: Any) -> HttpResponse:
    """The form, with all that was typed. Files are what no page can hand back to a browser: it is said where there
    were any. What is published already is shown once (`checked`)."""
    context = {
        "agency": agency,
        "form": form,
        "files_lost": bool(request.FILES),
        "agent_open": any(form[name].value() or form[name].errors for name in ("agent_name", "agent_id_number"))
        or any(form[name].errors for name in ("agent_telephone", "authority")),
        "checked": "published" in more or "checked" in request.POST,
        **more,
    }
    return render(request, "applications/apply.html", context, status=more.get("status", 200))


def offer_again(request: HttpRequest, slug: str) -> HttpResponse:
    """The form with everything that was typed, after its protection token had run out. Nothing was stored."""
    agency = get_object_or_404(agencies_accepting(), slug=slug)
    names = [name for name in ApplicationForm.base_fields if name not in PAPER_FIELDS]
    typed = {name: request.POST[name] for name in names if request.POST.get(name)}
    form = empty_application_form(typed.get("token") or new_token())
    form.initial = {**form.initial, **typed}
    return _show_form(request, agency, form, expired=True, status=403)


def _sent(received: Received, token: str, *, hint: bool) -> HttpResponse:
    """`hint`: there were files, so that the person was not stopped before sending; what is published is told after."""
    response = redirect("portal:sent")
    FORM.give(response, token, FORM_AFTER_SENDING)
    SENT.give(response, json.dumps([received.application.pk, received.query_code, hint]))
    CASE.give(response, str(received.application.pk))
    return response


@never_cache
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Number, query code and due date: shown to the browser that sent the form, for ten minutes."""
    told = SENT.given(request)
    if told is None:
        return redirect("portal:progress")
    case_id, query_code, *hint = json.loads(told)
    application = get_object_or_404(Application.objects.select_related("agency", "rating"), pk=case_id)
    case, address = public_case(application), progress_address(request)
    context = {
        "application": application,
        "query_code": query_code,
        "reckoning": case.reckoning,
        "letters": case.letters,
        "progress_address": address,
        "progress_picture": segno.make(address, error="m").svg_data_uri(scale=4, border=2),
        "published": published_like(application.agency, application.content, application.document_number)
        if any(hint)
        else [],
    }
    return render(request, "applications/sent.html", context)


def progress_address(request: HttpRequest) -> str:
    """Where the progress is asked for. The QR code of the receipt holds this alone and not the query code: scanners keep
    what they read, and an address with a secret in it stays in histories and logs. The code stands beside it in letters.
    """
    path = reverse("portal:progress")
    return settings.SITE_URL + path if settings.SITE_URL else request.build_absolute_uri(path)
