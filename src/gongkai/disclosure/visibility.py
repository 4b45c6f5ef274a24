"""The one rule of what the public sees of 主动公开: lists, pages, search, feeds, site map and exports all ask here."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import roles_held
from gongkai.disclosure.models import Item, ItemState, OldAddress, Revision

#: What anybody may read now, as a condition on items; of one item `is_public` says the same.
_SEEN = ItemState.PUBLISHED
PUBLIC = Q(state=_SEEN)


def is_public(item: Item) -> bool:
    """Whether anybody may read this item now."""
    return state_is_public(item.state)


def state_is_public(state: str | None) -> bool:
    """The same of the state of an item alone; None: there is no item."""
    return state == _SEEN


def public_through(way: str) -> Q:
    """The same as a condition on rows that lead to an item by this way („revision__item__“)."""
    return Q(**{f"{way}state": _SEEN})


def public_items(agency: Agency | None = None) -> QuerySet[Item]:
    """What anybody may read now: published, not withdrawn; the newest first. Columns that were put away keep theirs."""
    rows = Item.objects.filter(PUBLIC)
    if agency is not None:
        rows = rows.filter(agency=agency)
    return rows.order_by("-published_at", "-id")


def once_public() -> QuerySet[Item]:
    """What is or was public: whoever shows one asks `is_public`, and of what is not shows nothing but that."""
    return Item.objects.filter(state__in=[ItemState.PUBLISHED, ItemState.SUSPENDED, ItemState.WITHDRAWN])


def items_for(person: Person) -> QuerySet[Item]:
    """The items of the agencies where this person has a role, published or not."""
    return Item.objects.filter(agency__in=roles_held(person)).select_related("agency", "column")


def revisions_for(person: Person) -> QuerySet[Revision]:
    """The revisions of those items."""
    return Revision.objects.filter(item__agency__in=roles_held(person)).select_related("item__agency", "column")


def item_at_old_address(path: str, query: str) -> int | None:
    """Which item that is or was public stood at an address of an earlier site, with its query or without. One query."""
    if "\x00" in path + query:
        return None
    asked = [f"{path}?{query}", path] if query else [path]
    rows = OldAddress.objects.filter(path__in=asked).exclude(item__state=ItemState.UNPUBLISHED)
    found = dict(rows.values_list("path", "item"))
    return next((found[each] for each in asked if each in found), None)
