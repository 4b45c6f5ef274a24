"""HTML: what a browser would show, in its order; tables with their spans worked out as browsers do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from gongkai.documents.reading.decoding import decoded
from gongkai.documents.reading.errors import refuse
from gongkai.documents.reading.grids import Box, grid
from gongkai.documents.reading.limits import MOST_CELLS, Allowance
from gongkai.documents.reading.nesting import arranged, text_of
from gongkai.documents.reading.normal import Aside, AsideKind, Block, Place, Reading, TableBlock, TextBlock, TextKind
from gongkai.documents.reading.properties import as_asides

if TYPE_CHECKING:
    from lxml.etree import _Element

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option p pre section "
    "summary table tbody td tfoot th thead tr ul".split()
)
_DROPPED = frozenset("script style noscript template head iframe object embed applet canvas svg audio video".split())
_LEVELS = {f"h{level}": level for level in range(1, 7)}
#: As HTML bounds it, and as many columns as any sheet has.
_WIDEST_CELL, _WIDEST_TABLE = 1_000, 16_384
_BREAK = "\x0b"
_UNSEEN = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|font-size:0(?![.\d]*[1-9])|opacity:0(?![.\d]*[1-9])"
    r"|text-indent:-\d{3,}|(?:left|top):-\d{4,}"
)
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f\U00020000-\U0003ffff"
_BETWEEN_WIDE = re.compile(rf"(?<=[{_WIDE}])[ \t]*[\r\n][ \t\r\n]*(?=[{_WIDE}])")
_WHITE = re.compile(r"[ \t\r\n\f\xa0]+")
_COMMENT_LONGEST = 5_000


def read_html(data: bytes, media_type: str) -> Reading:
    from lxml import etree

    found = decoded(data)
    if found is None:
        refuse("encoding")
    allowance = Allowance()
    source = re.sub(r"^\s*<\?xml[^>]*>", "", allowance.take_text(found.text)).replace("\x00", "")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, remove_pis=True)
    root = etree.fromstring(source.encode("utf-8", "replace"), parser)
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        refuse("too_deep")  # the library left out what came after: not read is not empty
    if root is None:
        return Reading(media_type, (), encoding=found.encoding)
    page = _Page(allowance)
    blocks = page.blocks(root)
    properties = _properties(root)
    return Reading(
        media_type, tuple(blocks), (*page.asides, *as_asides(properties)), encoding=found.encoding,
        properties=properties,
    )  # fmt: skip


def _properties(root: _Element) -> dict[str, str]:
    found = {}
    title = root.find(".//title")
    if title is not None and (text := _collapsed("".join(str(piece) for piece in title.itertext()))):
        found["title"] = text
    for one in root.iter("meta"):
        name, content = one.get("name"), (one.get("content") or "").strip()
        if name and content and name.lower() not in ("viewport", "renderer", "robots"):
            found[name] = content[:1000]
    return found


class _Flow:
    """Blocks being made: text gathers until something ends it."""

    def __init__(self, place: Place | None = None) -> None:
        self.place = place
        self.blocks: list[Block] = []
        self.pieces: list[str] = []
        self.kind, self.level, self.line = TextKind.PARAGRAPH, 0, 0

    def add(self, text: str | None, line: int) -> None:
        if text:
            if not self.pieces:
                self.line = line
            self.pieces.append(text)

    def end(self) -> None:
        text, self.pieces = "".join(self.pieces), []
        for piece in text.split(_BREAK):
            if plain := _collapsed(piece):
                place = self.place or Place(line=self.line or None)
                self.blocks.append(TextBlock(plain, self.kind, self.level, place))

    def begin(self, tag: str) -> None:
        self.end()
        self.level = _LEVELS.get(tag, 0)
        self.kind = TextKind.HEADING if self.level else TextKind.ITEM if tag == "li" else TextKind.PARAGRAPH


def _line_of(element: _Element) -> int:
    line: Any = element.sourceline
    return int(line or 0)


def _at(element: _Element) -> Place:
    return Place(line=_line_of(element))


def _collapsed(text: str) -> str:
    """White space as a browser shows it; a line end of the source between Chinese characters is nothing."""
    if "\n" in text or "\r" in text:
        text = _BETWEEN_WIDE.sub("", text)
    return _WHITE.sub(" ", text).strip(" \u3000\ufeff\u200b")


class _Page:
    def __init__(self, allowance: Allowance) -> None:
        self.allowance = allowance
        self.asides: list[Aside] = []
        self.tables = 0

    def blocks(self, element: _Element, place: Place | None = None) -> list[Block]:
        """What is in an element. Not by recursion: pages that forget to close their tags are nested hundreds deep."""
        flow = _Flow(place)
        flow.add(element.text, _line_of(element))
        waiting = [(element, iter(element))]
        while waiting:
            current, children = waiting[-1]
            one = next(children, None)
            if one is None:
                waiting.pop()
                if waiting:
                    self._leave(current, flow)
            elif self._enter(one, flow):
                waiting.append((one, iter(one)))
            else:
                flow.add(one.tail, _line_of(one))
        flow.end()
        return flow.blocks

    def _enter(self, one: _Element, flow: _Flow) -> bool:
        """Whether to go into it."""
        tag = one.tag
        if not isinstance(tag, str):
            self._comment(one)
            return False
        if tag in _DROPPED:
            return False
        if _is_hidden(one):
            self._hidden(one, AsideKind.HIDDEN_TEXT, flow.place)
            return False
        if tag == "br":
            flow.add(_BREAK, _line_of(one))
            return False
        if tag == "table":
            flow.end()
            flow.blocks += self._table(one)
            return False
        if tag in _BLOCKS:
            flow.begin(tag)
        elif tag == "a" and (address := (one.get("href") or "").strip()).lower().startswith(
            ("http", "mailto:", "file:")
        ):
            self.asides.append(Aside(AsideKind.LINK, address, place=_at(one)))
        elif tag == "input" and (one.get("type") or "text").lower() in ("text", "tel", "email", "number"):
            flow.add(one.get("value"), _line_of(one))
        text = one.text
        flow.add(text.replace("\n", _BREAK) if text and tag == "pre" else text, _line_of(one))
        return True

    @staticmethod
    def _leave(one: _Element, flow: _Flow) -> None:
        if one.tag in _BLOCKS:
            flow.end()
            flow.kind, flow.level = TextKind.PARAGRAPH, 0
        flow.add(one.tail, _line_of(one))

    def _comment(self, one: _Element) -> None:
        text = (one.text or "").strip()
        if text and not text.startswith("[if") and text != "<![endif]":
            self.asides.append(Aside(AsideKind.COMMENT, text[:_COMMENT_LONGEST], place=_at(one)))

    def _hidden(self, one: _Element, kind: AsideKind, place: Place | None) -> None:
        pieces = (
            str(piece)
            for part in one.iter()
            if isinstance(part.tag, str) and part.tag not in _DROPPED
            for piece in (part.text or "", (part.tail or "") if part is not one else "")
        )
        if text := _collapsed(" ".join(pieces)):
            self.asides.append(Aside(kind, text, place=place or _at(one)))

    # --- Tables ---------------------------------------------------------------------------------------------

    def _table(self, table: _Element) -> Iterator[Block]:
        self.tables += 1
        number = self.tables
        for caption in table.iterchildren("caption"):
            yield from self.blocks(caption)
        rows = [row for row in _rows(table) if not self._row_hidden(row, number)]
        made = _Made(number, len(rows))
        for row, element in enumerate(rows):
            self._row(element, row, made)
        heads = 0
        while heads < len(rows) and _in_head(rows[heads]):
            heads += 1
        cells = grid(made.boxes, self.allowance, rows=len(rows))
        if cells and cells[0]:
            place = Place(line=_line_of(table), table=number)
            yield from arranged(TableBlock(cells, place, heads), made.boxes, made.inside)

    def _row_hidden(self, row: _Element, table: int) -> bool:
        if not _is_hidden(row):
            return False
        self._hidden(row, AsideKind.HIDDEN_ROW, Place(line=_line_of(row), table=table))
        return True

    def _row(self, element: _Element, row: int, made: _Made) -> None:
        column = 0
        for one in element.iterchildren("td", "th"):
            while column < len(made.free_from) and made.free_from[column] > row:
                column += 1
            if _is_hidden(one):
                self._hidden(one, AsideKind.HIDDEN_TEXT, made.place(one, row, column))
                continue
            wide = min(max(_number(one.get("colspan")), 1), _WIDEST_CELL)
            high = _number(one.get("rowspan"), 1)
            high = min(high or made.rows, made.rows - row)
            if column + wide > _WIDEST_TABLE:
                refuse("too_many_cells", limit=f"{MOST_CELLS:,}")
            if len(one):
                blocks = made.inside[len(made.boxes)] = self.blocks(one, made.place(one, row, column))
                text = text_of(block for block in blocks if isinstance(block, TextBlock))
            else:
                text = _collapsed(one.text or "")
            made.boxes.append(Box(row, column, text, high, wide))
            made.reach(column, wide, row + high)
            column += wide


class _Made:
    """A table being laid out."""

    def __init__(self, number: int, rows: int) -> None:
        self.number, self.rows = number, rows
        self.boxes: list[Box] = []
        self.inside: dict[int, list[Block]] = {}
        self.free_from: list[int] = []
        """For each column the first row that no cell above reaches into."""

    def place(self, cell: _Element, row: int, column: int) -> Place:
        return Place(line=_line_of(cell), table=self.number, row=row + 1, column=column + 1)

    def reach(self, column: int, wide: int, row: int) -> None:
        """A cell of these columns reaches down to this row."""
        self.free_from += [0] * (column + wide - len(self.free_from))
        over = slice(column, column + wide)
        self.free_from[over] = [max(row, before) for before in self.free_from[over]]


def _rows(table: _Element) -> Iterator[_Element]:
    for one in table.iterchildren("tr", "thead", "tbody", "tfoot"):
        if one.tag == "tr":
            yield one
        else:
            yield from one.iterchildren("tr")


def _in_head(row: _Element) -> bool:
    parent = row.getparent()
    return parent is not None and parent.tag == "thead"


def _is_hidden(one: _Element) -> bool:
    if one.get("hidden") is not None:
        return True
    style = one.get("style")
    return style is not None and _UNSEEN.search(re.sub(r"\s", "", style).lower()) is not None


def _number(text: str | None, otherwise: int = 1) -> int:
    if text is None:
        return otherwise
    found = re.match(r"\s*(\d{1,9})", text)
    return int(found[1]) if found else otherwise
