"""What a copy may be made of, and nothing else: the file is taken apart and every object accounted for.

This module knows how copies look, not how they are made: it shares no code with the making but the blank font.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gongkai.documents.redaction.errors import StillThere
from gongkai.documents.redaction.text_layer import TO_UNICODE, font_file

CATALOGUE = {"/Type", "/Pages"}
TREE = {"/Type", "/Kids", "/Count", "/Parent"}
PAGE = {"/Type", "/Parent", "/MediaBox", "/Resources", "/Contents"}
IMAGE = {
    "/Type", "/Subtype", "/Width", "/Height", "/BitsPerComponent", "/ColorSpace", "/Filter", "/DecodeParms", "/Length"
}  # fmt: skip
FONT = {"/Type", "/Subtype", "/BaseFont", "/Encoding", "/DescendantFonts", "/ToUnicode"}
SHAPES = {"/Type", "/Subtype", "/BaseFont", "/DW", "/CIDToGIDMap", "/CIDSystemInfo", "/FontDescriptor"}
DESCRIPTOR = {
    "/Type", "/FontName", "/Flags", "/FontBBox", "/ItalicAngle", "/Ascent", "/Descent", "/CapHeight", "/StemV",
    "/FontFile2",
}  # fmt: skip
OPERATORS = {"q", "cm", "Do", "Q", "BT", "Tr", "Tf", "Tz", "Tm", "Tj", "ET"}
TRAILER = {"/Root", "/Size", "/ID"}
#: All other words that stand in every copy: a word of the original that happens to be one of them says nothing.
VALUES = {
    "/Catalog", "/Page", "/Pages", "/XObject", "/Image", "/Font", "/Type0", "/CIDFontType2", "/FontDescriptor", "/Blank",
    "/Identity-H", "/DeviceGray", "/DeviceRGB", "/Indexed", "/FlateDecode", "/DCTDecode", "/CCITTFaxDecode", "/F", "/I",
    "/K", "/Columns", "/Rows", "/BlackIs1", "/Registry", "/Ordering", "/Supplement", "/Length1", "Adobe", "Identity",
}  # fmt: skip
KNOWN = {
    word.encode() for words in (CATALOGUE, TREE, PAGE, IMAGE, FONT, SHAPES, DESCRIPTOR, VALUES) for word in words
}  # fmt: skip
#: Segments of a JPEG that hold nothing but the picture: frames, tables, the JFIF head.
JPEG_SEGMENTS = {0xC0, 0xC1, 0xC2, 0xC4, 0xDB, 0xDD, 0xE0, 0xEE}


@dataclass(slots=True)
class Anatomy:
    """What was found: objects and streams counted, the words of each page as its content says them, and all bytes in
    which something could be written besides."""

    objects: int
    streams: int
    contents: list[str]
    rest: bytes


def examined(copy: bytes) -> Anatomy:
    """Raises StillThere for whatever a copy has no need of."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(copy)) as pdf:
            _file(pdf, copy)
            contents: list[str] = []
            fonts: dict[tuple[int, int], Any] = {}
            for page in pdf.pages:
                contents.append(_page(page.obj, fonts))
            for font in fonts.values():
                _font(font)
            objects = list(pdf.objects)
            rest = b"\n".join(_bytes(item) for item in objects)
            return Anatomy(len(objects), sum(isinstance(item, pikepdf.Stream) for item in objects), contents, rest)
    except (pikepdf.PdfError, zlib.error, ValueError, KeyError, AttributeError, TypeError):
        raise StillThere.at("unreadable") from None


def _only(item: Any, allowed: set[str], what: str) -> None:
    if more := set(item.keys()) - allowed:
        raise StillThere.at("structure", what=f"{what} {', '.join(sorted(more))}")


def _require(holds: bool, what: str) -> None:
    if not holds:
        raise StillThere.at("structure", what=what)


def _file(pdf: Any, copy: bytes) -> None:
    """One file written in one go, of nothing but pages: written anew it is the same, so nothing lies between."""
    import pikepdf

    _only(pdf.trailer, TRAILER, "trailer")
    _only(pdf.Root, CATALOGUE, "Root")
    _require(not pdf.is_encrypted and not pdf.attachments, "attachments")
    _require(copy.count(b"%%EOF") == 1 and copy.rstrip().endswith(b"%%EOF"), "%%EOF")
    again = io.BytesIO()
    pdf.save(
        again,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        compress_streams=True,
        recompress_flate=False,
    )
    _require(_without_name(again.getvalue()) == _without_name(copy), "bytes")


