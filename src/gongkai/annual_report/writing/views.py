"""The report as it is written, put before the approver, signed and published, at the desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies.errors import Invalid
from gongkai.agencies.signed_in import person_of
from gongkai.annual_report.actions.publish import publish
from gongkai.annual_report.actions.reopen import reopen
from gongkai.annual_report.actions.return_ import return_
from gongkai.annual_report.actions.sign import sign
from gongkai.annual_report.actions.submit import submit
from gongkai.annual_report.actions.write_section import WrittenMeanwhile, write_section
from gongkai.annual_report.rendering import render_report_html
from gongkai.annual_report.visibility import report_for
from gongkai.annual_report.writing.as_read import lenient
from gongkai.annual_report.writing.forms import ActForm, SectionForm, SubmitForm
from gongkai.annual_report.writing.pages import WritingPage
from gongkai.annual_report.writing.sections import ALL, BY_KEY, Section
from gongkai.annual_report.writing.suggestions import suggested
from gongkai.applications.desk_forms import in_words
from gongkai.law.errors import LawError
from gongkai.law.report_procedure import ReportAct

#: The acts that have a page here, by their name in the address.
ACTS: dict[str, ReportAct] = {
    act.value: act for act in (ReportAct.SUBMIT, ReportAct.RETURN, ReportAct.SIGN, ReportAct.PUBLISH, ReportAct.REOPEN)
}


def _page(request: HttpRequest, report_id: int) -> WritingPage:
    person = person_of(request)
    return WritingPage(person, report_for(person, report_id))


@never_cache
@require_safe
def write_page(request: HttpRequest, report_id: int) -> HttpResponse:
    """All sections with what is said of them, where the report stands, what can be done."""
    page = _page(request, report_id)
    return render(request, "annual_report/write.html", {"page": page, "report": page.report})


@never_cache
@require_safe
def read_page(request: HttpRequest, report_id: int) -> HttpResponse:
    """The whole report as it would be published; what is new in it; what was answered to doubts."""
    page = _page(request, report_id)
    whole = render_report_html(lenient(page.content), lang=get_language() or "zh-hans")
    context = {"page": page, "report": page.report, "whole": mark_safe(whole), "changes": page.changes}
    return render(request, "annual_report/write_read.html", context)


# --- One section --------------------------------------------------------------------------------------------
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def section_page(request: HttpRequest, report_id: int, section: str) -> HttpResponse:
    """Write one section: kept as a version; looked at, or given a figure or the suggested text, without being kept."""
    if section not in BY_KEY:
        raise Http404
    page = _page(request, report_id)
    newest = page.newest(section)
    began = {"text": newest.text if newest else "", "seen": newest.number if newest else 0}
    form = _form(page, section, request.POST if request.method == "POST" else None, initial=began)
    refusal: LawError | None = None
    theirs = ""
    if form.is_bound and form.is_valid():
        text, seen = form.cleaned_data["text"], form.cleaned_data["seen"]
        if page.may_write and (other := _changed_without_keeping(request, form, page, section)) is not None:
            return _show(request, page, _form(page, section, initial={"text": other, "seen": seen}), section, other)
        try:
            write_section(actor=page.person, report_id=report_id, section=section, text=text, seen=seen)
            messages.success(request, _("已保存。"))
            return redirect("desk:report_section", report_id, section)
        except WrittenMeanwhile as error:
            refusal, theirs = error, error.theirs.text
            form = _form(page, section, initial={"text": text, "seen": error.theirs.number})
        except Invalid as error:
            form.add_error(error.field if error.field in form.fields else None, in_words(error.message))
        except LawError as error:
            refusal = error
    text = form["text"].value() or ""
    return _show(request, page, form, section, text, refusal=refusal, theirs=theirs)


def _form(page: WritingPage, section: str, data: Any = None, *, initial: dict[str, Any]) -> SectionForm:
    name = in_words(BY_KEY[section].title)
    return SectionForm(data, initial=initial, tables=page.content.tables, name=name)


def _changed_without_keeping(request: HttpRequest, form: SectionForm, page: WritingPage, section: str) -> str | None:
    """The text that another button asks for; None where it is to be saved."""
    text: str = form.cleaned_data["text"]
    if "insert" in request.POST:
        return f"{text}{form.inserted}"
    if "suggest" in request.POST:
        return "\n".join(part for part in (text.rstrip(), suggested(page.report, section, page.content.tables)) if part)
    return text if "preview" in request.POST else None


def _show(
    request: HttpRequest,
    page: WritingPage,
    form: SectionForm,
    section: str,
    text: str,
    *,
    refusal: LawError | None = None,
    theirs: str = "",
) -> HttpResponse:
    shown = page.with_text(section, text)
    context = {
        "page": page,
        "report": page.report,
        "form": form,
        "written": shown.written(section),
        "saved": shown.content.sections.get(section, "") == page.content.sections.get(section, ""),
        "refusal": refusal,
        "theirs": theirs,
        "versions": page.versions(section),
        "suggests": page.may_write and bool(suggested(page.report, section, page.content.tables)),
        **_neighbours(section),
    }
    return render(request, "annual_report/write_section.html", context)


def _neighbours(section: str) -> dict[str, Section | None]:
    keys = [one.key for one in ALL]
    place = keys.index(section)
    return {
        "before_it": ALL[place - 1] if place else None,
        "after_it": ALL[place + 1] if place + 1 < len(ALL) else None,
    }


# --- Acts ---------------------------------------------------------------------------------------------------
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def act_page(request: HttpRequest, report_id: int, act: str) -> HttpResponse:
    """One act, with what it needs to be told."""
    if act not in ACTS:
        raise Http404
    page, taken = _page(request, report_id), ACTS[act]
    form = _act_form(page, taken, request.POST if request.method == "POST" else None)
    refusal: LawError | None = None
    if form.is_bound and form.is_valid():
        try:
            _do(page, taken, form)
            messages.success(request, _("已办理：%(act)s。") % {"act": in_words(taken.label)})
            return redirect("desk:report_write", report_id)
        except Invalid as error:
            form.add_error(error.field if error.field in form.fields else None, in_words(error.message))
        except LawError as error:
            refusal = error
    context = {"page": page, "report": page.report, "form": form, "refusal": refusal, "act": taken}
    return render(request, "annual_report/write_act.html", context)


def _act_form(page: WritingPage, act: ReportAct, data: Any) -> ActForm:
    begun = {"revision": page.report.revision, "digest": page.content.unsigned_digest}
    if act is ReportAct.SUBMIT:
        return SubmitForm(data, initial=begun, notes=page.notes)
    return ActForm(data, initial=begun, act=act, again=page.report.first_published_at is not None)


def _do(page: WritingPage, act: ReportAct, form: ActForm) -> None:
    data = form.cleaned_data
    common: dict[str, Any] = {"actor": page.person, "report_id": page.report.pk, "revision": data["revision"]}
    reason = data.get("reason", "")
    acts: dict[ReportAct, Callable[[], object]] = {
        ReportAct.SUBMIT: lambda: submit(**common, remark=reason, answers=cast("SubmitForm", form).answers),
        ReportAct.RETURN: lambda: return_(**common, reason=reason),
        ReportAct.SIGN: lambda: sign(**common, digest=data["digest"]),
        ReportAct.PUBLISH: lambda: publish(**common, reason=reason),
        ReportAct.REOPEN: lambda: reopen(**common, reason=reason),
    }
    acts[act]()
