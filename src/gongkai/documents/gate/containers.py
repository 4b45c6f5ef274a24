"""DOCX, XLSX and OFD are ZIP archives: what they claim is checked before unpacking, what comes out while unpacking.

Nothing is written to disk, and of no entry more than its beginning is kept in memory, except of what must itself be
looked into (embedded documents and compound files, at most as large as an upload may be).
"""

from __future__ import annotations

import copy
import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator

from gongkai.documents.gate.compound import SIGNATURE as COMPOUND
from gongkai.documents.gate.compound import CompoundFile, check_embedded
from gongkai.documents.gate.kinds import DOCX, OFD, XLSX, Kind
from gongkai.documents.gate.limits import MB, Limits
from gongkai.documents.gate.refusals import Fault

SIGNATURE = b"PK\x03\x04"
ENTRY_SIGNATURE = b"PK\x01\x02"
ARCHIVES = (SIGNATURE, b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf\x27\x1c")
PROGRAMS = (b"MZ", b"\x7fELF", b"#!")
CHUNK = 64 * 1024
CONTENT_TYPES = "[Content_Types].xml"
#: The part that a reader opens first; templates, slides and files that may hold macros have others.
MAIN_PARTS = (
    (b"wordprocessingml.document.main+xml", DOCX),
    (b"spreadsheetml.sheet.main+xml", XLSX),
)
#: All that reading a hostile archive has been seen to raise.
UNREADABLE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError,
    IndexError, OverflowError, OSError,
)  # fmt: skip


class Budget:
    """How many bytes may still come out of an archive and the archives inside it."""

    def __init__(self, limits: Limits) -> None:
        self.left = limits.unpacked

    def take(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise Fault("zip_bomb")


def check_container(data: bytes, limits: Limits) -> Kind | None:
    """DOCX, XLSX or OFD, or None for another archive. Raises Fault for what is unsafe or damaged."""
    return _check(data, limits, Budget(limits), inner=False)


def _check(data: bytes, limits: Limits, budget: Budget, *, inner: bool) -> Kind | None:
    if data.count(ENTRY_SIGNATURE) > limits.entries:  # before a list of them is made
        raise Fault("zip_bomb")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_claims(entries, len(data), limits)
            kind = _kind(archive, entries, budget)
            if kind is None:
                return None
            for entry in entries:
                if not entry.is_dir():
                    _check_entry(archive, entry, limits, budget, inner=inner)
            return kind
    except UNREADABLE:
        raise Fault("damaged") from None


def _check_claims(entries: list[zipfile.ZipInfo], packed: int, limits: Limits) -> None:
    """By the table of contents alone."""
    total = sum(entry.file_size for entry in entries)
    if total > limits.unpacked or (total > limits.small and total > packed * limits.ratio):
        raise Fault("zip_bomb")
    names = [entry.filename for entry in entries]
    if len(set(names)) < len(names) or any(_unsafe(entry) for entry in entries):
        raise Fault("unsafe_paths")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Fault("encrypted")
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise Fault("damaged")


def _unsafe(entry: zipfile.ZipInfo) -> bool:
    """A name that would leave the folder it is unpacked in, or that two readers read differently; a link."""
    name = entry.orig_filename.replace("\\", "/")
    return (
        name.startswith("/")
        or ".." in name.split("/")
        or re.match(r"[A-Za-z]:", name) is not None
        or re.search(r"[\x00-\x1f\x7f]", name) is not None
        or stat.S_ISLNK(entry.external_attr >> 16)
    )


def _kind(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], budget: Budget) -> Kind | None:
    by_name = {entry.filename: entry for entry in entries}
    if CONTENT_TYPES in by_name:
        types = _whole(archive, by_name[CONTENT_TYPES], MB, budget)
        if re.search(rb"(?i)macroenabled", types):
            raise Fault("macros")
        return next((kind for mark, kind in MAIN_PARTS if mark in types), None)
    if "OFD.xml" in by_name and b"ofdspec.org" in _whole(archive, by_name["OFD.xml"], MB, budget):
        return OFD
    return None


def _check_entry(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits, budget: Budget, *, inner: bool
) -> None:
    name = entry.filename.replace("\\", "/").lower()
    if name.endswith(("vbaproject.bin", "vbadata.xml")) or "/macrosheets/" in name:
        raise Fault("macros")
    chunks = _chunks(archive, entry, budget)
    head = next(chunks, b"")
    if head.startswith(PROGRAMS):
        raise Fault("embedded_file")
    if head.startswith(ARCHIVES):
        # Word keeps the numbers of a chart in a workbook of their own. No deeper, and nothing else.
        may_be_inside = head.startswith(SIGNATURE) and "/embeddings/" in name and entry.file_size <= limits.size
        if inner or not may_be_inside or _check(head + b"".join(chunks), limits, budget, inner=True) is None:
            raise Fault("nested_archive")
    elif head.startswith(COMPOUND):
        if entry.file_size > limits.size:
            raise Fault("zip_bomb")
        check_embedded(CompoundFile(head + b"".join(chunks)))
    else:
        for _ in chunks:  # to the end: the checksum stands there
            pass


def _whole(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int, budget: Budget) -> bytes:
    if entry.file_size > most:
        raise Fault("zip_bomb")
    return b"".join(_chunks(archive, entry, budget))


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: Budget) -> Iterator[bytes]:
    """The entry, piece by piece, counted. An entry that is longer than it claims is no honest one: the library would
    stop at the claim, where another reader goes on; so it is given one byte more to go on to."""
    longer = copy.copy(entry)
    longer.file_size = entry.file_size + 1
    size = 0
    with archive.open(longer) as file:
        while chunk := file.read(CHUNK):
            size += len(chunk)
            budget.take(len(chunk))
            yield chunk
    if size != entry.file_size:
        raise Fault("damaged")
