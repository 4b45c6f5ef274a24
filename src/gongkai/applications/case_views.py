"""What can be done on the case page beside the steps: each act its own address, each refusal told at its form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from gongkai.agencies.models import Person
from gongkai.agencies.signed_in import person_of
from gongkai.applications.actions.add_paper import add_paper
from gongkai.applications.actions.assign import assign, claim
from gongkai.applications.actions.note import add_note
from gongkai.applications.actions.reveal import reveal
from gongkai.applications.actions.split import split
from gongkai.applications.case_forms import SIDE_FORMS, SideForm
from gongkai.applications.desk_forms import in_words
from gongkai.applications.desk_views import field_of, show_case
from gongkai.applications.selectors import CasePage, case_page
from gongkai.law.errors import LawError


@never_cache
@require_POST
def assign_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """Give the case to a unit or a person."""

    def give(actor: Person, data: Mapping[str, Any]) -> str:
        holder = Person.objects.get(pk=data["holder"]) if data["holder"] else None
        assign(case_ids=[case_id], actor=actor, **{**data, "holder": holder})
        return _("已分办。")

    return _take(request, case_id, "assign", give, "work-title")


@never_cache
@require_POST
def claim_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """Take the case oneself."""
    try:
        claim(case_id=case_id, actor=person_of(request))
        messages.success(request, _("已认领，由您承办。"))
    except LawError as error:
        messages.error(request, in_words(error.message))
    return redirect("desk:case", case_id)


@never_cache
@require_POST
def split_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """Register a case for each of several matters."""

    def part(actor: Person, data: Mapping[str, Any]) -> str:
        cases = split(case_id=case_id, actor=actor, **data)
        return _("已登记，拆分为 %(count)s 件：%(numbers)s。") % {
            "count": len(cases),
            "numbers": _("、").join(case.number for case in cases),
        }

    return _take(request, case_id, "split", part)


@never_cache
@require_POST
def add_papers(request: HttpRequest, case_id: int) -> HttpResponse:
    """Put papers into the case."""

    def file(actor: Person, data: Mapping[str, Any]) -> str:
        papers = add_paper(case_id=case_id, actor=actor, **data)
        return _("已添加 %(count)s 份材料。") % {"count": len(papers)}

    return _take(request, case_id, "paper", file, "papers-title")


@never_cache
@require_POST
def note_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """Write a note for colleagues."""

    def write(actor: Person, data: Mapping[str, Any]) -> str:
        add_note(case_id=case_id, actor=actor, **data)
        return _("已添加备注。")

    return _take(request, case_id, "note", write, "notes-title")


@never_cache
@require_POST
def reveal_identity(request: HttpRequest, case_id: int) -> HttpResponse:
    """The case page once with the identity whole. It is the answer to this request and has no address of its own."""
    page = case_page(person_of(request), case_id)
    form = SIDE_FORMS["reveal"](request.POST, page=page)
    if not form.is_valid():
        return show_case(request, page, side_failed=form)
    try:
        identity = reveal(case_id=case_id, actor=person_of(request), reason=form.cleaned_data["reason"])
    except LawError as error:
        return _refused(request, page, form, error)
    return show_case(request, case_page(person_of(request), case_id), identity=identity)


def _take(
    request: HttpRequest,
    case_id: int,
    name: str,
    act: Callable[[Person, Mapping[str, Any]], str],
    place: str = "",
) -> HttpResponse:
    """Check the form, act, and go back to the case; refused, the page comes back with everything that was typed."""
    page = case_page(person_of(request), case_id)
    form = SIDE_FORMS[name](request.POST, request.FILES, page=page)
    if not form.is_valid():
        return show_case(request, page, side_failed=form)
    try:
        messages.success(request, act(person_of(request), form.cleaned_data))
    except LawError as error:
        return _refused(request, case_page(person_of(request), case_id), form, error)
    return redirect(reverse("desk:case", args=[case_id]) + (f"#{place}" if place else ""))


def _refused(request: HttpRequest, page: CasePage, form: SideForm, error: LawError) -> HttpResponse:
    """Beside the field it is about where there is one, else above the page."""
    field = field_of(error, form)
    if field is None:
        return show_case(request, page, side_failed=form, refusal=error)
    form.add_error(field, in_words(error.message))
    return show_case(request, page, side_failed=form)
