"""The feeds of an agency and of its columns."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai.agencies.models import Agency
from gongkai.config.answers import answered
from gongkai.disclosure.columns.selectors import Node
from gongkai.disclosure.public import selectors
from gongkai.disclosure.public.feeds import TYPES, Feed, entries_of, written
from gongkai.disclosure.public.menu import leaves_of, menu_of, off_the_menu
from gongkai.disclosure.public.versions import version_of


@require_safe
def agency_feed(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The newest items of an agency."""
    agency = selectors.agency_for_public(slug)
    page = reverse("portal:agency_columns", args=[slug])
    return _feed(request, form, agency, None, f"{agency.name}政府信息公开", page)


@require_safe
def column_feed(request: HttpRequest, slug: str, code: str, form: str) -> HttpResponseBase:
    """The newest items of a column and of those below it."""
    agency = selectors.agency_for_public(slug)
    node = menu_of(agency, code).here or off_the_menu(agency, code)
    page = reverse("portal:column", args=[slug, code])
    return _feed(request, form, agency, leaves_of(node), f"{agency.name} {node.name}", page, node.description)


def _feed(
    request: HttpRequest,
    form: str,
    agency: Agency,
    columns: list[Node] | None,
    title: str,
    page: str,
    description: str = "",
) -> HttpResponseBase:
    version = version_of(agency)

    def respond() -> HttpResponse:
        said = description or f"{agency.name}新公开的政府信息"
        feed = Feed(title, said, request.build_absolute_uri(page), request.build_absolute_uri())
        items = selectors.fed(agency, columns)
        entries = entries_of(items, lambda item: request.build_absolute_uri(reverse("portal:item", args=[item.pk])))
        return HttpResponse(written(feed, entries, form), content_type=TYPES[form])

    return answered(request, [version.number], version.at, respond)
