"""Table 2 of both forms. Nothing adds up in it, so a row is read only if its numbers are exactly as many as its columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from gongkai.annual_report.reading.glued import are_numbers
from gongkai.annual_report.reading.labels import is_header, table_2_row
from gongkai.annual_report.reading.lines import Line, change, is_blank, is_mark, is_value, number, plain
from gongkai.annual_report.reading.notes import Note, NoteKind
from gongkai.annual_report.reading.rows import Found, Segment, segments_of, unread
from gongkai.annual_report.reading.variants import simple
from gongkai.law.report_form import Form, Value, table_2_blocks

#: No sum stands behind digits parted by their number alone: nothing is to be asserted from them.
_UNPROVEN = frozenset({"T2-1", "T2-2", "T2-3", "P-10", "X-2"})


def _name_of(cell: str) -> tuple[bool, str | None]:
    # Words in any other cell end a row too: an unknown row's numbers must not join the row above.
    return not is_value(cell) and change(cell) is None, table_2_row(cell)


def _rows(form: Form) -> dict[str, list[str]]:
    """The addresses of each row."""
    return {
        row.key: [f"t2.{row.key}.{column.key}" for column in block.columns]
        for block in table_2_blocks(form)
        for row in block.rows
    }


def read_table_2(lines: Sequence[Line], form: Form) -> Found:
    """Cells and notes of table 2."""
    rows = _rows(form)
    cells: dict[str, Value] = {}
    notes: list[Note] = []
    for segment in segments_of(lines, _name_of):
        if segment.key is None or segment.key not in rows or not segment.filled or is_header(segment.label):
            continue
        addresses = rows[segment.key]
        found = _row(segment, addresses)
        if addresses[0] not in cells:
            cells |= found.cells
            notes += found.notes
    decoded: dict[str, frozenset[str]] = {}
    for found in _run_together(lines, {key: at for key, at in rows.items() if at[0] not in cells}):
        cells |= found.cells
        notes += found.notes
        decoded |= found.decoded
    return Found(cells, tuple(notes), decoded)


def _row(segment: Segment, addresses: Sequence[str]) -> Found:
    cells = segment.filled if len(segment.filled) == len(addresses) else segment.cells[: len(addresses)]
    exact = len(segment.filled) == sum(1 for cell in cells if cell)
    if len(cells) < len(addresses) or not exact:
        return unread(addresses[0].rpartition(".")[0], segment.line, segment.seen)
    values: dict[str, Value] = {}
    notes = []
    for address, cell in zip(addresses, cells, strict=True):
        read = change(cell) if address.endswith(".change") else number(cell)
        values[address] = 0 if is_mark(cell) or (is_blank(cell) and len(addresses) > 1) else read
        if is_blank(cell):
            notes.append(Note(NoteKind.BLANK_AS_ZERO, address, segment.line, cell))
    return Found(values, tuple(notes))


# --- Run together -------------------------------------------------------------------------------------------

_LABELS = {
    "rules": "(?<!本级)规章",
    "normative_documents": "规范性文件",
    "licences": "行政许可",
    "other_services": "其他对外管理服务事项",
    "penalties": "行政处罚",
    "coercion": "行政强制",
    "charges": "行政事业性收费",
    "procurement": "政府集中采购",
}


def _run_together(lines: Sequence[Line], rows: dict[str, list[str]]) -> Iterator[Found]:
    """Labels with their numbers right behind them."""
    for line in lines:
        if sum(map(bool, line.cells)) > 1 and not line.text[-1:].isdecimal():
            continue
        text = " ".join(simple(line.text).split())
        for key in list(rows):
            found = re.search(
                rf"{_LABELS[key]}(?:[（(][^）)]*[）)])?\s*(\d[\d.,\s]*)(万元|亿元|元)?(?![件条项宗人份个年%])", text
            )
            if found:
                yield _parted(found[1].strip(), found[2] or "", rows.pop(key), line.number)


def _parted(digits: str, unit: str, addresses: Sequence[str], line: int) -> Found:
    if len(addresses) == 1:
        value = number(plain(digits) + unit)
        return Found({addresses[0]: value}) if value is not None else _doubtful(addresses, line, digits)
    tokens = digits.split()
    if len(tokens) == len(addresses) and all(number(token) is not None for token in tokens):
        return Found(dict(zip(addresses, map(number, tokens), strict=True)))
    readings = list(_readings("".join(tokens), len(addresses)))
    if len(readings) != 1:
        return _doubtful(addresses, line, digits)
    values = dict(zip(addresses, readings[0], strict=True))
    note = Note(NoteKind.DECODED, addresses[0].rpartition(".")[0], line, digits)
    return Found(values, (note,), dict.fromkeys(addresses, _UNPROVEN))


def _doubtful(addresses: Sequence[str], line: int, digits: str) -> Found:
    return unread(addresses[0].rpartition(".")[0], line, digits)


def _readings(digits: str, parts: int) -> Iterator[list[int]]:
    """Every way to cut the digits into so many numbers."""
    if not digits.isdecimal() or len(digits) > 12:
        return
    for cuts in combinations(range(1, len(digits)), parts - 1):
        ends = (0, *cuts, len(digits))
        tokens = [digits[a:b] for a, b in pairwise(ends)]
        if are_numbers(tokens):
            yield [int(token) for token in tokens]
