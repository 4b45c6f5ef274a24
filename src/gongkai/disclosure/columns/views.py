"""The columns at the desk: the tree as an agency has it, each column's settings and place; the guide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import is_administrator, today
from gongkai.agencies.signed_in import person_of
from gongkai.config.asked import whole_number
from gongkai.disclosure.actions.arrange_columns import (
    add_column,
    edit_column,
    move_column,
    put_away_column,
    restore_column,
)
from gongkai.disclosure.actions.column_absence import end_absence, set_absence
from gongkai.disclosure.actions.set_guide import set_guide
from gongkai.disclosure.columns.forms import AbsenceForm, ColumnForm, GuideForm, NewColumnForm, PlaceForm
from gongkai.disclosure.columns.freshness import Freshness, interval_of, leaves_of
from gongkai.disclosure.columns.guides import guide_of, review_due
from gongkai.disclosure.columns.selectors import NOTHING, Node, arranged_by, standings, tree
from gongkai.disclosure.errors import ColumnNotFound
from gongkai.disclosure.models import Column, ColumnKind
from gongkai.disclosure.register.views import refused
from gongkai.law.errors import LawError
from gongkai.law.texts import Text


def agencies_arranged(person: Person) -> QuerySet[Agency]:
    """Whose columns this person sees here: an administrator everybody's."""
    rows: QuerySet[Agency] = Agency.objects.order_by("path")
    return rows if is_administrator(person) else rows.filter(pk__in=arranged_by(person))


def _agency(request: HttpRequest, slug: str) -> Agency:
    found: Agency = get_object_or_404(agencies_arranged(person_of(request)), slug=slug)
    return found


@dataclass(frozen=True)
class Line:
    """A column on the page. `mine`: this person may change it."""

    node: Node
    items: int
    updated: Any
    interval: int | None
    fresh: Freshness | None
    absent: bool
    mine: bool


@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The columns of the agency this person works for."""
    first = agencies_arranged(person_of(request)).first()
    if first is None:
        raise ColumnNotFound
    return redirect("desk:columns", first.slug)


@never_cache
@require_safe
def columns(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole tree: what stands in it, when it was last updated, and how it stands with that."""
    person, agency = person_of(request), _agency(request, slug)
    counted = standings(agency)
    fresh = {row.node.id: row for row in leaves_of(agency, counted, today())}
    everything, administers = tree(), is_administrator(person)
    lines = []
    for node in _in_order(agency.pk):
        found = counted.get(node.id, NOTHING)
        may = administers or node.owner_id == agency.pk
        away = node.id in everything.absent(agency.pk)
        lines.append(Line(node, found.items, found.updated, interval_of(node), fresh.get(node.id), away, may))
    context = {
        "agency": agency, "agencies": list(agencies_arranged(person)), "lines": lines, "administers": administers,
        "missing": [line.node for line in lines if line.node.protected and line.node.kind == ColumnKind.ITEMS and not line.items],
    }  # fmt: skip
    return render(request, "disclosure/columns.html", context)


