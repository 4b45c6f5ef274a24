"""Table 4: fifteen values in one row, one by one over several lines, or run together and parted by the sums."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongkai.annual_report.reading.glued import Digits, Numbers, Stretch, TooMany, are_numbers, table_4_of
from gongkai.annual_report.reading.lines import Line, is_value
from gongkai.annual_report.reading.notes import Note, NoteKind
from gongkai.annual_report.reading.rows import Found, row, unread, window
from gongkai.law.report_form import RESULTS, TABLE_4_GROUPS, Value

_WIDTH = len(TABLE_4_GROUPS) * len(RESULTS)
_ADDRESSES = [f"t4.{group.key}.{result.key}" for group in TABLE_4_GROUPS for result in RESULTS]
_HEAD = re.compile(r"(?:总计|审结|维持|诉讼)(?=\d)")
_BY_SUMS = frozenset({"T4-1"})


def read_table_4(lines: Sequence[Line]) -> Found:
    """Cells and notes of table 4."""
    rows = [line for line in lines if line.cells and all(is_value(c) for c in line.cells) and any(line.cells)]
    if rows:
        cells = list(rows[0].cells) if len(rows) == 1 else [cell for one in rows for cell in one.cells if cell]
        found = window(cells, _WIDTH)
        if found is not None:
            return _groups(found, rows[0].number)
    decoded = _by_sums(lines)
    if decoded is not None or not rows:
        return decoded or Found({})
    return unread("t4", rows[0].number, " ".join(cell for one in rows for cell in one.cells).strip())


def _groups(cells: Sequence[str], line: int) -> Found:
    values: dict[str, Value] = {}
    notes: tuple[Note, ...] = ()
    for start in range(0, _WIDTH, len(RESULTS)):
        part = slice(start, start + len(RESULTS))
        found = row(_ADDRESSES[part], cells[part], line)
        values |= found.cells
        notes += found.notes
    return Found(values, notes)


def _by_sums(lines: Sequence[Line]) -> Found | None:
    """The digits after the last heading 总计; None if there are none."""
    stretch = Stretch(lines)
    start = max((head.end() for head in _HEAD.finditer(stretch.words)), default=0)
    digits = stretch.digits_from(start)
    if len(digits.text) < _WIDTH:
        return None
    line = stretch.line_at(start)
    if len(digits.tokens) == _WIDTH and are_numbers(digits.tokens):
        return Found(dict(zip(_ADDRESSES, map(int, digits.tokens), strict=True)))
    try:
        readings = set(table_4_of(digits))
    except TooMany:
        readings = set()
    return _agreed(readings, line, digits)


def _agreed(readings: set[Numbers], line: int, digits: Digits) -> Found:
    """The groups in which all readings agree."""
    cells: dict[str, Value] = {}
    for start in range(0, _WIDTH, len(RESULTS)):
        part = slice(start, start + len(RESULTS))
        groups = {reading[part] for reading in readings}
        if len(groups) == 1:
            cells |= dict(zip(_ADDRESSES[part], groups.pop(), strict=True))
    notes = [Note(NoteKind.DECODED, "t4", line, digits.seen)] if cells else []
    if len(cells) < _WIDTH:
        notes.append(Note(NoteKind.UNREAD, "t4", line, digits.seen))
    return Found(cells, tuple(notes), dict.fromkeys(cells, _BY_SUMS))
