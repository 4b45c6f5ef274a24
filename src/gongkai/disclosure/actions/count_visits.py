"""Add to the counts of visits. No act of a person: it has no actor and stands in no ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import connection, transaction

from gongkai.disclosure.models import PageKind

#: Of an item (its number), or of all pages of another kind.
Key = tuple[dt.date, PageKind, int | None]
_ADD = """
INSERT INTO disclosure_visitcount (day, kind, item_id, count) VALUES (%s, %s, %s, %s)
ON CONFLICT ({key}, day) WHERE item_id IS {which} DO UPDATE SET count = disclosure_visitcount.count + excluded.count
"""
_OF_ITEM = _ADD.format(key="item_id", which="NOT NULL")
_OF_KIND = _ADD.format(key="kind", which="NULL")


@transaction.atomic
def count_visits(counted: Mapping[Key, int]) -> None:
    """Each sum is added to what was counted on that day, whoever else is counting."""
    adapt = connection.ops.adapt_datefield_value
    of_items = [(adapt(day), kind.value, item, number) for (day, kind, item), number in counted.items() if item]
    of_kinds = [(adapt(day), kind.value, None, number) for (day, kind, item), number in counted.items() if not item]
    with connection.cursor() as cursor:
        for statement, rows in ((_OF_ITEM, sorted(of_items)), (_OF_KIND, sorted(of_kinds, key=lambda row: row[:2]))):
            if rows:
                cursor.executemany(statement, rows)
