"""An annual report as read: title, agency, year, parts, sentences, tables, and whether it is whole."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from gongkai.annual_report.reading.errors import UnreadableReportError
from gongkai.annual_report.reading.headings import Heading, find_headings
from gongkai.annual_report.reading.lines import Line, split_lines
from gongkai.annual_report.reading.notes import Note, NoteKind
from gongkai.annual_report.reading.prose import Parts, Sentence, lines_of_part, sentences_of
from gongkai.annual_report.reading.source import LARGEST, Source, source_of
from gongkai.annual_report.reading.tables import read_tables
from gongkai.annual_report.reading.titles import agency_of, declared_year, is_title, title_of, year_of
from gongkai.annual_report.reading.variants import undone
from gongkai.law.report_form import Form, Identity, Tables


@dataclass(frozen=True)
class Report:
    """One report as read. ``format`` is the national form its tables follow, ``file`` the name as given.

    ``decoded_by``: cells that were printed without anything between them, and the rules that were used to part their
    digits; these rules prove nothing about them (`may_assert`).
    """

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
    decoded_by: Mapping[str, frozenset[str]] = field(default_factory=dict)

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
        return self.whole and not self.tables.missing

    def may_assert(self, identity: Identity) -> bool:
        """Whether none of the cells of ``identity`` was read by its own rule."""
        return not self.decoded_by or not any(
            identity.rule in self.decoded_by.get(address, ()) for address in (*identity.left, *identity.right)
        )

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
    def _parts(self) -> Parts:
        return Parts(self.headings)

    @cached_property
    def _headings_by_part(self) -> dict[int | None, tuple[Heading, ...]]:
        found: dict[int | None, list[Heading]] = {}
        for heading in self.headings:
            if heading.part is None:
                found.setdefault(self._parts.at(heading.line), []).append(heading)
        return {part: tuple(headings) for part, headings in found.items()}


def read_report(path: Path) -> Report:
    """The report in a file. Raises UnreadableReportError with a sentence for people."""
    try:
        return read_bytes(_bytes(path), str(path))
    except UnreadableReportError as error:
        raise error.named(str(path)) from error


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


def read_bytes(data: bytes, name: str = "") -> Report:
    """The report in the bytes of a file of any kind. Raises UnreadableReportError with a sentence for people.

    ``name`` is what the file is called; its extension is heard only where it contradicts the content.
    """
    return _read(source_of(data, name), name)


def read_text(text: str, *, file: str = "") -> Report:
    """The report in ``text``. Raises UnreadableReportError (not_a_report) if nothing of a report is in it."""
    clean = undone(text)
    noise = (Note(NoteKind.NOISE, "", 1),) if clean != text else ()
    return _read(Source(split_lines(clean), noise), file)


def _read(source: Source, file: str) -> Report:
    lines, headings, second = _first_report(source.lines, find_headings(source.lines))
    title = title_of(lines, headings)
    sentences = tuple(sentences_of(lines, headings))
    year = year_of(title) or declared_year(sentences)
    read = read_tables(lambda part: lines_of_part(lines, headings, part), year)
    if title is None and not _anything_read(headings, read.tables):
        raise _no_report(source, file)
    return Report(
        file=file,
        title=title,
        agency=agency_of(title),
        year=year,
        format=read.tables.form,
        lines=lines,
        headings=headings,
        sentences=sentences,
        tables=read.tables,
        notes=(*source.notes, *read.notes, *second),
        decoded_by=read.decoded,
    )


def _anything_read(headings: Sequence[Heading], tables: Tables) -> bool:
    return any(h.part for h in headings) or any(value is not None for value in tables.cells.values())


def _first_report(
    lines: tuple[Line, ...], headings: tuple[Heading, ...]
) -> tuple[tuple[Line, ...], tuple[Heading, ...], tuple[Note, ...]]:
    """Where a title stands between part five or six and another part one, a second report begins; it is set aside."""
    parts = [heading for heading in headings if heading.part is not None]
    for before, after in itertools.pairwise(parts):
        if after.part != 1 or (before.part or 0) < 5:
            continue
        between = lines[before.line : after.line - 1]
        title = next((line for line in reversed(between) if is_title(line.plain, needs_agency=False)), None)
        if title is not None and len(title.plain) <= 80 and "。" not in title.text:
            note = Note(NoteKind.TWO_REPORTS, "", title.number, title.text)
            return lines[: title.number - 1], tuple(h for h in headings if h.line < title.number), (note,)
    return lines, headings, ()


_FOREIGN = re.compile(
    r"(?i)freedom of information|\bFOIA?\b|information commissioner|access to information|公开资料守则|資訊公開|資訊公开|資料守則|情報公開"
)


def _no_report(source: Source, file: str) -> UnreadableReportError:
    """Says what it is instead, and its first line."""
    seen = next((line.text for line in source.lines if line.text), "")[:80]
    if any(note.kind is NoteKind.PICTURE for note in source.notes):
        return UnreadableReportError("scanned", file, seen=seen)
    foreign = _FOREIGN.search("\n".join(line.text for line in source.lines))
    return UnreadableReportError("foreign_form" if foreign else "not_a_report", file, seen=seen)
