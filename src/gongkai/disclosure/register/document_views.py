"""The register of documents at the desk: list, one document with what acts did to it, changes entered and struck."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies.models import Agency
from gongkai.agencies.selectors import agencies_of, roles_of
from gongkai.agencies.signed_in import person_of
from gongkai.config.asked import whole_number
from gongkai.disclosure.actions.change_documents import AT_ONCE, change_documents
from gongkai.disclosure.actions.normative_documents import MAY_EDIT, issue_document, require_editor
from gongkai.disclosure.actions.strike_change import strike_change
from gongkai.disclosure.models import DocumentChange, DocumentClass, NormativeDocument
from gongkai.disclosure.register.document_forms import ChangeForm, DocumentForm, DocumentsFilter, StrikeForm
from gongkai.disclosure.register.selectors import changes_of, document_for, documents_for, register_of
from gongkai.disclosure.register.validity import standing_of
from gongkai.disclosure.register.views import agency_at, refused
from gongkai.law.errors import LawError
from gongkai.law.validity import Validity

PAGE = 50


def _edits(request: HttpRequest, agency: Agency) -> bool:
    return bool(MAY_EDIT & roles_of(person_of(request), agency))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def documents(request: HttpRequest, slug: str) -> HttpResponse:
    """The register, the newest first, and the form for another."""
    agency = agency_at(request, slug)
    form = DocumentForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        told = dict(form.cleaned_data)
        told["document_class"] = DocumentClass(told["document_class"])
        try:
            issue_document(actor=person_of(request), agency=agency, **told)
            messages.success(request, _("已登记。"))
            return redirect("desk:documents", slug)
        except LawError as error:
            refused(form, error)
    context = {"agency": agency, "form": form, "edits": _edits(request, agency), **_page_of(request, agency)}
    return render(request, "disclosure/documents.html", context)


def _page_of(request: HttpRequest, agency: Agency) -> dict[str, Any]:
    """The asked-for part of the register and the way to the next."""
    chosen = DocumentsFilter(request.GET, auto_id="chosen_%s")
    rows = register_of(agency, **chosen.asked)
    before = whole_number(request.GET.get("before", ""))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    page = list(rows[: PAGE + 1])
    kept = {name: str(request.GET[name]) for name in chosen.fields if request.GET.get(name)}
    lines = [(row, Validity(row.validity)) for row in page[:PAGE]]  # type: ignore[attr-defined]
    more = f"?{urlencode({**kept, 'before': str(page[PAGE - 1].pk)})}" if len(page) > PAGE else ""
    first = f"{request.path}?{urlencode(kept)}" if before is not None else ""
    return {"lines": lines, "chosen": chosen, "filtered": bool(kept), "next_url": more, "first_url": first}


@never_cache
@require_safe
def document(request: HttpRequest, document_id: int) -> HttpResponse:
    """One document: its state and why, everything that was entered about it, its own page on the site, what it changed."""
    found = document_for(person_of(request), document_id)
    context = {
        "document": found, "agency": found.agency, "edits": _edits(request, found.agency), "standing": standing_of(found),
        "changes": list(changes_of(found)), "did": _did(found), "item": getattr(found, "item", None),
    }  # fmt: skip
    return render(request, "disclosure/document.html", context)


def _did(document: NormativeDocument) -> list[DocumentChange]:
    rows = DocumentChange.objects.filter(by=document, strikes__isnull=True, struck_by__isnull=True)
    return list(rows.select_related("document").order_by("on", "id")[:AT_ONCE])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """One act changes the chosen documents (`?document=`, again and again for 一揽子)."""
    person = person_of(request)
    agency = get_object_or_404(agencies_of(person), slug=slug)
    require_editor(person, agency)
    asked = [number for text in request.GET.getlist("document") if (number := whole_number(text)) is not None]
    chosen = list(documents_for(person).filter(agency=agency, pk__in=asked[:AT_ONCE]).order_by("pk"))
    if not chosen:
        messages.info(request, _("请先在列表中选择文件。"))
        return redirect("desk:documents", slug)
    kind = request.GET.get("kind", "")
    form = ChangeForm(
        request.POST if request.method == "POST" else None,
        agency_id=agency.pk,
        initial={"kind": kind} if kind else None,
    )
    if form.is_bound and form.is_valid():
        try:
            done = change_documents(actor=person, document_ids=[row.pk for row in chosen], **form.told)
            messages.success(request, _("已登记 %(number)s 份文件的变动。") % {"number": len(done)})
            return redirect("desk:document", chosen[0].pk) if len(done) == 1 else redirect("desk:documents", slug)
        except LawError as error:
            refused(form, error)
    return render(request, "disclosure/document_change.html", {"agency": agency, "documents": chosen, "form": form})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def strike(request: HttpRequest, change_id: int) -> HttpResponse:
    """A change that was entered by mistake."""
    person = person_of(request)
    rows = DocumentChange.objects.filter(document__in=documents_for(person)).select_related("document__agency")
    row = get_object_or_404(rows, pk=change_id)
    require_editor(person, row.document.agency)
    form = StrikeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            strike_change(actor=person, change_id=row.pk, reason=form.cleaned_data["reason"])
            messages.success(request, _("已更正。"))
            return redirect("desk:document", row.document_id)
        except LawError as error:
            refused(form, error)
    context = {"change": row, "document": row.document, "agency": row.document.agency, "form": form}
    return render(request, "disclosure/document_strike.html", context)
