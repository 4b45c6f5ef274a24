"""Looks for strings in a PDF the way a burglar would: every stream unpacked, every reader asked. None of it is the
house's own code."""

from __future__ import annotations

import contextlib
import io
import re
import zlib
from collections.abc import Iterator

import pdfplumber
import pypdfium2

STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
HEX = re.compile(rb"<([0-9A-Fa-f\s]+)>")
LITERAL = re.compile(rb"\(((?:\\.|[^\\()])*)\)", re.DOTALL)


def holds(pdf: bytes, word: str) -> list[str]:
    """Where the word is found; empty where it is nowhere."""
    patterns = {encoding: word.encode(encoding) for encoding in ("utf-8", "utf-16-be", "utf-16-le", "gb18030")}
    patterns |= {f"{name} hex": data.hex().encode() for name, data in patterns.items()}
    found = []
    for name, data in places(pdf):
        squeezed = re.sub(rb"\s", b"", data).lower()
        found += [
            f"{name}: {how}" for how, pattern in patterns.items() if pattern.lower() in squeezed or pattern in data
        ]
    return found + [f"read by {name}" for name, text in readings(pdf) if word in "".join(text.split())]


def places(pdf: bytes) -> Iterator[tuple[str, bytes]]:
    yield "file", pdf
    for number, match in enumerate(STREAM.finditer(pdf)):
        data = match[1]
        with contextlib.suppress(zlib.error):
            data = zlib.decompressobj().decompress(data)
        yield f"stream {number}", data
        if len(data) < 1_000_000:  # strings of a page, put together, however they are cut
            yield (
                f"strings of stream {number}",
                b"".join(
                    bytes.fromhex(
                        (re.sub(rb"\s", b"", digits) + b"0" * (len(re.sub(rb"\s", b"", digits)) % 2)).decode()
                    )
                    for digits in HEX.findall(data)
                ),
            )
            yield f"literals of stream {number}", b"".join(LITERAL.findall(data))


def readings(pdf: bytes) -> Iterator[tuple[str, str]]:
    with pypdfium2.PdfDocument(pdf) as document:
        yield "PDFium", "\n".join(page.get_textpage().get_text_range() for page in document)
        yield "PDFium's metadata", repr(document.get_metadata_dict())
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        yield "pdfminer", "".join(character["text"] for page in document.pages for character in page.chars)
        yield "pdfminer's metadata", repr(document.metadata)


def text_of(pdf: bytes) -> str:
    """As PDFium reads it, without white space."""
    return "".join(dict(readings(pdf))["PDFium"].split())
