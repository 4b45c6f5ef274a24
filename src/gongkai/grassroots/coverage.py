"""Coverage and timeliness of a catalogue: reckoned from the items that are public now, never stored (GRS-04, GRS-06).

A row is *covered* where every body that has the duty published something of it (in the row's column, or tied by hand);
*fresh* where its newest item is not older than the gap its words set; its items are *on time* where they were published
by the last day of the row's limit, counted from the day they were made or changed (条例 26).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from gongkai.agencies.models import Agency
from gongkai.agencies.selectors import calendar, day_of, today
from gongkai.disclosure.visibility import public_items
from gongkai.grassroots.models import CatalogueRow, RowItem
from gongkai.law.errors import CalendarError
from gongkai.law.publication_limits import LimitKind, PublicationLimit, read_limit
from gongkai.law.working_days import Calendar

#: Where words set no limit that can be read, the Regulation's twenty working days hold.
STATUTORY = PublicationLimit(LimitKind.PROMPTLY)


@dataclass(frozen=True)
class Published:
    """An item as far as coverage asks: whose, where, when made and when published (dates of China)."""

    item_id: int
    agency_id: int
    column_id: int | None
    formed_on: dt.date | None
    published_on: dt.date


@dataclass
class BodyCoverage:
    """One body's part in a row: how many items, how many of them late, and the newest."""

    items: int = 0
    late: int = 0
    newest: dt.date | None = None


@dataclass
class RowCoverage:
    """How a row stands on a day."""

    row: CatalogueRow
    limit: PublicationLimit | None
    bodies: Sequence[Agency]
    by_body: Mapping[int, BodyCoverage] = field(default_factory=dict)
    day: dt.date = dt.date.min

    @property
    def items(self) -> int:
        return sum(one.items for one in self.by_body.values())

    @property
    def late(self) -> int:
        return sum(one.late for one in self.by_body.values())

    @property
    def newest(self) -> dt.date | None:
        return max((one.newest for one in self.by_body.values() if one.newest), default=None)

    @property
    def missing(self) -> list[Agency]:
        """The bodies that published nothing of it."""
        return [body for body in self.bodies if body.pk not in self.by_body]

    @property
    def covered(self) -> bool:
        return bool(self.by_body) and not self.missing

    @property
    def stale(self) -> bool:
        """Whether a body that publishes at intervals let one pass."""
        gap = self.limit.gap if self.limit else None
        if gap is None:
            return False
        return any(one.newest is None or (self.day - one.newest).days > gap for one in self.by_body.values())

    @property
    def satisfied(self) -> bool:
        return self.covered and not self.stale


def coverage_of(rows: Iterable[CatalogueRow], day: dt.date | None = None) -> list[RowCoverage]:
    """How each of these rows stands today. Five queries, however many rows."""
    rows, day = list(rows), day or today()
    bodies = _bodies(rows)
    columns = {row.column_id for row in rows if row.column_id}
    tied = _tied(rows)
    found = _published(columns, {item for items in tied.values() for item in items})
    places: _Places = defaultdict(lambda: defaultdict(list))
    for one in found.values():
        if one.column_id is not None:
            places[one.column_id][one.agency_id].append(one)
    reckoning = _Reckoning(calendar())
    return [
        _row(row, bodies[row.pk], _items_of(row, bodies[row.pk], places, tied, found), reckoning, day) for row in rows
    ]


#: What is public, by column and by agency: a row asks for its bodies' part alone.
_Places: TypeAlias = dict[int, dict[int, list[Published]]]


class _Reckoning:
    """Last days, each reckoned once: thousands of items share a few hundred days."""

    def __init__(self, days: Calendar) -> None:
        self._calendar = days
        self._known: dict[tuple[PublicationLimit, dt.date], dt.date | None] = {}

    def late(self, limit: PublicationLimit, one: Published) -> bool:
        if one.formed_on is None:
            return False
        key = (limit, one.formed_on)
        if key not in self._known:
            try:
                self._known[key] = limit.last_day(one.formed_on, self._calendar)
            except CalendarError:  # before 2004: no calendar tells, so nothing is said
                self._known[key] = None
        last = self._known[key]
        return last is not None and one.published_on > last