def _in_order(agency_id: int) -> list[Node]:
    """The site's columns and the agency's own, parents before what is below them, those put away too."""
    below: dict[str, list[Node]] = {}
    for node in tree().by_id.values():
        if node.owner_id in (None, agency_id):
            below.setdefault(node.parent, []).append(node)
    order = list(Column.objects.values_list("pk", flat=True))
    place = {key: number for number, key in enumerate(order)}
    found: list[Node] = []

    def walk(parent: str) -> None:
        for node in sorted(below.get(parent, ()), key=lambda each: place[each.id]):
            found.append(node)
            walk(node.code)

    walk("")
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def column_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Another column: of the site by an administrator, else of the agency alone."""
    person, agency = person_of(request), _agency(request, slug)
    owner = None if is_administrator(person) and "own" not in request.GET else agency
    bound = request.POST if request.method == "POST" else None
    parent = whole_number(request.GET.get("parent", ""))
    form = NewColumnForm(bound, columns=tree(), agency_id=owner.pk if owner else None, initial={"parent": parent})
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            row = add_column(
                actor=person, code=told["code"], parent_id=told["parent"], kind=ColumnKind(told["kind"]),
                settings=form.settings, owner=owner,
            )  # fmt: skip
            messages.success(request, _("已增设栏目“%(name)s”。") % {"name": row.name})
            return redirect("desk:columns", slug)
        except LawError as error:
            refused(form, error)
    return render(request, "disclosure/column_new.html", {"agency": agency, "owner": owner, "form": form})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def column_edit(request: HttpRequest, slug: str, column_id: int) -> HttpResponse:
    """What is said of one column, its place, and what else can be done with it."""
    person, agency = person_of(request), _agency(request, slug)
    row = _column(agency, column_id)
    form = ColumnForm(request.POST if request.method == "POST" else None, initial=ColumnForm.initial_of(row))
    if form.is_bound and form.is_valid():
        try:
            edit_column(actor=person, column_id=row.pk, settings=form.settings)
            messages.success(request, _("已保存。"))
            return redirect("desk:columns", slug)
        except LawError as error:
            refused(form, error)
    placing = PlaceForm(columns=tree(), agency_id=row.owner_id, initial={"parent": row.parent_id})
    context = {
        "agency": agency, "column": row, "form": form, "placing": placing, "absence": AbsenceForm(),
        "mine": is_administrator(person) or row.owner_id == agency.pk, "absent": row.pk in tree().absent(agency.pk),
    }  # fmt: skip
    return render(request, "disclosure/column.html", context)


def _column(agency: Agency, column_id: int) -> Column:
    found = Column.objects.filter(pk=column_id).select_related("parent").first()
    if found is None or found.owner_id not in (None, agency.pk):
        raise ColumnNotFound
    return found


@require_POST
def column_act(request: HttpRequest, slug: str, column_id: int) -> HttpResponse:
    """One of the acts that need no page of their own: they are done, or why not is said above the tree."""
    person, agency = person_of(request), _agency(request, slug)
    row = _column(agency, column_id)
    act = _acts(person, agency, row, request).get(request.POST.get("act", ""))
    if act is None:
        raise ColumnNotFound
    try:
        act()
        messages.success(request, _("已保存。"))
    except LawError as error:
        messages.error(request, error.message.of(get_language() or ""))
    return redirect("desk:columns", slug)


def _acts(person: Person, agency: Agency, row: Column, request: HttpRequest) -> dict[str, Callable[[], object]]:
    place = list(Column.objects.filter(parent_id=row.parent_id).values_list("pk", flat=True)).index(row.pk)
    move: dict[str, Any] = {"actor": person, "column_id": row.pk, "parent_id": row.parent_id}
    reason = request.POST.get("reason", "")
    return {
        "up": lambda: move_column(**move, place=place - 1),
        "down": lambda: move_column(**move, place=place + 1),
        "move": lambda: move_column(**{**move, "parent_id": _above(row, request)}, place=10_000),
        "put_away": lambda: put_away_column(actor=person, column_id=row.pk),
        "restore": lambda: restore_column(actor=person, column_id=row.pk),
        "absent": lambda: set_absence(actor=person, agency=agency, column_id=row.pk, reason=reason),
        "present": lambda: end_absence(actor=person, agency=agency, column_id=row.pk),
    }


def _above(row: Column, request: HttpRequest) -> int | None:
    """Where it is to be moved, as the form offers it; None: to the top, which must be said. Raises Invalid."""
    form = PlaceForm(request.POST, columns=tree(), agency_id=row.owner_id)
    if "parent" not in request.POST or not form.is_valid():
        raise Invalid("parent", Text("请从列出的上级栏目中选择。", "Choose one of the columns listed."))
    chosen: int | None = form.cleaned_data["parent"]
    return chosen


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def guide_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """政府信息公开指南: what it says, said anew."""
    person, agency = person_of(request), _agency(request, slug)
    found = guide_of(agency)
    said = {name: getattr(found, name) for name in GuideForm.base_fields} if found else None
    form = GuideForm(request.POST if request.method == "POST" else None, initial=said)
    if form.is_bound and form.is_valid():
        try:
            set_guide(actor=person, agency=agency, **form.cleaned_data)
            messages.success(request, _("已保存，公开指南已更新。"))
            return redirect("desk:guide_edit", slug)
        except LawError as error:
            refused(form, error)
    context = {"agency": agency, "form": form, "guide": found, "review_due": review_due(found) if found else None}
    return render(request, "disclosure/guide_edit.html", context)
