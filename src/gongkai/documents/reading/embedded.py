"""What lies in a file as a file of its own: numbers behind a chart, a table put into a letter, pictures."""

from __future__ import annotations

import posixpath

from gongkai.documents.reading.errors import UnreadableFile
from gongkai.documents.reading.normal import Aside, AsideKind, Reading
from gongkai.documents.reading.packages import Package, local

_OF_ITSELF = frozenset({AsideKind.PROPERTY, AsideKind.FORMULA, AsideKind.LINK})
_LONGEST = 200_000
"""Characters of one embedded file: what it holds is told, not everything."""
_LEGIBLE, _DRAWING = 120, 20_000
"""Dots of the shorter side of a picture; bytes of a drawing (EMF, WMF) whose size nobody tells."""


def embedded_reading(package: Package, part: str) -> Reading | None:
    """Read by itself; None where there is none or it cannot be read. What lies in it is not opened again: the gate's
    check lets no archive lie two deep."""
    from gongkai.documents.reading.dispatch import read_content

    if not package.has(part):
        return None
    try:
        return read_content(package.read(part))
    except UnreadableFile:
        return None


def embedded_asides(package: Package, folder: str) -> tuple[list[Aside], list[str]]:
    """Embedded files with their text, the words of charts and diagrams, where pictures were taken; and notes."""
    found, notes = [], []
    for part in package.matching(rf"{folder}/embeddings/[^/]+"):
        reading = embedded_reading(package, part)
        text = _everything(reading) if reading else ""
        if reading is None or len(text) > _LONGEST:
            notes.append("embedded_unread")
        found.append(Aside(AsideKind.ATTACHMENT, text[:_LONGEST], posixpath.basename(part)))
    for part in package.matching(rf"{folder}/(?:charts/chart|diagrams/data|drawings/drawing)\d*\.xml"):
        if words := _drawn(package, part):
            found.append(Aside(AsideKind.TEXT_BOX, words, posixpath.basename(part)))
    for part in package.matching(rf"{folder}/media/[^/]+"):
        data = package.read(part)
        found += _pictured(data, posixpath.basename(part))
        if _may_say_something(data):
            notes.append("pictures_inside")
    return found, sorted(set(notes))


def _everything(reading: Reading) -> str:
    """What it shows, and its hidden sheets and rows, comments and the like: nobody looks there."""
    beside = (aside.text for aside in reading.asides if aside.kind not in _OF_ITSELF)
    return "\n".join(line for line in (*reading.lines(), *beside) if line.strip())


def _drawn(package: Package, part: str) -> str:
    root = package.xml(part)
    words = [] if root is None else [(one.text or "").strip() for one in root.iter() if local(one) in ("t", "v")]
    return "\n".join(dict.fromkeys(word for word in words if word))


def _may_say_something(data: bytes) -> bool:
    """Whether a picture is large enough for words that somebody could read: not a dot, a line, a small sign."""
    from gongkai.documents.reading.pictures import dots

    across, down = dots(data)
    return min(across, down) >= _LEGIBLE if across else len(data) > _DRAWING


def _pictured(data: bytes, name: str) -> list[Aside]:
    from gongkai.documents.reading.pictures import picture_asides

    if b"Exif" not in data and b"eXIf" not in data and not data.startswith((b"II*", b"MM\x00*")):
        return []
    try:
        return list(picture_asides(data, name))
    except (UnreadableFile, OSError, ValueError, SyntaxError):
        return []
