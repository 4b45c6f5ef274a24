"""PDF: lines with their places, tables by their lines, what is covered or not shown, what is attached.

A page at a time, so that a thousand pages need no more memory than their text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from typing import Any

from gongkai.documents.bounded import OnPage
from gongkai.documents.reading.errors import refuse
from gongkai.documents.reading.grids import Box, grid
from gongkai.documents.reading.limits import MOST_PAGES, Allowance
from gongkai.documents.reading.normal import Aside, AsideKind, Block, Place, Reading, TableBlock, TextBlock
from gongkai.documents.reading.properties import as_asides

_PASSWORD = "Incorrect password"
_FEW = 20
"""Characters on a page that is otherwise a picture: a page number, a stamp of the scanner."""
_MOSTLY_PICTURE, _MANY_PATHS = 0.4, 60
_LEGIBLE_PICTURE = 0.05
"""Of a page: a photographed card is more, a seal is less."""
_MOST_BOOKMARKS = 5_000


def read_pdf(data: bytes, media_type: str, on_page: OnPage | None = None) -> Reading:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        refuse("encrypted" if _PASSWORD in str(error) else "damaged")
    with document:
        from gongkai.documents.reading.pdf_asides import attachments, page_asides

        total = len(document)
        if total > MOST_PAGES:
            refuse("too_many_pages", pages=f"{total:,}", limit=f"{MOST_PAGES:,}")
        reader = _Reader(document)
        for number in range(1, total + 1):
            with closing(document[number - 1]) as page:
                reader.asides += page_asides(document, page, number)
                reader.page(page, number)
            if on_page:
                on_page(number, total)
        properties = {
            name[:1].lower() + name[1:]: value for name, value in document.get_metadata_dict(skip_empty=True).items()
        }
        attached = list(attachments(document))
        if not all(one.text for one in attached):
            reader.notes.add("embedded_unread")
        asides = [*reader.asides, *_bookmarks(document), *attached, *as_asides(properties)]
    return Reading(
        media_type, tuple(reader.blocks), tuple(asides), total, tuple(reader.pictures),
        notes=tuple(sorted(reader.notes)), properties=properties,
    )  # fmt: skip


def _bookmarks(document: Any) -> Iterator[Aside]:
    """What a reader's window lists beside the pages."""
    for one in islice(document.get_toc(max_depth=10), _MOST_BOOKMARKS):
        if title := one.get_title().strip():
            yield Aside(AsideKind.PROPERTY, title[:1000], "bookmark")


