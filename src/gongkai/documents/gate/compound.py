"""The compound file of DOC and XLS ([MS-CFB]), read as far as safety asks: names of its parts, and one part's bytes.

Every chain is followed at most once round, so that no damaged or hostile file keeps us busy.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.documents.gate.kinds import DOC, XLS, Kind
from gongkai.documents.gate.refusals import Fault

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LAST_SECTOR = 0xFFFFFFFA
"""From here on numbers are marks (end of chain, free), not sectors."""
STREAM, ROOT = 2, 5
MACRO_PARTS = frozenset({"VBA", "_VBA_PROJECT", "_VBA_PROJECT_CUR", "MACROS"})
#: What the “Object packager” makes of a program or any other file put into a document.
PACKAGES = frozenset({"\x01OLE10NATIVE", "PACKAGE"})
DOC_ENCRYPTED = 0x0100
BOF, END_OF_PART, FILEPASS, SHEET = 0x0809, 0x000A, 0x002F, 0x0085
MACRO_SHEET, VBA_MODULE = 1, 6


@dataclass(frozen=True, slots=True)
class Part:
    """One entry of the directory."""

    name: str
    kind: int
    start: int
    size: int


class CompoundFile:
    """Raises Fault("damaged") where the bytes cannot be read as such a file."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        try:
            shift, mini_shift = struct.unpack_from("<HH", data, 30)
            if shift not in (9, 12) or mini_shift != 6:
                raise Fault("damaged")
            self.sector_size = 1 << shift
            directory, self.cutoff, mini_fat = struct.unpack_from("<I4xII", data, 48)
            self.fat = self._numbers(self._fat_sectors())
            self.mini_fat = self._numbers(self._chain(mini_fat, self.fat))
            self.parts = self._directory(directory)
        except (struct.error, IndexError, UnicodeDecodeError):
            raise Fault("damaged") from None
        self.names = frozenset(part.name.upper() for part in self.parts)

    def _sector(self, number: int) -> bytes:
        begin = (number + 1) * self.sector_size
        if begin >= len(self.data):
            raise Fault("damaged")
        return self.data[begin : begin + self.sector_size].ljust(self.sector_size, b"\x00")

    def _numbers(self, sectors: Iterator[int]) -> array[int]:
        numbers = array("I")
        for sector in sectors:
            numbers.extend(struct.unpack(f"<{self.sector_size // 4}I", self._sector(sector)))
        return numbers

    def _fat_sectors(self) -> Iterator[int]:
        """Those in the header, then those listed in further sectors, each of which ends with its successor."""
        seen: set[int] = set()

        def once(numbers: tuple[int, ...]) -> Iterator[int]:
            for number in numbers:
                if number < LAST_SECTOR:
                    if number in seen:
                        raise Fault("damaged")
                    seen.add(number)
                    yield number

        yield from once(struct.unpack_from("<109I", self.data, 76))
        (more,) = struct.unpack_from("<I", self.data, 68)
        lists: set[int] = set()
        while more < LAST_SECTOR:
            if more in lists:
                raise Fault("damaged")
            lists.add(more)
            *numbers, more = struct.unpack(f"<{self.sector_size // 4}I", self._sector(more))
            yield from once(tuple(numbers))

    def _chain(self, start: int, table: array[int]) -> Iterator[int]:
        steps = 0
        while start < LAST_SECTOR:
            steps += 1
            if start >= len(table) or steps > len(table):
                raise Fault("damaged")
            yield start
            start = table[start]

    def _directory(self, start: int) -> tuple[Part, ...]:
        parts = []
        for sector in self._chain(start, self.fat):
            raw = self._sector(sector)
            for place in range(0, self.sector_size, 128):
                length, kind = struct.unpack_from("<HB", raw, place + 64)
                if kind:
                    name = raw[place : place + max(0, min(length, 64) - 2)].decode("utf-16-le")
                    parts.append(Part(name, kind, *struct.unpack_from("<II", raw, place + 116)))
        if not parts or parts[0].kind != ROOT:
            raise Fault("damaged")
        return tuple(parts)

    def read(self, name: str, most: int) -> bytes:
        """The first ``most`` bytes of a part, named without regard to case; empty where there is none."""
        for part in self.parts:
            if part.kind == STREAM and part.name.upper() == name:
                size = min(part.size, most)
                return self._mini(part.start, size) if part.size < self.cutoff else self._long(part.start, size)
        return b""

    def _long(self, start: int, size: int) -> bytes:
        out = bytearray()
        for sector in self._chain(start, self.fat):
            if len(out) >= size:
                break
            out += self._sector(sector)
        return bytes(out[:size])

    def _mini(self, start: int, size: int) -> bytes:
        holder = self._long(self.parts[0].start, self.parts[0].size)
        pieces = (holder[64 * sector : 64 * sector + 64] for sector in self._chain(start, self.mini_fat))
        return b"".join(pieces)[:size]


def check_compound(data: bytes) -> Kind | None:
    """DOC, XLS, or None for another kind. Raises Fault for what is encrypted, acts on its own or hides a file."""
    file = CompoundFile(data)
    if "ENCRYPTEDPACKAGE" in file.names:
        raise Fault("encrypted")
    check_embedded(file)
    if "WORDDOCUMENT" in file.names:
        _check_word(file.read("WORDDOCUMENT", 12))
        return DOC
    book = next((name for name in ("WORKBOOK", "BOOK") if name in file.names), None)
    if book is None:
        return None
    _check_book(file.read(book, len(data)))
    return XLS


def check_embedded(file: CompoundFile) -> None:
    """Macros and packaged files, wherever in the file they lie."""
    if file.names & MACRO_PARTS:
        raise Fault("macros")
    if file.names & PACKAGES:
        raise Fault("embedded_file")


def _check_word(head: bytes) -> None:
    """[MS-DOC] 2.5.2: the flags of the file information block."""
    if len(head) < 12:
        raise Fault("damaged")
    if int.from_bytes(head[10:12], "little") & DOC_ENCRYPTED:
        raise Fault("encrypted")


def _check_book(book: bytes) -> None:
    """[MS-XLS] 2.1.7.20.3: the records that stand before the first sheet."""
    if int.from_bytes(book[:2], "little") != BOF:
        raise Fault("damaged")
    place = 0
    while place + 4 <= len(book):
        record, length = struct.unpack_from("<HH", book, place)
        if place + 4 + length > len(book):
            break
        if record == FILEPASS:
            raise Fault("encrypted")
        if record == SHEET and length >= 6 and book[place + 9] in (MACRO_SHEET, VBA_MODULE):
            raise Fault("macros")
        if record == END_OF_PART:
            return
        place += 4 + length
    raise Fault("damaged")
