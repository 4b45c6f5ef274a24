"""The menu of an agency's 专栏: the blocks and the statutory tree, as its pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse

from gongkai.agencies.models import Agency
from gongkai.disclosure.columns.selectors import Node, tree
from gongkai.disclosure.models import ColumnKind
from gongkai.disclosure.public.links import leads_away, notice_address

#: What has pages of its own, and their names.
ELSEWHERE = {
    ColumnKind.GUIDE: "portal:guide",
    ColumnKind.REPORTS: "portal:reports_of",
    ColumnKind.APPLY: "portal:apply_form",
    ColumnKind.GRASSROOTS: "portal:grassroots",
}
#: Pages that only an agency has that takes applications.
_OF_ACCEPTING = (ColumnKind.GUIDE, ColumnKind.APPLY)


@dataclass(frozen=True)
class Entry:
    """A column on the menu. `open`: it is the page's own (`current`) or that lies below it."""

    node: Node
    address: str
    open: bool
    current: bool
    children: Sequence[Entry]


@dataclass(frozen=True)
class Menu:
    """All of it, and the way from the top to the page's own column (empty on the front page)."""

    entries: Sequence[Entry]
    way: Sequence[Entry]

    @property
    def here(self) -> Node | None:
        return self.way[-1].node if self.way else None


def menu_of(agency: Agency, code: str = "") -> Menu:
    """The columns that this agency shows, in order. A code that it does not show is not found on it."""
    columns = tree()
    open_ = [node.code for node in columns.path(code)] if code else []
    entries = [_entry(node, agency, open_) for node in columns.of(agency.pk)]
    way: list[Entry] = []
    below: Sequence[Entry] = entries
    while found := next((entry for entry in below if entry.open), None):
        way.append(found)
        below = found.children
    return Menu(entries, way if way and way[-1].current else [])


def _entry(node: Node, agency: Agency, open_: Sequence[str]) -> Entry:
    children = [_entry(child, agency, open_) for child in node.children]
    return Entry(node, address_of(node, agency), node.code in open_, node.code == (open_ or [""])[-1], children)


def off_the_menu(agency: Agency, code: str) -> Node:
    """A column that the agency does not show (any more): its address stays, and what stood there. Http404 for none."""
    node = tree().by_code.get(code)
    if node is None or node.owner_id not in (None, agency.pk):
        raise Http404
    return node


def leaves_of(node: Node) -> list[Node]:
    """The columns at or below this one that hold items."""
    return [below for below in node.walk() if below.is_leaf]


def address_of(node: Node, agency: Agency) -> str:
    """Where a column is to be read: its list, the pages that it has elsewhere, or the site it leads to."""
    if node.kind == ColumnKind.LINK:
        return notice_address(node.link) if leads_away(node.link) else node.link
    kind = ColumnKind(node.kind)
    if kind is ColumnKind.GRASSROOTS:
        return reverse(ELSEWHERE[kind])
    if kind in ELSEWHERE and (agency.accepts_applications or kind not in _OF_ACCEPTING):
        return reverse(ELSEWHERE[kind], args=[agency.slug])
    return reverse("portal:column", args=[agency.slug, node.code])
