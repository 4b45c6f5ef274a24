"""The one rule of what the public sees of 主动公开: lists, pages, search, feeds, site map and exports all ask here."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import roles_held
from gongkai.disclosure.errors import ItemNotFound
from gongkai.disclosure.models import Item, ItemState, Revision


def public_items(agency: Agency | None = None) -> QuerySet[Item]:
    """What anybody may read now: published, not withdrawn; the newest first. Columns that were put away keep theirs."""
    rows = Item.objects.filter(state=ItemState.PUBLISHED)
    if agency is not None:
        rows = rows.filter(agency=agency)
    return rows.order_by("-published_at", "-id")


def public_item(item_id: int) -> Item:
    """An item that is or was public, with its current revision. A withdrawn one is found too: its address tells that it
    was withdrawn and why (410). Raises ItemNotFound for what never was public."""
    known = Q(state=ItemState.PUBLISHED) | Q(state=ItemState.WITHDRAWN)
    found = Item.objects.filter(known, pk=item_id).select_related("agency", "column", "current", "document").first()
    if found is None:
        raise ItemNotFound
    return found


def items_for(person: Person) -> QuerySet[Item]:
    """The items of the agencies where this person has a role, published or not."""
    return Item.objects.filter(agency__in=roles_held(person)).select_related("agency", "column")


def revisions_for(person: Person) -> QuerySet[Revision]:
    """The revisions of those items."""
    return Revision.objects.filter(item__agency__in=roles_held(person)).select_related("item__agency", "column")