def _without_name(data: bytes) -> bytes:
    """Without the file's identifier, which is another whenever it is written."""
    before, _, after = data.rpartition(b"/ID [")
    return before + after.partition(b"]")[2]


def _page(page: Any, fonts: dict[tuple[int, int], Any]) -> str:
    _only(page, PAGE, "Page")
    resources = page.Resources
    _only(resources, {"/Font", "/XObject"}, "Resources")
    _only(resources.Font, {"/F"}, "Font")
    _only(resources.XObject, {"/I"}, "XObject")
    fonts[resources.Font.F.objgen] = resources.Font.F
    _image(resources.XObject.I)
    return _content(page)


def _content(page: Any) -> str:
    """The words in the order in which they are written. Only the picture, and text that is not drawn."""
    import pikepdf

    raw = page.Contents.read_bytes()
    _require(b"%" not in raw and b"(" not in raw, "Contents")
    words = []
    for instruction in pikepdf.parse_content_stream(page):
        _require(isinstance(instruction, pikepdf.ContentStreamInstruction), "inline image")
        operator, operands = str(instruction.operator), instruction.operands
        _require(operator in OPERATORS, f"operator {operator}")
        names = [operand for operand in operands if isinstance(operand, pikepdf.Name)]
        _require(all(str(name) == {"Do": "/I", "Tf": "/F"}.get(operator) for name in names), f"names of {operator}")
        if operator == "Tr":
            _require(int(operands[0]) == 3, "visible text")
        if operator == "Tj":
            words.append(bytes(operands[0]).decode("utf-16-be"))
    return "".join(words)


def _image(image: Any) -> None:
    _only(image, IMAGE, "Image")
    data = image.read_raw_bytes()
    codec = str(image.Filter)
    if codec == "/DCTDecode":
        _require(_is_bare_jpeg(data), "JPEG")
    elif codec == "/FlateDecode":
        unpacker = zlib.decompressobj()
        dots = unpacker.decompress(data)
        lines = (int(image.Width) * int(image.BitsPerComponent) + 7) // 8 * int(image.Height)
        _require(unpacker.eof and not unpacker.unused_data and len(dots) == lines, "Image")
    else:
        _require(codec == "/CCITTFaxDecode", f"Filter {codec}")


def _is_bare_jpeg(data: bytes) -> bool:
    """Only the segments that a picture needs, and nothing after its end."""
    if not data.startswith(b"\xff\xd8") or not data.endswith(b"\xff\xd9"):
        return False
    at = 2
    while data[at] == 0xFF and data[at + 1] != 0xDA:
        if data[at + 1] not in JPEG_SEGMENTS:
            return False
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    # In the picture itself every 0xFF is followed by 0, by a restart, or belongs to the next table.
    return data.count(b"\xff\xd9", at) == 1


def _font(font: Any) -> None:
    """The blank one, byte for byte."""
    _only(font, FONT, "Font")
    _require(font.ToUnicode.read_bytes() == TO_UNICODE, "ToUnicode")
    (shapes,) = font.DescendantFonts
    _only(shapes, SHAPES, "CIDFont")
    _require(shapes.CIDToGIDMap.read_bytes() == b"\0\1" * 65536, "CIDToGIDMap")
    _only(shapes.FontDescriptor, DESCRIPTOR, "FontDescriptor")
    _require(shapes.FontDescriptor.FontFile2.read_bytes() == font_file(), "FontFile2")


def _bytes(item: Any) -> bytes:
    """What is written in an object, but for the words that are in every copy. The data of streams (pictures, the blank
    font, the words of the pages) are each looked at for themselves."""
    import pikepdf

    whole = item.stream_dict if isinstance(item, pikepdf.Stream) else item
    return b" ".join(word for word in _strings(whole) if word not in KNOWN)


def _strings(item: Any, depth: int = 0) -> Iterator[bytes]:
    import pikepdf

    if isinstance(item, pikepdf.String):
        yield bytes(item)
    elif isinstance(item, pikepdf.Name):
        yield str(item).encode()
    elif depth < 20 and isinstance(item, pikepdf.Array):
        for inner in item:
            yield from _inner(inner, depth)
    elif depth < 20 and isinstance(item, pikepdf.Dictionary):
        for key, inner in item.items():
            yield key.encode()
            yield from _inner(inner, depth)


def _inner(item: Any, depth: int) -> Iterator[bytes]:
    """References are objects of their own."""
    if not getattr(item, "is_indirect", False):
        yield from _strings(item, depth + 1)
