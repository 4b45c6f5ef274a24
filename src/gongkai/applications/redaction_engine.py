"""What `documents.redaction` and the privacy scan do for a redaction. Both work in processes with limits of time and
memory; both are imported where they are used."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from gongkai.applications.models import RedactionBox
from gongkai.documents.models import Document
from gongkai.documents.store import read
from gongkai.law.texts import Text

if TYPE_CHECKING:
    from gongkai.documents.redaction import Box, Proposal


def count_pages(document: Document) -> int:
    """Raises CannotRedact where it has no pages to be covered."""
    from gongkai.documents import redaction

    return redaction.page_count(read(document))


def page_picture(document: Document, page: int) -> bytes:
    """A page as PNG."""
    from gongkai.documents import redaction

    return redaction.page_image(read(document), page)


@dataclass(frozen=True)
class Proposed:
    """What the privacy scan would cover; `unread` tells why it could not look."""

    boxes: tuple[Proposal, ...]
    unread: Text | None = None


def proposals(document: Document) -> Proposed:
    """Scan an original. Raises a DocumentError where it cannot be opened."""
    from django.conf import settings

    from gongkai.documents import privacy, redaction
    from gongkai.documents.offices import known_office

    data = read(document)
    scanned = privacy.scan_file(data, document.name, office=known_office(), words=settings.WORDS_FILE)
    if scanned.unread:
        return Proposed((), scanned.findings[0].message)
    return Proposed(redaction.propose(data, scanned.findings))


def make_copy(data: bytes, boxes: Iterable[RedactionBox], on_page: Callable[[int, int], None]) -> bytes:
    """A new PDF in which nothing of what the boxes cover is left."""
    from gongkai.documents import redaction

    return redaction.redact(data, placed(boxes), on_page=on_page)


def check_copy(data: bytes, copy: bytes, boxes: Iterable[RedactionBox]) -> dict[str, Any]:
    """What the check looked at. Raises StillThere where something is left."""
    from gongkai.documents import redaction

    return asdict(redaction.verify(data, copy, placed(boxes)))


def placed(boxes: Iterable[RedactionBox]) -> tuple[Box, ...]:
    from gongkai.documents.redaction import Box

    return tuple(Box(box.page, box.left, box.top, box.right, box.bottom) for box in boxes)
