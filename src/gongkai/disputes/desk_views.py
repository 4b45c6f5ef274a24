"""The register of reconsiderations and lawsuits at the desk: list, enter, end."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gongkai.agencies.errors import Invalid
from gongkai.agencies.selectors import agencies_of, roles_of
from gongkai.agencies.signed_in import person_of
from gongkai.config.asked import whole_number
from gongkai.disputes.actions.register import conclude_dispute, open_dispute, require_clerk
from gongkai.disputes.desk_forms import DisputeForm, ResultForm
from gongkai.disputes.models import Dispute, DisputeKind, DisputeResult
from gongkai.law.errors import LawError
from gongkai.law.procedure import Role

PAGE = 50


def _refused(form: Any, error: LawError) -> None:
    field = error.field if isinstance(error, Invalid) and error.field in form.fields else None
    form.add_error(field, error.message.of(get_language() or ""))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def disputes(request: HttpRequest, slug: str) -> HttpResponse:
    """The register, the newest first, and the form for another."""
    person = person_of(request)
    agency = get_object_or_404(agencies_of(person), slug=slug)
    form = DisputeForm(request.POST if request.method == "POST" else None, agency=agency)
    if form.is_bound and form.is_valid():
        told = dict(form.cleaned_data)
        told["kind"] = DisputeKind(told["kind"])
        try:
            open_dispute(actor=person, agency=agency, **told)
            messages.success(request, _("已登记。"))
            return redirect("desk:disputes", slug)
        except LawError as error:
            _refused(form, error)
    rows = Dispute.objects.filter(agency=agency).order_by("-pk")
    before = whole_number(request.GET.get("before", ""))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    page = list(rows[: PAGE + 1])
    context = {
        "agency": agency,
        "form": form,
        "disputes": page[:PAGE],
        "enters": Role.CLERK in roles_of(person, agency),
        "next_url": f"?before={page[PAGE - 1].pk}" if len(page) > PAGE else "",
        "first_url": request.path if before else "",
    }
    return render(request, "disputes/disputes.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def conclude(request: HttpRequest, dispute_id: int) -> HttpResponse:
    """A case ended."""
    person = person_of(request)
    theirs = Dispute.objects.filter(agency__in=agencies_of(person)).select_related("agency")
    dispute = get_object_or_404(theirs, pk=dispute_id)
    require_clerk(person, dispute.agency)
    form = ResultForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        result, on = DisputeResult(form.cleaned_data["result"]), form.cleaned_data["on"]
        try:
            conclude_dispute(actor=person, dispute_id=dispute.pk, result=result, on=on)
            messages.success(request, _("已登记结果。"))
            return redirect("desk:disputes", dispute.agency.slug)
        except LawError as error:
            _refused(form, error)
    return render(request, "disputes/conclude.html", {"dispute": dispute, "agency": dispute.agency, "form": form})
