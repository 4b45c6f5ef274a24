"""PDF as pages, by PDFium. A character counts as seen only where the picture of the page would differ without it."""

from __future__ import annotations

import ctypes
import math
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from gongkai.documents.redaction.box import Edges, Glyph
from gongkai.documents.redaction.errors import CannotRedact
from gongkai.documents.redaction.pages import POINTS, bounded_dpi

if TYPE_CHECKING:
    from PIL.Image import Image

#: The resolution at which it is asked whether a character shows.
LOOK_DPI = 96.0
#: So many units has a page on which places are reckoned.
UNITS = 1_000_000
INVISIBLE = 3
HYPHEN = 2
DEEPEST = 20
#: Of a page in each direction, to find neighbours by; and how unlike in size two characters are that are no rivals.
CELLS, LIKE = 100, 0.2


class PdfPages:
    """One opened PDF. Forms are filled in and notes drawn as a reader shows them."""

    def __init__(self, document: Any, *, hides_layers: bool, outlined: bool) -> None:
        self.document = document
        self.hides_layers, self.outlined = hides_layers, outlined

    @classmethod
    @contextmanager
    def of(cls, data: bytes, *, outlined: bool = False) -> Iterator[PdfPages]:
        """``outlined``: made here, with characters drawn as outlines and their text laid over them."""
        import pypdfium2

        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise CannotRedact.because("encrypted" if "assword" in str(error) else "damaged") from None
        try:
            document.init_forms()
            yield cls(document, hides_layers=_hides_layers(data), outlined=outlined)
        except (pypdfium2.PdfiumError, ValueError, OverflowError):  # numbers that are none
            raise CannotRedact.because("damaged") from None
        finally:
            document.close()

    def __len__(self) -> int:
        return len(self.document)

    def size(self, index: int) -> tuple[float, float]:
        width, height = self.document.get_page_size(index)
        if not (width > 0 and height > 0):
            raise CannotRedact.because("damaged")
        return float(width), float(height)

    def picture(self, index: int, dpi: float) -> Image:
        with self._page(index) as page:
            return _drawn(page, self.size(index), dpi)

    def glyphs(self, index: int) -> tuple[Glyph, ...]:
        with self._page(index) as page:
            text = page.get_textpage()
            try:
                found = list(_characters(page, text))
                return self._looked_at(page, self.size(index), found) if found else ()
            finally:
                text.close()

    @contextmanager
    def _page(self, index: int) -> Iterator[Any]:
        page = self.document[index]
        try:
            yield page
        finally:
            page.close()

    def _looked_at(self, page: Any, size: tuple[float, float], found: list[_Character]) -> tuple[Glyph, ...]:
        """Which of them show: drawn once with and once without text. Text that is never drawn (laid over a scan by a
        reading machine) shows where the picture has something in its place."""
        whole = _drawn(page, size, LOOK_DPI).convert("L")
        pictures = _put_out(page)
        bare = _drawn(page, size, LOOK_DPI).convert("L")
        if self.outlined:
            pictures.append(Edges(0, 0, 1, 1))
        look = _Look(whole, bare, tuple(pictures), scanned=not self.hides_layers)
        tangled = _tangled(found)
        return tuple(
            one.glyph if look.shows(one) and number not in tangled else replace(one.glyph, seen=False)
            for number, one in enumerate(found)
        )


@dataclass(frozen=True)
class _Character:
    glyph: Glyph
    drawn: bool
    #: Its text is said by the file beside the shapes (ActualText): for several of them at once, nobody knows which.
    said_beside: bool
    #: The piece of text it belongs to.
    item: int


def _tangled(found: list[_Character]) -> set[int]:
    """Characters of different pieces of text that lie on each other, of like size: one may have been covered and the
    other written over it, and the picture does not tell which of them shows."""
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, one in enumerate(found):
        x, y = one.glyph.ink.middle
        cells[int(x * CELLS), int(y * CELLS)].append(number)
    tangled: set[int] = set()
    for (across, down), numbers in cells.items():
        near = [other for x in (-1, 0, 1) for y in (-1, 0, 1) for other in cells.get((across + x, down + y), ())]
        for number in numbers:
            for other in near:
                if _lies_on(found[number], found[other]):
                    tangled |= {number, other}
    return tangled


