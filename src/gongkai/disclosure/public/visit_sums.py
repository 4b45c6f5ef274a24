"""Sums of visits for the desk: of an agency's items by column and month, of the whole site by kind of page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Sum
from django.db.models.functions import ExtractMonth

from gongkai.agencies.models import Agency
from gongkai.disclosure.models import Item, PageKind, VisitCount

MOST_ITEMS = 20


@dataclass(frozen=True)
class Row:
    """A name and its visits: in each month of the year from January, and in all of it."""

    name: str
    months: Sequence[int]

    @property
    def all(self) -> int:
        return sum(self.months)


def by_column(agency: Agency, year: int) -> list[Row]:
    """The visits of an agency's items by the column where they stand now, the most visited first; one query."""
    rows = _of_year(year).filter(item__agency=agency).values_list("item__column__name", "month")
    return _rows([(name or "", month, number) for name, month, number in rows.annotate(number=Sum("count"))])


def by_kind(year: int) -> list[Row]:
    """The visits of the whole site by kind of page; one query."""
    rows = _of_year(year).values_list("kind", "month").annotate(number=Sum("count"))
    return _rows([(str(PageKind(kind).label), month, number) for kind, month, number in rows])


def most_visited(agency: Agency, year: int) -> list[tuple[Item, int]]:
    """The items of an agency that were looked at most in a year."""
    rows = _of_year(year).filter(item__agency=agency).values_list("item").annotate(number=Sum("count"))
    numbers: dict[int, int] = dict(rows.order_by("-number", "item")[:MOST_ITEMS])
    items = Item.objects.in_bulk(numbers)
    return [(items[pk], number) for pk, number in numbers.items()]


def years() -> list[int]:
    """The years in which visits were counted, newest first."""
    return [day.year for day in VisitCount.objects.dates("day", "year", order="DESC")]


def _of_year(year: int) -> Any:
    within = VisitCount.objects.filter(day__gte=dt.date(year, 1, 1), day__lte=dt.date(year, 12, 31))
    return within.order_by().annotate(month=ExtractMonth("day"))


def _rows(found: list[tuple[str, int, int]]) -> list[Row]:
    months: dict[str, list[int]] = {}
    for name, month, number in found:
        months.setdefault(name, [0] * 12)[month - 1] += number
    return sorted((Row(name, counted) for name, counted in months.items()), key=lambda row: (-row.all, row.name))
