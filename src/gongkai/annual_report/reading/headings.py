"""Headings and numbered items: 一、 （一） 1、 (1), and which of the six parts a heading opens."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gongkai.annual_report.reading.labels import is_label, runs_together, table_3_row
from gongkai.annual_report.reading.lines import Line, plain, wording
from gongkai.law.report_form import PARTS
from gongkai.law.texts import chinese_numeral

_NUMERALS = "一二三四五六七八九十"
_LONGEST_TITLE = 45


class Style(StrEnum):
    """How an item is numbered."""

    PART = "一、"
    BRACKETED = "（一）"
    ARABIC = "1、"
    BRACKETED_ARABIC = "(1)"


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered line. ``part`` is the part of the form it opens; ``exact`` whether in its official words.

    ``number`` is None for a part whose number was lost (automatic numbering). ``faulty`` names a visible
    fault of the mark itself: "bracket" (half of it missing) or "bullet" (a bullet before the number).
    """

    style: Style
    number: int | None
    title: str
    line: int
    part: int | None = None
    exact: bool = False
    faulty: str = ""

    @property
    def mark(self) -> str:
        """The number as printed: 一、 （一） 1、 (1)."""
        if self.number is None:
            return ""
        return mark(self.style, self.number)


def mark(style: Style, number: int) -> str:
    """``number`` printed in ``style``."""
    if style is Style.PART:
        return f"{chinese_numeral(number)}、"
    if style is Style.BRACKETED:
        return f"（{chinese_numeral(number)}）"
    return f"{number}、" if style is Style.ARABIC else f"({number})"


#: A line of a table of contents: dots, then the page.
_LEADER = re.compile(r"(?:\.{3,}|…|·{3,})\d+$")
_BY_NUMERAL = {chinese_numeral(number): number for number in range(1, 100)}

_PART = re.compile(rf"(?:第(?P<a>[{_NUMERALS}]{{1,3}})部分[、.,:]?|(?P<b>[{_NUMERALS}]{{1,3}})[、.,:])(?P<rest>.*)")
_BRACKETED = re.compile(rf"(\(?)([{_NUMERALS}]{{1,3}})(\))(.*)")
_OPEN_BRACKET = re.compile(rf"(\()([{_NUMERALS}]{{1,3}})()[、.]?(.*)")
_ARABIC = re.compile(r"([-*•·●◆]*)(\d{1,2})[、.](?!\d)(.*)")
_BRACKETED_ARABIC = re.compile(r"([-*•·●◆]*)\(?(\d{1,2})\)(.*)")


def find_headings(lines: Sequence[Line]) -> tuple[Heading, ...]:
    """Every numbered line outside the tables, and parts that lost their number."""
    return tuple(heading for line in lines for heading in _of_line(line))


def _of_line(line: Line) -> Iterator[Heading]:
    if not line.text or line.looks_like_row or line.is_values or _in_a_table(line) or _LEADER.search(line.plain):
        return
    for read in (_part, _bracketed, _arabic, _part_without_number):
        heading = read(line)
        if heading is not None:
            yield heading
            return


def _in_a_table(line: Line) -> bool:
    return (
        is_label(line.text) or (bool(line.cells) and table_3_row(line.cells[0]) is not None) or runs_together(line.text)
    )


def _title(rest: str) -> str:
    return re.split(r"[。:;]", rest, maxsplit=1)[0][:_LONGEST_TITLE]


def _part(line: Line) -> Heading | None:
    match = _PART.fullmatch(line.plain)
    number = _BY_NUMERAL.get(match["a"] or match["b"]) if match else None
    if match is None or number is None:
        return None
    title = match["rest"]
    part, exact = part_of(title)
    if part is None:
        part, exact = part_of(_title(title))
        if part is None and (len(title) > _LONGEST_TITLE or "。" in title):
            # A paragraph that happens to start with 一、 is an item of a list, not a heading.
            return None
        title = _title(title)
    return Heading(Style.PART, number, title, line.number, part, exact)


def _part_without_number(line: Line) -> Heading | None:
    part, exact = part_of(line.plain)
    if exact:
        return Heading(Style.PART, None, line.plain, line.number, part, True)
    number, rest = _BY_NUMERAL.get(line.plain[:1]), line.plain[1:]
    part, exact = part_of(rest) if number else (None, False)
    return Heading(Style.PART, number, rest, line.number, part, True) if exact else None


def _bracketed(line: Line) -> Heading | None:
    match = _BRACKETED.fullmatch(line.plain) or _OPEN_BRACKET.fullmatch(line.plain)
    number = _BY_NUMERAL.get(match[2]) if match else None
    if match is None or number is None or match[4].startswith(("项", "款", "目")):
        return None
    faulty = "" if match[1] and match[3] else "bracket"
    return Heading(Style.BRACKETED, number, _title(match[4]), line.number, faulty=faulty)


def _arabic(line: Line) -> Heading | None:
    for pattern, style in ((_ARABIC, Style.ARABIC), (_BRACKETED_ARABIC, Style.BRACKETED_ARABIC)):
        match = pattern.fullmatch(line.plain)
        if match is not None and int(match[2]) > 0:
            faulty = "bullet" if match[1] else ""
            return Heading(style, int(match[2]), _title(match[3]), line.number, faulty=faulty)
    return None


#: Words that show which part is meant when its wording was changed: all of the first, none of the second.
_TELLING: tuple[tuple[int, tuple[str, ...], tuple[str, ...]], ...] = (
    (1, ("总体情况",), ()),
    (4, ("复议", "诉讼"), ()),
    (2, ("主动公开", "情况"), ("申请",)),
    (3, ("申请", "处理"), ()),
    (3, ("收到", "申请"), ()),
    (5, ("问题", "改进"), ()),
    (5, ("存在", "问题"), ()),
    (6, ("其他", "报告"), ()),
    (6, ("其他", "事项"), ()),
)


def _without_brackets(title: str) -> str:
    return wording(re.sub(r"\(.*?\)", "", plain(title)))


_OFFICIAL = {_without_brackets(text): part.number for part in PARTS for text in (part.heading.zh, *part.aliases)}


def part_of(title: str) -> tuple[int | None, bool]:
    """The part that a heading's words open, and whether in official words (an alias of the notice counts)."""
    official = _OFFICIAL.get(_without_brackets(title))
    if official is not None:
        return official, True
    bare = wording(title)
    if len(bare) > _LONGEST_TITLE or "。" in plain(title):
        return None, False
    for number, needed, barred in _TELLING:
        if all(word in bare for word in needed) and not any(word in bare for word in barred):
            return number, False
    return None, False
