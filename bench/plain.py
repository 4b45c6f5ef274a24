"""The reckoning as one would write it first: a loop over the days. For measuring, and to check the real one by.

It knows what `mixed_cases` holds: no late notices, no second anything, fees that are paid and restart the limit.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

DAY = dt.timedelta(days=1)


class PlainLoop:
    """Reckons lines of JSON by walking from day to day, a set of the working days at hand."""

    def __init__(self, working_days: frozenset[dt.date]) -> None:
        self._working = working_days

    def answer(self, line: bytes) -> dict[str, Any]:
        """Due dates, state, days used and left, as `gongkai deadline --batch` tells them."""
        case = json.loads(line)
        steps, received = case["steps"], dt.date.fromisoformat(case["received"])
        as_of = dt.date.fromisoformat(case["as_of"] or max(_dates(case)))
        delivered = next((_day(step["on"]) for step in steps if step["kind"] == "delivered"), None)
        paused = self._paused(steps)
        anchor = max(restarts(steps), default=received)
        added = self._added(steps, anchor)
        first_due = self._walk(anchor, 20, paused)
        due = self._walk(anchor, 20 + added, paused)
        stop = min(as_of, delivered or as_of)
        until, begin, length = self._in_force(steps, received, stop)
        used = sum(day in self._working and day not in paused for day in _span(begin, until))
        return {
            "due": str(due),
            "first_due": str(first_due),
            "state": self._state(steps, as_of, due, delivered),
            "days_used": used,
            "days_left": length - used,
        }

    def _walk(self, day: dt.date, days: int, paused: set[dt.date]) -> dt.date:
        while days:
            day += DAY
            if day in self._working and day not in paused:
                days -= 1
        return day

    def _pauses(self, steps: list[dict[str, Any]]) -> list[tuple[dt.date, dt.date, bool]]:
        found = []
        for step in steps:
            if step["kind"] == "consultation":
                end = _day(step["returned"]) if step["returned"] else None
                limit = self._walk(_day(step["received"] or step["issued"]), 15, set())
                found.append((_day(step["issued"]), end or limit, end is not None))
        return found

    def _paused(self, steps: list[dict[str, Any]]) -> set[dt.date]:
        return {day for start, end, _ in self._pauses(steps) for day in _span(start, end)}

    def _added(self, steps: list[dict[str, Any]], anchor: dt.date) -> int:
        return sum(step["days"] for step in steps if step["kind"] == "extension" and _day(step["on"]) >= anchor)

    def _in_force(self, steps: list[dict[str, Any]], received: dt.date, day: dt.date) -> tuple[dt.date, dt.date, int]:
        """Until when, from when and for how long the limit counts that is in force on the day."""
        begin = max((end for end in restarts(steps) if end <= day), default=received)
        held = [start for start, end in holds(steps) if start <= day < end]
        return min([day, *held]), begin, 20 + self._added(steps, begin)

    def _state(self, steps: list[dict[str, Any]], day: dt.date, due: dt.date, delivered: dt.date | None) -> str:
        if delivered and delivered <= day:
            return "closed"
        if any(start <= day < end for start, end in holds(steps)):
            return "paused"
        for start, end, answered in self._pauses(steps):
            if start < due and (start <= day < end or (day == end and not answered)):
                return "paused"
        return "late" if day > due else "running"


def holds(steps: list[dict[str, Any]]) -> list[tuple[dt.date, dt.date]]:
    """From notice to correction, from fee notice to payment: a new start is awaited."""
    found = [(_day(step["issued"]), _day(step["paid"])) for step in steps if step["kind"] == "fee_notice"]
    notices = [_day(step["on"]) for step in steps if step["kind"] == "correction_notice"]
    corrected = [_day(step["on"]) for step in steps if step["kind"] == "corrected"]
    return found + list(zip(notices, corrected, strict=True))


def restarts(steps: list[dict[str, Any]]) -> list[dt.date]:
    """The days on which the limit started anew."""
    return [end for _, end in holds(steps)]


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _dates(case: dict[str, Any]) -> list[str]:
    inside = (value for step in case["steps"] for key, value in step.items() if key not in ("kind", "days", "who"))
    return [case["received"], *(value for value in inside if value)]


def _span(start: dt.date, end: dt.date) -> list[dt.date]:
    return [start + DAY * n for n in range(1, (end - start).days + 1)]
