"""Covering parts of a document so that nothing of them is left in the copy (条例 37; docs/decisions/0015).

An original is a stranger's file: everything here works on it in a process of its own, with bounds of time and memory
(`documents.bounded`), and raises `CannotRedact` where it cannot be worked with. Pages count from 1, edges are fractions
of the page as one sees it.
"""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.documents.bounded import OnPage, bounded
from gongkai.documents.privacy.finding import Finding
from gongkai.documents.redaction import looking, proposing, redacting, verifying
from gongkai.documents.redaction.box import Box, Proposal
from gongkai.documents.redaction.errors import CannotRedact, StillThere
from gongkai.documents.redaction.verifying import Verified

__all__ = [
    "Box",
    "CannotRedact",
    "Proposal",
    "StillThere",
    "Verified",
    "page_count",
    "page_image",
    "propose",
    "redact",
    "verify",
]

#: To open a file and look at one page; for each page of the long works; memory, of which libraries take a third.
SECONDS, SECONDS_A_PAGE, MEGABYTES = 60.0, 1.0, 1_536
#: A person waits for the picture of one page: what takes longer was made to take long.
SECONDS_TO_SEE = 20.0


def page_count(data: bytes) -> int:
    """How many pages it has."""
    return bounded(looking.page_count, data, seconds=SECONDS, megabytes=MEGABYTES)


def page_image(data: bytes, page: int, *, dpi: float = 110.0) -> bytes:
    """A page as PNG, exactly as `redact` will cover it."""
    return bounded(looking.page_image, data, page, dpi, seconds=SECONDS_TO_SEE, megabytes=MEGABYTES)


def propose(data: bytes, findings: Iterable[Finding]) -> tuple[Proposal, ...]:
    """Boxes around what the privacy scan found. A finding that stands on no page gives none."""
    found = tuple(findings)
    return bounded(proposing.propose, data, found, seconds=_seconds(data), megabytes=MEGABYTES)


def redact(data: bytes, boxes: Iterable[Box], *, dpi: float = redacting.DPI, on_page: OnPage | None = None) -> bytes:
    """The copy as PDF: pictures with the boxes burnt in, and invisibly the words wholly outside them. The same original
    and boxes give the same bytes. Not to be handed out before `verify` has looked at it."""
    taken = tuple(boxes)
    return bounded(
        redacting.redact, data, taken, dpi, seconds=_seconds(data), megabytes=MEGABYTES, on_page=on_page
    )  # fmt: skip


def verify(original: bytes, copy: bytes, boxes: Iterable[Box], *, on_page: OnPage | None = None) -> Verified:
    """What was looked at in the finished copy. Raises StillThere where anything of what the boxes cover is left, or the
    copy holds what it should not."""
    taken = tuple(boxes)
    return bounded(
        verifying.verify, original, copy, taken, seconds=_seconds(original), megabytes=MEGABYTES, on_page=on_page
    )  # fmt: skip


def _seconds(data: bytes) -> float:
    return SECONDS + SECONDS_A_PAGE * page_count(data)
