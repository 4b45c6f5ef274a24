"""From placed boxes to a full rectangle of cells: the one way tables of all kinds are laid out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.documents.reading.limits import Allowance
from gongkai.documents.reading.normal import Cell

_NOTHING = Cell("")


@dataclass(slots=True)
class Box:
    """A cell as the file has it: the place of its upper left corner, from 0, and how far it reaches."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1


def grid(
    boxes: Iterable[Box], allowance: Allowance, *, rows: int = 0, columns: int = 0
) -> tuple[tuple[Cell, ...], ...]:
    """At least so many rows and columns; of boxes that overlap the first keeps its place."""
    boxes = list(boxes)
    rows = max([rows, *(box.row + box.rows for box in boxes)])
    columns = max([columns, *(box.column + box.columns for box in boxes)])
    allowance.take_cells(rows * columns)
    places: list[list[Cell | None]] = [[None] * columns for _ in range(rows)]
    for box in boxes:
        _fill(places, box)
    return tuple(tuple(cell or _NOTHING for cell in row) for row in places)


def _fill(places: list[list[Cell | None]], box: Box) -> None:
    if places[box.row][box.column] is not None:
        return
    places[box.row][box.column] = Cell(box.text, True, box.rows, box.columns)
    if box.rows == box.columns == 1:
        return
    covered = Cell(box.text, False, box.rows, box.columns)
    for row in range(box.row, box.row + box.rows):
        for column in range(box.column, box.column + box.columns):
            if places[row][column] is None:
                places[row][column] = covered
