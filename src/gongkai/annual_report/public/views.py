"""The column 政府信息公开年报: lists, published reports in every version, their files and pictures.

``column``: the tags of the column (网页标签), which the shell of the site gives with the address.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from gongkai.annual_report.content import ReportContent
from gongkai.annual_report.models import Scope
from gongkai.annual_report.public import selectors
from gongkai.annual_report.public.pictures import first_figures, pictures_of
from gongkai.annual_report.public.selectors import Listed, PublishedReport, Version, report_for_public
from gongkai.annual_report.rendering import (
    render_report_docx,
    render_report_html,
    render_report_pdf,
    render_report_xlsx,
)
from gongkai.annual_report.rendering.outline import title
from gongkai.config.answers import answered
from gongkai.config.asked import whole_number
from gongkai.disclosure.public.versions import version_now
from gongkai.documents.gate.kinds import DOCX, PDF, XLSX

KINDS = {**{kind.extensions[0]: kind.media_type for kind in (DOCX, PDF, XLSX)}, "json": "application/json"}
#: A file is made once an hour and process, however often it is asked for.
_KEPT = 3600


@require_safe
def reports(request: HttpRequest, column: object) -> HttpResponseBase:
    """The reports of a year, the newest if none is named; the agencies' own apart from those of whole trees."""
    version, years = version_now(), selectors.years()
    asked = whole_number(request.GET.get("year", ""))
    year = asked if asked in years else next(iter(years), None)
    found, after = (
        selectors.listed_of_year(year, request.GET.get("after", "").replace("\0", "")[:255]) if year else ([], "")
    )

    def respond() -> HttpResponse:
        here = {"year": str(year)}
        pages = {"next_url": f"?{urlencode({**here, 'after': after})}" if after else ""}
        pages["first_url"] = f"?{urlencode(here)}" if "after" in request.GET else ""
        context = {"years": years, "year": year, **pages, **_by_scope(found), "column": column}
        return render(request, "annual_report/public/reports.html", context)

    return answered(request, [version.number], version.at, respond, reads=["year", "after"])


@require_safe
def reports_of(request: HttpRequest, column: object, slug: str) -> HttpResponseBase:
    """Every report of one agency, newest first; its 专栏 leads here also before there is one."""
    version = version_now()
    agency, found = selectors.listed_of_agency(slug)

    def respond() -> HttpResponse:
        context = {"agency": agency, **_by_scope(found), "column": column}
        return render(request, "annual_report/public/reports_of.html", context)

    return answered(request, [version.number], version.at, respond)


def _by_scope(found: list[Listed]) -> dict[str, Any]:
    return {
        "own": [row for row in found if row.report.scope == Scope.OWN],
        "whole": [row for row in found if row.report.scope == Scope.WHOLE],
    }


@require_safe
def report_page(
    request: HttpRequest, column: object, slug: str, year: int, scope: str, number: int | None = None
) -> HttpResponseBase:
    """A published report: the newest version, or an older one that says so."""
    version, found = version_now(), report_for_public(slug, year, scope, number)

    def respond() -> HttpResponse:
        text = render_report_html(found.shown.content, lang=_lang(), published=found.day)
        context = {**_frame(found, column), "text": mark_safe(text), "versions": _versions(found)}
        return render(request, "annual_report/public/report.html", context)

    return answered(request, [version.number], version.at, respond)


@require_safe
def picture_page(request: HttpRequest, column: object, slug: str, year: int, scope: str) -> HttpResponseBase:
    """图解年报: the figures of the newest version as pictures, each with its table."""
    version, found = version_now(), report_for_public(slug, year, scope)

    def respond() -> HttpResponse:
        tables = found.shown.content.tables
        pictures = [picture for picture in pictures_of(tables) if not picture.empty]
        data = {picture.key: picture.as_data(_lang()) for picture in pictures}
        context = {**_frame(found, column), "pictures": pictures, "data": data, "figures": first_figures(tables)}
        return render(request, "annual_report/public/picture.html", context)

    return answered(request, [version.number], version.at, respond)


