"""检查年度报告 at the desk: files in, what was found, the same as a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies.signed_in import person_of
from gongkai.annual_report.actions.check_reports import check_reports
from gongkai.annual_report.audit import Finding, Severity
from gongkai.annual_report.check_forms import CheckForm
from gongkai.annual_report.check_sheets import workbook
from gongkai.annual_report.checking import Checked
from gongkai.annual_report.incoming import from_kept
from gongkai.annual_report.models import CheckRun
from gongkai.annual_report.selectors import agency_for_report, check_for, checks_of
from gongkai.documents.serving import bytes_response
from gongkai.documents.spreadsheet import XLSX
from gongkai.documents.store import keep
from gongkai.law.texts import Text

#: Earlier checks listed below the form.
_LATEST = 20


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Give files to be checked; the latest checks of this agency below."""
    person = person_of(request)
    agency = agency_for_report(person, slug)
    form = CheckForm(request.POST, request.FILES) if request.method == "POST" else CheckForm()
    if form.is_bound and form.is_valid():
        uploads = form.cleaned_data["reports"]
        kept = [(keep(one.data, name=one.name, media_type=one.media_type), one.name) for one in uploads]
        run = check_reports(actor=person, agency=agency, files=kept, level=form.chosen)
        return redirect("desk:report_check_run", run.pk)
    runs = checks_of(agency)[:_LATEST]
    return render(request, "annual_report/check.html", {"agency": agency, "form": form, "runs": runs})


@dataclass(frozen=True, slots=True)
class _Group:
    """The findings of one file and severity."""

    label: Text
    severity: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Shown:
    """One file as the page shows it."""

    checked: Checked
    compared: bool
    groups: tuple[_Group, ...]


@never_cache
@require_safe
def run_page(request: HttpRequest, run_id: int) -> HttpResponse:
    """How far it has come, and what was found, by file and severity; files with errors first."""
    run = check_for(person_of(request), run_id)
    shown = sorted(_shown(run), key=lambda one: -one.checked.count(Severity.ERROR))
    counts = [(severity.label, sum(one.checked.count(severity) for one in shown)) for severity in Severity]
    unread = sum(one.checked.error is not None for one in shown)
    context = {"agency": run.agency, "run": run, "files": shown, "counts": counts, "unread": unread}
    return render(request, "annual_report/check_run.html", context)


@never_cache
@require_safe
def run_workbook(request: HttpRequest, run_id: int) -> HttpResponse:
    """The same as a workbook, once it is done."""
    run = check_for(person_of(request), run_id)
    if run.finished_at is None:
        raise Http404
    data = b"".join(workbook([_checked(one) for one in run.result or []], get_language() or "zh-hans"))
    return bytes_response(data, _("年度报告检查结果") + ".xlsx", XLSX)


def _shown(run: CheckRun) -> Iterator[_Shown]:
    for one in run.result or []:
        checked = _checked(one)
        groups = (
            _Group(severity.label, severity.value, tuple(f for f in checked.findings if f.severity is severity))
            for severity in Severity
        )
        yield _Shown(checked, one.get("compared", False), tuple(group for group in groups if group.findings))


def _checked(kept: dict[str, Any]) -> Checked:
    """As the command has it, from what the job kept."""
    if "error" in kept:
        code, *words = kept["error"]
        return Checked(kept["file"], error=(code, Text(*words)))
    findings = from_kept(kept["findings"])
    return Checked(kept["file"], kept["agency"], kept["year"], kept["form"], None, kept["complete"], findings)
