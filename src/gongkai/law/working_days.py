"""Working days (工作日): which days they are, and how a limit in working days is counted.

State organs rest on Saturday and Sunday (工作时间规定 7) and on public holidays (放假办法 2, 6); the yearly
notice of the State Council Office moves some weekends, and a weekend day stated as "上班" counts as a working
day [I: no source says so about the Regulation in terms]. The data hold the years 2004–2026; every later
year, until its schedule is known, is taken as Monday to Friday and what is reckoned with it is *provisional*.

A calendar is made of layers, one a notice, each known from a day on: ``Calendar.as_known_on`` gives the calendar
of an earlier day, so that the old and the new reckoning of a running case can both be shown.
"""

from __future__ import annotations

import csv
import datetime as dt
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import accumulate
from types import MappingProxyType
from typing import NamedTuple

from gongkai.law.calendar_notices import AMENDING_NOTICES, YEAR_NOTICES
from gongkai.law.citations import Article
from gongkai.law.dates import day_text
from gongkai.law.errors import CalendarError
from gongkai.law.texts import Text

#: First and last day a calendar can reckon with. The data begin in 2004; after 2099 no one waits for a reply.
FIRST_DAY = dt.date(2004, 1, 1)
LAST_DAY = dt.date(2099, 12, 31)

_BASE = FIRST_DAY.toordinal()
_HOLIDAYS = Article("放假办法", 2)
_MOVED = Article("放假办法", 6)
_WEEKEND = Article("工作时间规定", 7)
_COUNTING = Article("民事诉讼法", 85)
_WORKING = Text("工作日", "working day")
_REST = Text("周末", "weekend")

OCCASIONS: Mapping[str, Text] = MappingProxyType(
    {
        "new_years_day": Text("元旦", "New Year's Day"),
        "spring_festival": Text("春节", "Spring Festival"),
        "tomb_sweeping_day": Text("清明节", "Tomb-Sweeping Day"),
        "labour_day": Text("劳动节", "Labour Day"),
        "dragon_boat_festival": Text("端午节", "Dragon Boat Festival"),
        "mid_autumn_festival": Text("中秋节", "Mid-Autumn Festival"),
        "national_day": Text("国庆节", "National Day"),
        "anti_fascist_70th_day": Text("抗战胜利70周年纪念日", "70th Anniversary of Victory"),
    }
)


class DueDate(NamedTuple):
    """The last day of a limit; ``provisional`` when a year without a schedule was counted in."""

    day: dt.date
    provisional: bool


@dataclass(frozen=True, slots=True)
class DayChange:
    """One day made working or off by notice. ``source``: the notice, e.g. 国办发明电〔2020〕1号."""

    day: dt.date
    working: bool
    source: str


@dataclass(frozen=True, slots=True)
class _Entry:
    """Why a day is not what its weekday says. ``name``: the occasion, or the notice of an overlay."""

    working: bool
    kind: str
    name: Text


@dataclass(frozen=True, slots=True)
class _Layer:
    """What one notice says. ``issued``: the day from which it is known, None if always."""

    entries: Mapping[dt.date, _Entry]
    publishes: frozenset[int] = frozenset()
    issued: dt.date | None = None


