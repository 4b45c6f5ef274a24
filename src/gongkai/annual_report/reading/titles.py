"""Who reports on which year: the title above the first heading, or what the text declares."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gongkai.annual_report.reading.headings import Heading
from gongkai.annual_report.reading.lines import Line, plain
from gongkai.annual_report.reading.prose import Sentence

_TITLE_WORDS = re.compile(r"年度报告|年度工作报告|工作报告|年报$")
_YEAR = re.compile(r"(20\d\d)年")
_ANY_YEAR = r"\(?(20\d\d|二[〇○零][一二][〇○零一二三四五六七八九])年度?\)?"
_YEAR_IN_WORDS = re.compile(r"二[〇○零O0]([一二])([〇○零O0一二三四五六七八九])年?")


def title_of(lines: Sequence[Line], headings: Sequence[Heading]) -> str | None:
    """The title: up to three lines above the first heading, joined; one that names a year goes first."""
    first = min((h.line for h in headings), default=len(lines) + 1)
    opening = [line for line in lines if line.text and line.number < first][:12]
    found = list(_titles(opening))
    return next((title for title in found if year_of(title)), found[0] if found else None)


def _titles(opening: Sequence[Line]) -> Iterator[str]:
    for index, line in enumerate(opening):
        if "。" in line.text or len(line.plain) > 80:
            return
        for length in range(1, min(3, index + 1) + 1):
            above = opening[index + 1 - length : index + 1]
            joined = "".join(re.sub(r"\s+", "", one.text) for one in above)
            if is_title(joined, needs_agency=length < min(3, index + 1)):
                yield joined
                break


def is_title(text: str, *, needs_agency: bool) -> bool:
    """A title speaks of disclosure and of a report; one that begins with the year may have its agency above."""
    named = not needs_agency or not re.match(r"(20\d\d|二[〇○零]|政府信息公开|工作|年度)", plain(text))
    return named and "公开" in text and _TITLE_WORDS.search(plain(text)) is not None


def year_of(text: str | None) -> int | None:
    if text is None:
        return None
    match = _YEAR.search(plain(text))
    if match:
        return int(match[1])
    words = _YEAR_IN_WORDS.search(plain(text))
    if words is None:
        return None
    tens, ones = ("一二".index(words[1]) + 1, max(0, "〇一二三四五六七八九".find(words[2])))
    return 2000 + tens * 10 + ones


def declared_year(sentences: Sequence[Sentence]) -> int | None:
    """The year in 「编制…2021年度政府信息公开工作年度报告」, for a file without a title."""
    for sentence in sentences:
        match = re.search(r"(20\d\d)年(?:度)?[^,。]{0,12}年度报告", sentence.plain)
        if match:
            return int(match[1])
    return None


def agency_of(title: str | None) -> str | None:
    """The agency's name in the title: before the year or the subject, or between the two."""
    if title is None:
        return None
    bare = re.sub(r"[《》]|^关于", "", title)
    bare = re.sub(_ANY_YEAR, "|", plain(bare))
    head = re.split(r"政府信息公开|政务公开|信息公开|年度", bare, maxsplit=1)[0]
    return next((piece for piece in head.split("|") if piece), None)
