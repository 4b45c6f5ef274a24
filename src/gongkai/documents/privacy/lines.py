"""What the detectors look through: a reading as pieces of text, each with its place and what stands around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from gongkai.documents.reading.normal import AsideKind, Block, Cell, Place, Reading, TableBlock, TextBlock

#: Full-width letters and digits as the plain ones they are read as, every kind of blank and dash as one, and what looks
#: like the X of an identity number.
_PLAIN = {
    **{code: code - 0xFEE0 for code in range(0xFF10, 0xFF1A)},
    **{code: code - 0xFEE0 for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))},
    **dict.fromkeys((0x00A0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000, *map(ord, "\t\r\n\v\f")), " "),
    **dict.fromkeys(map(ord, "‐‑‒–—―－"), "-"),
    ord("＊"): "*",
    ord("＋"): "+",
    ord("＠"): "@",
    **dict.fromkeys(map(ord, "ХΧⅩ"), "X"),
    **dict.fromkeys(map(ord, "хχⅹ"), "x"),
}
#: Characters that are not seen, and would hide a number from a search.
_UNSEEN = dict.fromkeys(
    (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF, 0x00AD, 0x061C)
)
#: So many lines divided alike are a table.
FEWEST_ROWS = 3
#: So many rows of the head of a table are looked through for the names of its columns.
HEAD_ROWS = 6


@dataclass(frozen=True, slots=True)
class Line:
    """One line, cell or aside. ``text`` is plain (`plain`); ``head`` the name of its column; ``number`` counts lines
    from 0, so that neighbours can be told from far ones; ``table`` the table's number in the reading, None outside.
    ``name`` is an aside's own (author, property)."""

    text: str
    place: Place
    number: int
    head: str = ""
    table: int | None = None
    beside: AsideKind | None = None
    name: str = ""


def plain(text: str) -> str:
    """The text in the signs that the patterns know. Of the same length, unless it hides unseen characters."""
    return text.translate(_PLAIN).translate(_UNSEEN)


def lines_of(reading: Reading) -> Iterator[Line]:
    """Blocks first, in reading order, the name of a sheet before it, then what lies beside them. A merged cell comes
    once."""
    number, table, sheets = 0, 0, set[str]()
    for block in reading.blocks:
        if isinstance(block, TextBlock):
            number += 1
            yield Line(plain(block.text), block.place, number)
        else:
            if block.place.sheet and block.place.sheet not in sheets:
                sheets.add(block.place.sheet)
                number += 1
                yield Line(plain(block.place.sheet), Place(sheet=block.place.sheet), number)
            for line in _cells(block, table, number):
                yield line
                number = line.number
            table += 1
    for aside in reading.asides:
        number += 1
        yield Line(plain(aside.text), aside.place, number, beside=aside.kind, name=aside.name)


def _cells(block: TableBlock, table: int, number: int) -> Iterator[Line]:
    heads = heads_of(block)
    for row_number, row in enumerate(block.cells, 1):
        number += 1
        for column, cell in enumerate(row):
            if cell.origin and cell.text:
                head = heads[column] if column < len(heads) else ""
                yield Line(plain(cell.text), cell_place(block, row_number, column + 1), number, head, table)


def cell_place(block: TableBlock, row: int, column: int) -> Place:
    """Where a cell stands: the table's place with row and column; a spreadsheet's rows count on from where it begins."""
    first_row, first_column = block.place.row or 1, block.place.column or 1
    if block.place.table is None and block.place.line is not None:  # a table in plain text: a line a row
        return replace(block.place, line=block.place.line + row - 1, column=column)
    return replace(block.place, row=first_row + row - 1, column=first_column + column - 1)


def with_tables(reading: Reading) -> Reading:
    """Plain text has no tables, but lists all the same: lines that tabs or commas divide into as many fields are one."""
    if not reading.media_type.startswith("text/plain"):
        return reading
    blocks: list[Block] = []
    numbered = enumerate(reading.blocks)
    for (separator, count, _gap), run in groupby(numbered, key=lambda pair: _division(pair[1], pair[0])):
        lines = [line for _number, line in run]
        blocks += [_as_table(lines, separator)] if count and len(lines) >= FEWEST_ROWS else lines
    return replace(reading, blocks=tuple(blocks))


def _division(block: Block, number: int) -> tuple[str, int, int]:
    """By what a line is divided, and how often; not divided at all: never. An empty line ends a table."""
    gap = (block.place.line or 0) - number
    text = block.text if isinstance(block, TextBlock) else ""
    for separator, fewest in (("\t", 1), (",", 2), ("，", 2)):
        count = text.count(separator)
        if count >= fewest and not ("。" in text or "；" in text):
            return separator, count, gap
    return "", 0, 0


def _as_table(lines: list[Block], separator: str) -> TableBlock:
    texts = [line.text.split(separator) for line in lines if isinstance(line, TextBlock)]
    return TableBlock(tuple(tuple(Cell(text.strip()) for text in row) for row in texts), lines[0].place)


def heads_of(block: TableBlock) -> tuple[str, ...]:
    """The names of the columns: of the first rows, the one with the most cells that look like names."""
    rows = block.cells[: block.heading_rows or HEAD_ROWS]
    best = max(rows, key=lambda row: len({cell.text for cell in row if _is_name(cell.text)}), default=())
    return tuple(plain(cell.text) if _is_name(cell.text) else "" for cell in best)


def _is_name(text: str) -> bool:
    return 0 < len(text) <= 20 and sum(sign.isdigit() for sign in text) < 3
