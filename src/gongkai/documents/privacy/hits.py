"""What one detector says of one line."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass, field

from gongkai.documents.privacy.finding import Severity
from gongkai.law.texts import Text


@dataclass(frozen=True, slots=True)
class Hit:
    """From ``start`` to ``end`` in the line. ``key`` tells two different things apart (the bare number)."""

    rule: str
    severity: Severity
    message: Text
    start: int
    end: int
    sample: str
    key: str = ""


@dataclass(slots=True)
class Taken:
    """The places of a line that a detector has claimed: what comes later leaves them alone. They never overlap."""

    spans: list[tuple[int, int]] = field(default_factory=list)

    def claims(self, start: int, end: int) -> bool:
        before = bisect_left(self.spans, (end, 0))
        return before > 0 and self.spans[before - 1][1] > start

    def add(self, start: int, end: int) -> None:
        insort(self.spans, (start, end))


def before(text: str, start: int, characters: int = 20) -> str:
    """What stands right before a place."""
    return text[max(0, start - characters) : start]
