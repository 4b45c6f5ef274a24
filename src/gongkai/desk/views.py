"""Sign-in, the calendar, agencies and people."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.agencies.actions.appoint import add_person, appoint
from gongkai.agencies.actions.set_calendar_day import publish_year, set_calendar_day
from gongkai.agencies.actions.units import place_in_unit
from gongkai.agencies.models import CalendarDay, Person, Unit
from gongkai.agencies.selectors import calendar, is_administrator, today
from gongkai.agencies.signed_in import person_of
from gongkai.applications.desk_forms import in_words
from gongkai.desk.calendar_page import year_of
from gongkai.desk.forms import AppointForm, CalendarDayForm, PersonForm, PublishedYearForm, SignInForm
from gongkai.desk.people_page import agency_tree
from gongkai.law.errors import LawError
from gongkai.law.procedure import Role

FIRST_YEAR, LAST_YEAR = 2004, 2099


class SignIn(auth_views.LoginView):
    """Sign in; five wrong passwords for a name from one address lock that name there for a while (django-axes)."""

    template_name = "desk/login.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True


class SignOut(auth_views.LogoutView):
    """Sign out, by POST only."""


@require_safe
def this_year(request: HttpRequest) -> HttpResponse:
    """The calendar of the current year."""
    return redirect("desk:calendar_year", today().year)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_year(request: HttpRequest, year: int) -> HttpResponse:
    """Twelve months; an administrator can lay a day over them."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    form = CalendarDayForm(request.POST if request.method == "POST" else None)
    refusal: LawError | None = None
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["day"]
        try:
            set_calendar_day(actor=person_of(request), **form.cleaned_data)
            messages.success(request, _("已记录。办件页按新的日历计算期限；列表中的期限在下一步办理时更新。"))
            return redirect("desk:calendar_year", day.year)
        except LawError as error:
            refusal = told_beside(form, error)
    return render(request, "desk/calendar.html", {**_calendar_context(request, year), "form": form, "refusal": refusal})


@require_POST
def calendar_publish(request: HttpRequest, year: int) -> HttpResponse:
    """Say that a year's schedule is out."""
    form = PublishedYearForm(request.POST)
    refusal: LawError | None = None
    if form.is_valid():
        try:
            publish_year(actor=person_of(request), year=year, source=form.cleaned_data["source"])
            messages.success(request, _("已记录：%(year)s年的放假安排已公布，期限不再是暂定。") % {"year": year})
            return redirect("desk:calendar_year", year)
        except LawError as error:
            refusal = told_beside(form, error)
    context = {**_calendar_context(request, year), "form": CalendarDayForm(), "publish_form": form, "refusal": refusal}
    return render(request, "desk/calendar.html", context)


def _calendar_context(request: HttpRequest, year: int) -> dict[str, Any]:
    rows = CalendarDay.objects.filter(day__year=year).order_by("day", "-id")
    own: dict[date, CalendarDay] = {}
    for row in rows.select_related("recorded_by"):
        own.setdefault(row.day, row)
    known = calendar()
    sources = {day: row.source for day, row in own.items()}
    return {
        "year": year,
        "previous": year - 1 if year > FIRST_YEAR else None,
        "next": year + 1 if year < LAST_YEAR else None,
        "months": year_of(known, year, sources, today()),
        "published": known.published(year),
        "publish_form": PublishedYearForm(),
        "own_days": list(own.values()),
        "may_change": is_administrator(person_of(request)),
    }


def told_beside(form: Form, error: LawError) -> LawError | None:
    """Put the error beside the field it is about; else give it back to be shown above the form."""
    field = getattr(error, "field", None)
    if field in form.fields:
        form.add_error(field, in_words(error.message))
        return None
    return error


@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    """The tree of agencies and who works where."""
    context = {"nodes": agency_tree(today()), "may_change": is_administrator(person_of(request))}
    return render(request, "desk/agencies.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def person_add(request: HttpRequest) -> HttpResponse:
    """Take a person on and give a first role, in one act."""
    form = PersonForm(request.POST if request.method == "POST" else None)
    refusal = _try(request, form, _add_person) if request.method == "POST" and form.is_valid() else None
    if isinstance(refusal, HttpResponse):
        return refusal
    return _show_person_form(request, form, refusal, _("添加人员"))


def _add_person(request: HttpRequest, data: dict[str, Any]) -> str:
    actor = person_of(request)
    with transaction.atomic():
        names = {name: data[name] for name in ("username", "display_name", "password")}
        person = add_person(actor=actor, **names)
        _appoint(actor, person, data)
    return _("已添加：%(name)s") % {"name": person.display_name}


def _appoint(actor: Person, person: Person, data: dict[str, Any]) -> None:
    appointment = appoint(
        actor=actor, person=person, agency=data["agency"], role=Role(data["role"]), since=data["since"]
    )
    if data["unit"] is not None:
        place_in_unit(actor=actor, appointment=appointment, unit=Unit.objects.get(pk=data["unit"]))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def person_appoint(request: HttpRequest, person_id: int) -> HttpResponse:
    """Give a person one more role."""
    person = get_object_or_404(Person, pk=person_id)

    def give(request: HttpRequest, data: dict[str, Any]) -> str:
        with transaction.atomic():
            _appoint(person_of(request), person, data)
        return _("已任命：%(name)s") % {"name": person.display_name}

    form = AppointForm(request.POST if request.method == "POST" else None)
    refusal = _try(request, form, give) if request.method == "POST" and form.is_valid() else None
    if isinstance(refusal, HttpResponse):
        return refusal
    return _show_person_form(request, form, refusal, _("任命：%(name)s") % {"name": person.display_name})


def _try(request: HttpRequest, form: Form, act: Any) -> HttpResponse | LawError | None:
    """Do it and go back to the list; refused, tell why."""
    try:
        messages.success(request, act(request, form.cleaned_data))
    except LawError as error:
        return told_beside(form, error)
    return redirect("desk:agencies")


def _show_person_form(request: HttpRequest, form: Form, refusal: LawError | None, heading: str) -> HttpResponse:
    if not is_administrator(person_of(request)) and refusal is None:
        return render(request, "403.html", status=403)
    context = {"form": form, "refusal": refusal, "heading": heading, "back": reverse("desk:agencies")}
    return render(request, "desk/person_form.html", context)
