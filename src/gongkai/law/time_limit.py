"""What a statutory time limit is: what starts it, its length and unit, what follows if it is missed."""

from __future__ import annotations

import datetime as dt
from calendar import month_name
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from gongkai.law.citations import Article
from gongkai.law.errors import LawError
from gongkai.law.texts import Text
from gongkai.law.working_days import Calendar, DueDate


class Unit(StrEnum):
    """How a limit is measured. The last seven have no number: the text of the law gives a standard only."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    MONTHS = "months"
    YEARS = "years"
    FIXED_DATE = "fixed_date"
    SAME_DAY = "same_day"
    INSIDE_LIMIT = "inside_limit"
    REASONABLE = "reasonable"
    TIMELY = "timely"
    PERIODIC = "periodic"
    AT_ONCE = "at_once"
    NONE = "none"

    @property
    def label(self) -> Text:
        """The unit in words, as it follows a number or stands alone."""
        return _UNITS[self]


_UNITS: Mapping[Unit, Text] = MappingProxyType(
    {
        Unit.WORKING_DAYS: Text("个工作日", "working days"),
        Unit.CALENDAR_DAYS: Text("日", "calendar days"),
        Unit.MONTHS: Text("个月", "months"),
        Unit.YEARS: Text("年", "years"),
        Unit.FIXED_DATE: Text("固定日期", "fixed date"),
        Unit.SAME_DAY: Text("当日", "the same day"),
        Unit.INSIDE_LIMIT: Text("答复期限内", "inside the reply limit"),
        Unit.REASONABLE: Text("合理期限", "a reasonable period"),
        Unit.TIMELY: Text("及时", "in good time"),
        Unit.PERIODIC: Text("定期", "periodically"),
        Unit.AT_ONCE: Text("立即", "at once"),
        Unit.NONE: Text("未规定期限", "no limit fixed"),
    }
)


class Bound(StrEnum):
    """Whether the length is the limit itself, a ceiling for what an agency may fix, or a floor."""

    EXACT = "exact"
    AT_MOST = "at_most"
    AT_LEAST = "at_least"


@dataclass(frozen=True, slots=True)
class Variant:
    """One of the lengths of a limit that depends on the procedure: simple, ordinary, of a judgment, of a ruling."""

    key: str
    label: Text
    length: int
    unit: Unit
    may_add: int | None = None


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """One limit.

    ``number``: row of the table of all limits in our reading of the law (1–36); ``length`` in ``unit``, None
    where the unit has no number; ``fixed``: (month, day) of the following year for a fixed date;
    ``may_add``: what an extension may add, in the same unit; ``interrupted_by``: what pauses or restarts it;
    ``variants``: where the length depends on the procedure, the length itself being that of the last of them;
    ``certainty``: the mark of the length, and ``note`` what there is to say of it.
    """

    key: str
    number: int
    start: Text
    unit: Unit
    length: int | None
    consequence: Text
    articles: tuple[Article, ...]
    bound: Bound = Bound.EXACT
    fixed: tuple[int, int] | None = None
    may_add: int | None = None
    interrupted_by: Text | None = None
    variants: tuple[Variant, ...] = ()
    certainty: str = "C"
    note: Text | None = None

    @property
    def article(self) -> Article:
        """The article that fixes the limit."""
        return self.articles[0]

    @property
    def days(self) -> int:
        """The length as a number; ValueError for a limit without one."""
        if self.length is None:
            raise ValueError(f"the limit {self.key} has no number")
        return self.length

    @property
    def wording(self) -> Text:
        """The length in words: 20个工作日 / 20 working days; of a limit with variants all of them."""
        if self.variants:
            zh = "、".join(f"{v.label.zh}{v.length}{v.unit.label.zh}" for v in self.variants)
            return Text(zh, "; ".join(f"{v.label.en}: {v.length} {v.unit.label.en}" for v in self.variants))
        if self.fixed is not None:
            month, day = self.fixed
            return Text(f"{month}月{day}日前", f"by {day} {month_name[month]}")
        if self.length is None:
            return self.unit.label
        text = Text(f"{self.length}{self.unit.label.zh}", f"{self.length} {self.unit.label.en}")
        if self.bound is Bound.AT_MOST:
            return Text(f"不超过{text.zh}", f"at most {text.en}")
        if self.bound is Bound.AT_LEAST:
            return Text(f"不少于{text.zh}", f"at least {text.en}")
        return text

    def variant(self, key: str) -> TimeLimit:
        """The limit in that procedure; KeyError for one it does not know."""
        for found in self.variants:
            if found.key == key:
                return replace(self, length=found.length, unit=found.unit, may_add=found.may_add, variants=())
        raise KeyError(key)

    def last_day(self, start: dt.date, calendar: Calendar, *, added: int = 0) -> DueDate:
        """The last day when the limit starts on ``start`` (not counted) and ``added`` extends it, in its unit.

        Limits in working days end on one; limits in calendar days, months and years roll off rest days (民事诉讼法
        85 [C]); a fixed date of the year after ``start`` does not roll [I].

        Raises ``LawError`` ("limit_without_number") where the law gives a standard only, ("extension_too_long").
        """
        if added and not 0 < added <= (self.may_add or 0):
            text = Text(f"该期限不能延长{added}{self.unit.label.zh}。", f"Not to be extended by {added}.")
            raise LawError("extension_too_long", text, self.article)
        if self.unit is Unit.SAME_DAY:
            return DueDate(start, provisional=False)
        if self.fixed is not None:
            return DueDate(dt.date(start.year + 1, *self.fixed), provisional=False)
        if self.length is None:
            raise LawError("limit_without_number", self._no_number(), self.article)
        length = self.length + added
        if self.unit is Unit.WORKING_DAYS:
            return calendar.add_working_days(start, length)
        if self.unit is Unit.CALENDAR_DAYS:
            return calendar.add_calendar_days(start, length)
        return calendar.add_months(start, length * (12 if self.unit is Unit.YEARS else 1))

    def _no_number(self) -> Text:
        label = self.unit.label
        return Text(f"法律只规定“{label.zh}”，没有可以推算的天数。", f"The law says only: {label.en}.")
