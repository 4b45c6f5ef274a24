"""Working days (工作日): which days they are, and how a limit in working days is counted.

State organs rest on Saturday and Sunday (工作时间规定 7) and on public holidays (放假办法 2, 6); the yearly
notice of the State Council Office moves some weekends, and a weekend day stated as "上班" counts as a working
day [I: no source says so about the Regulation in terms]. The data hold the years 2004–2026; every later
year, until its schedule is known, is taken as Monday to Friday and what is reckoned with it is *provisional*.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import accumulate
from types import MappingProxyType
from typing import NamedTuple

from gongkai.law.citations import Article
from gongkai.law.errors import CalendarError
from gongkai.law.texts import Text

#: First and last day a calendar can reckon with. The data begin in 2004; after 2099 no one waits for a reply.
FIRST_DAY = dt.date(2004, 1, 1)
LAST_DAY = dt.date(2099, 12, 31)

_BASE = FIRST_DAY.toordinal()
_SIZE = LAST_DAY.toordinal() - _BASE + 1
_HOLIDAYS = Article("放假办法", 2)
_MOVED = Article("放假办法", 6)
_WEEKEND = Article("工作时间规定", 7)
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


class Calendar:
    """The working days of one place as known at one time. Immutable; ``with_changes`` gives a new one.

    All methods take dates from 2004-01-01 to 2099-12-31 and raise ``CalendarError`` outside them.
    """

    __slots__ = ("_counts", "_entries", "_ordinals", "_published", "_published_until")

    def __init__(self, entries: Mapping[dt.date, _Entry], published: frozenset[int]) -> None:
        self._entries = entries
        self._published = published
        flags = [(_BASE + i - 1) % 7 < 5 for i in range(_SIZE)]
        for day, entry in entries.items():
            flags[_position(day)] = entry.working
        # _counts[i]: working days up to and including day i; _ordinals: the working days themselves.
        self._counts = list(accumulate(flags))
        self._ordinals = [_BASE + i for i, working in enumerate(flags) if working]
        self._published_until = _end_of_run(published)

    @staticmethod
    def national() -> Calendar:
        """The State Council Office's notices, 2004–2026; without local holidays (放假办法 4)."""
        return _national()

    def with_changes(self, changes: Iterable[DayChange], publish: Iterable[int] = ()) -> Calendar:
        """This calendar with days changed by notice (a later overlay wins), and years declared published.

        Raises ``CalendarError`` ("contradictory_change") when one call makes a day both working and off.
        """
        added: dict[dt.date, _Entry] = {}
        for change in changes:
            _position(change.day)
            entry = _Entry(change.working, "notice", Text(change.source, change.source))
            if added.setdefault(change.day, entry).working != change.working:
                raise _contradictory(change.day)
        return Calendar({**self._entries, **added}, self._published | frozenset(publish))

    def is_working_day(self, day: dt.date) -> bool:
        """Whether state organs work that day."""
        i = _position(day)
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
            )
        due = self.nth_working_ordinal(start.toordinal(), days)
        return DueDate(dt.date.fromordinal(due), self.provisional_between(start.toordinal(), due))

    def working_days_between(self, start: dt.date, end: dt.date) -> int:
        """Working days after ``start`` up to and including ``end``; negative when ``end`` is earlier."""
        return self.count_until(end.toordinal()) - self.count_until(start.toordinal())

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
        if not 0 <= i < _SIZE:
            raise _outside(ordinal)
        return self._counts[i]

    def nth_working_ordinal(self, start: int, number: int) -> int:
        """The ``number``-th working day after ``start``."""
        try:
            return self._ordinals[self.count_until(start) + number - 1]
        except IndexError:
            raise _outside(LAST_DAY.toordinal() + 1) from None

    def provisional_between(self, start: int, end: int) -> bool:
        """Whether any day after ``start`` up to ``end`` lies in a year without a published schedule."""
        if end <= self._published_until:
            return False
        first, last = dt.date.fromordinal(min(start + 1, end)).year, dt.date.fromordinal(end).year
        return any(year not in self._published for year in range(first, last + 1))


def _position(day: dt.date) -> int:
    i = day.toordinal() - _BASE
    if not 0 <= i < _SIZE:
        raise _outside(day.toordinal())
    return i


def _outside(ordinal: int) -> CalendarError:
    if ordinal < _BASE:
        return CalendarError(
            "before_calendar",
            Text("日期早于2004年1月1日，没有工作日历，无法推算。", "Before 2004-01-01 there is no calendar."),
        )
    return CalendarError(
        "after_calendar",
        Text("日期晚于2099年12月31日，没有工作日历，无法推算。", "After 2099-12-31 there is no calendar."),
    )


def _contradictory(day: dt.date) -> CalendarError:
    return CalendarError(
        "contradictory_change",
        Text(
            f"{day.isoformat()}既被调整为上班又被调整为放假。",
            f"{day.isoformat()} is made both working and off.",
        ),
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
    return Calendar(MappingProxyType(entries), frozenset(day.year for day in entries))
