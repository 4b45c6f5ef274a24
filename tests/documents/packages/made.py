"""Packages as the writer makes them, and as somebody spoilt them."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from gongkai.documents.packages import eep
from gongkai.documents.packages.checking import Line, Seen, lines_of, seen_in
from gongkai.documents.packages.opening import opened
from gongkai.documents.packages.writing import PackageWriter, Piece
from tests.documents.uploads import TEXT, pdf, word

HEAD = {"agency": "演示市城市管理局", "number": "演城公开申〔2025〕1号", "volume": 1, "archive_number": "X043-0001"}
PIECES = (
    Piece("index.html", "卷宗目录", b"<!doctype html><title>x</title>", "text/html"),
    Piece("steps.json", "办理步骤", b"[]", "application/json"),
    Piece("files/001-letter-reply.pdf", "申请答复书", pdf(), "application/pdf", "letter", "reply"),
    Piece("files/002-paper-form.txt", "申请表", TEXT, "text/plain", "paper", "form", "含身份信息"),
    Piece("files/003-paper-material.docx", "办理材料", word(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "paper"),
)  # fmt: skip


def made(*more: Piece, pieces: Sequence[Piece] = PIECES, head: dict[str, Any] = HEAD) -> bytes:
    out = io.BytesIO()
    with PackageWriter(out) as writer:
        for piece in (*pieces, *more):
            writer.add(piece)
        xml = eep.render(wrapped(writer))
        writer.add(Piece("eep.xml", "封装描述", xml, "application/xml"))
        writer.finish(head)
    return out.getvalue()


def wrapped(writer: PackageWriter, **changes: Any) -> eep.Wrapped:
    told: dict[str, Any] = {
        "archive_number": "X043-0001", "fonds": "X043", "agency": "演示市城市管理局", "title": "关于“北区𬭎䶮”的申请",
        "number": "演城公开答〔2025〕1号", "on": "2025-03-19", "retention": "D30", "closed_on": "2025-03-20", "volume": 1,
        "files": tuple(writer.files), "acts": [eep.Act("登记", "2025-03-03", "条例45", "", "章晓")],
        "people": [eep.Signatory("章晓", "经办人")],
    }  # fmt: skip
    return eep.Wrapped(**{**told, **changes})


@cache
def package() -> bytes:
    return made()


def seen(data: bytes) -> Seen:
    with opened(io.BytesIO(data)) as there:
        return seen_in(there)


def lines(data: bytes) -> dict[str, Line]:
    return {line.code: line for line in lines_of(seen(data))}


def repacked(change: Callable[[dict[str, bytes]], None], data: bytes | None = None) -> bytes:
    """The files changed, and packed again as any program would."""
    with zipfile.ZipFile(io.BytesIO(data or package())) as old:
        files = {name: old.read(name) for name in old.namelist()}
    change(files)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in files.items():
            new.writestr(name, content)
    return out.getvalue()


def with_manifest(change: Callable[[dict[str, Any]], None]) -> bytes:
    def rewrite(files: dict[str, bytes]) -> None:
        manifest = json.loads(files["manifest.json"])
        change(manifest)
        files["manifest.json"] = json.dumps(manifest).encode()

    return repacked(rewrite)


def without_entry(data: bytes, name: str) -> bytes:
    """An entry taken out of the table of contents, its bytes left lying in the file."""
    end = data.rindex(b"PK\x05\x06")
    count, _, start = struct.unpack("<HII", data[end + 10 : end + 20])
    table, place, kept = data[start:end], 0, b""
    while place < len(table):
        sizes = struct.unpack("<HHH", table[place + 28 : place + 34])
        entry = table[place : place + 46 + sum(sizes)]
        if entry[46 : 46 + sizes[0]] != name.encode():
            kept += entry
        place += len(entry)
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count - 1, count - 1, len(kept), start, 0)
    return data[:start] + kept + tail
