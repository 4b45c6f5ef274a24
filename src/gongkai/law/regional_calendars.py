"""Calendars of places: the national schedule and the local notices laid over it (放假办法 4).

A region is the beginning of an administrative division code (行政区划代码): "65" stands for the whole of Xinjiang,
"6501" for Urumqi, "" for the nation. A local notice holds for its region and everything inside it.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TextIO

from gongkai.law.citations import Article
from gongkai.law.errors import CalendarError
from gongkai.law.texts import Text
from gongkai.law.working_days import Calendar, DayChange

_LOCAL = Article("放假办法", 4)
_FIELDS = ("day", "working", "source", "issued", "region")


@dataclass(frozen=True, slots=True)
class DayNotice:
    """A notice about working days: national where ``region`` is "", else local.

    ``changes``: the days it makes working or off; ``publishes``: the years whose schedule it makes known;
    ``issued``: from which day it is known (None: always).
    """

    source: str
    changes: tuple[DayChange, ...] = ()
    publishes: frozenset[int] = frozenset()
    issued: dt.date | None = None
    region: str = ""

    def holds_in(self, region: str) -> bool:
        """Whether it holds for that place."""
        return region.startswith(self.region)


class RegionalCalendars:
    """The calendars of every place, from one national calendar and any number of notices."""

    def __init__(self, notices: Iterable[DayNotice] = (), national: Calendar | None = None) -> None:
        self._national = national or Calendar.national()
        # The narrower region speaks last, and within it the newer notice: a local holiday stands against the
        # national schedule, whichever came first [I].
        self._notices = sorted(notices, key=lambda notice: (len(notice.region), notice.issued or dt.date.min))
        self._made: dict[str, Calendar] = {}

    def of(self, region: str = "", known_on: dt.date | None = None) -> Calendar:
        """The calendar of a place, as it stands or as it was known on a day."""
        if region not in self._made:
            self._made[region] = self._make(region)
        found = self._made[region]
        return found if known_on is None else found.as_known_on(known_on)

    def _make(self, region: str) -> Calendar:
        found = self._national
        for notice in self._notices:
            if notice.holds_in(region):
                found = found.with_changes(notice.changes, notice.publishes, notice.issued)
        return found


def read_notices(stream: TextIO) -> list[DayNotice]:
    """Notices from CSV with the columns ``day,working,source[,issued,region]``.

    ``day``: a date, made a working day (``working`` 1) or off (0); or a year alone, declared published (``working``
    empty). Rows with the same source, issue and region are one notice.
    Raises ``CalendarError`` ("bad_calendar_row", with the number of the line; 放假办法 4).
    """
    reader = csv.DictReader(stream)
    if not reader.fieldnames or not {"day", "working", "source"} <= set(reader.fieldnames) <= set(_FIELDS):
        raise _bad_row(1, f"columns {','.join(_FIELDS)}")
    found: dict[tuple[str, str, str], list[tuple[int, dict[str, str]]]] = {}
    for row in reader:
        key = (row["source"] or "", row.get("issued") or "", row.get("region") or "")
        found.setdefault(key, []).append((reader.line_num, row))
    return [_notice(*key, rows) for key, rows in found.items()]


def _notice(source: str, issued: str, region: str, rows: Sequence[tuple[int, dict[str, str]]]) -> DayNotice:
    first_line = rows[0][0]
    if not source or (region and not (region.isascii() and region.isdigit())):
        raise _bad_row(first_line, "source, region")
    changes, years = [], set()
    for line, row in rows:
        day, working = row["day"] or "", row["working"]
        if len(day) == 4 and day.isascii() and day.isdigit() and not working:
            years.add(int(day))
        elif working in ("0", "1"):
            changes.append(DayChange(_date(day, line), working == "1", source))
        else:
            raise _bad_row(line, "working")
    return DayNotice(source, tuple(changes), frozenset(years), _date(issued, first_line) if issued else None, region)


def _date(text: str, line: int) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise _bad_row(line, text) from None


def _bad_row(line: int, what: str) -> CalendarError:
    return CalendarError(
        "bad_calendar_row", Text(f"日历文件第{line}行有误：{what}", f"Calendar file, line {line}: {what}"), _LOCAL
    )
