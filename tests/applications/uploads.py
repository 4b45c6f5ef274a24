"""Files as they look once they have passed the gate."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class File:
    name: str
    media_type: str
    data: bytes


def a_file(name: str = "材料.pdf", data: bytes | None = None) -> File:
    return File(name, "application/pdf", data or f"%PDF-1.7 {name}".encode())
