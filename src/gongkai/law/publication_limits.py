"""公开时限: what the words of a catalogue say about when something must be published.

The words are the catalogue's own (国办发〔2019〕54号 asks that each row names its limit [C]); they are read into one of a few
kinds. Whatever a row says, 条例 26 holds: 20 working days at the latest, unless another law sets another limit [C]. „及时“
and „实时“ name no number: they are held to those 20 working days here [I].
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

from gongkai.law.citations import REG
from gongkai.law.texts import Text
from gongkai.law.time_limits import TIME_LIMITS
from gongkai.law.working_days import Calendar

BASIS = REG(26)


class LimitKind(StrEnum):
    """How a limit is counted."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    PROMPTLY = "promptly"
    INTERVAL = "interval"
    LASTING = "lasting"

    @property
    def label(self) -> Text:
        """The kind in words."""
        return _LABELS[self]


_LABELS = {
    LimitKind.WORKING_DAYS: Text("工作日", "working days"),
    LimitKind.CALENDAR_DAYS: Text("自然日", "calendar days"),
    LimitKind.PROMPTLY: Text("及时公开", "promptly"),
    LimitKind.INTERVAL: Text("定期公开", "at regular intervals"),
    LimitKind.LASTING: Text("长期公开", "kept public"),
}


@dataclass(frozen=True, slots=True)
class PublicationLimit:
    """``days``: within how many days of making or changing; for an interval, the longest gap between two
    publications; 0 where the words name none."""

    kind: LimitKind
    days: int = 0

    def last_day(self, formed_on: dt.date, calendar: Calendar) -> dt.date:
        """The last day to publish what was formed on that day. Raises CalendarError outside the calendar."""
        if self.kind is LimitKind.WORKING_DAYS:
            return calendar.add_working_days(formed_on, self.days).day
        if self.kind is LimitKind.CALENDAR_DAYS:
            return formed_on + dt.timedelta(days=self.days)
        return TIME_LIMITS["publication"].last_day(formed_on, calendar).day

    @property
    def gap(self) -> int | None:
        """The longest gap in days between two publications; None where none is set."""
        return self.days if self.kind is LimitKind.INTERVAL else None


_NUMERALS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_FULL_WIDTH = str.maketrans("０１２３４５６７８９（）", "0123456789()")
#: Not the day of a month (1月31日前), nor how long something stays on display (公示不少于30日).
_NUMBER = r"(?<![\d月])(?<!少于)(?<!低于)(?<!公示期)(?<!期限)(?<!期为)(\d{1,3}|[一二两三四五六七八九十]{1,3})"
_WORKING = re.compile(_NUMBER + r"个?工作日")
_DAYS = re.compile(_NUMBER + r"(?:个?自然日|[日天](?!起))")
_HOURS = re.compile(_NUMBER + r"个?小时")
_EVERY = re.compile(
    r"每半?(年|季度|季|月|旬|周|星期|日|天)(?!之?日起)|(半?年|季度|月|周)度?(?:公开|更新|发布)|(按)(月|季|年)"
)
_GAPS = {"年": 366, "季度": 92, "季": 92, "月": 31, "旬": 11, "周": 7, "星期": 7, "日": 1, "天": 1}


def read_limit(words: str) -> PublicationLimit | None:
    """The limit that these words set; the shortest where they set several. None where they cannot be read."""
    text = words.translate(_FULL_WIDTH).replace(" ", "").replace("\u3000", "")
    counted = [PublicationLimit(LimitKind.WORKING_DAYS, days) for days in _numbers(_WORKING, text)]
    counted += [PublicationLimit(LimitKind.CALENDAR_DAYS, days) for days in _numbers(_DAYS, text)]
    counted += [PublicationLimit(LimitKind.CALENDAR_DAYS, -(-hours // 24)) for hours in _numbers(_HOURS, text)]
    if counted:
        return min(counted, key=lambda limit: limit.days)
    if gap := _gap(text):
        return PublicationLimit(LimitKind.INTERVAL, gap)
    if any(word in text for word in ("及时", "实时", "即时", "适时", "随时", "当日", "立即", "第一时间")):
        return PublicationLimit(LimitKind.PROMPTLY)
    if any(word in text for word in ("长期", "常年", "持续", "动态")):
        return PublicationLimit(LimitKind.LASTING)
    return None


def _numbers(pattern: re.Pattern[str], text: str) -> list[int]:
    found = [_number(match.group(1)) for match in pattern.finditer(text)]
    return [number for number in found if number]


def _number(text: str) -> int:
    """A number of days, in digits or in words up to 99; 0 for what is none."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return _NUMERALS[text] if len(text) == 1 else 0
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return 0
    return (_NUMERALS[tens] if tens else 1) * 10 + (_NUMERALS[ones] if ones else 0)


def _gap(text: str) -> int:
    match = _EVERY.search(text)
    if match is None:
        return 0
    word = next(group for group in match.groups() if group and group != "按")
    half = "半" in match.group(0)
    days = _GAPS[word.removeprefix("半")]
    return days // 2 + 1 if half else days
