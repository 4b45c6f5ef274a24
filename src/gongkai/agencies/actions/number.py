"""Take the next number of a series, or several; pass over numbers that were given out elsewhere."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from gongkai.agencies.models import Agency, NumberSeries


def next_number(agency: Agency, kind: str, year: int) -> int:
    """The next number of this agency, kind and year, inside the transaction of the paper that will bear it.

    The row stays locked until that transaction ends: rolled back, the number is free again; no number is given
    twice and none is skipped. Raises RuntimeError outside a transaction.
    """
    return next_numbers(agency, kind, year, 1)[0]


def next_numbers(agency: Agency, kind: str, year: int, count: int) -> range:
    """The next numbers, as many as wanted, as `next_number` would give them one after the other."""
    series = _series(agency, kind, year)
    NumberSeries.objects.filter(pk=series.pk).update(last=F("last") + count)
    series.refresh_from_db(fields=["last"])
    return range(series.last - count + 1, series.last + 1)


def pass_over(agency: Agency, kind: str, year: int, last: int) -> None:
    """Numbers up to `last` were given out elsewhere (in the register that was kept before): go on after them."""
    series = _series(agency, kind, year)
    NumberSeries.objects.filter(pk=series.pk, last__lt=last).update(last=last)


def _series(agency: Agency, kind: str, year: int) -> NumberSeries:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("next_number() must run inside the transaction that uses the number")
    series, _ = NumberSeries.objects.get_or_create(agency=agency, kind=kind, year=year)
    return series
