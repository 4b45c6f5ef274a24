"""Tables 2, 3 and 4 out of lines: rows are found by their labels, numbers are what follows a label.

Reads rows by tabs (row-spans lost, labels slid to the left), by pipes, by blanks, and one cell per line.
Nothing is guessed: where the column of a number cannot be told, the row stays unread and a note says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from gongkai.annual_report.reading.labels import (
    MARKS_OF_2019,
    is_group,
    is_header,
    is_other_handling,
    table_2_row,
    table_3_row,
)
from gongkai.annual_report.reading.lines import Line, is_blank, is_mark, is_value, number, wording
from gongkai.law.report_form import COLUMNS, RESULTS, TABLE_2, TABLE_4_GROUPS, Form, Tables, Value


class NoteKind(StrEnum):
    """What was remarkable in reading."""

    BLANK_AS_ZERO = "blank_as_zero"
    BLANK_TOTAL = "blank_total"
    UNREAD = "unread"
    REPEATED = "repeated"
    NUMBERS_WITHOUT_LABEL = "numbers_without_label"
    UNKNOWN_ROW = "unknown_row"


@dataclass(frozen=True, slots=True)
class Note:
    """A remark of the reader: ``where`` is the address of a cell or row, ``seen`` what stood there."""

    kind: NoteKind
    where: str
    line: int
    seen: str = ""


@dataclass(slots=True)
class _Segment:
    """A label and the cells after it, up to the next label."""

    key: str | None
    line: int
    cells: list[str] = field(default_factory=list)
    label: str = ""
    at: int = 0

    @property
    def filled(self) -> list[str]:
        return [cell for cell in self.cells if cell]

    @property
    def seen(self) -> str:
        return " ".join(self.cells).strip()


@dataclass(frozen=True, slots=True)
class _Reading:
    """Cells found and notes made, to be put together with others."""

    cells: dict[str, Value]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class TablesRead:
    """The tables with the reader's notes and the numbers of the lines they took."""

    tables: Tables
    notes: tuple[Note, ...]


def read_tables(lines_of: Callable[[int], Sequence[Line]], year: int | None) -> TablesRead:
    """The tables from the lines of parts 2, 3 and 4 (``lines_of(part)``); ``year`` decides in doubt."""
    segments_3 = _segments(lines_of(3), _label_of_table_3)
    form = _form(lines_of(2), segments_3, year)
    readings = [_table_3(segments_3, form), _unknown_rows(lines_of(3)), _table_4(lines_of(4))]
    if form is Form.F2021:
        readings.append(_table_2(lines_of(2)))
    cells = {address: value for reading in readings for address, value in reading.cells.items()}
    notes = sorted((note for reading in readings for note in reading.notes), key=lambda note: note.line)
    return TablesRead(Tables(cells, form), tuple(notes))


def _form(lines_2: Sequence[Line], segments_3: Sequence[_Segment], year: int | None) -> Form:
    """Which form was filled in: what the tables show first, the year only where they show nothing."""
    headings = "".join(wording(line.text) for line in lines_2)
    if any(mark in headings for mark in MARKS_OF_2019):
        return Form.F2019
    keys = {segment.key for segment in segments_3 if segment.filled}
    if "correction_lapsed" in keys or "fee_unpaid" in keys:
        return Form.F2021
    if any(is_other_handling(s.label) and len(s.filled) == len(COLUMNS) for s in segments_3):
        return Form.F2019
    return Form.F2019 if year in (2019, 2020) and not keys else Form.F2021


# --- Segments -----------------------------------------------------------------------------------------------

_Namer = Callable[[str], tuple[bool, str | None]]


def _label_of_table_3(cell: str) -> tuple[bool, str | None]:
    """Whether the cell is a label, and of which row."""
    if is_value(cell):
        return False, None
    key = table_3_row(cell)
    return key is not None or is_group(cell), key


def _label_of_table_2(cell: str) -> tuple[bool, str | None]:
    # Words in any other cell end a row too: an unknown row's numbers must not join the row above.
    return not is_value(cell), table_2_row(cell)


