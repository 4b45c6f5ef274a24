"""The picture of a page of the copy: boxes burnt in, then packed as tightly as looks right."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.documents.redaction.box import Edges

if TYPE_CHECKING:
    from PIL.Image import Image

#: Up to this part of the dots may be neither nearly white nor nearly black, nor one of few colours, in a page of text.
MIDDLE_TONES = 0.20
JPEG_QUALITY = 72
COLOURS = 16
#: Differences of colour that are none: what JPEG leaves in a grey scan.
GREY = 12


@dataclass(frozen=True, slots=True)
class Packed:
    """One picture as a PDF keeps it. ``palette`` of an indexed one; ``codec`` dct, flate or fax."""

    data: bytes
    width: int
    height: int
    codec: str
    colours: int
    bits: int = 8
    palette: bytes = b""


def covered(image: Image, boxes: Iterable[Edges]) -> Image:
    """The picture with nothing but black in the boxes. The dots under them are overwritten, not painted over."""
    from PIL import ImageDraw

    image = image.copy()
    draw = ImageDraw.Draw(image)
    black: int | tuple[int, int, int] = (0, 0, 0) if image.mode == "RGB" else 0
    for edges in boxes:
        draw.rectangle(pixels(edges, image.size), fill=black)
    return image


def pixels(edges: Edges, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """The dots that the box touches: first and last of each direction, both covered."""
    width, height = size
    left, top = max(0, int(edges.left * width)), max(0, int(edges.top * height))
    right, bottom = min(width - 1, int(edges.right * width)), min(height - 1, int(edges.bottom * height))
    return left, top, max(left, right), max(top, bottom)


def packed(image: Image) -> Packed:
    """Fax for black and white; few shades without loss for a page of text; JPEG for what is like a photograph."""
    if image.mode == "1":
        return _fax(image)
    if image.mode == "RGB" and _is_grey(image):
        image = image.convert("L")
    tones = image.convert("L").histogram()
    if sum(tones[48:208]) <= MIDDLE_TONES * image.width * image.height:
        return _shades(image) if image.mode == "L" else _smaller(_indexed(image), _jpeg(image))
    return _jpeg(image)


def _is_grey(image: Image) -> bool:
    from PIL import ImageChops

    red, green, blue = image.split()
    return all(
        ImageChops.difference(red, other).getextrema()[1] <= GREY  # type: ignore[operator]
        for other in (green, blue)
    )


def _smaller(one: Packed, other: Packed) -> Packed:
    return one if len(one.data) <= len(other.data) else other


def _shades(image: Image) -> Packed:
    """Sixteen greys, four bits a dot."""
    levels = image.point([round(value / 17) for value in range(256)])
    return _flat(levels, 1)


def _indexed(image: Image) -> Packed:
    """Sixteen colours; the darkest of them is made black, as the boxes are."""
    import PIL.Image

    few = image.quantize(COLOURS, method=PIL.Image.Quantize.FASTOCTREE, dither=PIL.Image.Dither.NONE)
    palette = bytearray((few.getpalette() or [])[: 3 * COLOURS])
    darkest = min(range(len(palette) // 3), key=lambda number: sum(palette[3 * number : 3 * number + 3]))
    palette[3 * darkest : 3 * darkest + 3] = b"\0\0\0"
    return _flat(few, 3, bytes(palette))


def _flat(image: Image, colours: int, palette: bytes = b"") -> Packed:
    """Dots of up to 16 values, two in a byte, each line from a new byte on."""
    width, height = image.size
    dots = image.tobytes()
    if width % 2:
        dots = b"".join(dots[at : at + width] + b"\0" for at in range(0, len(dots), width))
    high, low = dots[0::2].translate(_SHIFTED), dots[1::2]
    size = len(low)
    halves = (int.from_bytes(high, "big") | int.from_bytes(low, "big")).to_bytes(size, "big")
    return Packed(zlib.compress(halves, 6), width, height, "flate", colours, 4, palette)


_SHIFTED = bytes((value << 4) & 0xFF for value in range(256))


def _jpeg(image: Image) -> Packed:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return Packed(out.getvalue(), *image.size, "dct", 1 if image.mode == "L" else 3)


def _fax(image: Image) -> Packed:
    """CCITT group 4, in one strip. Turned about first: the library writes light dots as the marks of the code."""
    import PIL.Image
    from PIL import ImageChops

    out = io.BytesIO()
    strip = {278: image.height}  # RowsPerStrip
    ImageChops.invert(image.convert("L")).convert("1").save(out, "TIFF", compression="group4", tiffinfo=strip)
    with PIL.Image.open(out) as tiff:
        (start,), (length,) = tiff.tag_v2[273], tiff.tag_v2[279]  # type: ignore[attr-defined]
    return Packed(out.getvalue()[start : start + length], *image.size, "fax", 1, 1)