class _Reader:
    """Gathers what the pages give."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.blocks: list[Block] = []
        self.asides: list[Aside] = []
        self.pictures: list[int] = []
        self.notes: set[str] = set()
        self.allowance = Allowance()
        self.tables = 0

    def page(self, page: Any, number: int) -> None:
        from gongkai.documents.reading.pdf_asides import annotation_rects
        from gongkai.documents.reading.pdf_objects import View, drawn_on
        from gongkai.documents.reading.pdf_tables import lattices
        from gongkai.documents.reading.pdf_text import glyphs_of, mark_unseen

        view = View(page)
        drawn = drawn_on(page, view)
        with closing(page.get_textpage()) as textpage:
            glyphs = glyphs_of(textpage, view)
            self.allowance.take_text("".join(glyph.text for glyph in glyphs))
            written = [glyph for glyph in glyphs if glyph.rect and not glyph.text.isspace()]
            scanned = drawn.pictured > _MOSTLY_PICTURE
            if scanned and len(written) > _FEW and _all_recognised(textpage, written, drawn):
                self.notes.add("recognised")
            elif len(written) <= _FEW and (scanned or (not written and drawn.paths > _MANY_PATHS)):
                self.pictures.append(number)
            elif written:
                mark_unseen(page, textpage, glyphs, drawn, view, annotation_rects(page, view))
                if drawn.pictured > _LEGIBLE_PICTURE:
                    self.notes.add("pictures_inside")
        strange = sum(glyph.text == "\ufffd" or "\ue000" <= glyph.text <= "\uf8ff" for glyph in written)
        if strange * 3 > len(written):
            self.notes.add("no_characters")
            if strange * 3 > 2 * len(written) and number not in self.pictures:
                self.pictures.append(number)
        self._unseen(glyphs, number, view)
        seen = [glyph for glyph in glyphs if glyph.unseen is None]
        self.blocks += self._arranged(seen, lattices(drawn), number, view)

    def _unseen(self, glyphs: list[Any], number: int, view: Any) -> None:
        stretch: list[Any] = []
        kind: AsideKind | None = None
        for glyph in [*glyphs, None]:
            blank = glyph is not None and glyph.unseen is None and glyph.text in " \r\n"
            if glyph is not None and (glyph.unseen is kind or (kind and blank)):
                if kind:
                    stretch.append(glyph)
                continue
            if kind and stretch:
                text = re.sub(r"[\r\n]+", "\n", "".join(one.text for one in stretch)).strip()
                self.asides.append(Aside(kind, text, place=_place(stretch, number, None, view)))
            kind = glyph.unseen if glyph is not None else None
            stretch = [glyph] if kind else []

    def _arranged(self, glyphs: list[Any], found: list[Any], number: int, view: Any) -> Iterator[Block]:
        """Lines and tables in the order of the file; a table stands where its first character does."""
        cells: dict[tuple[int, int], _Run] = {}
        order: list[_Run | int] = []
        line = _Run()
        gap = ""
        inside: tuple[int, int] | None = None
        for glyph in glyphs:
            if glyph.rect is None:
                gap += glyph.text
                continue
            table, cell = _cell_of(glyph, found)
            if table is None or cell is None:
                if inside is not None or "\n" in gap or "\r" in gap or not line.glyphs:
                    line = _Run()
                    order.append(line)
                line.add(glyph, gap if inside is None else "")
                inside = None
            else:
                if table not in order:
                    order.append(table)
                run = cells.setdefault((table, cell), _Run())
                run.add(glyph, gap if inside == (table, cell) else "\n")
                inside = (table, cell)
            gap = ""
        yield from self._blocks(order, cells, found, number, view)

    def _blocks(
        self, order: list[Any], cells: dict[tuple[int, int], _Run], found: list[Any], number: int, view: Any
    ) -> Iterator[Block]:
        lines = 0
        for one in order:
            if isinstance(one, _Run):
                if text := one.line:
                    lines += 1
                    yield TextBlock(text, place=_place(one.glyphs, number, lines, view))
                continue
            self.tables += 1
            boxes = [
                Box(box.row, box.column, cells[one, cell].cell if (one, cell) in cells else "", box.rows, box.columns)
                for cell, box in enumerate(found[one].boxes)
            ]
            place = Place(page=number, table=self.tables, box=_fractions(found[one].rect, view))
            yield TableBlock(grid(boxes, self.allowance), place)


def _cell_of(glyph: Any, found: list[Any]) -> tuple[int | None, int | None]:
    x, y = glyph.centre
    for number, lattice in enumerate(found):
        left, top, right, bottom = lattice.rect
        if left <= x <= right and top <= y <= bottom:
            return number, lattice.cell_at(x, y)
    return None, None


class _Run:
    """Characters of one line or one cell."""

    def __init__(self) -> None:
        self.glyphs: list[Any] = []
        self.pieces: list[str] = []

    def add(self, glyph: Any, gap: str) -> None:
        self.glyphs.append(glyph)
        self.pieces += [gap, glyph.text] if len(self.glyphs) > 1 else [glyph.text]

    @property
    def line(self) -> str:
        return re.sub(r"[\r\n]+", " ", "".join(self.pieces)).strip()

    @property
    def cell(self) -> str:
        """Lines of a cell are broken where its width ends: only between Latin words a blank was meant."""
        text = "".join(self.pieces).strip()
        return re.sub(r"(?<![A-Za-z,;]) ?[\r\n]+|[\r\n]+(?![A-Za-z])", "", text).replace("\r", "\n").replace("\n", " ")


def _all_recognised(textpage: Any, written: list[Any], drawn: Any) -> bool:
    """A page scanned and recognised: nearly all its text is invisible or lies under the picture. What stands beside a
    picture is not what the picture says, whichever was drawn first."""
    import pypdfium2.raw as c

    from gongkai.documents.reading.pdf_objects import address

    pictures = [cover for cover in drawn.covers if cover.picture]
    hidden = 0
    for glyph in written:
        order, doubt = drawn.texts.get(address(c.FPDFText_GetTextObject(textpage.raw, glyph.index)), (0, 0))
        hidden += bool(doubt) or any(order < cover.order and _lies_in(glyph, cover.rect) for cover in pictures)
    return hidden * 10 >= len(written) * 9


def _lies_in(glyph: Any, rect: tuple[float, float, float, float]) -> bool:
    x, y = glyph.centre
    return bool(rect[0] <= x <= rect[2] and rect[1] <= y <= rect[3])


def _place(glyphs: list[Any], page: int, line: int | None, view: Any) -> Place:
    rects = [glyph.rect for glyph in glyphs if glyph.rect is not None]
    if not rects:
        return Place(page=page, line=line)
    rect = (min(r[0] for r in rects), min(r[1] for r in rects), max(r[2] for r in rects), max(r[3] for r in rects))
    return Place(page=page, line=line, box=_fractions(rect, view))


def _fractions(rect: tuple[float, float, float, float], view: Any) -> tuple[float, float, float, float]:
    left, top, right, bottom = (
        round(min(max(edge / (view.height if number % 2 else view.width), 0.0), 1.0), 4)
        for number, edge in enumerate(rect)
    )
    return left, top, right, bottom
