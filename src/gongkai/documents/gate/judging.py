"""Which kind a file is, and whether its name says so. Knows no Django, so that it can be asked in a bounded process."""

from __future__ import annotations

from pathlib import Path

from gongkai.documents.gate.kinds import EXTENSIONS, HTML, TXT, Kind, guess
from gongkai.documents.gate.limits import Limits
from gongkai.documents.gate.names import extension_of
from gongkai.documents.gate.refusals import Fault
from gongkai.documents.gate.structure import kind_by_structure
from gongkai.documents.gate.texts import is_page, is_plain_text
from gongkai.law.texts import Text


def judged(data: bytes, name: str, limits: Limits, *, pages: bool = False) -> Kind:
    """The kind of a file under its display name. Raises Fault for what is unsafe, damaged, not taken, or named as what
    it is not."""
    return _require_kind(name, _kind(data, limits, pages=pages), data, pages=pages)


def judged_file(path: str, name: str, limits: Limits) -> tuple[str, str]:
    """As `judged`, of a file on disk, for a bounded process: its media type and usual extension."""
    kind = judged(Path(path).read_bytes(), name, limits)
    return kind.media_type, kind.extensions[0]


def _kind(data: bytes, limits: Limits, *, pages: bool) -> Kind | None:
    """By content alone; None for every kind that is not taken. Raises Fault for what is unsafe or damaged."""
    if kind := kind_by_structure(data, limits):
        return kind
    if pages and is_page(data):
        return HTML
    return TXT if is_plain_text(data) else None


def _require_kind(name: str, kind: Kind | None, data: bytes, *, pages: bool) -> Kind:
    """The name must say what the content is. A name without an extension says nothing, and gets one."""
    extension = extension_of(name)
    taken = (*EXTENSIONS, *HTML.extensions) if pages else EXTENSIONS
    if (extension and extension not in taken) or (kind is None and not extension):
        raise Fault("kind_not_allowed")
    if kind is None:
        raise Fault("renamed", content=guess(data))
    if extension and extension not in kind.extensions:
        raise Fault("renamed", content=Text(kind.label, kind.label))
    return kind
