"""The catalogue at the desk: how it is covered, its areas, a row."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Agency
from gongkai.agencies.selectors import roles_of
from gongkai.agencies.signed_in import person_of
from gongkai.disclosure.visibility import public_items
from gongkai.grassroots import coverage, selectors
from gongkai.grassroots.actions.add_area import add_area
from gongkai.grassroots.actions.save_row import add_row, edit_row, retire_row
from gongkai.grassroots.actions.tie_item import tie_item, untie_item
from gongkai.grassroots.errors import RowNotFound
from gongkai.grassroots.forms import AreaForm, RowForm, TieForm
from gongkai.grassroots.models import Area, CatalogueRow
from gongkai.law.errors import LawError


def owner_at(request: HttpRequest, slug: str) -> Agency:
    """The agency whose catalogue it is, for whoever has a role there. Otherwise Http404."""
    return get_object_or_404(selectors.readable(person_of(request)), slug=slug)


def edits(request: HttpRequest, owner: Agency) -> bool:
    return bool(selectors.MAY_EDIT & roles_of(person_of(request), owner))


def owner_to_edit(request: HttpRequest, slug: str) -> Agency:
    """The same for who keeps it. Raises PermissionDenied for the others there."""
    owner = owner_at(request, slug)
    if not edits(request, owner):
        raise PermissionDenied
    return owner


def refused(form: Any, error: LawError) -> None:
    """The refusal at its field, in the language of the page."""
    field = error.field if isinstance(error, Invalid) and error.field in form.fields else None
    form.add_error(field, error.message.of(get_language() or ""))


@never_cache
@require_safe
def catalogues(request: HttpRequest) -> HttpResponse:
    """The catalogues of the agencies where this person works; where there is one, that one."""
    agencies = list(selectors.readable(person_of(request)))
    if len(agencies) == 1:
        return redirect("desk:grassroots_overview", agencies[0].slug)
    return render(request, "grassroots/catalogues.html", {"agencies": agencies})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """Coverage and timeliness by area and by body, with the chart; the form for a local area."""
    owner = owner_at(request, slug)
    form = AreaForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            add_area(actor=person_of(request), agency=owner, **form.cleaned_data)
            messages.success(request, _("已增加领域。"))
            return redirect("desk:grassroots_overview", slug)
        except LawError as error:
            refused(form, error)
    found = coverage.coverage_of(selectors.rows_of(owner))
    areas = coverage.by_area(found)
    used = {share.key for share in areas}
    context = {
        "owner": owner, "edits": edits(request, owner), "form": form, "areas": areas,
        "bodies": coverage.by_agency(found), "rows": len(found), "satisfied": sum(one.satisfied for one in found),
        "late": sum(one.late for one in found), "items": sum(one.items for one in found),
        "unused": [area for area in Area.objects.filter(active=True) if area.code not in used],
        "chart": _chart(areas),
    }  # fmt: skip
    return render(request, "grassroots/overview.html", context)


def _chart(areas: list[coverage.Share]) -> dict[str, Any]:
    series = [
        {"name": str(_("达标")), "data": [one.satisfied for one in areas]},
        {"name": str(_("未达标")), "data": [one.rows - one.satisfied for one in areas]},
    ]
    return {"coverage": {"categories": [one.name for one in areas], "series": series, "stacked": True}}


@never_cache
@require_safe
def area(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """The rows of one area, each with how it stands."""
    owner, one = owner_at(request, slug), get_object_or_404(Area, code=code)
    found = coverage.coverage_of(selectors.rows_of(owner, one))
    only = request.GET.get("only", "")
    shown = [row for row in found if not row.satisfied] if only == "gaps" else found
    context = {
        "owner": owner,
        "area": one,
        "rows": shown,
        "all": len(found),
        "only": only,
        "edits": edits(request, owner),
    }
    return render(request, "grassroots/area.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def row_new(request: HttpRequest, slug: str) -> HttpResponse:
    """A new row."""
    owner = owner_to_edit(request, slug)
    start = {"area": Area.objects.filter(code=request.GET.get("area", "")).values_list("pk", flat=True).first()}
    form = RowForm(request.POST if request.method == "POST" else None, owner=owner, initial=start)
    if form.is_bound and form.is_valid():
        area, column = form.cleaned_data["area"], form.cleaned_data["column"]
        try:
            add_row(actor=person_of(request), owner=owner, area=area, values=form.values(), column=column)
            messages.success(request, _("已保存。"))
            return redirect("desk:grassroots_area", slug, area.code)
        except LawError as error:
            refused(form, error)
    return render(request, "grassroots/row.html", {"owner": owner, "form": form, "row": None})


def _row(request: HttpRequest, row_id: int) -> CatalogueRow:
    rows = CatalogueRow.objects.select_related("owner", "area", "column")
    found = rows.filter(pk=row_id, owner__in=selectors.readable(person_of(request))).first()
    if found is None:
        raise RowNotFound
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def row(request: HttpRequest, row_id: int) -> HttpResponse:
    """One row: what it says, how it stands, the items tied to it; for its editor, the form."""
    one = _row(request, row_id)
    form = RowForm(request.POST if request.method == "POST" else None, owner=one.owner, row=one)
    if form.is_bound and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("area", "column", "changes")}
        try:
            edit_row(actor=person_of(request), row_id=one.pk, values=form.values(), **told)
            messages.success(request, _("已保存。"))
            return redirect("desk:grassroots_row", one.pk)
        except LawError as error:
            refused(form, error)
    return render(request, "grassroots/row.html", _row_context(request, one, form))


def _row_context(request: HttpRequest, one: CatalogueRow, form: RowForm) -> dict[str, Any]:
    tied = public_items().filter(catalogue_ties__row=one).select_related("agency")
    return {
        "owner": one.owner, "row": one, "form": form, "edits": edits(request, one.owner) and one.active,
        "standing": coverage.coverage_of([one])[0], "tied": list(tied[:50]), "tie_form": TieForm(),
    }  # fmt: skip


@require_POST
def row_act(request: HttpRequest, row_id: int, act: str) -> HttpResponse:
    """Put a row away, tie an item to it, untie one."""
    one, person = _row(request, row_id), person_of(request)
    form = TieForm(request.POST)
    try:
        if act == "retire":
            retire_row(actor=person, row_id=one.pk)
            messages.success(request, _("这一行已停用。"))
            return redirect("desk:grassroots_area", one.owner.slug, one.area.code)
        if not form.is_valid():
            messages.error(request, _("请填写信息编号。"))
        elif act == "tie":
            tie_item(actor=person, row_id=one.pk, item_id=form.cleaned_data["item"])
            messages.success(request, _("已关联。"))
        else:
            untie_item(actor=person, row_id=one.pk, item_id=form.cleaned_data["item"])
            messages.success(request, _("已取消关联。"))
    except LawError as error:
        messages.error(request, error.message.of(get_language() or ""))
    return redirect("desk:grassroots_row", one.pk)