def _lies_on(one: _Character, other: _Character) -> bool:
    first, second = one.glyph.ink, other.glyph.ink
    if one.item == other.item or not first.holds(second.middle):
        return False
    return LIKE < second.area / max(first.area, 1e-12) < 1 / LIKE


class _Look:
    """The page with and without its text."""

    def __init__(self, whole: Image, bare: Image, pictures: tuple[Edges, ...], *, scanned: bool) -> None:
        from PIL import ImageChops

        self.whole, self.pictures, self.scanned = whole, pictures, scanned
        self.difference = ImageChops.difference(whole, bare)

    def shows(self, one: _Character) -> bool:
        ink = one.glyph.ink
        if one.said_beside:
            return False
        if one.glyph.text.isspace():  # it shows nothing; kept or dropped with its neighbours
            return True
        area = self._pixels(ink)
        if area is None:
            return False
        if one.drawn:
            return self.difference.crop(area).getbbox() is not None
        darkest, lightest = self.whole.crop(area).getextrema()
        on_picture = any(picture.holds(ink.middle) for picture in self.pictures)
        return self.scanned and on_picture and bool(lightest - darkest > 16)  # type: ignore[operator]

    def _pixels(self, edges: Edges) -> tuple[int, int, int, int] | None:
        width, height = self.whole.size
        left, top = max(0, int(edges.left * width)), max(0, int(edges.top * height))
        right, bottom = min(width, int(edges.right * width) + 1), min(height, int(edges.bottom * height) + 1)
        return (left, top, right, bottom) if left < right and top < bottom else None


def _drawn(page: Any, size: tuple[float, float], dpi: float) -> Image:
    scale = bounded_dpi(size, dpi) / POINTS
    bitmap = page.render(scale=scale, may_draw_forms=True, draw_annots=True, fill_color=(255, 255, 255, 255))
    try:
        image: Image = bitmap.to_pil().convert("RGB")
        return image
    finally:
        bitmap.close()


def _put_out(page: Any) -> list[Edges]:
    """Make all text of an opened page undrawn; gives where its pictures lie."""
    import pypdfium2.raw as raw

    pictures: list[Edges] = []
    place = _placing(page)

    def walk(count: int, get: Callable[[int], Any], matrix: tuple[float, ...] | None, depth: int) -> None:
        for number in range(count):
            item = get(number)
            kind = raw.FPDFPageObj_GetType(item)
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                raw.FPDFPageObj_SetIsActive(item, False)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                pictures.append(place(_bounds(item), matrix))
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
                inner = _chained(_matrix(item), matrix)
                inside = partial(raw.FPDFFormObj_GetObject, item)
                walk(raw.FPDFFormObj_CountObjects(item), inside, inner, depth + 1)

    walk(raw.FPDFPage_CountObjects(page.raw), partial(raw.FPDFPage_GetObject, page.raw), None, 0)
    return pictures


def _bounds(item: Any) -> tuple[float, float, float, float]:
    import pypdfium2.raw as raw

    edges = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(item, *edges)
    left, bottom, right, top = (edge.value for edge in edges)
    return left, bottom, right, top


def _matrix(item: Any) -> tuple[float, ...]:
    import pypdfium2.raw as raw

    found = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, found)
    return found.a, found.b, found.c, found.d, found.e, found.f


def _chained(first: tuple[float, ...], then: tuple[float, ...] | None) -> tuple[float, ...]:
    if then is None:
        return first
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _placing(page: Any) -> Callable[[tuple[float, float, float, float], tuple[float, ...] | None], Edges]:
    """Turns left, bottom, right, top in the page's own space (turned, cropped as it may be) into edges as shown."""
    import pypdfium2.raw as raw

    def device(x: float, y: float) -> tuple[int, int]:
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(page.raw, 0, 0, UNITS, UNITS, 0, x, y, across, down)
        return across.value, down.value

    (x0, y0), (x1, y1), (x2, y2) = device(0, 0), device(1000, 0), device(0, 1000)
    a, b, c, d = (x1 - x0) / 1000, (y1 - y0) / 1000, (x2 - x0) / 1000, (y2 - y0) / 1000

    def place(bounds: tuple[float, float, float, float], matrix: tuple[float, ...] | None = None) -> Edges:
        left, bottom, right, top = bounds
        corners = [(left, bottom), (right, top), (left, top), (right, bottom)]
        if matrix is not None:
            p, q, r, s, t, u = matrix
            corners = [(p * x + r * y + t, q * x + s * y + u) for x, y in corners]
        across = [(x0 + a * x + c * y) / UNITS for x, y in corners]
        down = [(y0 + b * x + d * y) / UNITS for x, y in corners]
        return Edges(min(across), min(down), max(across), max(down))

    return place


