"""The 专栏 of the agencies: which there are, the front page of each, its columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai.agencies.models import Agency
from gongkai.config.answers import answered
from gongkai.config.asked import whole_number
from gongkai.disclosure.columns.selectors import Node, agency_groups
from gongkai.disclosure.models import ColumnAbsence, ColumnKind
from gongkai.disclosure.public import selectors
from gongkai.disclosure.public.menu import ELSEWHERE, Menu, address_of, leaves_of, menu_of, off_the_menu
from gongkai.disclosure.public.selectors import Asked
from gongkai.disclosure.public.tags import AGENCIES, WHOLE, tags_of
from gongkai.disclosure.public.versions import version_now, version_of
from gongkai.law.validity import Validity

#: The agencies that one page lists; of a larger tree one goes down step by step.
MOST_AGENCIES = 300
YEARS = range(1949, 2200)


@require_safe
def agencies(request: HttpRequest) -> HttpResponseBase:
    """The 专栏 of the site by government, departments, districts, towns; where there is only one, that one."""
    under = _text(request, "under", 40)
    parent = selectors.agency_for_public(under) if under else None
    version = version_of(parent) if parent else version_now()
    rows = Agency.objects.order_by("path")
    rows = rows.filter(depth=parent.depth + 1, path__startswith=parent.path) if parent else rows.filter(depth__lte=2)
    found: list[Agency] = list(rows[: MOST_AGENCIES + 1])
    if len(found) == 1 and parent is None:
        return redirect("portal:agency_columns", found[0].slug)

    def respond() -> HttpResponse:
        groups = agency_groups(found[:MOST_AGENCIES])
        context = {"groups": groups, "parent": parent, "more": len(found) > MOST_AGENCIES, "column": AGENCIES}
        return render(request, "disclosure/public/agencies.html", context)

    return answered(request, [version.number], version.at, respond, reads=["under"])


@require_safe
def agency_columns(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The 专栏 of an agency: its menu, and what came last."""
    agency = selectors.agency_for_public(slug)
    version = version_of(agency)

    def respond() -> HttpResponse:
        items, policies = selectors.newest_items(agency)
        feeds = feeds_of("portal:agency_feed", agency.slug)
        lists = {"items": items, "policies": policies, "feeds": feeds}
        context = {**_frame(agency, menu_of(agency)), **lists, "column": WHOLE}
        return render(request, "disclosure/public/agency.html", context)

    return answered(request, [version.number], version.at, respond)


@require_safe
def column(request: HttpRequest, slug: str, code: str) -> HttpResponseBase:
    """One column: its items as a list, or on to the pages that it has elsewhere."""
    agency = selectors.agency_for_public(slug)
    menu = menu_of(agency, code)
    node = menu.here or off_the_menu(agency, code)
    if node.kind == ColumnKind.LINK or node.kind in ELSEWHERE:
        target = address_of(node, agency)
        if target != request.path:
            return redirect(target)
    version = version_of(agency)

    def respond() -> HttpResponse:
        asked = _asked(request)
        context = {**_frame(agency, menu), **_list(agency, node, asked), "column": tags_of(node)}
        return render(request, "disclosure/public/column.html", context)

    # Not `words`: few ask for the same.
    return answered(request, [version.number], version.at, respond, reads=["page", "year", "subject", "validity"])


def _frame(agency: Agency, menu: Menu) -> dict[str, Any]:
    return {"agency": agency, "menu": menu}


def _list(agency: Agency, node: Node, asked: Asked) -> dict[str, Any]:
    leaves = leaves_of(node) or [node]
    page = selectors.items_of(agency, leaves, asked)
    years, subjects = selectors.choices_of(agency, leaves)
    absence = None if page.lines else ColumnAbsence.objects.filter(agency=agency, column=node.id).first()
    return {
        "node": node,
        "page": page,
        "asked": asked,
        "years": years,
        "subjects": subjects,
        "absence": absence,
        "validities": list(Validity) if node.kind == ColumnKind.DOCUMENTS else [],
        "next_url": _turned(asked, page.next),
        "previous_url": _turned(asked, page.previous),
        "year_links": [(year, _query(asked, year=year)) for year in years],
        "feeds": feeds_of("portal:column_feed", agency.slug, node.code),
    }


def feeds_of(name: str, *args: str) -> list[tuple[str, str, str]]:
    """The forms of a feed: its name, media type and address."""
    forms = (("RSS", "rss"), ("Atom", "atom"), ("JSON Feed", "json"))
    types = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}
    return [(label, types[form], reverse(name, args=[*args, form])) for label, form in forms]


def _asked(request: HttpRequest) -> Asked:
    """What is asked for; nonsense is nothing asked."""
    year = whole_number(request.GET.get("year", ""))
    validity = request.GET.get("validity", "")
    return Asked(
        page=whole_number(request.GET.get("page", "")) or 1,
        year=year if year in YEARS else None,
        subject=_text(request, "subject", 60),
        validity=Validity(validity) if validity in set(Validity) else None,
        words=_text(request, "words", 60),
    )


def _text(request: HttpRequest, name: str, most: int) -> str:
    return "".join(sign for sign in request.GET.get(name, "") if sign.isprintable()).strip()[:most]


def _turned(asked: Asked, page: int | None) -> str:
    return _query(asked, page=page) if page else ""


def _query(asked: Asked, **more: object) -> str:
    said: Mapping[str, object] = {
        "year": asked.year or "",
        "subject": asked.subject,
        "validity": asked.validity or "",
        "words": asked.words,
        **more,
    }
    return f"?{urlencode({name: value for name, value in said.items() if value not in ('', None, 1)})}"