def _row(
    row: CatalogueRow, bodies: Sequence[Agency], items: Iterable[Published], reckoning: _Reckoning, day: dt.date
) -> RowCoverage:
    limit = read_limit(row.limit_words)
    by_body: dict[int, BodyCoverage] = {}
    for one in items:
        body = by_body.setdefault(one.agency_id, BodyCoverage())
        body.items += 1
        body.late += reckoning.late(limit or STATUTORY, one)
        body.newest = max(body.newest or one.published_on, one.published_on)
    return RowCoverage(row, limit, bodies, by_body, day)


def _items_of(
    row: CatalogueRow,
    bodies: Sequence[Agency],
    places: _Places,
    tied: Mapping[int, set[int]],
    found: Mapping[int, Published],
) -> list[Published]:
    here = places.get(row.column_id, {}) if row.column_id else {}
    mine = [body.pk for body in bodies] or list(here)
    chosen = {one.item_id: one for agency in mine for one in here.get(agency, ())}
    chosen |= {item: found[item] for item in tied.get(row.pk, ()) if item in found}
    return list(chosen.values())


def _bodies(rows: Sequence[CatalogueRow]) -> dict[int, list[Agency]]:
    """In tree order. Each agency is read once, in however many rows it has a duty."""
    links = CatalogueRow.bodies.through.objects.filter(cataloguerow_id__in=[row.pk for row in rows])
    pairs = list(links.order_by("agency__path").values_list("cataloguerow_id", "agency_id"))
    agencies = Agency.objects.in_bulk({agency for _, agency in pairs})
    found: dict[int, list[Agency]] = {row.pk: [] for row in rows}
    for row, agency in pairs:
        found[row].append(agencies[agency])
    return found


def _tied(rows: Sequence[CatalogueRow]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for row, item in RowItem.objects.filter(row__in=[row.pk for row in rows]).values_list("row_id", "item_id"):
        found[row].add(item)
    return found


def _published(columns: set[int], items: set[int]) -> dict[int, Published]:
    """What is public in these columns, and these items themselves."""
    names = ("pk", "agency_id", "column_id", "current__formed_on", "made_on", "published_at")
    found = {}
    for rows in (public_items().filter(column__in=columns), public_items().filter(pk__in=items)):
        for pk, agency, column, formed, made, published in rows.order_by().values_list(*names):
            found[pk] = Published(pk, agency, column, formed or made, day_of(published))
    return found


@dataclass(frozen=True)
class Share:
    """Rows of a part of the catalogue (an area, an agency) and how many of them stand well."""

    name: str
    key: str
    rows: int
    satisfied: int
    items: int
    late: int

    @property
    def percent(self) -> int:
        return round(100 * self.satisfied / self.rows) if self.rows else 0

    @property
    def on_time_percent(self) -> int | None:
        return round(100 * (self.items - self.late) / self.items) if self.items else None


def by_area(found: Iterable[RowCoverage]) -> list[Share]:
    """The shares of the areas, in their order."""
    groups: dict[str, list[RowCoverage]] = {}
    for one in found:
        groups.setdefault(one.row.area.code, []).append(one)
    return [_share(rows[0].row.area.name, code, rows) for code, rows in groups.items()]


def _share(name: str, key: str, rows: Sequence[RowCoverage]) -> Share:
    satisfied, items = sum(one.satisfied for one in rows), sum(one.items for one in rows)
    return Share(name, key, len(rows), satisfied, items, sum(one.late for one in rows))


def by_agency(found: Iterable[RowCoverage]) -> list[Share]:
    """The shares of the bodies that have duties: of each, its rows, and those where it published in time of the gap."""
    groups: dict[Agency, list[tuple[RowCoverage, BodyCoverage | None]]] = {}
    for one in found:
        for body in one.bodies:
            groups.setdefault(body, []).append((one, one.by_body.get(body.pk)))
    return [_body_share(body, parts) for body, parts in sorted(groups.items(), key=lambda each: str(each[0].path))]


def _body_share(body: Agency, parts: Sequence[tuple[RowCoverage, BodyCoverage | None]]) -> Share:
    done = [(row, part) for row, part in parts if part is not None]
    fresh = [part for row, part in done if not _past_gap(row, part)]
    items, late = sum(part.items for _, part in done), sum(part.late for _, part in done)
    return Share(body.name, body.slug, len(parts), len(fresh), items, late)


def _past_gap(row: RowCoverage, part: BodyCoverage) -> bool:
    gap = row.limit.gap if row.limit else None
    return gap is not None and (part.newest is None or (row.day - part.newest).days > gap)
