"""Rows out of lines: a label and the cells after it, and which of these are its columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from gongkai.annual_report.reading.lines import Line, is_blank, is_mark, is_value, number, plain
from gongkai.annual_report.reading.notes import Note, NoteKind
from gongkai.law.report_form import COLUMNS, Value


@dataclass(slots=True)
class Segment:
    """A label and the cells after it, up to the next label. ``begins``: where among them the first column stands, if the
    file says so."""

    key: str | None
    line: int
    cells: list[str] = field(default_factory=list)
    label: str = ""
    at: int = 0
    begins: int | None = None

    @property
    def filled(self) -> list[str]:
        return [cell for cell in self.cells if cell]

    @property
    def seen(self) -> str:
        return " ".join(self.cells).strip()


@dataclass(frozen=True, slots=True)
class Found:
    """Cells found and notes made, to be put together with others; ``decoded``: see `Report.decoded_by`."""

    cells: Mapping[str, Value]
    notes: tuple[Note, ...] = ()
    decoded: Mapping[str, frozenset[str]] = field(default_factory=dict)


Namer = Callable[[str], tuple[bool, str | None]]
Continues = Callable[[str], bool]


def segments_of(lines: Sequence[Line], namer: Namer, passes_over: Continues = is_value) -> list[Segment]:
    """``namer``: whether a cell is a label, and of which row. A line without one goes on with the row above, if it holds
    values only, beside pieces of labels (``passes_over``)."""
    found: list[Segment] = []
    columns = _first_columns(lines)
    for line in lines:
        if not line.cells:
            continue
        labels = [
            (at, key) for at, cell in enumerate(line.cells) if cell for is_label, key in (namer(cell),) if is_label
        ]
        if labels:
            at, key = labels[-1]
            begins = columns[line.table] - at - 1 if line.table in columns else None
            found.append(Segment(key, line.number, list(line.cells[at + 1 :]), line.cells[at], at, begins))
        elif found and (values := _values_of(line, passes_over)):
            _continue(found, line.number, values)
    return found


def _first_columns(lines: Sequence[Line]) -> dict[int, int]:
    """In which column of each table 自然人 stands; a table without heads that follows is the next page of it."""
    found: dict[int, int] = {}
    last: tuple[int, int] | None = None
    for line in lines:
        if not line.table or line.table in found:
            continue
        at = next((at for at, cell in enumerate(line.cells) if plain(cell) == "自然人"), None)
        if at is not None:
            found[line.table] = at
            last = at, len(line.cells)
        elif last is not None and len(line.cells) == last[1] and any(number(cell) is not None for cell in line.cells):
            found[line.table] = last[0]
    return found


def _values_of(line: Line, passes_over: Continues) -> list[str]:
    """The values of a line, without the pieces of labels before them; none if anything else stands in it."""
    cells = list(line.cells)
    while cells and not is_value(cells[0]) and passes_over(cells[0]):
        cells.pop(0)
    return cells if all(is_value(cell) for cell in cells) else []


def _continue(found: list[Segment], line: int, values: list[str]) -> None:
    """A line of values only goes on with the row above, unless that row is a full one already."""
    row = found[-1]
    if (len(values) > 1 and row.filled) or len(row.filled) >= len(COLUMNS):
        found.append(Segment(None, line, values))
    else:
        row.cells += values


def window(
    cells: Sequence[str], width: int, starts: frozenset[int] = frozenset(), begins: int | None = None
) -> Sequence[str] | None:
    """The ``width`` cells that are the row's columns, or None where that cannot be told.

    Lost spans leave empty cells before and after the numbers. A full row needs no positions. With blanks
    inside, the window must hold every filled cell; of several the one that ``begins`` where the file says, or
    where full rows of the same table do (``starts``, counted in ``cells``).
    """
    filled = [cell for cell in cells if cell]
    if len(filled) == width:
        return filled
    fitting = [
        start
        for start in range(len(cells) - width + 1)
        if sum(1 for cell in cells[start : start + width] if cell) == len(filled)
    ]
    if begins in fitting:
        fitting = [start for start in fitting if start == begins]
    elif len(fitting) > 1:
        fitting = [start for start in fitting if start in starts]
    return cells[fitting[0] : fitting[0] + width] if len(fitting) == 1 and filled else None


def starts_of(segments: Sequence[Segment]) -> dict[int, frozenset[int]]:
    """Where the numbers of full rows begin after a label in the n-th cell: lost spans differ by label."""
    found: dict[int, set[int]] = {}
    for segment in segments:
        if len(segment.filled) == len(COLUMNS):
            first = next(index for index, cell in enumerate(segment.cells) if cell)
            if all(segment.cells[first : first + len(COLUMNS)]):
                found.setdefault(segment.at, set()).add(first)
    return {at: frozenset(starts) for at, starts in found.items()}


def count(cell: str) -> Value:
    """The number in a cell of counts; 3.0 of a workbook is 3."""
    value = number(cell)
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value


def row(addresses: Sequence[str], cells: Sequence[str], line: int) -> Found:
    """Values of a row whose last cell is the total of the others; blanks become 0 where that is certain."""
    values: dict[str, Value] = dict(zip(addresses, map(count, cells), strict=True))
    if None not in values.values():
        return Found(values)
    *parts, total = cells
    notes = []
    given = [cell for cell in parts if not is_blank(cell)]
    marked = all(is_mark(cell) for cell in cells)
    for address, cell in zip(addresses[:-1], parts, strict=True):
        if is_blank(cell) and (given or marked or number(total) == 0):
            values[address] = 0
            notes.append(Note(NoteKind.BLANK_AS_ZERO, address, line, cell))
    if is_blank(total):
        empty = marked or (bool(given) and not any(values[a] for a in addresses[:-1]))
        values[addresses[-1]] = 0 if empty else None
        kind = NoteKind.BLANK_AS_ZERO if empty else NoteKind.BLANK_TOTAL
        notes.append(Note(kind, addresses[-1], line, total))
    return Found(values, tuple(notes))


def unread(where: str, line: int, seen: str) -> Found:
    """A row whose numbers were not taken, and says so."""
    return Found({}, (Note(NoteKind.UNREAD, where, line, seen),))
