"""An annual report as read: title, agency, year, parts, sentences, tables, and whether it is whole."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from gongkai.annual_report.reading.decoding import LARGEST, decode
from gongkai.annual_report.reading.errors import UnreadableReportError
from gongkai.annual_report.reading.headings import Heading, Style, find_headings
from gongkai.annual_report.reading.labels import is_label
from gongkai.annual_report.reading.lines import Line, is_value, plain, split_lines
from gongkai.annual_report.reading.tables import Note, read_tables
from gongkai.law.report_form import Form, Tables


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


@dataclass(frozen=True)
class Report:
    """One report as read. ``format`` is the national form its tables follow, ``file`` the name as given."""

    file: str
    title: str | None
    agency: str | None
    year: int | None
    format: Form
    lines: tuple[Line, ...]
    headings: tuple[Heading, ...]
    sentences: tuple[Sentence, ...]
    tables: Tables
    notes: tuple[Note, ...]

    @property
    def parts(self) -> tuple[Heading, ...]:
        """The headings that open one of the six parts."""
        return tuple(heading for heading in self.headings if heading.part is not None)

    @property
    def begins_whole(self) -> bool:
        """Whether the file begins where a report begins: a title, and part one or whatever stands for it."""
        return self.title is not None

    @property
    def ends_whole(self) -> bool:
        """Whether the file runs into part six; else a missing end may be the file's, not the report's."""
        return any(sentence.part == 6 for sentence in self.sentences)

    @property
    def whole(self) -> bool:
        """Whether the text runs from the title to the end of part six."""
        return self.begins_whole and self.ends_whole

    @property
    def complete(self) -> bool:
        """Whether the text is whole and every cell of the tables was read."""
        return self.whole and not self.tables.missing and self.format is Form.F2021

    def prose(self, part: int | None = None) -> tuple[Sentence, ...]:
        """The sentences, of one part or of all."""
        return tuple(s for s in self.sentences if part is None or s.part == part)

    def headings_in(self, part: int) -> tuple[Heading, ...]:
        """The numbered lines below the heading of ``part``, up to the next part."""
        return self._headings_by_part.get(part, ())

    def part_at(self, line: int) -> int | None:
        """The part that a line stands in; None before the first."""
        return self._parts.at(line)

    @cached_property
    def _parts(self) -> _Parts:
        return _Parts(self.headings)

    @cached_property
    def _headings_by_part(self) -> dict[int | None, tuple[Heading, ...]]:
        found: dict[int | None, list[Heading]] = {}
        for heading in self.headings:
            if heading.part is None:
                found.setdefault(self._parts.at(heading.line), []).append(heading)
        return {part: tuple(headings) for part, headings in found.items()}


def read_report(path: Path) -> Report:
    """The report in a text file. Raises UnreadableReportError with a sentence for people."""
    try:
        return read_text(decode(_bytes(path)), file=str(path))
    except UnreadableReportError as error:
        raise UnreadableReportError(error.code, str(path)) from error


def _bytes(path: Path) -> bytes:
    if path.is_dir():
        raise UnreadableReportError("folder")
    try:
        if path.stat().st_size > LARGEST:
            raise UnreadableReportError("too_large")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableReportError("missing") from error
    except OSError as error:
        raise UnreadableReportError("unreadable") from error


def read_text(text: str, *, file: str = "") -> Report:
    """The report in ``text``. Raises UnreadableReportError (not_a_report) if nothing of a report is in it."""
    lines = split_lines(text)
    headings = find_headings(lines)
    title = _title(lines, headings)
    sentences = tuple(_sentences(lines, headings))
    year = _year(title) or _declared_year(sentences)
    read = read_tables(lambda part: _lines_of_part(lines, headings, part), year)
    if title is None and not _anything_read(headings, read.tables):
        raise UnreadableReportError("not_a_report", file)
    return Report(
        file=file,
        title=title,
        agency=_agency(title),
        year=year,
        format=read.tables.form,
        lines=lines,
        headings=headings,
        sentences=sentences,
        tables=read.tables,
        notes=read.notes,
    )


def _anything_read(headings: Sequence[Heading], tables: Tables) -> bool:
    return any(h.part for h in headings) or any(value is not None for value in tables.cells.values())


# --- Parts --------------------------------------------------------------------------------------------------


class _Parts:
    """Which part each line stands in."""

    def __init__(self, headings: Sequence[Heading]) -> None:
        opening = [heading for heading in headings if heading.part is not None]
        self._lines = [heading.line for heading in opening]
        self._parts = [heading.part for heading in opening]

    def at(self, line: int) -> int | None:
        """The part of the last heading at or above ``line``; None before the first."""
        index = bisect_right(self._lines, line)
        return self._parts[index - 1] if index else None


def _lines_of_part(lines: Sequence[Line], headings: Sequence[Heading], part: int) -> Sequence[Line]:
    """The lines of a part; all lines if its heading was not found, for a table may stand anywhere then."""
    if not any(heading.part == part for heading in headings):
        return lines
    parts = _Parts(headings)
    inside = [line for line in lines if parts.at(line.number) == part]
    opening = {heading.line for heading in headings if heading.part == part}
    return [line for line in inside if line.number not in opening]


# --- Title --------------------------------------------------------------------------------------------------

_TITLE_WORDS = re.compile(r"年度报告|年度工作报告|工作报告|年报$")
_YEAR = re.compile(r"(20\d\d)年")
_ANY_YEAR = r"\(?(20\d\d|二[〇○零][一二][〇○零一二三四五六七八九])年度?\)?"
_YEAR_IN_WORDS = re.compile(r"二[〇○零O0]([一二])([〇○零O0一二三四五六七八九])年?")


def _title(lines: Sequence[Line], headings: Sequence[Heading]) -> str | None:
    """The title: up to three lines above the first heading, joined; one that names a year goes first."""
    first = min((h.line for h in headings), default=len(lines) + 1)
    opening = [line for line in lines if line.text and line.number < first][:12]
    found = list(_titles(opening))
    return next((title for title in found if _year(title)), found[0] if found else None)


def _titles(opening: Sequence[Line]) -> Iterator[str]:
    for index, line in enumerate(opening):
        if "。" in line.text or len(line.plain) > 80:
            return
        for length in range(1, min(3, index + 1) + 1):
            above = opening[index + 1 - length : index + 1]
            joined = "".join(re.sub(r"\s+", "", one.text) for one in above)
            if _is_title(joined, needs_agency=length < min(3, index + 1)):
                yield joined
                break


def _is_title(text: str, *, needs_agency: bool) -> bool:
    """A title speaks of disclosure and of a report; one that begins with the year may have its agency above."""
    named = not needs_agency or not re.match(r"(20\d\d|二[〇○零]|政府信息公开|工作|年度)", plain(text))
    return named and "公开" in text and _TITLE_WORDS.search(plain(text)) is not None


def _year(text: str | None) -> int | None:
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


def _declared_year(sentences: Sequence[Sentence]) -> int | None:
    """The year in 「编制…2021年度政府信息公开工作年度报告」, for a file without a title."""
    for sentence in sentences:
        match = re.search(r"(20\d\d)年(?:度)?[^,。]{0,12}年度报告", sentence.plain)
        if match:
            return int(match[1])
    return None


def _agency(title: str | None) -> str | None:
    """The agency's name in the title: before the year or the subject, or between the two."""
    if title is None:
        return None
    bare = re.sub(r"[《》]|^关于", "", title)
    bare = re.sub(_ANY_YEAR, "|", plain(bare))
    head = re.split(r"政府信息公开|政务公开|信息公开|年度", bare, maxsplit=1)[0]
    return next((piece for piece in head.split("|") if piece), None)


# --- Prose --------------------------------------------------------------------------------------------------

_END = re.compile(r"[。！？；;!?:：…]$")


def _sentences(lines: Sequence[Line], headings: Sequence[Heading]) -> Iterator[Sentence]:
    parts = _Parts(headings)
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
    return line.looks_like_row or is_label(line.text) or bool(line.text and is_value(line.text))


def _prose_of(line: Line, heading: Heading | None) -> str:
    """The line without blanks; of the heading of a part only what follows the title."""
    text = re.sub(r"\s+", "", line.text)
    if heading is None or heading.style is not Style.PART:
        return text
    text = re.sub(r"[（(]文字描述[^）)]*[）)]", "", text)
    return "".join(re.split(r"([。:：；;])", text, maxsplit=1)[2:])