def _segments(lines: Sequence[Line], namer: _Namer) -> list[_Segment]:
    found: list[_Segment] = []
    for line in lines:
        named = [(index, *namer(cell)) for index, cell in enumerate(line.cells) if cell]
        labels = [(index, key) for index, is_label, key in named if is_label]
        if labels:
            index, key = labels[-1]
            found.append(_Segment(key, line.number, list(line.cells[index + 1 :]), line.cells[index], index))
        elif found and line.cells and all(is_value(cell) for cell in line.cells):
            _continue(found, line)
    return found


def _continue(found: list[_Segment], line: Line) -> None:
    """A line of values only goes on with the row above, unless that row is a full one already."""
    row = found[-1]
    if (len(line.cells) > 1 and row.filled) or len(row.filled) >= len(COLUMNS):
        found.append(_Segment(None, line.number, list(line.cells)))
    else:
        row.cells += line.cells


# --- Rows ---------------------------------------------------------------------------------------------------


def _window(cells: Sequence[str], width: int, starts: frozenset[int] = frozenset()) -> Sequence[str] | None:
    """The ``width`` cells that are the row's columns, or None where that cannot be told.

    Lost spans leave empty cells before and after the numbers. A full row needs no positions. With blanks
    inside, the window must hold every filled cell; of several the one that begins where full rows of the
    same table do (``starts``, counted in ``cells``).
    """
    filled = [cell for cell in cells if cell]
    if len(filled) == width:
        return filled
    fitting = [
        start
        for start in range(len(cells) - width + 1)
        if sum(1 for cell in cells[start : start + width] if cell) == len(filled)
    ]
    if len(fitting) > 1:
        fitting = [start for start in fitting if start in starts]
    return cells[fitting[0] : fitting[0] + width] if len(fitting) == 1 and filled else None


def _starts(segments: Sequence[_Segment]) -> dict[int, frozenset[int]]:
    """Where the numbers of full rows begin after a label in the n-th cell: lost spans differ by label."""
    found: dict[int, set[int]] = {}
    for segment in segments:
        if len(segment.filled) == len(COLUMNS):
            first = next(index for index, cell in enumerate(segment.cells) if cell)
            if all(segment.cells[first : first + len(COLUMNS)]):
                found.setdefault(segment.at, set()).add(first)
    return {at: frozenset(starts) for at, starts in found.items()}


def _row(addresses: Sequence[str], window: Sequence[str], line: int) -> _Reading:
    """Values of a row whose last cell is the total of the others; blanks become 0 where that is certain."""
    *parts, total = window
    values: dict[str, Value] = dict(zip(addresses, (number(cell) for cell in window), strict=True))
    notes = []
    given = [cell for cell in parts if not is_blank(cell)]
    marked = all(is_mark(cell) for cell in window)
    for address, cell in zip(addresses[:-1], parts, strict=True):
        if is_blank(cell) and (given or marked or number(total) == 0):
            values[address] = 0
            notes.append(Note(NoteKind.BLANK_AS_ZERO, address, line, cell))
    if is_blank(total):
        empty = marked or (bool(given) and not any(values[a] for a in addresses[:-1]))
        values[addresses[-1]] = 0 if empty else None
        kind = NoteKind.BLANK_AS_ZERO if empty else NoteKind.BLANK_TOTAL
        notes.append(Note(kind, addresses[-1], line, total))
    return _Reading(values, tuple(notes))


def _unread(where: str, segment: _Segment) -> _Reading:
    return _Reading({}, (Note(NoteKind.UNREAD, where, segment.line, segment.seen),))


def _table_3(segments: Sequence[_Segment], form: Form) -> _Reading:
    cells: dict[str, Value] = {}
    notes: list[Note] = []
    starts = _starts(segments)
    for segment in segments:
        reading = _row_of_table_3(segment, form, starts.get(segment.at, frozenset()))
        repeated = cells.keys() & reading.cells.keys()
        if repeated:
            notes.append(Note(NoteKind.REPEATED, f"t3.{_key(segment, form)}", segment.line, segment.seen))
            continue
        cells |= reading.cells
        notes += reading.notes
    return _Reading(cells, tuple(notes))


def _key(segment: _Segment, form: Form) -> str | None:
    if form is Form.F2019:
        if is_other_handling(segment.label):
            return "other"
        return segment.key if segment.key not in {"correction_lapsed", "fee_unpaid"} else None
    return segment.key


