"""Tie an item to a row by hand, and untie it: for what stands in another column than the row's."""

from __future__ import annotations

from django.db import transaction

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Person
from gongkai.disclosure.visibility import public_items
from gongkai.grassroots.models import CatalogueRow, RowItem
from gongkai.grassroots.selectors import bodies_around, row_for_editing
from gongkai.law.texts import Text
from gongkai.ledger.actions import record


@transaction.atomic
def tie_item(*, actor: Person, row_id: int, item_id: int) -> RowItem:
    """The item counts for the row. Twice is once. Raises RowNotFound, and Invalid for what is not public or another
    government's."""
    row = row_for_editing(actor, row_id)
    item = public_items().filter(pk=item_id, agency__in=bodies_around(row.owner)).first()
    if item is None:
        raise Invalid("item", Text("没有这条已公开的信息。", "There is no such published item."))
    tie, made = RowItem.objects.get_or_create(row=row, item=item)
    if made:
        _write(row, "grassroots.tie_item", item_id, actor)
    return tie


@transaction.atomic
def untie_item(*, actor: Person, row_id: int, item_id: int) -> None:
    """It no longer does. Raises RowNotFound."""
    row = row_for_editing(actor, row_id)
    gone, _ = RowItem.objects.filter(row=row, item_id=item_id).delete()
    if gone:
        _write(row, "grassroots.untie_item", item_id, actor)


def _write(row: CatalogueRow, act: str, item_id: int, actor: Person) -> None:
    record(
        chain=row.owner.slug, act=act, subject=f"catalogue_row:{row.pk}", facts={"item": item_id}, actor=actor.username
    )
