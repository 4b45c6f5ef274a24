"""Several small reads in one statement: what stands around a list, without a trip to the database for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

#: No count walks more rows than this.
MOST = 1000


class Choice(NamedTuple):
    """One row of a list: its key, its name, and what else was asked of it."""

    pk: int
    name: str
    more: str = ""


def read_together(
    counts: Mapping[str, QuerySet[Any]], lists: Mapping[str, tuple[QuerySet[Any], Sequence[str]]], most: int = MOST
) -> tuple[dict[str, int], dict[str, list[Choice]]]:
    """How many rows each of `counts` has, at most `most`; and the rows of each of `lists`, by key: two or three columns
    of each, the first its key."""
    parts: list[tuple[str, tuple[Any, ...]]] = []
    for name, rows in counts.items():
        _add(parts, f"SELECT '{name}', COUNT(*), '', '' FROM ({{}}) t", rows.order_by().values("pk")[:most])
    for name, (rows, columns) in lists.items():
        shown = rows.order_by().values(*columns)
        names = [rows.model._meta.get_field(column).column for column in columns]
        asked = ", ".join([*names, *["''"] * (3 - len(names))])
        _add(parts, f"SELECT '{name}', {asked} FROM ({{}}) t", shown)
    numbers: dict[str, int] = dict.fromkeys(counts, 0)
    found: dict[str, list[Choice]] = defaultdict(list)
    for kind, number, name, more in _rows(parts):
        if kind in numbers:
            numbers[kind] = number
        else:
            found[kind].append(Choice(number, name, more))
    return numbers, {name: sorted(found[name]) for name in lists}


def _add(parts: list[tuple[str, tuple[Any, ...]]], around: str, rows: QuerySet[Any]) -> None:
    try:
        sql, params = rows.query.sql_with_params()
    except EmptyResultSet:
        return
    parts.append((around.format(sql), params))


def _rows(parts: list[tuple[str, tuple[Any, ...]]]) -> list[tuple[str, int, str, str]]:
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(sql for sql, _ in parts), [param for _, params in parts for param in params])
        return list(cursor.fetchall())
