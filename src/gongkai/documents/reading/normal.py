"""The normal form in which every file is read, whatever its kind: blocks in reading order, and what lies beside them.

A table is a grid: every place of it is filled, a merged cell stands in each place it covers and says so. What a reader
of the printed page does not see (comments, deleted text, hidden rows …) is never mixed into the blocks: it is an
`Aside`, so that the report's reader is not misled by it and the privacy scan does not miss it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands; numbers from 1, None where the kind of file has no such thing.

    ``box`` are the edges (left, top, right, bottom) on the page as fractions of its width and height, where known.
    """

    page: int | None = None
    sheet: str | None = None
    line: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    box: tuple[float, float, float, float] | None = None


class TextKind(StrEnum):
    """What a piece of running text is, as far as the file says."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph, a heading (``level`` from 1) or an item of a list; in plain text and PDF: a line."""

    text: str
    kind: TextKind = TextKind.PARAGRAPH
    level: int = 0
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one place of a grid. ``origin`` is False where a merged cell only reaches to here; then the text
    is that of the origin. Spans are those of the whole merged cell."""

    text: str
    origin: bool = True
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table as a full rectangle of cells. ``heading_rows``: how many the file itself marks as heads (0 if none)."""

    cells: tuple[tuple[Cell, ...], ...]
    place: Place = Place()
    heading_rows: int = 0

    @property
    def grid(self) -> tuple[tuple[str, ...], ...]:
        """Only the texts."""
        return tuple(tuple(cell.text for cell in row) for row in self.cells)


Block = TextBlock | TableBlock


class AsideKind(StrEnum):
    """What lies in a file beside what its page shows."""

    HEADER = "header"
    FOOTER = "footer"
    FOOTNOTE = "footnote"
    TEXT_BOX = "text_box"
    COMMENT = "comment"
    DELETED = "deleted"
    INSERTED = "inserted"
    HIDDEN_TEXT = "hidden_text"
    HIDDEN_SHEET = "hidden_sheet"
    HIDDEN_ROW = "hidden_row"
    HIDDEN_COLUMN = "hidden_column"
    COVERED = "covered"
    """Text under a box or picture drawn over it."""
    UNSHOWN = "unshown"
    """Text that is there to copy but not to see: off the page, white, of no size, invisible."""
    FORMULA = "formula"
    ATTACHMENT = "attachment"
    PROPERTY = "property"
    """What the file says of itself: author, company, title, history, path (``name`` tells which)."""
    POSITION = "position"
    """Where a picture was taken (EXIF)."""
    LINK = "link"


#: What anybody sees who prints the file.
SEEN = frozenset({AsideKind.HEADER, AsideKind.FOOTER, AsideKind.FOOTNOTE, AsideKind.TEXT_BOX, AsideKind.INSERTED})


@dataclass(frozen=True, slots=True)
class Aside:
    """One such thing: its words, its name or author where it has one, its place."""

    kind: AsideKind
    text: str
    name: str = ""
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as read. ``pictures`` are the pages (from 1) that are only pictures: nobody can read their text here.

    ``notes`` are codes of what was not read or is doubtful (`reading.errors`), for example formulas without a value.
    """

    media_type: str
    blocks: tuple[Block, ...]
    asides: tuple[Aside, ...] = ()
    pages: int | None = None
    pictures: tuple[int, ...] = ()
    encoding: str | None = None
    notes: tuple[str, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)

    @property
    def tables(self) -> tuple[TableBlock, ...]:
        return tuple(block for block in self.blocks if isinstance(block, TableBlock))

    @property
    def text(self) -> str:
        """What can be read in the blocks, a line a block or row, cells apart by tabs."""
        return "\n".join(self.lines())

    def lines(self) -> Iterator[str]:
        for block in self.blocks:
            if isinstance(block, TextBlock):
                yield block.text
            else:
                for row in block.cells:
                    yield "\t".join(cell.text if cell.origin else "" for cell in row)
