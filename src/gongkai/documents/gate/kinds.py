"""The kinds of file the house takes: known by their content, and only then by their name."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.law.texts import Text


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file; ``extensions`` begins with the usual one."""

    label: str
    media_type: str
    extensions: tuple[str, ...]


PDF = Kind("PDF", "application/pdf", ("pdf",))
OFD = Kind("OFD", "application/ofd", ("ofd",))
DOC = Kind("DOC", "application/msword", ("doc",))
DOCX = Kind("DOCX", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ("docx",))
XLS = Kind("XLS", "application/vnd.ms-excel", ("xls",))
XLSX = Kind("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",))
JPEG = Kind("JPEG", "image/jpeg", ("jpg", "jpeg", "jpe", "jfif"))
PNG = Kind("PNG", "image/png", ("png",))
TIFF = Kind("TIFF", "image/tiff", ("tif", "tiff"))
TXT = Kind("TXT", "text/plain", ("txt",))
#: Comes in by a door that asks for it (`inspect`, ``pages``), and by no other.
HTML = Kind("HTML", "text/html", ("html", "htm", "shtml", "xhtml"))

KINDS = (PDF, OFD, DOC, DOCX, XLS, XLSX, JPEG, PNG, TIFF, TXT)
EXTENSIONS = tuple(extension for kind in KINDS for extension in kind.extensions)

UNKNOWN = Text("无法识别", "unknown")
#: What the table of signatures calls too finely, or too widely, for a citizen.
FOREIGN = (
    (b"PK\x03\x04", Text("ZIP 压缩包或其他格式", "a ZIP archive or another format")),
    (b"Rar!", Text("RAR 压缩包", "a RAR archive")),
    (b"7z\xbc\xaf\x27\x1c", Text("7Z 压缩包", "a 7Z archive")),
    (b"MZ", Text("可执行程序", "a program")),
    (b"\x7fELF", Text("可执行程序", "a program")),
    (b"{\\rtf", Text("RTF", "RTF")),
)
MARKUP = (b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<?xml", b"<svg", b"<?php", b"<table", b"<meta")


def is_markup(data: bytes) -> bool:
    """Whether a text is a page or a programme for a browser, which is no plain text."""
    return data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(MARKUP)


def guess(data: bytes) -> Text:
    """What bytes of a kind we do not take look like, for the sentence that refuses them."""
    if is_markup(data):
        return Text("网页或XML", "a web page or XML")
    for signature, label in FOREIGN:
        if data.startswith(signature):
            return label
    return by_signature(data)


def by_signature(data: bytes) -> Text:
    """From puremagic's table; a signature of one or two bytes says too little."""
    import puremagic

    try:
        found = puremagic.magic_string(data[:4096])
    except (puremagic.PureError, ValueError):
        return UNKNOWN
    extension = found[0].extension.lstrip(".").upper() if found and len(found[0].byte_match) > 2 else ""
    return Text(extension, extension) if extension.isalnum() and extension.isascii() else UNKNOWN
