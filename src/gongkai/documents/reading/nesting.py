"""Tables within tables: a table that only arranges others is taken away, a table inside a cell stands after its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from gongkai.documents.reading.grids import Box
from gongkai.documents.reading.normal import Block, TableBlock, TextBlock


def text_of(blocks: Iterable[Block]) -> str:
    """A line a block or row."""
    lines = []
    for block in blocks:
        if isinstance(block, TextBlock):
            lines.append(block.text.strip())
        else:
            lines += ["\t".join(cell.text for cell in row if cell.origin) for row in block.cells]
    return "\n".join(line for line in lines if line)


def arranged(table: TableBlock, boxes: Sequence[Box], inside: Mapping[int, list[Block]]) -> Iterator[Block]:
    """The table, then those that stood in its cells (``inside``: the blocks of each box, by its number; a box that
    holds only its text may be left out).

    Where these hold most of what is in it, or one of them has more cells than it, or where it has one cell only, it was
    not a table but a way to lay out a page: then its blocks stand for themselves, in their order.
    """
    tables = [block for blocks in inside.values() for block in blocks if isinstance(block, TableBlock)]
    within = [sum(len(cell.text) for row in one.cells for cell in row if cell.origin) for one in tables]
    largest = max((sum(cell.origin for row in one.cells for cell in row) for one in tables), default=0)
    if not tables or (len(boxes) > max(1, largest) and sum(within) <= sum(len(box.text) for box in boxes)):
        yield table
        yield from tables
        return
    for number, box in enumerate(boxes):
        if number in inside:
            yield from inside[number]
        elif box.text:
            yield TextBlock(box.text, place=table.place)
