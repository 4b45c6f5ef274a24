"""A person's own password, and the end of a role."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from gongkai.agencies.actions.appoint import change_password, dismiss
from gongkai.agencies.models import Appointment
from gongkai.agencies.selectors import in_office, is_administrator
from gongkai.agencies.signed_in import person_of
from gongkai.desk.forms import EndForm, PasswordForm
from gongkai.desk.views import told_beside
from gongkai.law.errors import LawError
from gongkai.law.procedure import Role
from gongkai.law.texts import Text


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password: whoever was taken on was given one that somebody else knows."""
    person = person_of(request)
    form = PasswordForm(person, request.POST if request.method == "POST" else None)
    refusal: LawError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            change_password(person=person, password=form.cleaned_data["new_password1"])
            update_session_auth_hash(request, person)
            messages.success(request, _("密码已修改。"))
            return redirect("desk:inbox")
        except LawError as error:
            refusal = told_beside(form, error)
    context = {"form": form, "refusal": refusal, "heading": _("修改密码"), "back": reverse("desk:inbox")}
    return render(request, "desk/person_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def appointment_end(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """End a person's role after a day; asked about first, because it cannot be taken back."""
    if not is_administrator(person_of(request)):
        return render(request, "403.html", status=403)
    found = Appointment.objects.select_related("person", "agency")
    appointment = get_object_or_404(found, pk=appointment_id)
    form = EndForm(request.POST if request.method == "POST" else None)
    refusal: LawError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            dismiss(actor=person_of(request), appointment=appointment, until=form.cleaned_data["until"])
            messages.success(request, _("已记录岗位的截止日。"))
            return redirect("desk:agencies")
        except LawError as error:
            refusal = told_beside(form, error)
    return render(request, "desk/confirm.html", {**_about(appointment), "form": form, "refusal": refusal})


def _left_empty(appointment: Appointment) -> list[Text]:
    """What a role that nobody else holds does to the cases: told before, because they would wait and nobody would know."""
    others = in_office().filter(agency=appointment.agency, role=appointment.role).exclude(person=appointment.person)
    if others.exists():
        return []
    role = Role(appointment.role).label
    return [
        Text(
            f"本机关没有其他人担任{role.zh}：此后轮到该岗位办理的事项会停在那里，请先任命他人。",
            f"Nobody else is {role.en} there: what is this role's to do would wait from then on. Appoint another first.",
        )
    ]


def _about(appointment: Appointment) -> dict[str, object]:
    role = Role(appointment.role).label
    name = appointment.person.display_name
    told = Text(
        f"{name}在截止日之后不能再以{role.zh}的身份办理{appointment.agency.name}的事项。",
        f"After that day {name} can no longer act as {role.en} of {appointment.agency.name}.",
    )
    return {
        "question": _("结束这个岗位？"),
        "consequences": [told, *_left_empty(appointment)],
        "action": _("结束岗位"),
        "back": reverse("desk:agencies"),
    }
