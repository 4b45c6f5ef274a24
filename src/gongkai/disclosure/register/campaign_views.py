"""文件清理 at the desk: begun, gone through document by document, closed, its result taken along as a sheet."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.agencies.models import Person
from gongkai.agencies.selectors import roles_of
from gongkai.agencies.signed_in import person_of
from gongkai.disclosure.actions.campaigns import begin_campaign, close_campaign, find
from gongkai.disclosure.actions.normative_documents import MAY_EDIT
from gongkai.disclosure.errors import DocumentNotFound
from gongkai.disclosure.models import Campaign, CampaignDocument, Finding
from gongkai.disclosure.register.document_forms import CampaignForm, FindingForm
from gongkai.disclosure.register.selectors import campaigns_for
from gongkai.disclosure.register.validity import with_validity
from gongkai.disclosure.register.views import agency_at, refused
from gongkai.documents.spreadsheet import XLSX, xlsx_portions
from gongkai.law.errors import LawError
from gongkai.law.validity import Validity

#: Which change on the register a finding asks for.
KIND_OF = {
    Finding.AMEND: Validity.AMENDED,
    Finding.REPEAL: Validity.REPEALED,
    Finding.INVALID: Validity.DECLARED_INVALID,
}
SHEET = ("发文字号", "名称", "类别", "成文日期", "清理意见", "理由", "提出人", "现在的有效性")


def _campaign(person: Person, campaign_id: int) -> Campaign:
    found = campaigns_for(person).filter(pk=campaign_id).first()
    if found is None:
        raise DocumentNotFound
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def campaigns(request: HttpRequest, slug: str) -> HttpResponse:
    """The clean-ups of an agency, and the form to begin one."""
    agency, person = agency_at(request, slug), person_of(request)
    form = CampaignForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            begun = begin_campaign(actor=person, agency=agency, **form.cleaned_data)
            return redirect("desk:campaign", begun.pk)
        except LawError as error:
            refused(form, error)
    rows = campaigns_for(person).filter(agency=agency)[:100]
    context = {"agency": agency, "campaigns": rows, "form": form, "edits": bool(MAY_EDIT & roles_of(person, agency))}
    return render(request, "disclosure/campaigns.html", context)


def _rows(campaign: Campaign) -> Any:
    rows = CampaignDocument.objects.filter(campaign=campaign).select_related("document", "found_by").order_by("pk")
    return with_validity(rows, through="document__")


@never_cache
@require_safe
def campaign(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """How far it is, and every document with what was found."""
    person = person_of(request)
    found = _campaign(person, campaign_id)
    lines = [(row, Validity(row.validity), KIND_OF.get(Finding(row.finding))) for row in _rows(found)]
    counted = Counter(row.finding for row, _state, _kind in lines)
    context = {
        "campaign": found, "agency": found.agency, "lines": lines, "done": len(lines) - counted[Finding.OPEN],
        "all": len(lines), "counts": [(finding.label, counted[finding]) for finding in Finding if counted[finding]],
        "edits": bool(MAY_EDIT & roles_of(person, found.agency)) and found.closed_at is None,
        "acts": bool(MAY_EDIT & roles_of(person, found.agency)),
    }  # fmt: skip
    return render(request, "disclosure/campaign.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def finding(request: HttpRequest, row_id: int) -> HttpResponse:
    """What is to become of one document; then the next that is open."""
    person = person_of(request)
    rows = CampaignDocument.objects.filter(campaign__in=campaigns_for(person)).select_related(
        "campaign__agency", "document"
    )
    row = get_object_or_404(rows, pk=row_id)
    form = FindingForm.of(row, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            find(actor=person, row_id=row.pk, finding=Finding(told["finding"]), reason=told["reason"])
            left = row.campaign.documents.filter(finding=Finding.OPEN).order_by("pk").first()
            return redirect("desk:campaign_finding", left.pk) if left else redirect("desk:campaign", row.campaign_id)
        except LawError as error:
            refused(form, error)
    context = {
        "row": row,
        "campaign": row.campaign,
        "agency": row.campaign.agency,
        "document": row.document,
        "form": form,
    }
    return render(request, "disclosure/campaign_finding.html", context)


@require_POST
def close(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """All is said."""
    person = person_of(request)
    try:
        close_campaign(actor=person, campaign_id=_campaign(person, campaign_id).pk)
        messages.success(request, _("清理已结束。"))
    except LawError as error:
        messages.error(request, error.message.of(get_language() or ""))
    return redirect("desk:campaign", campaign_id)


@never_cache
@require_safe
def result(request: HttpRequest, campaign_id: int) -> StreamingHttpResponse:
    """The result as a sheet."""
    found = _campaign(person_of(request), campaign_id)
    lines = (
        (
            row.document.document_number, row.document.title, row.document.get_document_class_display(),
            row.document.made_on, row.get_finding_display(), row.reason, str(row.found_by or ""),
            Validity(row.validity).label.zh,
        )
        for row in _rows(found).iterator(chunk_size=500)
    )  # fmt: skip
    response = StreamingHttpResponse(xlsx_portions("清理结果", SHEET, lines), content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, f"{found.title}.xlsx") or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
