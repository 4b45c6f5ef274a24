"""Letters as responses."""

from __future__ import annotations

from django.http import HttpResponse

from gongkai.applications.models import Letter
from gongkai.documents.letter import LetterContent
from gongkai.documents.serving import bytes_response
from gongkai.documents.store import read
from gongkai.documents.typesetting import MEDIA_TYPE


def letter_response(letter: Letter) -> HttpResponse:
    """The kept bytes of a letter, to be read in the browser."""
    return pdf_response(read(letter.document), f"{letter.get_kind_display()}.pdf")


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """A PDF that opens in the browser."""
    return bytes_response(content, name, MEDIA_TYPE, inline=True)


def as_ofd(content: LetterContent) -> bytes:
    """A letter as OFD (GB/T 33190). Imported where used: most pages make none."""
    from gongkai.documents.ofd.write import render_ofd

    return render_ofd(content)
