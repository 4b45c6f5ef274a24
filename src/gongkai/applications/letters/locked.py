"""The locked text of a paper as data: its parts in order, their conditions, their open places, and from when it holds.

A change of law is a new version with a date of effect; an issued letter says by which version it was made, and a letter
of an old day is made by the version of that day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import Formatter

from gongkai.applications.letters.slots import Condition, Slot
from gongkai.documents.letter import Block, ListBlock, TableBlock, paragraphs
from gongkai.law.citations import Article
from gongkai.law.remedies import REGULATION_SINCE


@dataclass(frozen=True, slots=True)
class Clause:
    """A paragraph of locked text, with the names of open places in braces. It belongs to the letter where all of
    ``when`` hold; a place that holds several lines makes several paragraphs."""

    text: str
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Points:
    """The numbered items that the letter is about."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table; left out where it would say nothing."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Labelled rows; ``reckoned`` rows, known only from the case, stand before them."""

    lines: tuple[Line, ...]
    reckoned: bool = False


Part = Clause | Points | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedText:
    """One version of the locked text of a paper: in force from ``since`` on and, where there is a later one, before
    ``until``.

    ``paper`` is its name in the title, ``slots`` the places that a person fills, ``basis`` the articles it stands on;
    ``reasons``: whether the law wants reasons in it (条例 35, 36(3), 37); ``attached``: while it holds, the letter has
    attachments.
    """

    code: str
    version: str
    paper: str
    parts: tuple[Part, ...]
    since: dt.date = REGULATION_SINCE
    until: dt.date | None = None
    basis: tuple[Article, ...] = ()
    slots: tuple[Slot, ...] = ()
    reasons: bool = False
    attached: Condition | None = None

    @property
    def stated(self) -> str:
        """How a letter names it: D02/2019.1."""
        return f"{self.code}/{self.version}"

    def holds_on(self, day: dt.date) -> bool:
        """Whether a letter of that day is made by it."""
        return self.since <= day and (self.until is None or day < self.until)


def clause(text: str, *when: Condition) -> Clause:
    """A clause with its conditions."""
    return Clause(text, when)


def blocks(
    parts: Sequence[Part],
    words: Mapping[str, str],
    given: Mapping[str, str],
    *,
    points: Sequence[str] = (),
    reckoned: Sequence[tuple[str, str]] = (),
) -> tuple[Block, ...]:
    """The parts that apply, filled. What people wrote fills the places and is never read as a template itself.

    ``words`` say what stands in each place, ``given`` the values that conditions look at.
    """
    return tuple(block for part in parts for block in _blocks_of(part, words, given, points, reckoned))


def _blocks_of(
    part: Part,
    words: Mapping[str, str],
    given: Mapping[str, str],
    points: Sequence[str],
    reckoned: Sequence[tuple[str, str]],
) -> Iterator[Block]:
    match part:
        case Clause(text, when):
            if all(condition.holds(given) for condition in when):
                yield from paragraphs(text.format_map(words))
        case Points():
            yield ListBlock(tuple(points))
        case Table(lines, wanted):
            rows = [(line.label, line.text.format_map(words).strip()) for line in lines]
            yield TableBlock((*(reckoned if wanted else ()), *((label, text) for label, text in rows if text)))


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """The text in pieces: (what is printed, the name of the open place after it or nothing)."""
    for literal, place, _format, _conversion in Formatter().parse(text):
        yield literal, place or ""


def places_in(part: Part) -> set[str]:
    """The names of the open places of a part."""
    texts = [part.text] if isinstance(part, Clause) else [line.text for line in getattr(part, "lines", ())]
    return {place for text in texts for _literal, place in pieces(text) if place}
