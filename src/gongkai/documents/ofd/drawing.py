"""Pages of an OFD file drawn into a PDF: shapes of characters, paths, pictures, and text that can be searched."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from gongkai.documents.ofd.items import Item, PageOfOfd, PathItem, PictureItem, TextItem
from gongkai.documents.ofd.outlines import Faces, Shape
from gongkai.documents.ofd.package import Package
from gongkai.documents.ofd.values import Matrix, at, scale_of

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

POINTS = 72 / 25.4
#: Millimetres a page may measure (a PDF page has at most 5,080); others are shown as the nearest of these.
_LEAST, _MOST = 10.0, 5_000.0
_MOST_PIXELS = 50_000_000
_THINNEST = 0.05
#: A font every reader knows by its name: it is never seen, only searched, copied and read aloud.
_SEARCHED = "STSong-Light"


class Drawing:
    """One PDF in the making. ``left_out`` gathers what could not be drawn."""

    def __init__(self, package: Package, title: str) -> None:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.cidfonts import UnicodeCIDFont
        from reportlab.pdfgen.canvas import Canvas

        pdfmetrics.registerFont(UnicodeCIDFont(_SEARCHED))
        self.package = package
        self.faces = Faces(package)
        self.left_out: set[str] = set()
        self.out = io.BytesIO()
        self.canvas: Canvas = Canvas(self.out, pageCompression=1, invariant=1)
        self.canvas.setTitle(title)
        self._shapes: dict[tuple[str, str], str | None] = {}
        self._pictures: dict[str, Any] = {}

    def finished(self) -> bytes:
        self.canvas.save()
        return self.out.getvalue()

    def page(self, page: PageOfOfd) -> None:
        """The page, then what its annotations draw."""
        left, top, right, bottom = page.box
        wide, high = (min(max(length, _LEAST), _MOST) for length in (right - left, bottom - top))
        self.canvas.setPageSize((wide * POINTS, high * POINTS))
        self.canvas.saveState()
        self.canvas.transform(POINTS, 0, 0, -POINTS, -left * POINTS, (top + high) * POINTS)
        self.left_out |= page.left_out
        self._items(page.items)
        for note in page.notes:
            self._items(note.items)
        self.canvas.restoreState()
        self.left_out |= self.faces.left_out
        self.canvas.showPage()

    def _items(self, items: Iterable[Item]) -> None:
        for item in items:
            self.canvas.saveState()
            match item:
                case TextItem():
                    self._text(item)
                case PathItem():
                    self._path(item)
                case PictureItem():
                    self._picture(item)
            self.canvas.restoreState()

    def _text(self, item: TextItem) -> None:
        ink = item.fill or item.stroke
        if ink is None or not item.characters:
            return
        self.canvas.setFillColorRGB(*(part / 255 for part in ink[0]))
        self.canvas.setFillAlpha(ink[1])
        self.canvas.transform(*item.matrix)
        for shape, x, y in self._placed(item):
            if name := self._form(shape):
                scale = item.size / shape.unit
                self.canvas.saveState()
                self.canvas.transform(scale * item.wide, 0, 0, -scale, x, y)
                self.canvas.doForm(name)
                self.canvas.restoreState()
        self._searchable(item)

    def _placed(self, item: TextItem) -> Iterable[tuple[Shape, float, float]]:
        """Each shape and its place; glyphs that the file numbers take the places of the characters they stand for."""
        skip = 0
        for index, (character, x, y) in enumerate(item.characters):
            if index in item.glyphs and self.faces.own(item.font):
                count, numbers = item.glyphs[index]
                places = item.characters[index : index + count]
                for number, (_, there_x, there_y) in zip(numbers, places, strict=False):
                    if shape := self.faces.numbered(number, item.font):
                        yield shape, there_x, there_y
                skip = count
            if skip:
                skip -= 1
            elif shape := self.faces.shape(character, item.font):
                yield shape, x, y

    def _form(self, shape: Shape) -> str | None:
        """The shape, drawn once and used as often as it occurs."""
        if shape.key not in self._shapes:
            self._shapes[shape.key] = self._drawn(shape, f"s{len(self._shapes)}")
        return self._shapes[shape.key]

    def _drawn(self, shape: Shape, name: str) -> str | None:
        path = self.canvas.beginPath()
        try:
            shape.draw(_pen_onto(path)(shape.face.glyphs))
        except Exception:  # a glyph of a stranger's font, the same as of the font itself
            self.left_out.add("glyph")
            return None
        edge = 4 * shape.unit
        self.canvas.beginForm(name, -edge, -edge, edge, edge)
        self.canvas.drawPath(path, stroke=0, fill=1, fillMode=1)
        self.canvas.endForm()
        return name

    def _searchable(self, item: TextItem) -> None:
        text = "".join(character for character in item.text if character <= "\uffff")
        _, x, y = item.characters[0]
        written = self.canvas.beginText()
        written.setTextRenderMode(3)
        written.setFont(_SEARCHED, max(item.size, _THINNEST))
        written.setTextTransform(1, 0, 0, -1, x, y)
        written.textOut(text)
        self.canvas.drawText(written)

    def _path(self, item: PathItem) -> None:
        if item.stroke is None and item.fill is None:
            return
        path = self.canvas.beginPath()
        self._trace(item, path)
        # Lines keep their own matrix: a turned rectangle is turned, and what is widened has wider lines.
        if item.stroke:
            self.canvas.setStrokeColorRGB(*(part / 255 for part in item.stroke[0]))
            self.canvas.setStrokeAlpha(item.stroke[1])
            self.canvas.setLineWidth(max(item.width * scale_of(item.matrix), _THINNEST))
            if item.dash and all(length >= 0 for length in item.dash) and sum(item.dash) > 0:
                self.canvas.setDash([length * scale_of(item.matrix) for length in item.dash])
        if item.fill:
            self.canvas.setFillColorRGB(*(part / 255 for part in item.fill[0]))
            self.canvas.setFillAlpha(item.fill[1])
        self.canvas.drawPath(
            path,
            stroke=int(item.stroke is not None),
            fill=int(item.fill is not None),
            fillMode=0 if item.even_odd else 1,
        )

    def _trace(self, item: PathItem, path: Any) -> None:
        here: list[float] | None = None
        for letter, numbers in item.segments:
            # Of an arc only its end: it is drawn straight.
            points = _moved(item.matrix, numbers[-2:] if letter == "A" else numbers)
            if letter == "C":
                if here:
                    path.close()
                continue
            if letter in "MS" or here is None:
                path.moveTo(*points[-2:])
            elif letter == "B":
                path.curveTo(*points)
            elif letter == "Q":
                path.curveTo(*_cubic(here, points))
            else:
                path.lineTo(*points)
            here = points[-2:]
            if letter == "A":
                self.left_out.add("arc")

    def _picture(self, item: PictureItem) -> None:
        reader = self._opened(item)
        if reader is None:
            self.left_out.add("seal" if item.seal else "picture")
            return
        self.canvas.setFillAlpha(item.opaque)
        self.canvas.transform(*item.matrix)
        self.canvas.transform(1, 0, 0, -1, 0, 1)
        self.canvas.drawImage(reader, 0, 0, 1, 1, mask="auto")

    def _opened(self, item: PictureItem) -> Any:
        if item.part not in self._pictures:
            data = self.package.read(item.part)
            self._pictures[item.part] = _reader(_inside_seal(data) if item.seal else data)
        return self._pictures[item.part]


def _inside_seal(data: bytes) -> bytes:
    """From where a seal's picture begins in its data (GB/T 38540 wraps it in ASN.1); seals that are OFD are not drawn."""
    places = [place for magic in (b"\x89PNG\r\n", b"\xff\xd8\xff") if (place := data.find(magic)) >= 0]
    return data[min(places) :] if places else b""


