"""The size of a picture, read from its header: a few hundred bytes can claim to be a picture of gigabytes."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from gongkai.documents.gate.kinds import JPEG, PNG, TIFF, Kind
from gongkai.documents.gate.limits import Limits
from gongkai.documents.gate.refusals import Fault

#: Start-of-frame markers of JPEG: C0 to CF without DHT, JPG and DAC.
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
#: Markers without a length: TEM, RST0 to RST7, SOI.
BARE = frozenset({0x01, *range(0xD0, 0xD9)})
SCAN, END = 0xDA, 0xD9
MOST_PAGES = 2_000
MOST_TAGS = 4_096
WIDTH, HEIGHT = 256, 257


def kind_of_picture(data: bytes) -> Kind | None:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith((b"II*\x00", b"MM\x00*")):
        return TIFF
    return None


def check_picture(data: bytes, kind: Kind, limits: Limits) -> None:
    """Raises Fault where the header cannot be read or the picture is too large; no pixel is decoded."""
    try:
        sizes = {PNG: _png, JPEG: _jpeg, TIFF: _tiff}[kind](data)
        found = False
        for width, height in sizes:
            found = True
            if width < 1 or height < 1:
                raise Fault("damaged")
            if width * height > limits.pixels:
                raise Fault("too_many_pixels", width=width, height=height)
    except (struct.error, IndexError, OverflowError):
        raise Fault("damaged") from None
    if not found:
        raise Fault("damaged")


def _png(data: bytes) -> Iterator[tuple[int, int]]:
    length, name, width, height = struct.unpack_from(">I4sII", data, 8)
    if (length, name) == (13, b"IHDR"):
        yield width, height


def _jpeg(data: bytes) -> Iterator[tuple[int, int]]:
    """The frames before the first scan: readers take their size from there."""
    place = 2
    while place + 1 < len(data):
        if data[place] != 0xFF:
            return
        marker = data[place + 1]
        if marker == 0xFF:  # a filling byte
            place += 1
        elif marker in BARE:
            place += 2
        elif marker in (SCAN, END):
            return
        else:
            if marker in FRAMES:
                height, width = struct.unpack_from(">HH", data, place + 5)
                yield width, height
            (length,) = struct.unpack_from(">H", data, place + 2)
            if length < 2:
                return
            place += 2 + length


def _tiff(data: bytes) -> Iterator[tuple[int, int]]:
    """Every page; a chain of pages that runs in a circle or has no end is damage."""
    order = "<" if data.startswith(b"II") else ">"
    (place,) = struct.unpack_from(order + "I", data, 4)
    seen: set[int] = set()
    while place:
        if place in seen or len(seen) >= MOST_PAGES:
            raise Fault("damaged")
        seen.add(place)
        (count,) = struct.unpack_from(order + "H", data, place)
        if count > MOST_TAGS:
            raise Fault("damaged")
        yield _tiff_page(data, order, place + 2, count)
        (place,) = struct.unpack_from(order + "I", data, place + 2 + 12 * count)


def _tiff_page(data: bytes, order: str, place: int, count: int) -> tuple[int, int]:
    size = {WIDTH: 0, HEIGHT: 0}
    for entry in range(place, place + 12 * count, 12):
        tag, form = struct.unpack_from(order + "HH", data, entry)
        if tag in size:
            (size[tag],) = struct.unpack_from(order + ("H" if form == 3 else "I"), data, entry + 8)
    return size[WIDTH], size[HEIGHT]
