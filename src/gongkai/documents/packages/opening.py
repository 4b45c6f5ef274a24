"""Open a package that somebody brings: a zip or a folder, of which nothing is believed.

A zip is judged by its table of contents before anything is unpacked, and read piece by piece, counted. Its names must
be plain, each once, and its entries lie one behind the other: whoever took one out of the table and left its bytes, or
hid bytes between two entries, is found.
"""

from __future__ import annotations

import copy
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

from gongkai.documents.packages.errors import BrokenPart, NotAPackage
from gongkai.documents.packages.manifest import MANIFEST, MOST_BYTES, MOST_FILES, SAFE_NAME, shown
from gongkai.law.texts import Text

CHUNK = 256 * 1024
MB = 1024 * 1024
#: What may come out of a zip: so many bytes in all, and not more than so many times its size (asked from `SMALL` on).
MOST_UNPACKED = 16 * 1024 * MB
SMALL, RATIO = 64 * MB, 100
_END, _END_64, _LOCATOR_64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_LOCAL = b"PK\x03\x04"
_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError,
    IndexError, OverflowError, OSError,
)  # fmt: skip


class Package(Protocol):
    """What can be asked of a package, whatever form it has."""

    #: Everything about its form that is not as the writer makes it, in words.
    oddities: tuple[Text, ...]

    @property
    def names(self) -> tuple[str, ...]: ...

    def size(self, name: str) -> int: ...

    def chunks(self, name: str) -> Iterator[bytes]:
        """One file, piece by piece. Raises BrokenPart."""


def whole(package: Package, name: str, most: int = MOST_BYTES) -> bytes:
    """One file in memory. Raises BrokenPart, also where it is larger than `most`."""
    if package.size(name) > most:
        raise BrokenPart(name)
    return b"".join(package.chunks(name))


@contextmanager
def opened(source: Path | IO[bytes]) -> Iterator[Package]:
    """The package in this zip or folder. Raises NotAPackage; OSError where the disk does."""
    if isinstance(source, Path) and source.is_dir():
        yield FolderPackage(source)
    elif isinstance(source, Path):
        with source.open("rb") as file, ZipPackage(file) as package:
            yield package
    else:
        with ZipPackage(source) as package:
            yield package


class FolderPackage:
    """A package that was written out. Links are not followed."""

    oddities: tuple[Text, ...] = ()

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        found: dict[str, int] = {}
        for path in folder.rglob("*"):
            if path.is_dir() and not path.is_symlink():
                continue
            name = path.relative_to(folder).as_posix()
            if path.is_symlink() or not path.is_file() or not SAFE_NAME.fullmatch(name) or len(found) > MOST_FILES:
                raise NotAPackage(_unsafe(name))
            found[name] = path.stat().st_size
        if MANIFEST not in found:
            raise NotAPackage(_NO_MANIFEST)
        self._sizes = found

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(sorted(self._sizes))

    def size(self, name: str) -> int:
        return self._sizes[name]

    def chunks(self, name: str) -> Iterator[bytes]:
        try:
            with (self._folder / name).open("rb") as file:
                while chunk := file.read(CHUNK):
                    yield chunk
        except OSError as error:
            raise BrokenPart(name) from error


