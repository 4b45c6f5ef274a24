"""Ruled tables on a page: their lines are gathered here, their grid is that of the reader of PDF."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from gongkai.documents.ofd.items import PageOfOfd, PathItem, TextItem
from gongkai.documents.ofd.lines import lines_of
from gongkai.documents.ofd.values import Box, at
from gongkai.documents.reading.grids import Box as CellBox
from gongkai.documents.reading.grids import grid
from gongkai.documents.reading.limits import Allowance
from gongkai.documents.reading.normal import Cell

if TYPE_CHECKING:
    from gongkai.documents.reading.pdf_tables import Lattice

POINTS = 72 / 25.4
#: Millimetres: how far from straight a line may be, how short a rule, how thick a filled one.
_STRAIGHT, _SHORT, _THICK = 0.2, 2.0, 0.8

Table = tuple[tuple[tuple[Cell, ...], ...], Box]
"""Its cells, and where it stands on the page (millimetres)."""


def tables_and_rest(
    page: PageOfOfd, texts: Iterable[TextItem], allowance: Allowance
) -> tuple[list[Table], list[TextItem]]:
    """The tables of the page with the texts in them, and the texts outside."""
    from gongkai.documents.reading.pdf_objects import Drawn
    from gongkai.documents.reading.pdf_tables import lattices

    drawn = Drawn((page.box[2] - page.box[0]) * POINTS, (page.box[3] - page.box[1]) * POINTS)
    for x, y, u, v in _rules(page):
        if abs(y - v) <= _STRAIGHT and abs(x - u) >= _SHORT:
            drawn.horizontal.append((y * POINTS, min(x, u) * POINTS, max(x, u) * POINTS))
        elif abs(x - u) <= _STRAIGHT and abs(y - v) >= _SHORT:
            drawn.vertical.append((x * POINTS, min(y, v) * POINTS, max(y, v) * POINTS))
    found = lattices(drawn)
    inside, outside = _sorted_in(texts, found)
    return [_table(lattice, inside[number], allowance) for number, lattice in enumerate(found)], outside


def _rules(page: PageOfOfd) -> Iterator[tuple[float, float, float, float]]:
    """Every straight line that is drawn, the sides of what is drawn or filled among them."""
    for item in page.items:
        if not isinstance(item, PathItem) or (item.stroke is None and item.fill is None):
            continue
        lines = list(_straight(item))
        if item.stroke is None:
            # Only filled: a bar is a rule, the ground of a cell is none.
            edges = [coordinate for line in lines for coordinate in line]
            if not edges or min(_spread(edges[::2]), _spread(edges[1::2])) > _THICK:
                continue
        yield from lines


def _spread(values: list[float]) -> float:
    return max(values) - min(values)


def _straight(item: PathItem) -> Iterator[tuple[float, float, float, float]]:
    begin = here = None
    for letter, numbers in item.segments:
        if letter == "C":
            if begin is not None and here is not None:
                yield (*here, *begin)
            here = begin
            continue
        there = at(item.matrix, *numbers[-2:])
        if letter in "MS" or here is None:
            begin = there
        elif letter == "L":
            yield (*here, *there)
        here = there


def _sorted_in(
    texts: Iterable[TextItem], found: list[Lattice]
) -> tuple[dict[int, dict[int, list[TextItem]]], list[TextItem]]:
    """The parts of each text by table and cell, character by character: one text may run through several columns."""
    inside: dict[int, dict[int, list[TextItem]]] = defaultdict(lambda: defaultdict(list))
    outside: list[TextItem] = []
    for text in texts:
        parts: dict[tuple[int, int] | None, list[tuple[str, float, float]]] = defaultdict(list)
        for character, x, y in text.characters:
            middle = at(text.matrix, x + 0.3 * text.size, y - 0.35 * text.size)
            parts[_cell_of(middle, found)].append((character, x, y))
        for place, characters in parts.items():
            part = text if len(parts) == 1 else replace(text, characters=tuple(characters), glyphs={})
            if place is None:
                outside.append(part)
            else:
                inside[place[0]][place[1]].append(part)
    return inside, outside


def _cell_of(point: tuple[float, float], found: list[Lattice]) -> tuple[int, int] | None:
    x, y = point[0] * POINTS, point[1] * POINTS
    for number, lattice in enumerate(found):
        left, top, right, bottom = lattice.rect
        if left <= x <= right and top <= y <= bottom:
            cell = lattice.cell_at(x, y)
            return None if cell is None else (number, cell)
    return None


def _table(lattice: Lattice, cells: dict[int, list[TextItem]], allowance: Allowance) -> Table:
    boxes = [
        CellBox(box.row, box.column, _words(cells.get(number, [])), box.rows, box.columns)
        for number, box in enumerate(lattice.boxes)
    ]
    left, top, right, bottom = (edge / POINTS for edge in lattice.rect)
    return grid(boxes, allowance), (left, top, right, bottom)


def _words(texts: list[TextItem]) -> str:
    """Lines of a cell are broken where its width ends: only between Latin words a blank was meant."""
    text = "\n".join(line.text for line in lines_of(texts))
    return re.sub(r"(?<![A-Za-z,;])\n|\n(?![A-Za-z])", "", text).replace("\n", " ")
