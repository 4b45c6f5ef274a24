"""Many rows of one table, made ready before the transaction and given to the driver as they are.

A model's own way costs several times as much a row, and while a transaction writes, others wait. Every value goes
through its field all the same, so what is sealed is sealed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, models

#: Exactly these kinds of field: one that is made of them, as the sealed text, does more.
PLAIN: dict[type, type] = {
    models.CharField: str,
    models.TextField: str,
    models.BooleanField: bool,
    models.PositiveIntegerField: int,
    models.PositiveSmallIntegerField: int,
    models.ForeignKey: int,
}


def columns_of(model: type[models.Model]) -> list[str]:
    """The columns of a new row, in their order: all but the key that the database gives."""
    return [field.column for field in _fields(model)]


def row_of(instance: models.Model) -> list[Any]:
    """The instance's values as the driver takes them, in the order of `columns_of`."""
    driver = connections[DEFAULT_DB_ALIAS]  # asked for once: `connection` would look for it at every value
    given = instance.__dict__
    return [
        value
        # What is of the plain type of its field goes through it unchanged, and need not be sent through.
        if plain is not None and type(value := given[field.attname]) is plain
        else field.get_db_prep_save(field.pre_save(instance, True), driver)
        for field, plain in _fields_with_plain(type(instance))
    ]


def prepared(model: type[models.Model], name: str, value: Any) -> Any:
    """One value of this field as the driver takes it."""
    field: models.Field[Any, Any] = model._meta.get_field(name)  # type: ignore[assignment]
    return field.get_db_prep_save(value, connection)


def insert(model: type[models.Model], rows: Iterable[Sequence[Any]], columns: Sequence[str] = ()) -> None:
    """Write them, in the transaction of the caller. `columns`: where a row holds others than `columns_of`."""
    quote = connection.ops.quote_name
    columns = columns or columns_of(model)
    names, places = ", ".join(quote(name) for name in columns), ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        sql = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})"
        cursor.executemany(sql, rows)  # type: ignore[arg-type]  # any iterable will do


@cache
def _fields_with_plain(model: type[models.Model]) -> tuple[tuple[Any, type | None], ...]:
    """Each field, and the type whose values every driver takes as they are; None for a field of any other kind."""
    return tuple((field, PLAIN.get(type(field))) for field in _fields(model))


@cache
def _fields(model: type[models.Model]) -> tuple[Any, ...]:
    return tuple(field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField))
