"""Have a colleague act in a role, and end it: one's own, or by an administrator anybody's."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongkai.agencies.actions.delegate import delegate, end_delegation
from gongkai.agencies.models import Agency, Appointment, Delegation
from gongkai.agencies.selectors import appointments_of, in_office, is_administrator, today
from gongkai.agencies.signed_in import person_of
from gongkai.desk.office_forms import DelegateForm
from gongkai.desk.office_page import delegation_rows
from gongkai.desk.office_views import for_administrators
from gongkai.desk.views import told_beside
from gongkai.law.errors import LawError
from gongkai.law.procedure import Role
from gongkai.law.texts import Text


@require_http_methods(["GET", "HEAD", "POST"])
def delegate_own(request: HttpRequest) -> HttpResponse:
    """One's own roles, given to a colleague for some days; what was given and taken."""
    person = person_of(request)
    concerns = Delegation.objects.filter(Q(giver=person) | Q(taker=person))
    return _delegate(request, appointments_of(person), concerns, reverse("desk:delegate"))


@for_administrators
def delegate_at(request: HttpRequest, slug: str) -> HttpResponse:
    """Somebody else's role, for whoever cannot do it themselves."""
    agency = get_object_or_404(Agency, slug=slug)
    there = in_office().filter(agency=agency)
    return _delegate(request, there, agency.delegations.all(), reverse("desk:agency", args=[slug]), agency)


def _delegate(
    request: HttpRequest,
    givable: QuerySet[Appointment],
    concerns: QuerySet[Delegation],
    back: str,
    agency: Agency | None = None,
) -> HttpResponse:
    giver = None if agency else person_of(request)
    form = DelegateForm(givable, giver, request.POST or None)
    refusal: LawError | None = None
    if form.is_bound and form.is_valid():
        try:
            row = _given(request, form)
            told = {"giver": row.giver, "taker": row.taker}
            messages.success(request, _("已委托：%(giver)s的岗位由%(taker)s代办。") % told)
            return redirect(back)
        except LawError as error:
            refusal = told_beside(form, error)
    rows = delegation_rows(concerns, today())
    context = {"form": form, "refusal": refusal, "rows": rows, "agency": agency, "may_end": True}
    return render(request, "desk/delegate.html", context)


def _given(request: HttpRequest, form: DelegateForm) -> Delegation:
    data = form.cleaned_data
    appointment: Appointment = data["appointment"]
    return delegate(
        actor=person_of(request),
        agency=appointment.agency,
        role=Role(appointment.role),
        giver=appointment.person,
        taker=data["taker"],
        since=data["since"],
        until=data["until"],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def delegation_end(request: HttpRequest, delegation_id: int) -> HttpResponse:
    """End it at once; asked about first."""
    person = person_of(request)
    row = get_object_or_404(Delegation.objects.select_related("giver", "taker", "agency"), pk=delegation_id)
    administrator = is_administrator(person)
    if not administrator and person.pk not in (row.giver_id, row.taker_id):
        return render(request, "403.html", status=403)
    own = person.pk in (row.giver_id, row.taker_id)
    back = reverse("desk:delegate") if own else reverse("desk:agency", args=[row.agency.slug])
    refusal: LawError | None = None
    if request.method == "POST":
        try:
            end_delegation(actor=person, delegation=row)
            messages.success(request, _("委托已结束。"))
            return redirect(back)
        except LawError as error:
            refusal = error
    context = {
        "question": _("结束这项委托？"),
        "consequences": [_consequence(row)],
        "action": _("结束委托"),
        "back": back,
        "refusal": refusal,
    }
    return render(request, "desk/confirm.html", context)


def _consequence(row: Delegation) -> Text:
    role = Role(row.role).label
    return Text(
        f"{row.taker}立即不能再代{row.giver}以{role.zh}的身份办理{row.agency}的事项；已经办理的不变。",
        f"{row.taker} can no longer act as {role.en} of {row.agency} for {row.giver}; what was done stands.",
    )
