"""Queries that pages ask at every visit, put together once: the database is asked the same, Django builds nothing anew.

Of what a page of an item costs, putting its SQL together was more than half; asking it is a tenth (decision 21). Only for
what hundreds of people ask in a minute: anything else is a queryset.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet

_Model = TypeVar("_Model", bound=Model)
#: Stands in the queryset where the number of a row is asked for: no row has it.
ASKED = -817_263_545


class Prepared:
    """A queryset of values (`values_list`) with `ASKED` in place of one number that changes.

    ``build`` is called once in a process: what it says may depend on nothing but the models. A day or a setting in it
    would be that of the first visit.
    """

    def __init__(self, build: Callable[[], QuerySet[Any, Any]]) -> None:
        self._build = build
        self._whole: _Whole | None = None

    def rows(self, asked: int = 0) -> list[Sequence[Any]]:
        """What the database holds now; one query. ``asked``: the number."""
        whole = self._whole or self._put_together()
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(whole.sql, [asked if each == ASKED else each for each in whole.parameters])
            found = cursor.fetchall()
        return list(whole.compiler.apply_converters(found, whole.converters))

    def row(self, asked: int = 0) -> Sequence[Any] | None:
        """The only one, or none."""
        found = self.rows(asked)
        return found[0] if found else None

    def _put_together(self) -> _Whole:
        # Kept in one step: two threads that come first do it both, and the same.
        compiler = self._build().query.get_compiler(using=DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        converters = compiler.get_converters([column for column, *_ in compiler.select])
        self._whole = _Whole(compiler, converters, sql, parameters)
        return self._whole


@dataclass(frozen=True, slots=True)
class _Whole:
    """The query, and what makes Python's values of the database's."""

    compiler: Any
    converters: Any
    sql: str
    parameters: Sequence[Any]


class Told(Generic[_Model]):
    """A model as a prepared query tells it: all its columns, or its key and some (the others are fetched where somebody
    asks for them, which a page must not); with `through` before their names."""

    def __init__(self, model: type[_Model], through: str = "", only: Sequence[str] = ()) -> None:
        self.model = model
        names = [field.attname for field in model._meta.concrete_fields]
        self._names = [name for name in names if not only or name in ("id", *only)]
        self.columns = [through + name for name in self._names]

    def of(self, values: Iterator[Any]) -> _Model | None:
        """The next row of it in the values, which are used up so far; None where it hangs on nothing."""
        mine = list(islice(values, len(self._names)))
        return None if mine[0] is None else self.model.from_db(DEFAULT_DB_ALIAS, self._names, mine)
