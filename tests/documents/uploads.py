"""Files to upload: made by real libraries where these can make them, byte by byte where only an attacker would."""

from __future__ import annotations

import functools
import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import docx
import openpyxl
import pypdfium2

SAMPLES = Path(__file__).parent / "samples"
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
TEXT = "请公开2021年征地补偿安置方案。\n".encode()
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" + b"\x00" * 200
PAGE = b"<!DOCTYPE html>\n<html><script>alert(1)</script></html>"


def sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


@cache
def word() -> bytes:
    paper, out = docx.Document(), io.BytesIO()
    paper.add_paragraph("授权委托书")
    paper.save(out)
    return out.getvalue()


@cache
def excel() -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["登记编号", "申请人"])
    book.save(out)
    return out.getvalue()


@cache
@functools.cache
def pdf() -> bytes:
    """Always the same bytes, as a browser sends them twice: PDFium gives each file a name of its own."""
    out = io.BytesIO()
    with pypdfium2.PdfDocument.new() as paper:
        paper.new_page(200, 200).close()
        paper.save(out)
    return out.getvalue()


def ofd(**more: bytes) -> bytes:
    root = b'<?xml version="1.0"?><ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" Version="1.0"/>'
    return archive({"OFD.xml": root, "Doc_0/Document.xml": b"<x/>", **more})


def archive(entries: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, data in entries.items():
            made.writestr(name, data)
    return out.getvalue()


def added(package: bytes, entries: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The package with more entries."""
    out = io.BytesIO(package)
    with zipfile.ZipFile(out, "a", method) as made:
        for name, data in entries.items():
            made.writestr(name, data)
    return out.getvalue()


def with_types(package: bytes, old: bytes, new: bytes) -> bytes:
    """The package with another list of content types."""
    with zipfile.ZipFile(io.BytesIO(package)) as read:
        entries = {name: read.read(name) for name in read.namelist()}
    assert old in entries["[Content_Types].xml"]
    entries["[Content_Types].xml"] = entries["[Content_Types].xml"].replace(old, new)
    return archive(entries)


def png(width: int = 3, height: int = 2) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\x00" + b"\x7f" * min(width, 9)) * min(height, 9))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def jpeg(width: int = 3, height: int = 2, *, before: bytes = b"") -> bytes:
    start = b"\xff\xd8\xff\xe0" + struct.pack(">H", 16) + b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    return start + before + frame + b"\xff\xda" + struct.pack(">H", 8) + b"\x01\x01\x00\x00\x3f\x00" + b"\x12\xff\xd9"


def tiff(*pages: tuple[int, int], order: str = "<", circle: bool = False) -> bytes:
    """A directory for each page; ``circle``: the last leads back to the first."""
    length = 2 + 2 * 12 + 4
    out = (b"II" if order == "<" else b"MM") + struct.pack(order + "HI", 42, 8)
    for place, (width, height) in enumerate(pages, start=1):
        following = 8 + place * length if place < len(pages) else (8 if circle else 0)
        out += struct.pack(order + "HHHII", 2, 256, 4, 1, width)
        out += struct.pack(order + "HHIHHI", 257, 3, 1, height, 0, following)
    return out


def record(number: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", number, len(data)) + data


def book(*records: bytes) -> bytes:
    """A compound file that is a workbook with these records between its first and its last."""
    return compound({"Workbook": record(0x0809, b"\x00\x06\x05\x00" + b"\x00" * 12) + b"".join(records) + record(0x0A)})


def old_word(flags: int = 0, **more: bytes) -> bytes:
    head = struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0x0804, 0, flags)
    return compound({"WordDocument": head.ljust(4096, b"\x00"), **more})


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file ([MS-CFB]) with these streams; the short ones lie in the mini stream."""
    free, end, table = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    chains: list[bytes] = []  # each a whole number of sectors
    mini, mini_table, entries = b"", [], []

    def place_of(data: bytes) -> int:
        start = 1 + sum(len(chain) for chain in chains) // 512
        chains.append(data.ljust(-(-len(data) // 512) * 512, b"\x00"))
        return start

    for name, data in streams.items():
        if len(data) < 4096:
            start, count = len(mini_table), -(-len(data) // 64)
            mini += data.ljust(count * 64, b"\x00")
            mini_table += [*range(start + 1, start + count), end]
        else:
            start = place_of(data)
        entries.append((name, 2, start, len(data)))
    root = ("Root Entry", 5, place_of(mini) if mini else end, len(mini))
    mini_start = place_of(struct.pack(f"<{len(mini_table)}I", *mini_table).ljust(512, b"\xff")) if mini else end
    listed = b"".join(
        name.encode("utf-16-le").ljust(64, b"\x00")
        + struct.pack("<HBBIII", 2 * len(name) + 2, kind, 1, free, free, free)
        + bytes(36)
        + struct.pack("<IQ", start, size)
        for name, kind, start, size in [root, *entries]
    )
    directory = place_of(listed)
    fat = [table]
    for chain in chains:
        fat += [*range(len(fat) + 1, len(fat) + len(chain) // 512), end]
    assert len(fat) <= 128
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    header += struct.pack("<IIIIIIII", 1, directory, 0, 4096, mini_start, 1 if mini else 0, end, 0)
    header += struct.pack("<I", 0) + b"\xff" * (108 * 4)
    return header + struct.pack(f"<{len(fat)}I", *fat).ljust(512, b"\xff") + b"".join(chains)
