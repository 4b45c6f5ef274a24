"""The order of the inbox and its pages, found by key: no page is counted to, and no row is read that is not shown.

What is urgent comes in three parts: receipts to be confirmed, which have no due date yet; what runs, by its due date;
what is answered and only waits for the archive. Each part is a walk along the index `application_inbox`, whichever way
a database sorts its NULLs; one statement joins the three.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from gongkai.applications.models import Application, ClockState

PAGE = 50


class Place(NamedTuple):
    """Where a case stands in the order: its part, its due date, its key."""

    part: int
    due: date | None
    pk: int


PARTS = (
    Q(due_on__isnull=True),
    Q(due_on__isnull=False) & ~Q(clock_state=ClockState.CLOSED),
    Q(due_on__isnull=False, clock_state=ClockState.CLOSED),
)


def place_of(application: Application) -> Place:
    """Where a case stands among the urgent ones."""
    if application.due_on is None:
        return Place(0, None, application.pk)
    return Place(2 if application.clock_state == ClockState.CLOSED else 1, application.due_on, application.pk)


def urgent(rows: QuerySet[Application], after: Place | None, most: int) -> RawSQL | None:
    """The keys of the next so many cases by urgency, as a subquery; None where there are surely none."""
    found: list[tuple[str, tuple[object, ...]]] = []
    for number, part in _parts(rows, after):
        try:
            sql, params = part.order_by("due_on", "id").values("due_on", "id")[:most].query.sql_with_params()
        except EmptyResultSet:
            continue
        found.append((f"SELECT {number} AS part, due_on, id FROM ({sql}) p{number}", params))
    if not found:
        return None
    joined = " UNION ALL ".join(sql for sql, _ in found)
    whole = f"SELECT id FROM ({joined}) parts ORDER BY part, due_on, id LIMIT {most:d}"
    return RawSQL(whole, tuple(param for _, params in found for param in params))


def _parts(rows: QuerySet[Application], after: Place | None) -> Iterator[tuple[int, QuerySet[Application]]]:
    for number, condition in enumerate(PARTS):
        if after is not None and number < after.part:
            continue
        part = rows.filter(condition)
        yield number, (part.filter(_beyond(after)) if after is not None and number == after.part else part)


def _beyond(place: Place) -> Q:
    if place.due is None:
        return Q(pk__gt=place.pk)
    return Q(due_on__gte=place.due) & (Q(due_on__gt=place.due) | Q(pk__gt=place.pk))


def newest(rows: QuerySet[Application], after: Place | None, most: int) -> RawSQL | None:
    """The keys of the next so many cases, the newest first."""
    ordered = rows.filter(pk__lt=after.pk) if after else rows
    try:
        sql, params = ordered.order_by("-pk").values("id")[:most].query.sql_with_params()
    except EmptyResultSet:
        return None
    return RawSQL(sql, params)


_CURSOR = re.compile(r"([0-2])\.(\d{4}-\d{2}-\d{2})?\.(\d{1,18})", re.ASCII)


def write_cursor(application: Application) -> str:
    """The address of the page that begins behind this case."""
    place = place_of(application)
    return f"{place.part}.{place.due.isoformat() if place.due else ''}.{place.pk}"


def read_cursor(text: str) -> Place | None:
    """A cursor that was not written by us is as none: the first page."""
    found = _CURSOR.fullmatch(text)
    if found is None or (found[1] == "0") != (found[2] is None):
        return None
    try:
        return Place(int(found[1]), date.fromisoformat(found[2]) if found[2] else None, int(found[3]))
    except ValueError:
        return None