def _row_of_table_3(segment: _Segment, form: Form, starts: frozenset[int]) -> _Reading:
    key = _key(segment, form)
    if not segment.filled:
        # A group's label, or a row that holds nothing: what is missing is seen from the cells.
        return _Reading({})
    if key is None:
        return _orphans(segment)
    window = _window(segment.cells, len(COLUMNS), starts)
    if window is None or not all(is_value(cell) for cell in window):
        return _unread(f"t3.{key}", segment)
    return _row([f"t3.{key}.{column.key}" for column in COLUMNS], window, segment.line)


def _unknown_rows(lines: Sequence[Line]) -> _Reading:
    """Rows with seven numbers under a name that the form does not have: set aside, and said."""
    notes = []
    for line in lines:
        words = [cell for cell in line.cells if not is_value(cell)]
        numbers = sum(1 for cell in line.cells if number(cell) is not None)
        if words and numbers == len(COLUMNS) and not any(_label_of_table_3(word)[0] for word in words):
            notes.append(Note(NoteKind.UNKNOWN_ROW, "t3", line.number, " ".join(filter(None, line.cells))))
    return _Reading({}, tuple(notes))


def _orphans(segment: _Segment) -> _Reading:
    numbers = [cell for cell in segment.filled if number(cell) is not None]
    if len(numbers) < len(COLUMNS):
        return _Reading({})
    return _Reading({}, (Note(NoteKind.NUMBERS_WITHOUT_LABEL, "t3", segment.line, segment.seen),))


# --- Table 2 ------------------------------------------------------------------------------------------------


def _columns_of_table_2() -> dict[str, list[str]]:
    return {
        row.key: [f"t2.{row.key}.{column.key}" for column in block.columns] for block in TABLE_2 for row in block.rows
    }


def _table_2(lines: Sequence[Line]) -> _Reading:
    columns = _columns_of_table_2()
    cells: dict[str, Value] = {}
    notes: list[Note] = []
    for segment in _segments(lines, _label_of_table_2):
        if segment.key is None or not segment.filled or is_header(segment.label):
            continue
        addresses = columns[segment.key]
        reading = _row_of_table_2(segment, addresses)
        if addresses[0] not in cells:
            cells |= reading.cells
            notes += reading.notes
    return _Reading(cells, tuple(notes))


def _row_of_table_2(segment: _Segment, addresses: Sequence[str]) -> _Reading:
    """Nothing adds up in table 2, so a row is read only if its numbers are exactly as many as its columns."""
    window = segment.filled if len(segment.filled) == len(addresses) else segment.cells[: len(addresses)]
    exact = len(segment.filled) == sum(1 for cell in window if cell)
    if len(window) < len(addresses) or not exact:
        return _unread(addresses[0].rpartition(".")[0], segment)
    values: dict[str, Value] = {}
    notes = []
    for address, cell in zip(addresses, window, strict=True):
        values[address] = 0 if is_mark(cell) or (is_blank(cell) and len(addresses) > 1) else number(cell)
        if is_blank(cell):
            notes.append(Note(NoteKind.BLANK_AS_ZERO, address, segment.line, cell))
    return _Reading(values, tuple(notes))


# --- Table 4 ------------------------------------------------------------------------------------------------

_WIDTH_4 = len(TABLE_4_GROUPS) * len(RESULTS)


def _table_4(lines: Sequence[Line]) -> _Reading:
    """Fifteen values in one row, or one by one over several lines."""
    rows = [line for line in lines if line.cells and all(is_value(c) for c in line.cells) and any(line.cells)]
    if not rows:
        return _Reading({})
    cells = list(rows[0].cells) if len(rows) == 1 else [cell for row in rows for cell in row.cells if cell]
    window = _window(cells, _WIDTH_4)
    segment = _Segment("t4", rows[0].number, cells)
    return _unread("t4", segment) if window is None else _groups_of_table_4(window, segment.line)


def _groups_of_table_4(window: Sequence[str], line: int) -> _Reading:
    cells: dict[str, Value] = {}
    notes: tuple[Note, ...] = ()
    for index, group in enumerate(TABLE_4_GROUPS):
        addresses = [f"t4.{group.key}.{result.key}" for result in RESULTS]
        start = index * len(RESULTS)
        reading = _row(addresses, window[start : start + len(RESULTS)], line)
        cells |= reading.cells
        notes += reading.notes
    return _Reading(cells, notes)