def _characters(page: Any, text: Any) -> Iterator[_Character]:
    """In the order PDFium reads them. What it puts in by itself (spaces, ends of lines) is told of the next one."""
    import pypdfium2.raw as raw

    place, reader = _placing(page), _BoxReader(text)
    said = _SaidBeside()
    new_line = space = False
    high: tuple[int, Edges] | None = None
    for index in range(raw.FPDFText_CountChars(text.raw)):
        code = raw.FPDFText_GetUnicode(text.raw, index)
        if raw.FPDFText_IsGenerated(text.raw, index) == 1 or code in (10, 13):
            new_line, space = new_line or code in (10, 13), space or code == 32
            continue
        ink, body = place(reader.ink(index), None), place(reader.body(index), None)
        if 0xD800 <= code < 0xDC00:  # the first half of a rare character
            high = code, ink
            continue
        if 0xDC00 <= code < 0xE000 and high is not None:
            code, ink = 0x10000 + ((high[0] - 0xD800) << 10) + (code - 0xDC00), ink.joined(high[1])
        high = None
        character = "-" if code == HYPHEN else _printable(code)
        if not character:
            continue
        item = raw.FPDFText_GetTextObject(text.raw, index)
        drawn = not item or raw.FPDFTextObj_GetTextRenderMode(item) != INVISIBLE
        turn = _turn(raw.FPDFText_GetCharAngle(text.raw, index), page.get_rotation())
        address = ctypes.addressof(item.contents) if item else 0
        yield _Character(Glyph(character, ink, body, new_line, space, turn=turn), drawn, said.of(item), address)
        new_line = space = False


def _turn(angle: float, rotation: int) -> int:
    """Quarters clockwise as shown, of an angle counted the other way and a page turned by so many degrees."""
    return round(rotation / 90 - max(angle, 0.0) / (math.pi / 2)) % 4


def _printable(code: int) -> str:
    """The character, or nothing for what is none."""
    bad = code < 32 or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000 or code in (0xFFFD, 0xFFFE, 0xFFFF)
    return "" if bad or code > 0x10FFFF else chr(code)


class _BoxReader:
    """Boxes of the characters of one page of text: left, bottom, right, top."""

    def __init__(self, text: Any) -> None:
        import pypdfium2.raw as raw

        self.raw, self.text = raw, text.raw
        self.left, self.right, self.bottom, self.top = (ctypes.c_double() for _ in range(4))
        self.rectangle = raw.FS_RECTF()

    def ink(self, index: int) -> tuple[float, float, float, float]:
        self.raw.FPDFText_GetCharBox(self.text, index, self.left, self.right, self.bottom, self.top)
        return self.left.value, self.bottom.value, self.right.value, self.top.value

    def body(self, index: int) -> tuple[float, float, float, float]:
        box = self.rectangle
        self.raw.FPDFText_GetLooseCharBox(self.text, index, box)
        return box.left, box.bottom, box.right, box.top


class _SaidBeside:
    """Whether the text of an object comes from ActualText; asked once for each object."""

    def __init__(self) -> None:
        import pypdfium2.raw as raw

        self.raw = raw
        self.known: dict[int, bool] = {}

    def of(self, item: Any) -> bool:
        if not item:
            return True
        address = ctypes.addressof(item.contents)
        if address not in self.known:
            marks = range(self.raw.FPDFPageObj_CountMarks(item))
            self.known[address] = any(self._says(self.raw.FPDFPageObj_GetMark(item, number)) for number in marks)
        return self.known[address]

    def _says(self, mark: Any) -> bool:
        kind = self.raw.FPDFPageObjMark_GetParamValueType(mark, b"ActualText")
        return bool(kind == self.raw.FPDF_OBJECT_STRING)


def _hides_layers(data: bytes) -> bool:
    """Whether any layer may be switched off: then text that is drawn nowhere may belong to it."""
    return b"/OCProperties" in data or (b"/ObjStm" in data and _has_layers(data))


def _has_layers(data: bytes) -> bool:
    import io

    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return "/OCProperties" in pdf.Root
    except (pikepdf.PdfError, ValueError):
        return True
