"""Give a site the columns it must have, and the usual ones (国办公开办函〔2019〕61号, PLT-02)."""

from __future__ import annotations

from django.db import transaction

from gongkai.disclosure.columns.tree import Planned, planned
from gongkai.disclosure.models import Column
from gongkai.ledger.actions import hold, record
from gongkai.ledger.models import SYSTEM


@transaction.atomic
def install_columns() -> int:
    """Make every planned column that is not there; gives how many. What is there stays as the office has it, put away or
    renamed or moved as it may be: run again, it does nothing."""
    if not _missing():
        return 0
    hold(SYSTEM)  # two that start at once: the later one finds them made
    there = dict(Column.objects.values_list("code", "pk"))
    made = []
    for column, parent, place in planned():
        if column.code in there:
            continue
        row = _row(column, there.get(parent) if parent else None, place)
        row.save(force_insert=True)
        there[column.code] = row.pk
        made.append(column.code)
    if made:
        record(chain=SYSTEM, act="disclosure.install_columns", subject="columns", facts={"columns": made})
    return len(made)


def _missing() -> frozenset[str]:
    codes = frozenset(column.code for column, _parent, _place in planned())
    return codes - frozenset(Column.objects.filter(code__in=codes).values_list("code", flat=True))


def _row(column: Planned, parent: int | None, place: int) -> Column:
    return Column(
        code=column.code, parent_id=parent, name=column.name, description=column.description, keywords=column.keywords,
        page_type=column.page_type, kind=column.kind, content_class=column.content_class, duty=column.duty,
        update_class=column.update_class, interval_days=column.interval_days, due_days=column.due_days,
        protected=column.protected, position=place,
    )  # fmt: skip
