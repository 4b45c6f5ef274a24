"""The annual report at the desk: the three tables, the records behind each cell, the official files."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import agencies_of, current_agency, roles_of, today
from gongkai.agencies.signed_in import person_of
from gongkai.annual_report.public.pictures import first_figures
from gongkai.annual_report.rendering import render_docx, render_html, render_html_document
from gongkai.annual_report.selectors import FIRST_YEAR, cell_records, figures_of, tables_for
from gongkai.documents.gate.kinds import DOCX
from gongkai.documents.serving import bytes_response
from gongkai.law.applicants import ApplicantKind
from gongkai.law.outcomes import Outcome
from gongkai.law.report_form import Tables, broken_identities


@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    """The year that is reported next: last year's, or the first of the form."""
    agency = current_agency(person_of(request))
    if agency is None:
        raise Http404
    return redirect("desk:report_year", agency.slug, max(today().year - 1, FIRST_YEAR))


@require_safe
def year_page(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """The three tables, every number a link to its records, and whether they add up."""
    person = person_of(request)
    page = figures_of(person, slug, year)
    agency, tables = page.agency, page.tables

    def link(address: str) -> str:
        return reverse("desk:report_cell", args=[slug, year, address])

    context = {
        **_frame(person, agency),
        "year": year,
        "page": page,
        "years": range(today().year, FIRST_YEAR - 1, -1),
        "agencies": agencies_of(person),
        "tables": mark_safe(
            render_html(tables, agency=agency.name, year=year, lang=get_language() or "zh-hans", link=link)
        ),
        "broken": broken_identities(tables),
        "figures": first_figures(tables),
        "chart": chart_of(tables),
    }
    return render(request, "annual_report/year.html", context)


def chart_of(tables: Tables) -> dict[str, Any]:
    """The results of the year by kind of applicant, as the chart draws them; the table stands beside it."""
    language = get_language() or "zh-hans"
    shown = [outcome for outcome in Outcome if tables[f"t3.{outcome.value}.total"]]
    return {
        "outcomes": [outcome.label.of(language) for outcome in shown],
        "series": [
            {
                "name": kind.label.of(language),
                "data": [tables[f"t3.{outcome.value}.{kind.value}"] for outcome in shown],
            }
            for kind in ApplicantKind
        ],
    }


@require_safe
def cell_page(request: HttpRequest, slug: str, year: int, address: str) -> HttpResponse:
    """What was counted in one cell."""
    person = person_of(request)
    after = request.GET.get("after", "")
    found = cell_records(person, slug, year, address, after)
    context = {**_frame(person, found.page.agency), "year": year, "found": found, "after": after}
    return render(request, "annual_report/cell.html", context)


@require_safe
def download(request: HttpRequest, slug: str, year: int, form: str) -> HttpResponse:
    """The tables in the official form, as a file."""
    agency, tables = tables_for(person_of(request), slug, year)
    name = f"{agency.name}{year}年政府信息公开工作年度报告（第二至四部分）"
    if form == "docx":
        return bytes_response(render_docx(tables, agency=agency.name, year=year), f"{name}.docx", DOCX.media_type)
    content = render_html_document(tables, agency=agency.name, year=year)
    return bytes_response(content.encode(), f"{name}.html", "text/html; charset=utf-8")


def _frame(person: Person, agency: Agency) -> dict[str, Any]:
    return {"agency": agency, "roles": sorted(roles_of(person, agency))}
