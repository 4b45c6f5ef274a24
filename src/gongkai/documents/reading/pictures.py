"""Pictures: no text, but what the camera wrote beside them, the place above all."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from gongkai.documents.reading.decoding import decoded
from gongkai.documents.reading.errors import refuse
from gongkai.documents.reading.normal import Aside, AsideKind, Place, Reading

if TYPE_CHECKING:
    from PIL.Image import Image

_FORMATS = ("JPEG", "PNG", "TIFF")
#: Tags of EXIF that name a person, a machine or a time (CIPA DC-008).
_TAGS = {
    0x010E: "description", 0x010F: "make", 0x0110: "model", 0x0131: "software", 0x0132: "modified", 0x013B: "artist",
    0x013C: "host_computer", 0x8298: "copyright", 0x9C9B: "title", 0x9C9C: "comment", 0x9C9D: "author",
    0x9C9E: "keywords", 0x9C9F: "subject",
}  # fmt: skip
_PRIVATE_TAGS = {0x9003: "taken", 0x9286: "user_comment", 0xA430: "owner", 0xA431: "camera_number"}
_EXIF, _POSITION = 0x8769, 0x8825
_WIDE = range(0x9C9B, 0x9CA0)
"""Windows writes these in UTF-16."""


def read_picture(data: bytes, media_type: str) -> Reading:
    asides = tuple(picture_asides(data))
    with _opened(data) as image:
        pages = getattr(image, "n_frames", 1)
    properties = {aside.name: aside.text for aside in asides if aside.kind is AsideKind.PROPERTY}
    return Reading(media_type, (), asides, pages, tuple(range(1, pages + 1)), properties=properties)


def dots(data: bytes) -> tuple[int, int]:
    """How wide and high a picture of whatever kind is, by its header; 0 where that is unknown."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as image:
            return (0, 0) if image.format in ("EMF", "WMF") else image.size
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return 0, 0


def picture_asides(data: bytes, name: str = "") -> Iterator[Aside]:
    """Position and properties; ``name`` is the picture's where it lies in another file."""
    with _opened(data) as image:
        exif = image.getexif()
        found = {label: exif.get(tag) for tag, label in _TAGS.items()}
        found |= {label: exif.get_ifd(_EXIF).get(tag) for tag, label in _PRIVATE_TAGS.items()}
        if image.format == "PNG":  # its texts
            found |= {str(key): value for key, value in image.info.items() if isinstance(value, str)}
        position = _position(exif.get_ifd(_POSITION))
    place = Place(page=1) if not name else Place()
    if position:
        yield Aside(AsideKind.POSITION, position, name, place)
    for label, value in found.items():
        if value and (text := _written(value)):
            yield Aside(AsideKind.PROPERTY, text[:1000], label, place)


def _opened(data: bytes) -> Image:
    """No pixel is decoded. The gate has counted them by the header already; Pillow's own bound holds on top."""
    from PIL import Image, UnidentifiedImageError

    try:
        return Image.open(io.BytesIO(data), formats=_FORMATS)
    except UnidentifiedImageError:
        refuse("damaged")


def _written(value: Any) -> str:
    if isinstance(value, bytes):
        wide = len(value) % 2 == 0 and value[1::2].count(0) * 4 > len(value)
        value = value.removeprefix(b"ASCII\x00\x00\x00").removeprefix(b"UNICODE\x00")
        value = value.decode("utf-16-le" if wide else "utf-8", "ignore")
    text = str(value).replace("\x00", "").strip()
    if not text.isascii() and (found := _as_latin(text)):
        return found
    return text


def _as_latin(text: str) -> str:
    """EXIF knows ASCII only; what else stands there was read byte by byte, and is UTF-8 or GB18030."""
    try:
        read = decoded(text.encode("latin-1"))
    except UnicodeEncodeError:
        return ""
    return read.text if read else ""


def _position(found: Mapping[int, Any]) -> str:
    """34.72123, 113.65432 (south and west are negative), as maps take it; empty where there is none."""
    try:
        latitude = _degrees(found[2]) * (-1 if found.get(1) == "S" else 1)
        longitude = _degrees(found[4]) * (-1 if found.get(3) == "W" else 1)
    except (KeyError, TypeError, ValueError, ZeroDivisionError, IndexError):
        return ""
    return f"{latitude:.5f}, {longitude:.5f}"


def _degrees(parts: Any) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    return degrees + minutes / 60 + seconds / 3600
