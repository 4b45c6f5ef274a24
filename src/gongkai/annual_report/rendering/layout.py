"""The official layout of tables 2, 3 and 4: every box with its spans, shared by all renderers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import groupby

from gongkai.law.report_form import (
    APPLICANTS,
    COLUMNS,
    INFORMATION,
    LITIGATION,
    ORGANISATIONS,
    PARTS,
    RECONSIDERATION,
    RESULTS,
    TABLE_3_CORNER,
    TABLE_4_GROUPS,
    Form,
    Label,
    Row,
    Table2Block,
    Value,
    table_2_blocks,
    table_3_rows,
)
from gongkai.law.texts import Text


@dataclass(frozen=True, slots=True)
class Box:
    """A heading (``text``) or a number (``address``) with its spans; a heading's ``side``: column or row."""

    text: Text | None = None
    address: str | None = None
    rowspan: int = 1
    colspan: int = 1
    side: str = "column"


BoxRow = tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Heading rows and the rows under them; the headings say nothing about other blocks."""

    heading: tuple[BoxRow, ...]
    body: tuple[BoxRow, ...]


@dataclass(frozen=True, slots=True)
class TableLayout:
    """One table: ``key`` t2, t3 or t4, the part of the report it stands in, its grid width and blocks."""

    key: str
    part: int
    width: int
    blocks: tuple[Block, ...]

    @property
    def heading(self) -> Text:
        """The title of the part it stands in."""
        return PARTS[self.part - 1].title

    @property
    def rows(self) -> tuple[BoxRow, ...]:
        """All rows from top to bottom."""
        return tuple(row for block in self.blocks for row in (*block.heading, *block.body))


@dataclass(frozen=True, slots=True)
class Placed:
    """A box with the grid position of its upper left corner."""

    row: int
    column: int
    box: Box

    def covers_row(self, row: int) -> bool:
        """Whether the box stands in grid row ``row``."""
        return self.row <= row < self.row + self.box.rowspan

    def covers_column(self, column: int) -> bool:
        """Whether the box stands in grid column ``column``."""
        return self.column <= column < self.column + self.box.colspan


def place(rows: Sequence[BoxRow], first_row: int = 0) -> tuple[Placed, ...]:
    """Where each box stands in the grid, as a browser would lay the spans out."""
    taken: set[tuple[int, int]] = set()
    placed = []
    for row, boxes in enumerate(rows, first_row):
        column = 0
        for box in boxes:
            while (row, column) in taken:
                column += 1
            placed.append(Placed(row, column, box))
            taken |= {(row + r, column + c) for r in range(box.rowspan) for c in range(box.colspan)}
    return tuple(placed)


def printed(value: Value) -> str:
    """A number as the tables print it: no grouping, no exponent, nothing for an empty cell."""
    if value is None:
        return ""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


# --- Table 2 ------------------------------------------------------------------------------------------------

_WIDTH_2 = 4


def _block_of_table_2(block: Table2Block) -> Block:
    # Four grid columns; the last box of each row takes what the block does not need.
    last = _WIDTH_2 - len(block.columns)
    spans = [1] * (len(block.columns) - 1) + [last]
    columns = (Box(c.text, colspan=span) for c, span in zip(block.columns, spans, strict=True))
    heading = ((Box(block.caption, colspan=_WIDTH_2),), (Box(INFORMATION), *columns))
    return Block(heading, tuple(_row_of_table_2(block, row, spans) for row in block.rows))


def _row_of_table_2(block: Table2Block, row: Label, spans: Sequence[int]) -> BoxRow:
    numbers = (
        Box(address=f"t2.{row.key}.{column.key}", colspan=span)
        for column, span in zip(block.columns, spans, strict=True)
    )
    return (Box(row.text, side="row"), *numbers)


def table_2_layout(form: Form = Form.F2021) -> TableLayout:
    """Table 2 of ``form``."""
    return TableLayout("t2", 2, _WIDTH_2, tuple(_block_of_table_2(block) for block in table_2_blocks(form)))


# --- Table 3 ------------------------------------------------------------------------------------------------

_LABEL_COLUMNS = 3


def _heading_of_table_3() -> tuple[BoxRow, ...]:
    person, *organisations, total = COLUMNS
    return (
        (Box(TABLE_3_CORNER, rowspan=3, colspan=_LABEL_COLUMNS), Box(APPLICANTS, colspan=len(COLUMNS))),
        (
            Box(person.text, rowspan=2),
            Box(ORGANISATIONS, colspan=len(organisations)),
            Box(total.text, rowspan=2),
        ),
        tuple(Box(column.text) for column in organisations),
    )


def _numbers_of_table_3(row: Row) -> BoxRow:
    return tuple(Box(address=f"t3.{row.key}.{column.key}") for column in COLUMNS)


def _rows_of_part(rows: Sequence[Row]) -> Iterator[BoxRow]:
    """The rows of 三、本年度办理结果: its label spans them all, a group's label the rows of the group."""
    opening: tuple[Box, ...] = (Box(rows[0].part, rowspan=len(rows), side="row"),)
    for group, members in groupby(rows, key=lambda row: row.group or row.label):
        inside = list(members)
        grouped = inside[0].group is not None
        label = Box(group, rowspan=len(inside), colspan=1 if grouped else 2, side="row")
        for number, row in enumerate(inside):
            leaf = (Box(row.label, side="row"),) if grouped else ()
            yield (*opening, *((label,) if number == 0 else ()), *leaf, *_numbers_of_table_3(row))
            opening = ()


def _body_of_table_3(form: Form) -> Iterator[BoxRow]:
    for part, members in groupby(table_3_rows(form), key=lambda row: row.part):
        if part is not None:
            yield from _rows_of_part(list(members))
            continue
        for row in members:
            yield (Box(row.label, colspan=_LABEL_COLUMNS, side="row"), *_numbers_of_table_3(row))


def table_3_layout(form: Form = Form.F2021) -> TableLayout:
    """Table 3 of ``form``: three columns of labels, seven of numbers."""
    width = _LABEL_COLUMNS + len(COLUMNS)
    return TableLayout("t3", 3, width, (Block(_heading_of_table_3(), tuple(_body_of_table_3(form))),))


# --- Table 4 ------------------------------------------------------------------------------------------------


def _heading_of_table_4() -> tuple[BoxRow, ...]:
    court = TABLE_4_GROUPS[1:]
    return (
        (
            Box(RECONSIDERATION, colspan=len(RESULTS)),
            Box(LITIGATION, colspan=len(RESULTS) * len(court)),
        ),
        (
            *(Box(result.text, rowspan=2) for result in RESULTS),
            *(Box(group.text, colspan=len(RESULTS)) for group in court),
        ),
        tuple(Box(result.text) for _ in court for result in RESULTS),
    )


def _body_of_table_4() -> BoxRow:
    return tuple(Box(address=f"t4.{group.key}.{result.key}") for group in TABLE_4_GROUPS for result in RESULTS)


TABLE_4_LAYOUT = TableLayout("t4", 4, 15, (Block(_heading_of_table_4(), (_body_of_table_4(),)),))


@cache
def layouts(form: Form = Form.F2021) -> tuple[TableLayout, ...]:
    """The layouts of tables 2, 3 and 4."""
    return (table_2_layout(form), table_3_layout(form), TABLE_4_LAYOUT)
