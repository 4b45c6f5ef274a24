"""How much one upload may hold. None of these numbers is law; they are this installation's (settings)."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one file, and of the files of one form."""

    size: int = 20 * MB
    """Bytes of one file."""
    files: int = 10
    total: int = 60 * MB
    """Bytes of all files of one form."""
    pixels: int = 200_000_000
    """Of one picture: A0 scanned at 300 dpi has 140 million, the largest telephones make 200."""
    entries: int = 10_000
    """Files inside one container (DOCX, XLSX, OFD)."""
    unpacked: int = 300 * MB
    """Bytes of a container when unpacked."""
    ratio: int = 100
    """How many times larger than packed a container may be; asked only of what unpacks to more than `small`."""
    small: int = 20 * MB
    scan_seconds: float = 20
    """How long the virus scanner may keep silent."""


def usual() -> Limits:
    """The limits of this installation (GONGKAI_UPLOAD_MAX_MB)."""
    return Limits(size=settings.UPLOAD_MAX_BYTES, total=settings.UPLOAD_TOTAL_BYTES)


def shown_size(size: int) -> str:
    """A size as people read it: 21.4 MB. Rounded up, so that what is over a limit never reads as equal to it."""
    for unit, bytes_each in (("MB", MB), ("KB", 1024)):
        if size >= bytes_each:
            tenths = -(-size * 10 // bytes_each)
            return f"{tenths / 10:g} {unit}"
    return f"{size} B"
