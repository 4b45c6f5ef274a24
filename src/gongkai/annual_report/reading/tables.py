"""Tables 2, 3 and 4 out of lines.

Rows are found by their labels, numbers are what follows a label: by tabs (row-spans lost, labels slid to the left), by
pipes, by blanks, one cell per line, in the columns of a file's own tables. What is printed without anything between the
numbers is parted by the sums. Nothing is guessed: where the column of a number cannot be told, the row stays unread and
a note says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from gongkai.annual_report.reading.labels import MARKS_OF_2019, is_other_handling
from gongkai.annual_report.reading.lines import Line, plain, wording
from gongkai.annual_report.reading.notes import Note, NoteKind
from gongkai.annual_report.reading.rows import Segment
from gongkai.annual_report.reading.table_2 import read_table_2
from gongkai.annual_report.reading.table_3 import read_table_3, segments_3
from gongkai.annual_report.reading.table_4 import read_table_4
from gongkai.law.report_form import COLUMNS, Form, Tables


@dataclass(frozen=True, slots=True)
class TablesRead:
    """The tables with the reader's notes; ``decoded``: see `Report.decoded_by`."""

    tables: Tables
    notes: tuple[Note, ...]
    decoded: Mapping[str, frozenset[str]]


def read_tables(lines_of: Callable[[int], Sequence[Line]], year: int | None) -> TablesRead:
    """The tables from the lines of parts 2, 3 and 4 (``lines_of(part)``); ``year`` decides in doubt."""
    lines_2, lines_3, lines_4 = (lines_of(part) for part in (2, 3, 4))
    segments = segments_3(lines_3)
    form = _form(lines_2, lines_3, segments, year)
    found = [read_table_2(lines_2, form), read_table_3(lines_3, segments, form), read_table_4(lines_4)]
    cells = {address: value for one in found for address, value in one.cells.items()}
    decoded = {address: rules for one in found for address, rules in one.decoded.items()}
    notes = [note for one in found for note in one.notes]
    notes += _old_form(lines_2, lines_3)
    return TablesRead(Tables(cells, form), tuple(sorted(notes, key=lambda note: note.line)), decoded)


_NUMBERS_OF_OTHER_HANDLING = re.compile(r"其他处理\)?\d")


def _form(lines_2: Sequence[Line], lines_3: Sequence[Line], segments: Sequence[Segment], year: int | None) -> Form:
    """Which form was filled in: what the tables show first, the year only where they show nothing."""
    headings = "".join(wording(line.text) for line in lines_2)
    if any(mark in headings for mark in MARKS_OF_2019):
        return Form.F2019
    keys = {segment.key for segment in segments if segment.filled}
    if "correction_lapsed" in keys or "fee_unpaid" in keys:
        return Form.F2021
    if any(is_other_handling(s.label) and len(s.filled) == len(COLUMNS) for s in segments):
        return Form.F2019
    if not keys and any("逾期不补正" in plain(line.text) for line in lines_3):
        return Form.F2021
    if not keys and any(_NUMBERS_OF_OTHER_HANDLING.search(plain(line.text)) for line in lines_3):
        return Form.F2019
    return Form.F2019 if year in (2019, 2020) and not keys else Form.F2021


_OLD = re.compile(r"历年累计|统计指标|指标名称|主动公开政府信息数\(")


def _old_form(lines_2: Sequence[Line], lines_3: Sequence[Line]) -> list[Note]:
    """The statistics used before 2019."""
    line = next((line for line in (*lines_2, *lines_3) if _OLD.search(plain(line.text))), None)
    return [Note(NoteKind.OLD_FORM, "t2", line.number)] if line is not None else []
