"""The text of a DOC file ([MS-DOC] 2.4.1): pieces strewn over one stream, put in order by a table in another.

Written here, because it is a hundred lines, and what the libraries give loses the order of body, notes and comments.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from gongkai.documents.gate.compound import CompoundFile
from gongkai.documents.reading.limits import MOST_BYTES
from gongkai.documents.reading.normal import AsideKind

_WIDE_SINCE = 0xC1
"""Word 97. Before it all text was in the code of the machine."""
_LENGTHS, _PIECES = 76, 418
#: What follows the body, in this order; None: nothing with words.
_STORIES = (
    None,
    AsideKind.FOOTNOTE,
    AsideKind.HEADER,
    None,
    AsideKind.COMMENT,
    AsideKind.FOOTNOTE,
    AsideKind.TEXT_BOX,
    AsideKind.TEXT_BOX,
)
_FIELD_CODE = re.compile("\x13[^\x13\x14\x15]*\x14?|\x15")
_DRAWN = re.compile("[\x00-\x06\x08\x0e-\x1d\ufffe\uffff]")


def stories(file: CompoundFile) -> Iterator[tuple[AsideKind | None, str]]:
    """Body first (None), then notes, headers and the rest; paragraphs by lines, cells by tabs."""
    main = file.read("WORDDOCUMENT", MOST_BYTES)
    version, flags = struct.unpack_from("<H", main, 2)[0], struct.unpack_from("<H", main, 10)[0]
    if version < _WIDE_SINCE:
        begin, end = struct.unpack_from("<II", main, 0x18)
        yield None, _plain(main[begin:end].decode("gb18030", "replace"))
        return
    table = file.read("1TABLE" if flags & 0x0200 else "0TABLE", MOST_BYTES)
    place, length = struct.unpack_from("<II", main, _PIECES)
    text = "".join(_pieces(main, _piece_table(table[place : place + length])))
    start = 0
    for kind, count in zip(_STORIES, struct.unpack_from("<8i", main, _LENGTHS), strict=True):
        if count > 0:
            if start == 0 or kind is not None:
                yield (kind if start else None), _plain(text[start : start + count])
            start += count


def _piece_table(data: bytes) -> bytes:
    """After any number of property lists."""
    at = 0
    while data[at] == 1:
        at += 3 + struct.unpack_from("<H", data, at + 1)[0]
    (length,) = struct.unpack_from("<I", data, at + 1)
    if data[at] != 2 or length < 16:
        raise ValueError("no table of pieces")
    return data[at + 5 : at + 5 + length]


def _pieces(main: bytes, table: bytes) -> Iterator[str]:
    count = (len(table) - 4) // 12
    ends = struct.unpack_from(f"<{count + 1}I", table)
    left = len(main)  # pieces that lie over one another a thousand times are no text
    for number in range(count):
        (place,) = struct.unpack_from("<I", table, 4 * (count + 1) + 8 * number + 2)
        narrow = bool(place & 0x4000_0000)
        begin = (place & 0x3FFF_FFFF) // 2 if narrow else place & 0x3FFF_FFFF
        length = (ends[number + 1] - ends[number]) * (1 if narrow else 2)
        left -= max(length, 0)
        if length < 0 or begin + length > len(main) or left < 0:
            raise ValueError("a piece outside the file")
        yield main[begin : begin + length].decode("cp1252" if narrow else "utf-16-le", "replace")


def _plain(text: str) -> str:
    """Fields give their results; a row ends with an empty cell."""
    text = _FIELD_CODE.sub("", text).replace("\x07\x07", "\n").replace("\x07", "\t")
    return _DRAWN.sub("", text.replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n").replace("\x1e", "-"))
