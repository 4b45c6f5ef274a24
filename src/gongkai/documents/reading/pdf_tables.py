"""Tables of a PDF, found by their lines: where no line parts two places of the grid, they are one cell."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongkai.documents.reading.grids import Box
from gongkai.documents.reading.pdf_objects import Drawn, Rect

Line = tuple[float, float, float]
"""Where it lies, from, to."""

#: Points: lines nearer than this are one, ends nearer than this meet.
_NEAR = 3.0
#: More lines than this make a drawing, not a table.
_MOST_LINES = 3_000
_MOST_PLACES = 20_000


@dataclass(slots=True)
class Lattice:
    """One table: its lines across and down, and its cells."""

    across: list[float]
    """The y of each line, from the top."""
    down: list[float]
    boxes: list[Box]
    _places: dict[tuple[int, int], int]

    @property
    def rect(self) -> Rect:
        return self.down[0], self.across[0], self.down[-1], self.across[-1]

    def cell_at(self, x: float, y: float) -> int | None:
        """Which of the boxes the point lies in."""
        row, column = bisect_right(self.across, y) - 1, bisect_right(self.down, x) - 1
        return self._places.get((row, column))


def lattices(drawn: Drawn) -> list[Lattice]:
    """The tables of a page, from top to bottom. A frame with nothing in it that parts it is none."""
    if not drawn.horizontal or not drawn.vertical or len(drawn.horizontal) + len(drawn.vertical) > _MOST_LINES:
        return []
    horizontal, vertical = _joined(drawn.horizontal), _joined(drawn.vertical)
    found = [lattice for group in _groups(horizontal, vertical) if (lattice := _lattice(*group))]
    found.sort(key=lambda one: (one.rect[1], one.rect[0]))
    return [one for one in found if not any(_within(one.rect, other.rect) for other in found if other is not one)]


def _joined(lines: Sequence[Line]) -> list[Line]:
    """Lines that lie on one another, or follow one another, as one; near ones drawn to one place."""
    out: list[Line] = []
    for at, pieces in _clustered(lines):
        begin = end = None
        for start, stop in sorted(pieces):
            if end is not None and begin is not None and start <= end + _NEAR:
                end = max(end, stop)
                continue
            if begin is not None and end is not None:
                out.append((at, begin, end))
            begin, end = start, stop
        if begin is not None and end is not None:
            out.append((at, begin, end))
    return out


def _clustered(lines: Sequence[Line]) -> Iterable[tuple[float, list[tuple[float, float]]]]:
    group: list[Line] = []
    for line in sorted(lines):
        if group and line[0] - group[0][0] > _NEAR:
            yield sum(one[0] for one in group) / len(group), [one[1:] for one in group]
            group = []
        group.append(line)
    if group:
        yield sum(one[0] for one in group) / len(group), [one[1:] for one in group]


def _groups(horizontal: list[Line], vertical: list[Line]) -> Iterable[tuple[list[Line], list[Line]]]:
    """Lines that hang together by crossing."""
    parent = list(range(len(horizontal) + len(vertical)))

    def root(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for h, (y, left, right) in enumerate(horizontal):
        for v, (x, top, bottom) in enumerate(vertical, len(horizontal)):
            if left - _NEAR <= x <= right + _NEAR and top - _NEAR <= y <= bottom + _NEAR:
                parent[root(v)] = root(h)
    groups: dict[int, tuple[list[Line], list[Line]]] = defaultdict(lambda: ([], []))
    for h, line in enumerate(horizontal):
        groups[root(h)][0].append(line)
    for v, line in enumerate(vertical, len(horizontal)):
        groups[root(v)][1].append(line)
    return [group for group in groups.values() if len(group[0]) > 1 and group[1]]


def _lattice(horizontal: list[Line], vertical: list[Line]) -> Lattice | None:
    across = _places_of(horizontal, vertical)
    down = _places_of(vertical, horizontal)
    rows, columns = len(across) - 1, len(down) - 1
    if rows < 1 or columns < 1 or rows * columns > _MOST_PLACES:
        return None
    walls = {(bisect_right(down, x + 0.01) - 1, y0, y1) for x, y0, y1 in vertical}
    floors = {(bisect_right(across, y + 0.01) - 1, x0, x1) for y, x0, x1 in horizontal}
    boxes = _merged(rows, columns, _barriers(walls, across), _barriers(floors, down))
    if len(boxes) < 2:
        return None
    places = {
        (row, column): number
        for number, box in enumerate(boxes)
        for row in range(box.row, box.row + box.rows)
        for column in range(box.column, box.column + box.columns)
    }
    return Lattice(across, down, boxes, places)


def _places_of(lines: list[Line], crossing: list[Line]) -> list[float]:
    """Where lines lie, and where the lines that cross them end: a table may be open at its sides."""
    places = sorted({line[0] for line in lines})
    first, last = min(line[1] for line in crossing), max(line[2] for line in crossing)
    if first < places[0] - 2 * _NEAR:
        places.insert(0, first)
    if last > places[-1] + 2 * _NEAR:
        places.append(last)
    distinct = places[:1]
    for place in places[1:]:
        if place - distinct[-1] > _NEAR:
            distinct.append(place)
    return distinct


def _barriers(lines: set[tuple[int, float, float]], places: list[float]) -> set[tuple[int, int]]:
    """(line, step): the line is drawn along most of that step of the grid."""
    found = set()
    for line, begin, end in lines:
        for step in range(len(places) - 1):
            covered = min(end, places[step + 1]) - max(begin, places[step])
            if covered > (places[step + 1] - places[step]) / 2:
                found.add((line, step))
    return found


def _merged(rows: int, columns: int, walls: set[tuple[int, int]], floors: set[tuple[int, int]]) -> list[Box]:
    """From each free place as far right and then as far down as no line stands in the way."""
    taken: set[tuple[int, int]] = set()
    boxes = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            right = column + 1
            while right < columns and (right, row) not in walls and (row, right) not in taken:
                right += 1
            low = row + 1
            while (
                low < rows
                and all((low, place) not in floors and (low, place) not in taken for place in range(column, right))
                and all((place, low) not in walls for place in range(column + 1, right))
            ):
                low += 1
            taken |= {(r, place) for r in range(row, low) for place in range(column, right)}
            boxes.append(Box(row, column, "", low - row, right - column))
    return boxes


def _within(inner: Rect, outer: Rect) -> bool:
    return (
        outer[0] - _NEAR <= inner[0]
        and outer[1] - _NEAR <= inner[1]
        and inner[2] <= outer[2] + _NEAR
        and inner[3] <= outer[3] + _NEAR
    )
