"""Take the next number of a series."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from gongkai.agencies.models import Agency, NumberSeries


def next_number(agency: Agency, kind: str, year: int) -> int:
    """The next number of this agency, kind and year, inside the transaction of the paper that will bear it.

    The row stays locked until that transaction ends: rolled back, the number is free again; no number is given
    twice and none is skipped. Raises RuntimeError outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("next_number() must run inside the transaction that uses the number")
    series, _ = NumberSeries.objects.get_or_create(agency=agency, kind=kind, year=year)
    NumberSeries.objects.filter(pk=series.pk).update(last=F("last") + 1)
    series.refresh_from_db(fields=["last"])
    return series.last
