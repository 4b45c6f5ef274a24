"""Comparison: the years of one agency, or agencies in one year; for everybody, and at the desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.validators import slug_re
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from gongkai.agencies.models import Agency
from gongkai.annual_report.models import Scope
from gongkai.annual_report.public.compared_reports import (
    Columns,
    agencies_in,
    public_columns,
    years_in,
    years_of,
)
from gongkai.annual_report.public.comparing import MOST_COLUMNS, compare
from gongkai.annual_report.public.selectors import agencies_with_reports
from gongkai.config.answers import answered
from gongkai.disclosure.public.versions import version_now

#: More agencies than these are not offered at once: their names are searched for.
MOST_OFFERED = 60


@require_safe
def compare_page(request: HttpRequest, column: object) -> HttpResponseBase:
    """What was published, side by side."""
    version = version_now()

    def respond() -> HttpResponse:
        context = compared(Asked.of(request), agencies_with_reports(), public_columns)
        return render(request, "annual_report/public/compare.html", {**context, "column": column})

    return answered(request, [version.number], version.at, respond, reads=["agency", "year", "scope"])


@dataclass(frozen=True)
class Asked:
    """What the address asks for, whatever it holds."""

    slugs: Sequence[str]
    year: str
    scope: Scope
    name: str

    @classmethod
    def of(cls, request: HttpRequest) -> Asked:
        slugs = [slug for slug in dict.fromkeys(request.GET.getlist("agency")) if slug_re.fullmatch(slug)]
        whole = request.GET.get("scope") == Scope.WHOLE
        return cls(
            slugs=slugs[:MOST_COLUMNS],
            year=request.GET.get("year", ""),
            scope=Scope.WHOLE if whole else Scope.OWN,
            name=request.GET.get("name", "").replace("\0", "").strip()[:60],
        )

    def year_of(self, years: Sequence[int]) -> int | None:
        """The year asked for, the newest if none is or there is no report on it."""
        return next((year for year in years if str(year) == self.year), next(iter(years), None))


def compared(
    asked: Asked, agencies: QuerySet[Agency], columns_of: Callable[[Sequence[Agency], str], Columns]
) -> dict[str, Any]:
    """The context of the page. One agency chosen: its years. Several: one year of them."""
    chosen = list(agencies.filter(slug__in=asked.slugs)) if asked.slugs else []
    offered = list((agencies.filter(name__contains=asked.name) if asked.name else agencies)[: MOST_OFFERED + 1])
    columns = columns_of(chosen, asked.scope) if chosen else {}
    years, by_year = years_in(columns), len(chosen) == 1
    year = asked.year_of(years)
    shown = years_of(chosen[0], columns) if by_year else agencies_in(year, chosen, columns)
    found = compare(shown, by_year=by_year) if shown else None
    return {
        "chosen": chosen,
        "offered": [agency for agency in offered[:MOST_OFFERED] if agency not in chosen],
        "more": len(offered) > MOST_OFFERED,
        "years": years,
        "year": year,
        "by_year": by_year,
        "whole": asked.scope == Scope.WHOLE,
        "name": asked.name,
        "compared": found,
        "data": {"compared": found.chart(get_language() or "zh-hans")} if found else {},
    }
