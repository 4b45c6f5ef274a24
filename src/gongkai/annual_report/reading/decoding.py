"""From bytes to text: UTF-8 (with or without BOM), UTF-16 with BOM, GB18030."""

from __future__ import annotations

import codecs

from gongkai.annual_report.reading.errors import UnreadableReportError

LARGEST = 20 * 1024 * 1024

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "document"),
    (b"%PDF", "document"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"BM6", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
)
_CONTROLS = frozenset(chr(c) for c in range(32)) - frozenset("\t\n\r\f\v\x1a")


def decode(data: bytes) -> str:
    """The text of a file. Raises UnreadableReportError with the code that says what the file is instead."""
    if len(data) > LARGEST:
        raise UnreadableReportError("too_large")
    _refuse_known_kinds(data)
    text = _decoded(data).replace("\x1a", "")
    if not text.strip():
        raise UnreadableReportError("empty")
    if any(char in _CONTROLS for char in text):
        raise UnreadableReportError("binary")
    if _is_html(text):
        raise UnreadableReportError("html")
    return text


def _refuse_known_kinds(data: bytes) -> None:
    for signature, code in _SIGNATURES:
        if data.startswith(signature):
            raise UnreadableReportError(code)


def _decoded(data: bytes) -> str:
    for bom, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(bom):
            return _decoded_as(data, encoding)
    if b"\x00" in data:
        raise UnreadableReportError("binary")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        # Older office machines still save in the national encoding.
        return _decoded_as(data, "gb18030")


def _decoded_as(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableReportError("encoding") from error


def _is_html(text: str) -> bool:
    opening = text.lstrip()[:4000].lower()
    return opening.startswith(("<!doctype html", "<html")) or "<table" in opening or "<body" in opening