class Calendar:
    """The working days of one place as known at one time. Immutable; ``with_changes`` gives a new one.

    All methods take dates from 2004-01-01 to ``last_day`` (2099-12-31 unless cut) and raise ``CalendarError``
    ("before_calendar", "after_calendar"; 放假办法) outside them.
    """

    __slots__ = ("_counts", "_entries", "_layers", "_ordinals", "_published", "_published_until", "_size")

    def __init__(self, layers: tuple[_Layer, ...], last_day: dt.date = LAST_DAY) -> None:
        self._layers = layers
        self._size = last_day.toordinal() - _BASE + 1
        self._published = frozenset(year for layer in layers for year in layer.publishes)
        self._entries: dict[dt.date, _Entry] = {}
        for layer in layers:
            self._entries |= layer.entries
        flags = [(_BASE + i - 1) % 7 < 5 for i in range(self._size)]
        for day, entry in self._entries.items():
            if day <= last_day:
                flags[day.toordinal() - _BASE] = entry.working
        # _counts[i]: working days up to and including day i; _ordinals: the working days themselves.
        self._counts = list(accumulate(flags))
        self._ordinals = [_BASE + i for i, working in enumerate(flags) if working]
        self._published_until = _end_of_run(self._published)

    @staticmethod
    def national() -> Calendar:
        """The State Council Office's notices, 2004–2026; without local holidays (放假办法 4)."""
        return _national()

    def with_changes(
        self, changes: Iterable[DayChange], publish: Iterable[int] = (), issued: dt.date | None = None
    ) -> Calendar:
        """This calendar with days changed by notice (a later overlay wins), and years declared published.

        ``issued``: the day from which the notice is known; None: it counts as always known.
        Raises ``CalendarError`` ("contradictory_change") when one call makes a day both working and off.
        """
        added: dict[dt.date, _Entry] = {}
        for change in changes:
            self._position(change.day)
            entry = _Entry(change.working, "notice", Text(change.source, change.source))
            if added.setdefault(change.day, entry).working != change.working:
                raise _contradictory(change.day)
        return Calendar((*self._layers, _Layer(added, frozenset(publish), issued)), self.last_day)

    def as_known_on(self, day: dt.date) -> Calendar:
        """This calendar without the notices issued after ``day``: what could be reckoned with on that day."""
        known = tuple(layer for layer in self._layers if layer.issued is None or layer.issued <= day)
        return self if len(known) == len(self._layers) else Calendar(known, self.last_day)

    def cut_after(self, day: dt.date) -> Calendar:
        """This calendar up to and including ``day`` only: what would lie later is refused, not guessed."""
        return Calendar(self._layers, min(day, self.last_day))

    @property
    def last_day(self) -> dt.date:
        """The last day this calendar reckons with."""
        return dt.date.fromordinal(_BASE + self._size - 1)

    @property
    def first_unpublished_year(self) -> int:
        """The year after the unbroken run of years whose schedules are known."""
        return dt.date.fromordinal(self._published_until).year + 1

    def is_working_day(self, day: dt.date) -> bool:
        """Whether state organs work that day."""
        i = self._position(day)
        return self._counts[i] > (self._counts[i - 1] if i else 0)

    def published(self, year: int) -> bool:
        """Whether the schedule of that year is known, from the data or declared by an overlay."""
        return year in self._published

    def add_working_days(self, start: dt.date, days: int) -> DueDate:
        """The ``days``-th working day after ``start``; the day of the event itself is not counted.

        民事诉讼法 85, 行诉解释 48 [C]; the same count gives the date pleaded in Guiding Case 26 [M].
        ``days`` must be at least 1.
        """
        if days < 1:
            raise CalendarError(
                "days_below_one",
                Text(f"期限至少为1个工作日，不能是{days}。", f"A limit has at least 1 working day, not {days}."),
                _COUNTING,
            )
        due = self.nth_working_ordinal(start.toordinal(), days)
        return DueDate(dt.date.fromordinal(due), self.provisional_between(start.toordinal(), due))

    def add_calendar_days(self, start: dt.date, days: int) -> DueDate:
        """The last day of a limit of ``days`` calendar days after ``start``; off a rest day it rolls to the next
        working day (民事诉讼法 85, 行诉解释 48, 行政复议法 88 [C]; ordinary weekends roll too [I]; a make-up
        Saturday is no rest day [I]). ``days`` must be at least 1.
        """
        if days < 1:
            raise CalendarError(
                "days_below_one",
                Text(f"期限至少为1日，不能是{days}。", f"A limit has at least 1 day, not {days}."),
                _COUNTING,
            )
        return self._rolled(start, start.toordinal() + days)

    def add_months(self, start: dt.date, months: int) -> DueDate:
        """The last day of a limit of ``months`` months after ``start``: the corresponding day, where there is none the
        last of that month [U: civil-law rule]; off a rest day it rolls as ``add_calendar_days`` does.
        """
        if months < 1:
            raise CalendarError(
                "days_below_one",
                Text(f"期限至少为1个月，不能是{months}。", f"A limit has at least 1 month, not {months}."),
                _COUNTING,
            )
        year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
        if year > self.last_day.year:
            raise self._outside(self.last_day.toordinal() + 1)
        day = min(start.day, monthrange(year, month + 1)[1])
        return self._rolled(start, dt.date(year, month + 1, day).toordinal())

    def _rolled(self, start: dt.date, last: int) -> DueDate:
        """``last`` or the first working day after it."""
        self._position(start)
        due = self.nth_working_ordinal(last - 1, 1)
        return DueDate(dt.date.fromordinal(due), self.provisional_between(last - 1, due))

    def working_days_between(self, start: dt.date, end: dt.date) -> int:
        """Working days after ``start`` up to and including ``end``; negative when ``end`` is earlier."""
        return self.count_until(end.toordinal()) - self.count_until(start.toordinal())

    def working_days(self, first: dt.date, last: dt.date) -> list[dt.date]:
        """Every working day from ``first`` to ``last``, both included."""
        begin = self._counts[self._position(first)] - self.is_working_day(first)
        return [dt.date.fromordinal(o) for o in self._ordinals[begin : self._counts[self._position(last)]]]

    def why(self, day: dt.date) -> Text:
        """Why the day is a working day or not, in words."""
        entry = self._entries.get(day)
        if entry is not None:
            return _why_entry(entry)
        plain = _WORKING if self.is_working_day(day) else _REST
        if self.published(day.year):
            return plain
        return Text(
            f"{plain.zh}（{day.year}年放假安排尚未公布，暂按周一至周五为工作日推算）",
            f"{plain.en} (the {day.year} schedule is not published; Monday to Friday assumed)",
        )

    def occasion(self, day: dt.date) -> Text | None:
        """The holiday or notice that says something about the day, else None."""
        entry = self._entries.get(day)
        return entry.name if entry else None

    def basis(self, day: dt.date) -> Article | None:
        """The article on which the day is a rest day, or was moved; None for a plain weekday."""
        entry = self._entries.get(day)
        if entry is None:
            return None if self.is_working_day(day) else _WEEKEND
        return _HOLIDAYS if entry.kind == "holiday" else _MOVED

    # The following take and give proleptic ordinals: the reply clock reckons tens of thousands a second.

    def count_until(self, ordinal: int) -> int:
        """Working days from 2004-01-01 up to and including that day."""
        i = ordinal - _BASE
        if not 0 <= i < self._size:
            raise self._outside(ordinal)
        return self._counts[i]

    def count_between(self, start: int, end: int) -> int:
        """Working days after ``start`` up to and including ``end``, which is not before it."""
        first, last = start - _BASE, end - _BASE
        if first < 0 or last >= self._size:
            raise self._outside(start if first < 0 else end)
        return self._counts[last] - self._counts[first]

    def nth_working_ordinal(self, start: int, number: int) -> int:
        """The ``number``-th working day after ``start``."""
        try:
            return self._ordinals[self.count_until(start) + number - 1]
        except IndexError:
            raise self._outside(self.last_day.toordinal() + 1) from None

    def provisional_between(self, start: int, end: int) -> bool:
        """Whether any day after ``start`` up to ``end`` lies in a year without a published schedule."""
        if end <= self._published_until:
            return False
        first, last = dt.date.fromordinal(min(start + 1, end)).year, dt.date.fromordinal(end).year
        return any(year not in self._published for year in range(first, last + 1))

    def _position(self, day: dt.date) -> int:
        i = day.toordinal() - _BASE
        if not 0 <= i < self._size:
            raise self._outside(day.toordinal())
        return i

    def _outside(self, ordinal: int) -> CalendarError:
        if ordinal < _BASE:
            text = Text("日期早于2004年1月1日，没有工作日历，无法推算。", "Before 2004-01-01 there is no calendar.")
            return CalendarError("before_calendar", text, _HOLIDAYS)
        day = day_text(self.last_day)
        text = Text(f"日期晚于{day.zh}，没有工作日历，无法推算。", f"After {day.en} there is no calendar.")
        return CalendarError("after_calendar", text, _HOLIDAYS)


