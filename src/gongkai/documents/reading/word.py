"""DOCX: paragraphs and tables in their order, everything else that lies in the file beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gongkai.documents.reading.embedded import embedded_asides, embedded_reading
from gongkai.documents.reading.grids import Box, grid
from gongkai.documents.reading.limits import Allowance
from gongkai.documents.reading.nesting import arranged, text_of
from gongkai.documents.reading.normal import Aside, AsideKind, Block, Place, Reading, TableBlock, TextBlock, TextKind
from gongkai.documents.reading.packages import Package, attribute, child, local
from gongkai.documents.reading.properties import as_asides, package_properties
from gongkai.documents.reading.word_numbers import Numbering
from gongkai.documents.reading.word_styles import Styles, is_shaded, outline, switch
from gongkai.documents.reading.word_text import Found, Paragraphs, chosen

if TYPE_CHECKING:
    from lxml.etree import _Element

#: Parts beside the body that hold paragraphs of their own, by the kind of their relation.
_PARTS = {
    "header": AsideKind.HEADER,
    "footer": AsideKind.FOOTER,
    "footnotes": AsideKind.FOOTNOTE,
    "endnotes": AsideKind.FOOTNOTE,
    "comments": AsideKind.COMMENT,
}
_NOTES = frozenset({"footnote", "endnote", "comment"})
_BLOCK_WRAPPERS = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo", "moveFrom", "del", "body"})
_WIDEST = 1_000


def read_word(data: bytes, media_type: str) -> Reading:
    package = Package(data)
    main = package.main()
    root = package.xml(main)
    body = child(root, "body")
    if body is None:
        raise ValueError("no body")
    relations = package.relations(main)
    of_kind = {relation.kind: relation.target for relation in relations.values()}
    styles = Styles(package, of_kind.get("styles", ""))
    allowance = Allowance()
    story = _Story(package, main, styles, Numbering(package, of_kind.get("numbering", "")), allowance)
    blocks = tuple(story.blocks(body))
    asides = [*story.asides]
    for relation in dict.fromkeys(relations.values()):
        if relation.kind in _PARTS and not relation.external:
            asides += _beside(package, relation.target, _PARTS[relation.kind], styles, allowance)
    asides += _templates(package, of_kind.get("settings", ""))
    inside, notes = embedded_asides(package, "word")
    properties = package_properties(package)
    asides += [*inside, *as_asides(properties)]
    return Reading(media_type, blocks, tuple(asides), notes=(*story.notes, *notes), properties=properties)


def _beside(package: Package, part: str, kind: AsideKind, styles: Styles, allowance: Allowance) -> list[Aside]:
    """A header, a footer, or all notes or comments of one part."""
    root = package.xml(part)
    if root is None:
        return []
    story = _Story(package, part, styles, Numbering(package, ""), allowance)
    entries = [one for one in root if local(one) in _NOTES] or [root]
    found = []
    for entry in entries:
        if (attribute(entry, "type") or "normal") == "normal" and (text := text_of(story.blocks(entry))):
            found.append(Aside(kind, text, attribute(entry, "author") or ""))
    return found + story.asides


def _templates(package: Package, settings: str) -> list[Aside]:
    """The path of the template a file hangs on often names a person."""
    relations = package.relations(settings).values() if settings else ()
    return [Aside(AsideKind.PROPERTY, one.target, "template") for one in relations if one.external]


class _Story:
    """One part with running text. Counts paragraphs and tables, gathers what is beside the text."""

    def __init__(self, package: Package, part: str, styles: Styles, numbering: Numbering, allowance: Allowance) -> None:
        self.package = package
        self.styles, self.numbering, self.allowance = styles, numbering, allowance
        self.relations = package.relations(part)
        self.paragraphs = Paragraphs(styles, self.relations)
        self.asides: list[Aside] = []
        self.notes: list[str] = []
        self.lines = self.tables = 0

    def blocks(self, container: _Element, place: Place | None = None, *, on_white: bool = True) -> Iterator[Block]:
        for one in container:
            name = local(one)
            if name == "p":
                yield from self._paragraph(one, place, on_white)
            elif name == "tbl":
                yield from self._table(one)
            elif name in _BLOCK_WRAPPERS:
                yield from self.blocks(one, place, on_white=on_white)
            elif name == "AlternateContent":
                yield from self.blocks(chosen(one), place, on_white=on_white)
            elif name == "altChunk":
                yield from self._chunk(one)

    def _paragraph(self, paragraph: _Element, place: Place | None, on_white: bool) -> Iterator[TextBlock]:
        if place is None:
            self.lines += 1
            place = Place(line=self.lines)
        properties = child(paragraph, "pPr")
        found = self.paragraphs.read(paragraph, on_white=on_white and not is_shaded(properties))
        self.asides += found.asides(place)
        self._boxes(found, place)
        style = self.styles.get(attribute(child(properties, "pStyle"), "val"))
        numbers = child(properties, "numPr")
        numbers = style.number if numbers is None else numbers
        text = self.allowance.take_text(found.text)
        if text.strip():
            level = outline(properties) or style.level
            kind = TextKind.HEADING if level else TextKind.PARAGRAPH if numbers is None else TextKind.ITEM
            yield TextBlock(self.numbering.before(numbers) + text, kind, level, place)

    def _boxes(self, found: Found, place: Place) -> None:
        for box in found.boxes:
            if text := text_of(self.blocks(box, place)):
                self.asides.append(Aside(AsideKind.TEXT_BOX, text, place=place))

    def _chunk(self, element: _Element) -> Iterator[Block]:
        """Another file that Word shows as part of this one."""
        relation = self.relations.get(attribute(element, "id") or "")
        reading = embedded_reading(self.package, relation.target) if relation and not relation.external else None
        if reading is None:
            self.notes.append("embedded_unread")
            return
        self.asides += reading.asides
        yield from reading.blocks

    # --- Tables ---------------------------------------------------------------------------------------------

    def _table(self, table: _Element) -> Iterator[Block]:
        self.tables += 1
        number = self.tables
        rows = [row for row in _inside(table, "tr") if not self._row_hidden(row, number)]
        made = _Made(number)
        for row, element in enumerate(rows):
            self._row(element, row, made)
        heads = 0
        while heads < len(rows) and switch(child(rows[heads], "trPr", "tblHeader")):
            heads += 1
        cells = grid(made.boxes, self.allowance, rows=len(rows))
        if cells and cells[0]:
            yield from arranged(TableBlock(cells, Place(table=number), heads), made.boxes, made.inside)

    def _row_hidden(self, row: _Element, table: int) -> bool:
        if not switch(child(row, "trPr", "hidden")):
            return False
        cells = (text_of(self.blocks(cell, Place(table=table))) for cell in _inside(row, "tc"))
        self.asides.append(Aside(AsideKind.HIDDEN_ROW, "\t".join(cells), place=Place(table=table)))
        return True

    def _row(self, element: _Element, row: int, made: _Made) -> None:
        column = _count(child(element, "trPr", "gridBefore"), 0)
        above, made.open_at = made.open_at, {}
        for one in _inside(element, "tc"):
            look = child(one, "tcPr")
            width = _count(child(look, "gridSpan"), 1)
            place = Place(table=made.number, row=row + 1, column=column + 1)
            blocks = list(self.blocks(one, place, on_white=not is_shaded(look)))
            text = text_of(block for block in blocks if isinstance(block, TextBlock))
            merge, over = child(look, "vMerge"), above.get(column)
            if merge is not None and attribute(merge, "val") != "restart" and over and over.columns == width:
                over.rows += 1
                made.open_at[column] = over
                if text:  # Word keeps it, and shows the cell above
                    self.asides.append(Aside(AsideKind.HIDDEN_TEXT, text, place=place))
            else:
                box = Box(row, column, text, 1, width)
                made.inside[len(made.boxes)] = blocks
                made.boxes.append(box)
                if merge is not None:
                    made.open_at[column] = box
            column += width


class _Made:
    """A table being laid out."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.boxes: list[Box] = []
        self.inside: dict[int, list[Block]] = {}
        self.open_at: dict[int, Box] = {}
        """By its column each cell of the row above that the next row may continue."""


def _inside(element: _Element, name: str) -> Iterator[_Element]:
    """Rows of a table, cells of a row, through what may be wrapped round them."""
    for one in element:
        if local(one) == name:
            yield one
        elif local(one) in _BLOCK_WRAPPERS:
            yield from _inside(one, name)


def _count(element: _Element | None, least: int) -> int:
    value = attribute(element, "val") or ""
    return min(max(int(value), least), _WIDEST) if value.isdecimal() and len(value) < 10 else least
