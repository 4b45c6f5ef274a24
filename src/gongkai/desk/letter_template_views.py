"""The papers of an agency: their locked texts, its own wording, previews and the test print of them all."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongkai.agencies.models import Agency
from gongkai.agencies.selectors import is_administrator, today
from gongkai.agencies.signed_in import person_of
from gongkai.applications.actions.set_letter_template import (
    checked_wording,
    retire_letter_template,
    set_letter_template,
)
from gongkai.applications.desk_forms import in_words
from gongkai.applications.previews import preview_pdf, print_of_all
from gongkai.applications.responses import pdf_response
from gongkai.applications.selectors.letter_templates import (
    TemplatePage,
    cases_to_preview,
    template_page,
    template_rows,
)
from gongkai.desk.letter_template_forms import PreviewForm, RetireForm, WordingForm
from gongkai.desk.office_views import for_administrators
from gongkai.desk.views import told_beside
from gongkai.law.errors import LawError


@require_safe
def letter_templates(request: HttpRequest, slug: str) -> HttpResponse:
    """Every paper: which version is in force, whose it is."""
    agency = get_object_or_404(Agency, slug=slug)
    context = {"agency": agency, "rows": template_rows(agency, today())}
    return render(request, "desk/letter_templates.html", context)


def _page(slug: str, code: str) -> TemplatePage:
    return template_page(get_object_or_404(Agency, slug=slug), code, today())


@require_safe
def letter_template(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One paper: the locked text with its articles, what the agency adds, its versions, a preview."""
    page = _page(slug, code)
    context = {
        "page": page,
        "agency": page.agency,
        "preview": PreviewForm(cases=cases_to_preview(person_of(request), page.agency)),
        "may_change": is_administrator(person_of(request)) and not page.rule.is_sheet,
    }
    return render(request, "desk/letter_template.html", context)


@for_administrators
def letter_template_edit(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """The agency's own wording: looked at as a letter before it is kept, or kept as the next version."""
    page = _page(slug, code)
    if page.rule.is_sheet:
        raise Http404
    form = WordingForm(request.POST or None, request.FILES or None, page=page)
    refusal: LawError | None = None
    if form.is_bound and form.is_valid():
        try:
            if "preview" in request.POST:
                own = checked_wording(actor=person_of(request), code=code, **form.wording())
                return pdf_response(preview_pdf(page.agency, code, own=own), _preview_name(page))
            row = set_letter_template(actor=person_of(request), agency=page.agency, code=code, **form.version())
            messages.success(request, _("已保存为第%(version)s版。") % {"version": row.version})
            return redirect("desk:letter_template", slug, code)
        except LawError as error:
            refusal = told_beside(form, error)
    return _show(request, page, form, refusal, _("修改本机关内容"), _("保存为新版本"), may_preview=True)


@for_administrators
def letter_template_retire(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Go back to the shared template."""
    page = _page(slug, code)
    form = RetireForm(request.POST or None, page=page)
    refusal: LawError | None = None
    if form.is_bound and form.is_valid():
        try:
            retire_letter_template(
                actor=person_of(request), agency=page.agency, code=code, **form.cleaned_data
            )  # fmt: skip
            messages.success(request, _("已停用本机关内容，届时恢复使用通用模板。"))
            return redirect("desk:letter_template", slug, code)
        except LawError as error:
            refusal = told_beside(form, error)
    return _show(request, page, form, refusal, _("停用本机关内容"), _("停用"))


def _show(
    request: HttpRequest,
    page: TemplatePage,
    form: Any,
    refusal: LawError | None,
    heading: str,
    action: str,
    *,
    may_preview: bool = False,
) -> HttpResponse:
    context = {
        "page": page,
        "agency": page.agency,
        "form": form,
        "refusal": refusal,
        "heading": heading,
        "action": action,
        "may_preview": may_preview,
    }
    return render(request, "desk/letter_template_form.html", context)


@never_cache
@require_safe
def letter_template_preview(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """The paper as it is now, with the invented case or a real one that this person reads."""
    page = _page(slug, code)
    form = PreviewForm(request.GET, cases=(cases := cases_to_preview(person_of(request), page.agency)))
    if not form.is_valid():
        raise Http404
    chosen = next((case for case in cases if str(case.pk) == form.cleaned_data["case"]), None)
    try:
        return pdf_response(preview_pdf(page.agency, code, case=chosen), _preview_name(page))
    except LawError as error:
        messages.error(request, in_words(error.message))
        return redirect("desk:letter_template", slug, code)


def _preview_name(page: TemplatePage) -> str:
    return f"{page.rule.code}{_('（预览）')}.pdf"


@never_cache
@require_safe
def letters_test_print(request: HttpRequest, slug: str) -> HttpResponse:
    """Every paper of the agency, with invented facts, in one file to be printed and looked at."""
    agency = get_object_or_404(Agency, slug=slug)
    try:
        return pdf_response(print_of_all(agency), _("全部文书样张.pdf"))
    except LawError as error:
        messages.error(request, in_words(error.message))
        return redirect("desk:letter_templates", slug)
