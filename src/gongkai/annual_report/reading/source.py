"""From the bytes of any file to lines and rows; text goes the short way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.annual_report.reading.errors import UnreadableReportError
from gongkai.annual_report.reading.lines import Line, cells_of, is_value, split_lines
from gongkai.annual_report.reading.notes import Note, NoteKind
from gongkai.annual_report.reading.variants import undone
from gongkai.documents.gate.kinds import JPEG, PNG, TIFF, TXT
from gongkai.documents.reading.decoding import decoded
from gongkai.documents.reading.dispatch import read_content
from gongkai.documents.reading.errors import UnreadableFile
from gongkai.documents.reading.kinds import agrees, kind_of
from gongkai.documents.reading.normal import Reading, TableBlock, TextBlock

LARGEST = 20 * 1024 * 1024
_PICTURES = frozenset({JPEG.label, PNG.label, TIFF.label})


@dataclass(frozen=True, slots=True)
class Source:
    """The lines of a file, and what reading it had to say."""

    lines: tuple[Line, ...]
    notes: tuple[Note, ...] = ()


def source_of(data: bytes, name: str = "") -> Source:
    """Raises UnreadableReportError, whatever the bytes are."""
    if len(data) > LARGEST:
        raise UnreadableReportError("too_large", name)
    try:
        kind = kind_of(data)
        if kind.label in _PICTURES:
            raise UnreadableReportError("picture", name)
        agreed = agrees(kind, name)
        if kind.label != TXT.label:
            return _of_reading(read_content(data, kind=kind), agreed=agreed)
        text = decoded(data)
    except UnreadableFile as error:
        raise UnreadableReportError(error.code, name, error.message) from error
    return _of_text(text.text if text else "")


def _of_text(text: str) -> Source:
    clean = undone(text)
    return Source(split_lines(clean), (Note(NoteKind.NOISE, "", 1),) if clean != text else ())


def _of_reading(reading: Reading, *, agreed: bool) -> Source:
    raw = list(_rows(reading))
    text = "\n".join("\t".join(cells) for cells, _ in raw)
    noisy = undone(text) != text
    if noisy:
        raw = [(tuple(map(undone, cells)), table) for cells, table in raw]
    lines = tuple(
        Line(number, "\t".join(filter(None, cells)), cells if table else cells_of(cells[0]), table)
        for number, (cells, table) in enumerate(raw, 1)
    )
    notes = [*_notes(reading)]
    if not agreed:
        notes.append(Note(NoteKind.FILE, "", 0, "name_differs"))
    if noisy:
        notes.append(Note(NoteKind.NOISE, "", 1))
    return Source(lines, tuple(notes))


def _rows(reading: Reading) -> Iterator[tuple[tuple[str, ...], int]]:
    """Every line of text, and every row with the number of its table. A row with one piece of text in it (a title
    merged over a sheet) is text."""
    table = 0
    for block in reading.blocks:
        if isinstance(block, TextBlock):
            for line in block.text.splitlines():
                yield (line.strip(),), 0
            continue
        table += 1
        yield from _rows_of_table(block, table)


def _rows_of_table(block: TableBlock, table: int) -> Iterator[tuple[tuple[str, ...], int]]:
    for row in block.cells:
        cells = tuple(cell.text.strip() if cell.origin else "" for cell in row)
        filled = [cell for cell in cells if cell]
        if len(filled) > 1 or (filled and is_value(filled[0])):
            yield cells, table
        elif filled:
            for line in filled[0].splitlines():
                yield (line.strip(),), 0


def _notes(reading: Reading) -> Iterator[Note]:
    for page in reading.pictures:
        yield Note(NoteKind.PICTURE, "", 0, str(page))
    for code in reading.notes:
        yield Note(NoteKind.FILE, "", 0, code)