def _moved(matrix: Matrix, numbers: tuple[float, ...]) -> list[float]:
    return [part for x, y in zip(numbers[::2], numbers[1::2], strict=True) for part in at(matrix, x, y)]


def _cubic(start: list[float], quadratic: list[float]) -> list[float]:
    """A curve with one control point as one with two."""
    x, y, u, v = quadratic
    return [(start[0] + 2 * x) / 3, (start[1] + 2 * y) / 3, (u + 2 * x) / 3, (v + 2 * y) / 3, u, v]


def _reader(data: bytes) -> Any:
    """A picture ready to be placed; None where it is of a kind we cannot draw (JBIG2), damaged or far too large."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "BMP", "GIF", "TIFF")) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                return None
            if picture.format == "JPEG" and picture.mode in ("RGB", "L"):
                picture.load()
                return ImageReader(io.BytesIO(data))
            clear = "A" in picture.getbands() or "transparency" in picture.info
            return ImageReader(picture.convert("RGBA" if clear else "RGB"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None


def _pen_onto(path: Any) -> Any:
    from fontTools.pens.basePen import BasePen

    class Pen(BasePen):  # type: ignore[misc]
        """From a font's outlines to a path of the canvas; of quadratic curves the base makes cubic ones."""

        def _moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802
            path.moveTo(*point)

        def _lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
            path.lineTo(*point)

        def _curveToOne(self, *points: tuple[float, float]) -> None:  # noqa: N802
            path.curveTo(*(part for point in points for part in point))

        def _closePath(self) -> None:  # noqa: N802
            path.close()

    return Pen
