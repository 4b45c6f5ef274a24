"""The year as twelve months, each day with what it is and why."""

from __future__ import annotations

import calendar as months
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.law.texts import Text
from gongkai.law.working_days import Calendar


@dataclass(frozen=True)
class DayCell:
    """One day: `state` is working, rest (weekend), holiday or makeup; `own` where the editable table says so."""

    day: date
    state: str
    why: Text
    own: bool
    today: bool


@dataclass(frozen=True)
class Month:
    """One month; `weeks` run from Monday, None where no day of this month lies."""

    first: date
    weeks: tuple[tuple[DayCell | None, ...], ...]
    working_days: int


def year_of(calendar: Calendar, year: int, own: Mapping[date, str], today: date) -> tuple[Month, ...]:
    """The twelve months of a year. `own` maps the days of the editable table to their sources."""
    return tuple(_month(calendar, year, month, own, today) for month in range(1, 13))


def _month(calendar: Calendar, year: int, month: int, own: Mapping[date, str], today: date) -> Month:
    length = months.monthrange(year, month)[1]
    days = [date(year, month, number) for number in range(1, length + 1)]
    cells: list[DayCell | None] = [None] * days[0].weekday()
    cells += [_cell(calendar, day, day in own, today) for day in days]
    cells += [None] * (-len(cells) % 7)
    weeks = tuple(tuple(cells[start : start + 7]) for start in range(0, len(cells), 7))
    return Month(days[0], weeks, sum(calendar.is_working_day(day) for day in days))


def _cell(calendar: Calendar, day: date, own: bool, today: date) -> DayCell:
    return DayCell(day, state_of(calendar, day), calendar.why(day), own, day == today)


def state_of(calendar: Calendar, day: date) -> str:
    weekend = day.weekday() >= 5
    if calendar.is_working_day(day):
        return "makeup" if weekend else "working"
    return "holiday" if calendar.occasion(day) is not None or not weekend else "rest"
