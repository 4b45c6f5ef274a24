"""The gate itself: from the cheapest question to the dearest, and the virus scanner last."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.documents import store
from gongkai.documents.gate import quarantine
from gongkai.documents.gate.judging import judged
from gongkai.documents.gate.limits import Limits, shown_size, usual
from gongkai.documents.gate.names import extension_of, safe_name
from gongkai.documents.gate.refusals import Fault, UploadRefused
from gongkai.documents.gate.scanning import scan
from gongkai.documents.models import Document


@dataclass(frozen=True, slots=True)
class Passed:
    """What is known of a file that passed: its safe display name, its kind by content, its size in bytes."""

    name: str
    media_type: str
    size: int


def inspect(
    data: bytes, name: str, *, limits: Limits | None = None, came_by: str | None = None, pages: bool = False
) -> Passed:
    """Let the file pass, or raise UploadRefused; nothing else comes out of it, whatever the bytes are.

    Without ``limits`` those of this installation hold. With ``came_by`` (one of `quarantine.DOORS`, or empty) a file
    that is refused as dangerous goes into quarantine; without, this only judges. ``pages``: web pages pass, too;
    only for a door whose files are read in a bounded process and never given out again.
    """
    limits = limits or usual()
    shown = safe_name(name)
    try:
        require_size(len(data), limits)
        kind = judged(data, shown, limits, pages=pages)
        scan(data, limits)
    except Fault as fault:
        held = came_by is not None and quarantine.hold(data, shown, fault, came_by=came_by)
        raise UploadRefused.because(fault, shown, held=held) from None
    if not extension_of(shown):
        shown = safe_name(f"{shown}.{kind.extensions[0]}")
    return Passed(shown, kind.media_type, len(data))


def keep_upload(data: bytes, name: str, *, came_by: str = "") -> Document:
    """Inspect the file and keep it. The record has the name under which these bytes first came (see `store.keep`):
    whoever shows the upload of one person keeps that person's name for it."""
    passed = inspect(data, name, came_by=came_by)
    return store.keep(data, name=passed.name, media_type=passed.media_type)


def require_size(size: int, limits: Limits) -> None:
    """Asked before a file is read into memory, too."""
    if size == 0:
        raise Fault("empty")
    if size > limits.size:
        raise Fault("too_large", size=shown_size(size), limit=shown_size(limits.size))
