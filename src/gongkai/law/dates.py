"""Days in words, as letters and explanations write them."""

from __future__ import annotations

import datetime as dt

from gongkai.law.texts import Text

_WEEKDAYS = ("一", "二", "三", "四", "五", "六", "日")


def day_text(day: dt.date) -> Text:
    """2025年3月3日 / 2025-03-03."""
    return Text(f"{day.year}年{day.month}月{day.day}日", day.isoformat())


def weekday_text(day: dt.date) -> Text:
    """2025年3月3日（星期一） / Mon 2025-03-03."""
    return Text(
        f"{day.year}年{day.month}月{day.day}日（星期{_WEEKDAYS[day.weekday()]}）",
        f"{day:%a} {day.isoformat()}",
    )


def iso_weekday_text(day: dt.date) -> Text:
    """2025-03-03（星期一） / 2025-03-03 (Mon): for tables and terminals."""
    return Text(f"{day.isoformat()}（星期{_WEEKDAYS[day.weekday()]}）", f"{day.isoformat()} ({day:%a})")


def span_text(first: dt.date, last: dt.date) -> Text:
    """2025年3月4日至10日 / 2025-03-04 to 2025-03-10: the Chinese leaves out what repeats."""
    if first == last:
        return day_text(first)
    tail = f"{last.day}日"
    if (first.year, first.month) != (last.year, last.month):
        tail = f"{last.month}月{tail}"
    if first.year != last.year:
        tail = f"{last.year}年{tail}"
    return Text(f"{day_text(first).zh}至{tail}", f"{first.isoformat()} to {last.isoformat()}")
