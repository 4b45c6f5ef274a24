"""What one detector says of one line, and what all of them are told about the office."""

from __future__ import annotations

import re
from collections.abc import Iterable
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


@dataclass(frozen=True)
class Office:
    """What the office itself gives to the public, and which therefore may stand anywhere."""

    telephones: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    accounts: frozenset[str] = frozenset()

    @classmethod
    def of(cls, telephones: Iterable[str] = (), emails: Iterable[str] = (), accounts: Iterable[str] = ()) -> Office:
        """From what people typed: several numbers in one text, with blanks and dashes."""
        numbers = {bare(found) for text in telephones for found in re.findall(r"\d[\d -]{5,}\d", text)}
        return cls(
            frozenset(numbers), frozenset(text.lower() for text in emails), frozenset(bare(text) for text in accounts)
        )


#: An office that gives nothing away.
NO_OFFICE = Office()


@dataclass(slots=True)
class Taken:
    """The places of a line that a detector has claimed: what comes later leaves them alone."""

    spans: list[tuple[int, int]] = field(default_factory=list)

    def claims(self, start: int, end: int) -> bool:
        return any(start < other_end and other_start < end for other_start, other_end in self.spans)

    def add(self, start: int, end: int) -> None:
        self.spans.append((start, end))


def bare(number: str) -> str:
    """Only letters and digits."""
    return re.sub(r"[^0-9A-Za-z]", "", number).upper()


def before(text: str, start: int, characters: int = 20) -> str:
    """What stands right before a place."""
    return text[max(0, start - characters) : start]