def _contradictory(day: dt.date) -> CalendarError:
    return CalendarError(
        "contradictory_change",
        Text(
            f"{day.isoformat()}既被调整为上班又被调整为放假。",
            f"{day.isoformat()} is made both working and off.",
        ),
        _MOVED,
    )


def _why_entry(entry: _Entry) -> Text:
    zh, en = entry.name.zh, entry.name.en
    if entry.kind == "notice" and entry.working:
        return Text(f"按通知调整为上班（{zh}）", f"working day by notice ({en})")
    if entry.kind == "notice":
        return Text(f"按通知放假（{zh}）", f"day off by notice ({en})")
    if entry.kind == "makeup":
        return Text(f"调休上班（{zh}）", f"make-up working day ({en})")
    if entry.kind == "in_lieu":
        return Text(f"调休放假（{zh}）", f"day off in lieu ({en})")
    return Text(f"法定节假日（{zh}）", f"public holiday ({en})")


def _end_of_run(published: frozenset[int]) -> int:
    """Ordinal of the last day of the unbroken run of published years that begins in 2004."""
    year = FIRST_DAY.year
    while year in published:
        year += 1
    return dt.date(year, 1, 1).toordinal() - 1


@lru_cache(maxsize=1)
def _national() -> Calendar:
    data = resources.files("gongkai.law").joinpath("data/working_days.csv").read_text(encoding="utf-8")
    entries = {
        dt.date.fromisoformat(row["day"]): _Entry(row["kind"] == "makeup", row["kind"], OCCASIONS[row["occasion"]])
        for row in csv.DictReader(data.splitlines())
    }
    return Calendar((*_years(entries), *_amendments(entries)))


def _years(entries: Mapping[dt.date, _Entry]) -> Iterable[_Layer]:
    """One layer a year, without what a later notice changed in it."""
    issued = {notice.year: notice.issued for notice in YEAR_NOTICES}
    amended = {day for notice in AMENDING_NOTICES for day in notice.days}
    years: dict[int, dict[dt.date, _Entry]] = {}
    for day, entry in entries.items():
        year = _schedule_year(day, entry)
        years.setdefault(year, {})
        if day not in amended:
            years[year][day] = entry
    for notice in AMENDING_NOTICES:
        for day, working in notice.before:
            name = entries[day].name
            years[day.year][day] = _Entry(working, "makeup" if working else "in_lieu", name)
    for year, found in sorted(years.items()):
        yield _Layer(MappingProxyType(found), frozenset({year}), issued.get(year))


def _schedule_year(day: dt.date, entry: _Entry) -> int:
    """The year whose notice speaks of the day: for New Year's Day that includes the last days of December."""
    return day.year + 1 if day.month == 12 and entry.name is OCCASIONS["new_years_day"] else day.year


def _amendments(entries: Mapping[dt.date, _Entry]) -> Iterable[_Layer]:
    for notice in AMENDING_NOTICES:
        yield _Layer(MappingProxyType({day: entries[day] for day in notice.days}), issued=notice.issued)