@require_safe
def file(
    request: HttpRequest, column: object, slug: str, year: int, scope: str, form: str, number: int | None = None
) -> HttpResponseBase:
    """A version as a file; the same bytes each time, whatever else changes on the site."""
    found = report_for_public(slug, year, scope, number)

    def respond() -> HttpResponse:
        response = HttpResponse(_bytes_of(found, form), content_type=KINDS[form])
        name = f"{title(found.shown.content.agency, year).zh}{'（汇总）' if scope == Scope.WHOLE else ''}.{form}"
        shown = form in ("pdf", "json")
        response["Content-Disposition"] = content_disposition_header(not shown, name) or "attachment"
        response["X-Content-Type-Options"] = "nosniff"
        return response

    return answered(request, _made_of(found), found.newest.publication.at, respond)


def _bytes_of(found: PublishedReport, form: str) -> bytes:
    shown = found.shown
    key = f"report:{shown.publication.pk}:{shown.publication.digest}:{found.day}:{form}"
    made: bytes | None = cache.get(key)
    if made is None:
        made = _MAKERS[form](found)
        cache.set(key, made, _KEPT)
    return made


def _file_by(render_file: Callable[..., bytes]) -> Callable[[PublishedReport], bytes]:
    return lambda found: render_file(found.shown.content, published=found.day)


def _json(found: PublishedReport) -> bytes:
    """The cells as the report gives them, under their addresses and as the rows of the form."""
    content: ReportContent = found.shown.content
    data = content.as_data()
    told = {
        **{key: data[key] for key in ("agency", "year", "scope", "form", "cells")},
        "version": found.shown.publication.number,
        "first_published": found.first.isoformat(),
        "published": found.shown.publication.at.isoformat(),
        "tables": content.tables.to_json(),
    }
    return json.dumps(told, ensure_ascii=False).encode()


_MAKERS: dict[str, Callable[[PublishedReport], bytes]] = {
    "docx": _file_by(render_report_docx),
    "pdf": _file_by(render_report_pdf),
    "xlsx": _file_by(render_report_xlsx),
    "json": _json,
}


def _frame(found: PublishedReport, column: object) -> dict[str, Any]:
    content = found.shown.content
    return {
        "found": found,
        "agency": found.report.agency,
        "year": content.year,
        "whole": content.scope == Scope.WHOLE,
        "title": title(content.agency, content.year),
        "column": column,
        "page": _address(found, "report"),
        "picture": _address(found, "report_picture"),
        "files": _files(found),
    }


def _address(found: PublishedReport, name: str, *more: object) -> str:
    suffix = "_whole" if found.report.scope == Scope.WHOLE else ""
    return reverse(f"portal:{name}{suffix}", args=[found.report.agency.slug, found.report.year, *more])


def _files(found: PublishedReport) -> list[tuple[str, str]]:
    """The names of the forms, and where the version shown is in that form."""
    names = {"docx": "Word", "pdf": "PDF", "xlsx": "Excel", "json": "JSON"}
    if not found.outdated:
        return [(name, _address(found, "report_file", form)) for form, name in names.items()]
    number = found.shown.publication.number
    return [(name, _address(found, "report_version_file", number, form)) for form, name in names.items()]


def _versions(found: PublishedReport) -> list[tuple[Version, str]]:
    """Every version, newest first, with its page."""
    newest = found.newest
    return [
        (one, _address(found, "report") if one is newest else _address(found, "report_version", one.publication.number))
        for one in reversed(found.versions)
    ]


def _made_of(found: PublishedReport) -> list[object]:
    return [len(found.versions), found.shown.publication.pk, found.newest.publication.digest]


def _lang() -> str:
    return get_language() or "zh-hans"
