"""A look at the records of an XLS file ([MS-XLS] 2.1.4) before the library takes it up.

The library reserves what the file claims: ninety gigabytes for a list of words, a rectangle of four thousand million
places for two cells far apart. Its language then ends the process, which no Python code can catch.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from gongkai.documents.gate.compound import CompoundFile
from gongkai.documents.reading.errors import refuse
from gongkai.documents.reading.limits import MOST_BYTES, MOST_CELLS

_BEGIN, _WORDS, _EXTENT = 0x0809, 0x00FC, 0x0200
#: What a sheet of this format can have ([MS-XLS] 2.4.90 Dimensions); and how its first and last row and column are told.
_MOST_ROWS, _MOST_COLUMNS = 0x10000, 0x100
_TOLD = {14: "<IIHH", 10: "<HHHH"}
#: Records that place something in a cell: they begin with its row and column. The last of MULRK and MULBLANK is the last
#: column.
_CELLS = frozenset({0x0201, 0x0203, 0x0204, 0x0205, 0x00D6, 0x00FD, 0x027E, 0x0006, 0x0206, 0x0406})
_MANY = frozenset({0x00BD, 0x00BE})
_SMALLEST_WORD = 3


def check_records(file: CompoundFile) -> None:
    """Raises UnreadableFile for a workbook that claims more than it can hold, or would be too large when laid out."""
    name = next((name for name in ("WORKBOOK", "BOOK") if name in file.names), "")
    left = MOST_CELLS
    rows: list[int] = []
    columns: list[int] = []
    for kind, body in _records(file.read(name, MOST_BYTES)):
        if kind == _WORDS and len(body) >= 8:
            if struct.unpack_from("<I", body, 4)[0] * _SMALLEST_WORD > len(file.data):
                refuse("damaged")
        elif kind == _EXTENT:
            _check_extent(body)
        elif kind == _BEGIN:
            left -= _places(rows, columns)  # one sheet ends where the next begins
            rows, columns = [], []
        elif kind in _CELLS or kind in _MANY:
            if len(body) < 4:
                refuse("damaged")
            row, column = struct.unpack_from("<HH", body)
            rows = [min([row, *rows]), max([row, *rows])]
            last = struct.unpack_from("<H", body, len(body) - 2)[0] if kind in _MANY else column
            columns = [min([column, *columns]), max([column, last, *columns])]
    if left - _places(rows, columns) < 0:
        refuse("too_many_cells", limit=f"{MOST_CELLS:,}")


def _check_extent(body: bytes) -> None:
    """What a sheet says of its own size, for which the library makes room at once."""
    if len(body) not in _TOLD:
        return
    top, bottom, left, right = struct.unpack_from(_TOLD[len(body)], body)
    if bottom > _MOST_ROWS or right > _MOST_COLUMNS or (bottom and top > bottom) or (right and left > right):
        refuse("damaged")


def _places(rows: list[int], columns: list[int]) -> int:
    """From the corner, as it is read later."""
    return (rows[1] + 1) * (columns[1] + 1) if rows else 0


def _records(book: bytes) -> Iterator[tuple[int, bytes]]:
    place, end = 0, len(book)
    while place + 4 <= end:
        kind, length = struct.unpack_from("<HH", book, place)
        yield kind, book[place + 4 : place + 4 + length]
        place += 4 + length
