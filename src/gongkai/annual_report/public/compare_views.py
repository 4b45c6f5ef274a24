"""Comparison for everybody: the years of one agency, or agencies in one year, from what was published."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.validators import slug_re
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from gongkai.agencies.models import Agency
from gongkai.annual_report.models import Publication, ReadReport, Scope
from gongkai.annual_report.public.comparing import (
    MOST_COLUMNS,
    Column,
    column_of,
    column_of_read,
    compare,
)
from gongkai.annual_report.public.selectors import agencies_with_reports, newest_publications

#: More agencies than these are not offered at once: their names are searched for.
MOST_OFFERED = 60


@require_safe
def compare_page(request: HttpRequest, column: object) -> HttpResponse:
    """One agency chosen: its years. Several: one year of them, the newest that they have if none is named."""
    scope = Scope.WHOLE if request.GET.get("scope") == Scope.WHOLE else Scope.OWN
    name = request.GET.get("name", "").replace("\0", "").strip()[:60]
    slugs = [slug for slug in dict.fromkeys(request.GET.getlist("agency")) if slug_re.fullmatch(slug)][:MOST_COLUMNS]
    chosen = list(agencies_with_reports().filter(slug__in=slugs)) if slugs else []
    offered = list(agencies_with_reports(name)[: MOST_OFFERED + 1])
    publications = newest_publications(chosen, scope) if chosen else []
    years = sorted({row.report.year for row in publications}, reverse=True)
    by_year = len(chosen) == 1
    year = _year(request, years)
    shown = _years_of(chosen[0], publications, scope) if by_year else _agencies_in(year, publications)
    compared = compare(shown, by_year=by_year) if shown else None
    context = {
        "column": column,
        "chosen": chosen,
        "offered": [agency for agency in offered[:MOST_OFFERED] if agency not in chosen],
        "more": len(offered) > MOST_OFFERED,
        "years": years,
        "year": year,
        "by_year": by_year,
        "whole": scope == Scope.WHOLE,
        "name": name,
        "compared": compared,
        "data": {"compared": compared.chart(get_language() or "zh-hans")} if compared else {},
    }
    return render(request, "annual_report/public/compare.html", context)


def _year(request: HttpRequest, years: Sequence[int]) -> int | None:
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdecimal() and int(asked) in years else next(iter(years), None)


def _years_of(agency: Agency, publications: Sequence[Publication], scope: str) -> list[Column]:
    """The newest years of an agency, oldest first; where nothing was published here, what was read from an earlier
    report."""
    found = {row.report.year: column_of(row, by_year=True) for row in publications}
    for read in ReadReport.objects.filter(agency=agency, scope=scope).order_by("year", "number"):
        if read.year not in {row.report.year for row in publications}:
            found[read.year] = column_of_read(read, by_year=True)
    return [found[year] for year in sorted(found)][-MOST_COLUMNS:]


def _agencies_in(year: int | None, publications: Sequence[Publication]) -> list[Column]:
    rows = [row for row in publications if row.report.year == year]
    return [column_of(row, by_year=False) for row in sorted(rows, key=lambda row: row.report.agency.path)]
