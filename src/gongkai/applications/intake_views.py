"""Intake at the desk: the clerk types in what came; the number and the query code are shown once, to be handed over."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import agencies_of, calendar, roles_held, today
from gongkai.agencies.signed_in import person_of
from gongkai.applications.actions.receive import Received, receive
from gongkai.applications.desk_forms import in_words
from gongkai.applications.desk_views import field_of
from gongkai.applications.errors import AlreadySent
from gongkai.applications.forms import new_token
from gongkai.applications.intake_forms import CHANNELS, IntakeForm
from gongkai.applications.models import CHANNEL_OF_LAW, Application, Channel
from gongkai.applications.selectors import case_page
from gongkai.applications.selectors.alike import twin_of
from gongkai.law import receipts
from gongkai.law.errors import LawError
from gongkai.law.procedure import Role

#: The query code travels in a signed cookie from the form to the slip that shows it, and nowhere else.
SLIP_COOKIE, SLIP_SECONDS = "gongkai_slip", 10 * 60


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def intake(request: HttpRequest) -> HttpResponse:
    """Type in one application. The same form sent twice is one application."""
    agencies = registering_at(person_of(request))
    if not agencies:
        return render(request, "403.html", status=403)
    if request.method != "POST":
        return _show(request, IntakeForm(agencies=agencies, initial={"token": new_token()}))
    form = IntakeForm(request.POST, request.FILES, agencies=agencies)
    if not form.is_valid():
        return _show(request, form)
    if not form.cleaned_data["another"] and (twin := _twin(person_of(request), form)):
        return _show(request, form, twin=twin)
    return _take(request, form)


def registering_at(person: Person) -> list[Agency]:
    """The agencies for which this person takes applications in."""
    held = roles_held(person)
    return [
        agency
        for agency in agencies_of(person)
        if agency.accepts_applications and Role.CLERK in held.get(agency.pk, frozenset())
    ]


def _twin(person: Person, form: IntakeForm) -> Application | None:
    """The same letter typed in before by somebody else; a form that is sent again is its own affair (see `receive`)."""
    data = form.cleaned_data
    return twin_of(person, data["agency"], form.given, token=data["token"])


def _take(request: HttpRequest, form: IntakeForm) -> HttpResponse:
    try:
        received = _receive(person_of(request), form)
    except AlreadySent as error:
        form.data = {**cast("QueryDict", form.data).dict(), "token": new_token()}
        return _show(request, form, refusal=error)
    except LawError as error:
        field = field_of(error, form)
        if field:
            form.add_error(field, in_words(error.message))
        return _show(request, form, refusal=None if field else error)
    if not received.created:
        messages.warning(request, _("这份表格刚才已经录入，没有重复登记。"))
    return _handed_over(received)


def _receive(person: Person, form: IntakeForm) -> Received:
    data = form.cleaned_data
    channel = Channel(data["channel"])
    return receive(
        agency=data["agency"],
        channel=channel,
        data=form.given,
        token=data["token"],
        actor=person,
        on=data["on"],
        confirmed=data["confirmed"],
        unreachable=data["unreachable"],
        written_by=(data["written_by"] or person.display_name) if channel is Channel.ORAL else "",
        papers=form.papers,
    )


def _handed_over(received: Received) -> HttpResponse:
    response = redirect("desk:intake_done")
    told = json.dumps([received.application.pk, received.query_code])
    response.set_signed_cookie(
        SLIP_COOKIE, told, salt=SLIP_COOKIE, max_age=SLIP_SECONDS, path="/desk/intake/", httponly=True,
        samesite="Lax", secure=settings.HTTPS,
    )  # fmt: skip
    return response


@never_cache
@require_safe
def done(request: HttpRequest) -> HttpResponse:
    """Number and query code on a slip, and why the day of receipt is what it is. For ten minutes, to whoever typed it
    in; then only the number is left."""
    told = request.get_signed_cookie(SLIP_COOKIE, default=None, salt=SLIP_COOKIE, max_age=SLIP_SECONDS)
    if told is None:
        return redirect("desk:inbox")
    case_id, query_code = json.loads(told)
    context = {"page": case_page(person_of(request), case_id), "query_code": query_code}
    return render(request, "applications/intake_done.html", context)


@dataclass(frozen=True)
class ChannelRule:
    """What art. 31 says of a way an application came."""

    channel: Channel
    receipt: receipts.Receipt


def channel_rules(agencies: Sequence[Agency]) -> list[ChannelRule]:
    """For each channel, which day counts: as the law says it of one that came and was confirmed today."""
    chosen = receipts.ReceiptSettings(internet=receipts.ReceiptRule(agencies[0].receipt_rule))
    asked = {channel: receipts.Arrival(CHANNEL_OF_LAW[channel.value], today(), today()) for channel in CHANNELS}
    found = {channel: receipts.receipt_of(arrival, calendar(), chosen) for channel, arrival in asked.items()}
    return [ChannelRule(channel, receipt) for channel, receipt in found.items() if receipt]


def _show(request: HttpRequest, form: IntakeForm, **more: Any) -> HttpResponse:
    context: Mapping[str, Any] = {"form": form, "rules": channel_rules(registering_at(person_of(request))), **more}
    return render(request, "applications/intake.html", context)
