"""A document as pages that can be looked at: each with its size, its picture and the characters on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from gongkai.documents.gate.images import kind_of_picture
from gongkai.documents.gate.kinds import DOC, DOCX, OFD, XLS, XLSX
from gongkai.documents.gate.pdf import is_pdf
from gongkai.documents.redaction.box import Glyph
from gongkai.documents.redaction.errors import CannotRedact

if TYPE_CHECKING:
    from PIL.Image import Image

#: No law; a bound for one redaction. A longer file is split.
MOST_PAGES = 1_000
#: Of the picture of one page: A4 at 200 dpi has 3.9 million. A larger page is drawn more coarsely.
MOST_PIXELS = 20_000_000
#: Of a picture that is itself the document, before it is made smaller.
MOST_DECODED = 120_000_000
POINTS = 72.0


class Pages(Protocol):
    """The pages of one document, from 0. Sizes are in points (1/72 inch), as shown."""

    def __len__(self) -> int: ...

    def size(self, index: int) -> tuple[float, float]: ...

    def picture(self, index: int, dpi: float) -> Image:
        """What one sees, on white: mode RGB, L or 1."""
        ...

    def glyphs(self, index: int) -> tuple[Glyph, ...]:
        """The characters, in the file's reading order; none where the page is only a picture."""
        ...


@contextmanager
def opened(data: bytes) -> Iterator[Pages]:
    """The pages of a PDF, of a picture, or of what can be turned into a PDF here. Raises CannotRedact."""
    if is_pdf(data):
        from gongkai.documents.redaction.pdf_pages import PdfPages

        with PdfPages.of(data) as pages:
            yield within_limits(pages)
    elif kind_of_picture(data):
        from gongkai.documents.redaction.picture_pages import PicturePages

        with PicturePages.of(data) as pages:
            yield within_limits(pages)
    else:
        from gongkai.documents.redaction.pdf_pages import PdfPages

        with PdfPages.of(as_pdf(data), outlined=True) as pages:
            yield within_limits(pages)


def within_limits(pages: Pages) -> Pages:
    count = len(pages)
    if count == 0:
        raise CannotRedact.because("empty")
    if count > MOST_PAGES:
        raise CannotRedact.because("too_many_pages", pages=count, limit=MOST_PAGES)
    return pages


def as_pdf(data: bytes) -> bytes:
    """An Office or OFD file as PDF, where this installation can."""
    from gongkai.documents.gate.compound import SIGNATURE as COMPOUND
    from gongkai.documents.gate.compound import check_compound
    from gongkai.documents.gate.containers import SIGNATURE as CONTAINER
    from gongkai.documents.gate.containers import check_container
    from gongkai.documents.gate.limits import Limits
    from gongkai.documents.gate.refusals import Fault
    from gongkai.documents.redaction.conversion import ofd_to_pdf, office_to_pdf

    try:
        if data.startswith(CONTAINER):
            kind = check_container(data, Limits())
        else:
            kind = check_compound(data) if data.startswith(COMPOUND) else None
    except Fault:
        raise CannotRedact.because("damaged") from None
    if kind is OFD:
        return ofd_to_pdf(data)
    if kind in (DOC, DOCX, XLS, XLSX):
        return office_to_pdf(data, kind.extensions[0])
    raise CannotRedact.because("kind")


def page_of(pages: Pages, number: int) -> int:
    """The index of the page with this number (from 1)."""
    if not 1 <= number <= len(pages):
        raise CannotRedact.because("no_such_page", page=number, pages=len(pages))
    return number - 1


def bounded_dpi(size: tuple[float, float], dpi: float) -> float:
    """The resolution at which a page of this size keeps within MOST_PIXELS."""
    pixels = size[0] * size[1] * (dpi / POINTS) ** 2
    return dpi if pixels <= MOST_PIXELS else dpi * (MOST_PIXELS / pixels) ** 0.5
