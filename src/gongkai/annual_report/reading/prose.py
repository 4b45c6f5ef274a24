"""The prose between the tables: sentences with the line of their paragraph and the part they stand in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.annual_report.reading.headings import Heading, Style
from gongkai.annual_report.reading.labels import is_label, runs_together
from gongkai.annual_report.reading.lines import Line, plain


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the prose: as printed but for blanks, the first line of its paragraph, its part."""

    text: str
    line: int
    part: int | None

    @property
    def plain(self) -> str:
        """The sentence in the normal form for comparing."""
        return plain(self.text)


class Parts:
    """Which part each line stands in."""

    def __init__(self, headings: Sequence[Heading]) -> None:
        opening = [heading for heading in headings if heading.part is not None]
        self._lines = [heading.line for heading in opening]
        self._parts = [heading.part for heading in opening]

    def at(self, line: int) -> int | None:
        """The part of the last heading at or above ``line``; None before the first."""
        index = bisect_right(self._lines, line)
        return self._parts[index - 1] if index else None


#: What stands only in the table of this part.
_MARKS = {2: "信息内容", 3: "申请人情况", 4: "尚未审结"}


def _other_tables(lines: Sequence[Line], part: int) -> set[int]:
    """The tables of the file that are those of another part."""
    found = {
        line.table
        for line in lines
        for other, mark in _MARKS.items()
        if other != part and line.table and mark in plain(line.text)
    }
    return found - {line.table for line in lines if line.table and _MARKS[part] in plain(line.text)}


def lines_of_part(lines: Sequence[Line], headings: Sequence[Heading], part: int) -> Sequence[Line]:
    """The lines of a part; if its heading was not found all lines, for a table may stand anywhere then, but the tables
    that are known for others."""
    if not any(heading.part == part for heading in headings):
        others = _other_tables(lines, part)
        return [line for line in lines if line.table not in others] if others else lines
    parts = Parts(headings)
    inside = [line for line in lines if parts.at(line.number) == part]
    opening = {heading.line for heading in headings if heading.part == part}
    return [line for line in inside if line.number not in opening]


_END = re.compile(r"[。！？；;!?:：…]$")


def sentences_of(lines: Sequence[Line], headings: Sequence[Heading]) -> Iterator[Sentence]:
    parts = Parts(headings)
    for start, text in _paragraphs(lines, headings):
        part = parts.at(start)
        for sentence in re.split(r"(?<=[。！？；;!?])", text):
            if sentence:
                yield Sentence(sentence, start, part)


def _paragraphs(lines: Sequence[Line], headings: Sequence[Heading]) -> Iterator[tuple[int, str]]:
    """Paragraphs with their first line; a line wrapped in mid-sentence is joined with the next."""
    numbered = {heading.line: heading for heading in headings}
    start, held = 0, ""
    for line in lines:
        heading = numbered.get(line.number)
        text = "" if _of_a_table(line) else _prose_of(line, heading)
        ended = _END.search(held) or (start in numbered and _is_title_only(held))
        if held and (not text or heading is not None or ended):
            yield start, held
            held = ""
        start = start if held else line.number
        held += text
    if held:
        yield start, held


def _is_title_only(text: str) -> bool:
    """Whether a numbered line is a short heading: the next line is then its text, not its continuation."""
    return len(text) <= 30 and not re.search(r"[，,；;。]", text)


def _of_a_table(line: Line) -> bool:
    if not line.text:
        return False
    return line.looks_like_row or line.is_values or is_label(line.text) or runs_together(line.text)


def _prose_of(line: Line, heading: Heading | None) -> str:
    """The line without blanks; of the heading of a part only what follows the title."""
    text = "".join(line.text.split())
    if heading is None or heading.style is not Style.PART:
        return text
    text = re.sub(r"[（(]文字描述[^）)]*[）)]", "", text)
    return "".join(re.split(r"([。:：；;])", text, maxsplit=1)[2:])
