"""Which words the boxes cover, and how often each may still stand in the copy: as often as it stands outside them."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from gongkai.documents.redaction.box import Edges

#: Shorter strings are everywhere; longer ones are looked for in pieces, so that half a line is found, too.
SHORTEST, PIECE, STEP = 2, 8, 3
UNITS = 10_000_000
#: What PDFium gives for a hyphen at the end of a line.
HYPHENS = {2: "-", 0xFFFE: "-"}


@dataclass(slots=True)
class PageText:
    """The characters of some pages without white space. ``gone``: it lies under a box. ``after_gap``: a box lies between
    it and the one before, so that both are not read as one word."""

    text: list[str] = field(default_factory=list)
    gone: list[bool] = field(default_factory=list)
    after_gap: list[bool] = field(default_factory=list)

    def words(self) -> set[str]:
        """What is gone, line by line, cut into pieces."""
        return {piece for run in self._runs() for piece in pieces(run)}

    def _runs(self) -> Iterator[str]:
        run = ""
        for character, gone, apart in zip(self.text, self.gone, self.after_gap, strict=True):
            if run and (not gone or apart):
                yield run
                run = ""
            run += character if gone else ""
        yield run

    def counts(self, words: set[str], *, left: bool, gaps: bool = True) -> Counter[str]:
        """How often each word stands there. ``left``: only where nothing of it is gone; ``gaps``: only where nothing
        lies between."""
        text = "".join(self.text)
        broken = _sums(self.gone) if left else None
        parted = _sums(self.after_gap) if gaps else None
        found: Counter[str] = Counter()
        for length in {len(word) for word in words}:
            for at in range(len(text) - length + 1):
                if (piece := text[at : at + length]) not in words:
                    continue
                whole = broken is None or broken[at + length] == broken[at]
                if whole and (parted is None or parted[at + length] == parted[at + 1]):
                    found[piece] += 1
        return found


def pieces(run: str) -> Iterator[str]:
    if len(run) < SHORTEST:
        return
    if len(run) <= PIECE:
        yield run
        return
    for at in range(0, len(run) - PIECE + 1, STEP):
        yield run[at : at + PIECE]
    yield run[-PIECE:]


def _sums(flags: Iterable[bool]) -> list[int]:
    sums = [0]
    for flag in flags:
        sums.append(sums[-1] + flag)
    return sums


def read_page(page: Any, boxes: tuple[Edges, ...], into: PageText) -> tuple[int, set[str]]:
    """Read one opened page of PDFium's. Gives how many characters lie with their middle under a box, and what PDFium
    itself says to be under the boxes.

    What the file only says beside its shapes (ActualText) counts as gone wherever it seems to stand: PDFium places it
    at the first of the shapes, and the others may lie under a box."""
    import pypdfium2.raw as raw

    text = page.get_textpage()
    try:
        under, before, beside = 0, None, _Beside()
        for index in range(raw.FPDFText_CountChars(text.raw)):
            character = chr(raw.FPDFText_GetUnicode(text.raw, index)).translate(HYPHENS)
            if character.isspace() or raw.FPDFText_IsGenerated(text.raw, index) == 1:
                continue
            edges = _edges(page, text, index) if boxes else None
            covered = edges is not None and any(edges.touches(box) for box in boxes)
            gone = covered or beside.said(raw.FPDFText_GetTextObject(text.raw, index))
            gap = edges is not None and before is not None and _between(before, edges, boxes)
            under += edges is not None and any(box.holds(edges.middle) for box in boxes)
            _add(into, character, gone=gone, gap=gap and not gone)
            before = edges
        said = {piece for box in boxes for line in _said(page, text, box) for piece in pieces(line)}
        return under, said
    finally:
        text.close()


class _Beside:
    """Which pieces of text have an ActualText; neighbours mostly belong to one."""

    def __init__(self) -> None:
        self.address, self.answer = 0, False

    def said(self, item: Any) -> bool:
        import pypdfium2.raw as raw

        address = ctypes.addressof(item.contents) if item else 0
        if address and address != self.address:
            marks = [raw.FPDFPageObj_GetMark(item, at) for at in range(raw.FPDFPageObj_CountMarks(item))]
            kinds = [raw.FPDFPageObjMark_GetParamValueType(mark, b"ActualText") for mark in marks]
            self.address, self.answer = address, raw.FPDF_OBJECT_STRING in kinds
        return bool(address) and self.answer


def _add(into: PageText, character: str, *, gone: bool, gap: bool) -> None:
    """Halves of a rare character are put together."""
    if "\udc00" <= character <= "\udfff" and into.text and "\ud800" <= into.text[-1] <= "\udbff":
        pair = (into.text[-1] + character).encode("utf-16", "surrogatepass").decode("utf-16")
        into.text[-1], into.gone[-1] = pair, into.gone[-1] or gone
        return
    into.text.append(character)
    into.gone.append(gone)
    into.after_gap.append(gap)


def _between(one: Edges, other: Edges, boxes: tuple[Edges, ...]) -> bool:
    (x, y), (u, v) = one.middle, other.middle
    span = Edges(min(x, u), min(y, v), max(x, u), max(y, v)).grown(1e-6, 1e-6)
    return any(span.touches(box) for box in boxes)


def _edges(page: Any, text: Any, index: int) -> Edges:
    """Of one character, as shown."""
    import pypdfium2.raw as raw

    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(text.raw, index, left, right, bottom, top)
    across, down = ctypes.c_int(), ctypes.c_int()
    corners = []
    for x, y in ((left, top), (right, bottom)):
        raw.FPDF_PageToDevice(page.raw, 0, 0, UNITS, UNITS, 0, x.value, y.value, across, down)
        corners.append((across.value / UNITS, down.value / UNITS))
    (x0, y0), (x1, y1) = corners
    return Edges(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _said(page: Any, text: Any, box: Edges) -> list[str]:
    """What PDFium gives for the rectangle, by lines, without white space."""
    import pypdfium2.raw as raw

    x, y = ctypes.c_double(), ctypes.c_double()
    corners = []
    for across, down in ((box.left, box.top), (box.right, box.bottom)):
        raw.FPDF_DeviceToPage(page.raw, 0, 0, UNITS, UNITS, 0, int(across * UNITS), int(down * UNITS), x, y)
        corners.append((x.value, y.value))
    (x0, y0), (x1, y1) = corners
    found = text.get_text_bounded(left=min(x0, x1), bottom=min(y0, y1), right=max(x0, x1), top=max(y0, y1))
    return ["".join(line.translate(HYPHENS).split()) for line in found.splitlines()]
