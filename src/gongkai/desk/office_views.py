"""The page of an agency; what an administrator changes there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies.actions.edit_agency import ARCHIVE, EDITABLE, edit_agency
from gongkai.agencies.actions.set_route import set_route
from gongkai.agencies.actions.units import add_unit, change_unit, place_in_unit
from gongkai.agencies.archive_numbers import formatted
from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Agency, Appointment, Unit
from gongkai.agencies.selectors import is_administrator, today
from gongkai.agencies.signed_in import person_of
from gongkai.applications.desk_forms import in_words
from gongkai.desk.office_forms import (
    ROUTE_FIELDS,
    AgencyForm,
    ArchiveForm,
    NewUnitForm,
    PlaceForm,
    RouteForm,
    UnitForm,
)
from gongkai.desk.office_page import office_page
from gongkai.desk.views import told_beside
from gongkai.law.errors import LawError
from gongkai.law.procedure import Role

View = Callable[..., HttpResponse]


def for_administrators(view: View) -> View:
    """Signed in, and an administrator; the action asks once more."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_administrator(person_of(request)):
            return render(request, "403.html", status=403)
        return view(request, *args, **kwargs)

    return guarded


def asked(
    request: HttpRequest, form: BaseForm, act: Callable[[], str], *, agency: Agency, words: Mapping[str, str]
) -> HttpResponse:
    """Do it when the form was sent and holds, and go back to the agency with what `act` says; else show the form.
    `words`: heading, action (the button), lead."""
    refusal: LawError | None = None
    back = reverse("desk:agency", args=[agency.slug])
    if form.is_bound and form.is_valid():
        try:
            messages.success(request, act())
            return redirect(back)
        except LawError as error:
            refusal = told_beside(form, error)  # type: ignore[arg-type]
    context = {"form": form, "refusal": refusal, "agency": agency, "back": back, **words}
    return render(request, "desk/office_form.html", context)


@require_safe
def agency(request: HttpRequest, slug: str) -> HttpResponse:
    """One agency: what it says of itself, units, routes, delegations, people."""
    page = office_page(get_object_or_404(Agency, slug=slug), today())
    context = {"page": page, "agency": page.agency, "may_change": is_administrator(person_of(request))}
    return render(request, "desk/agency.html", context)


@for_administrators
def agency_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what the agency says of itself."""
    found = get_object_or_404(Agency, slug=slug)
    form = AgencyForm(request.POST or None, instance=get_object_or_404(Agency, slug=slug))

    def change() -> str:
        changes = {name: form.cleaned_data[name] for name in EDITABLE}
        edit_agency(actor=person_of(request), agency=found, **changes)
        return _("已保存。以后的文书和网页按此写明；已制发的文书不变。")

    words = {"heading": _("修改机关信息"), "action": _("保存")}
    return asked(request, form, change, agency=found, words=words)


@for_administrators
def archive_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change of what the next numbers of the archive are made."""
    found = get_object_or_404(Agency, slug=slug)
    form = ArchiveForm(request.POST or None, instance=get_object_or_404(Agency, slug=slug))

    def change() -> str:
        changes = {name: form.cleaned_data[name] for name in ARCHIVE}
        changed = edit_agency(actor=person_of(request), agency=found, **changes)
        if not changed.fonds:
            return _("已保存。没有全宗号，以后的卷宗没有档号。")
        example = formatted(changed, today().year, 1)
        return _("已保存。以后的档号例如：%(number)s；已有的档号不变。") % {"number": example}

    words = {"heading": _("档案设置"), "action": _("保存")}
    return asked(request, form, change, agency=found, words=words)


@for_administrators
def unit_add(request: HttpRequest, slug: str) -> HttpResponse:
    """A new unit."""
    found = get_object_or_404(Agency, slug=slug)
    form = NewUnitForm(request.POST or None)

    def add() -> str:
        unit = add_unit(actor=person_of(request), agency=found, name=form.cleaned_data["name"])
        return _("已添加科室：%(name)s") % {"name": unit.name}

    return asked(request, form, add, agency=found, words={"heading": _("添加科室"), "action": _("添加科室")})


@for_administrators
def unit_edit(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Another name for a unit, or out of use."""
    unit = get_object_or_404(Unit.objects.select_related("agency"), pk=unit_id)
    form = UnitForm(request.POST or None, initial={"name": unit.name, "active": unit.active})

    def change() -> str:
        changed = change_unit(actor=person_of(request), unit=unit, **form.cleaned_data)
        return _("已保存科室：%(name)s") % {"name": changed.name}

    words = {"heading": _("修改科室：%(name)s") % {"name": unit.name}, "action": _("保存")}
    return asked(request, form, change, agency=unit.agency, words=words)


@for_administrators
def appointment_unit(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """The unit in which a person holds a role."""
    found = Appointment.objects.select_related("person", "agency", "unit")
    appointment = get_object_or_404(found, pk=appointment_id)
    form = PlaceForm(appointment.agency, request.POST or None, initial={"unit": appointment.unit_id})
    named = {"name": appointment.person.display_name, "role": in_words(Role(appointment.role).label)}

    def place() -> str:
        place_in_unit(actor=person_of(request), appointment=appointment, unit=form.cleaned_data["unit"])
        return _("已调整科室：%(name)s") % named

    words = {"heading": _("调整科室：%(name)s（%(role)s）") % named, "action": _("保存")}
    return asked(request, form, place, agency=appointment.agency, words=words)


@for_administrators
def route(request: HttpRequest, slug: str) -> HttpResponse:
    """The approval route of one outcome, or of all that have none of their own."""
    found = get_object_or_404(Agency, slug=slug)
    form = RouteForm(request.POST or None, initial=_route_there(found, request.GET.get("outcome", "")))

    def change() -> str:
        outcome, roles = form.route()
        try:
            set_route(actor=person_of(request), agency=found, outcome=outcome, roles=roles)
        except Invalid as error:
            error.field = ROUTE_FIELDS[0]
            raise
        return _("已保存报批路线。正在报批的办件仍按原路线办理。")

    words = {"heading": _("设置报批路线"), "action": _("保存")}
    return asked(request, form, change, agency=found, words=words)


def _route_there(agency: Agency, outcome: str) -> dict[str, str]:
    row = agency.approval_routes.filter(outcome=outcome).first()
    roles = row.roles if row else [Role.APPROVER.value] if not outcome else []
    return {"outcome": outcome, **dict(zip(ROUTE_FIELDS, roles, strict=False))}
