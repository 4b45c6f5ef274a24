"""Many rows of one table, made ready before the transaction and given to the driver as they are.

A model's own way costs several times as much a row, and while a transaction writes, others wait. Every value goes
through its field all the same, so what is sealed is sealed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, models


def columns_of(model: type[models.Model]) -> list[str]:
    """The columns of a new row, in their order: all but the key that the database gives."""
    return [field.column for field in _fields(model)]


def row_of(instance: models.Model) -> list[Any]:
    """The instance's values as the driver takes them, in the order of `columns_of`."""
    driver = connections[DEFAULT_DB_ALIAS]  # asked for once: `connection` would look for it at every value
    return [field.get_db_prep_save(field.pre_save(instance, True), driver) for field in _fields(type(instance))]


def prepared(model: type[models.Model], name: str, value: Any) -> Any:
    """One value of this field as the driver takes it."""
    return model._meta.get_field(name).get_db_prep_save(value, connection)


def insert(model: type[models.Model], rows: Iterable[Sequence[Any]], columns: Sequence[str] = ()) -> None:
    """Write them, in the transaction of the caller. `columns`: where a row holds others than `columns_of`."""
    quote = connection.ops.quote_name
    columns = columns or columns_of(model)
    names, places = ", ".join(quote(name) for name in columns), ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})", rows)


@cache
def _fields(model: type[models.Model]) -> tuple[Any, ...]:
    return tuple(field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField))