class ZipPackage:
    """A package as it was sealed."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        try:
            self._size = file.seek(0, 2)
            count, start = _table(file, self._size)
            self._zip = zipfile.ZipFile(file)
            entries = self._zip.infolist()
            _check_claims(entries, self._size)
            self.oddities = tuple(_hidden(file, entries, start))
        except _UNREADABLE:
            raise NotAPackage(Text("不是完整的 ZIP 文件", "not a whole ZIP file")) from None
        if len(entries) != count:
            raise NotAPackage(Text("压缩包的目录前后不一致", "the table of contents contradicts itself"))
        self._entries = {entry.filename: entry for entry in entries}
        if MANIFEST not in self._entries:
            raise NotAPackage(_NO_MANIFEST)

    def __enter__(self) -> ZipPackage:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._entries)

    def size(self, name: str) -> int:
        return self._entries[name].file_size

    def chunks(self, name: str) -> Iterator[bytes]:
        """An entry that is longer than it claims is no honest one: it is given one byte more to go on to."""
        entry = self._entries[name]
        longer = copy.copy(entry)
        longer.file_size += 1
        size = 0
        try:
            with self._zip.open(longer) as file:
                while chunk := file.read(CHUNK):
                    size += len(chunk)
                    yield chunk
        except _UNREADABLE as error:
            raise BrokenPart(name) from error
        if size != entry.file_size:
            raise BrokenPart(name)


_NO_MANIFEST = Text("其中没有清单 manifest.json", "there is no manifest.json in it")


def _unsafe(name: str) -> Text:
    return Text(f"其中有不安全的文件名“{shown(name)}”", f"an unsafe name in it: “{shown(name)}”")


def _table(file: IO[bytes], size: int) -> tuple[int, int]:
    """How many entries the table of contents has and where it begins, read before a list of them is made.

    The end of the table must be the end of the file: what follows it would be read by one program and not by another.
    """
    file.seek(max(size - 22, 0))
    end = file.read(22)
    if len(end) < 22 or end[:4] != _END or end[20:] != b"\x00\x00":
        raise zipfile.BadZipFile
    count, length, start = struct.unpack("<HII", end[10:20])
    if count == 0xFFFF or 0xFFFFFFFF in (length, start):
        file.seek(size - 42)
        locator = file.read(20)
        if locator[:4] != _LOCATOR_64:
            raise zipfile.BadZipFile
        file.seek(struct.unpack("<Q", locator[8:16])[0])
        record = file.read(56)
        if record[:4] != _END_64:
            raise zipfile.BadZipFile
        count, length, start = struct.unpack("<QQQ", record[32:56])
    if count > MOST_FILES or length > MOST_BYTES:
        raise NotAPackage(Text("压缩包内的文件过多", "too many files in it"))
    return count, start


def _check_claims(entries: list[zipfile.ZipInfo], packed: int) -> None:
    """By the table of contents alone."""
    names = set()
    for entry in entries:
        if not SAFE_NAME.fullmatch(entry.orig_filename) or entry.external_attr >> 28 not in (0, 0o10):
            raise NotAPackage(_unsafe(entry.orig_filename))
        names.add(entry.filename.lower())
        if entry.flag_bits & 0x1 or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise NotAPackage(
                Text("其中有加密或压缩方式不明的文件", "a file in it is encrypted, or packed in an unknown way")
            )
    if len(names) < len(entries):
        raise NotAPackage(Text("其中有重名的文件", "two files of one name in it"))
    total = sum(entry.file_size for entry in entries)
    if total > MOST_UNPACKED or (total > SMALL and total > packed * RATIO):
        raise NotAPackage(Text("解开后的内容过大", "it unpacks to too much"))


def _hidden(file: IO[bytes], entries: list[zipfile.ZipInfo], start: int) -> Iterator[Text]:
    """Bytes that belong to no entry of the table: something was taken out of it, or put between."""
    here = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset != here:
            yield _BETWEEN
            return
        file.seek(here)
        head = file.read(30)
        if head[:4] != _LOCAL:
            raise zipfile.BadZipFile
        name, extra = struct.unpack("<HH", head[26:30])
        here += 30 + name + extra + entry.compress_size
        if entry.flag_bits & 0x8:  # packed anew by a program that writes the sizes behind
            here += _behind(file, here)
    if here != start:
        yield _BETWEEN


def _behind(file: IO[bytes], here: int) -> int:
    file.seek(here)
    signed = file.read(4) == b"PK\x07\x08"
    file.seek(here + (16 if signed else 12))
    after = file.read(4)
    wide = after not in (_LOCAL, b"PK\x01\x02")
    return (16 if signed else 12) + (8 if wide else 0)


_BETWEEN = Text("压缩包内有目录以外的数据", "there are bytes in it that its table of contents does not know")
