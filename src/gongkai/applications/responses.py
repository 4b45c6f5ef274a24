"""Letters as responses."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from gongkai.applications.models import Letter
from gongkai.documents.letter import LetterContent
from gongkai.documents.store import read

OFD_TYPE = "application/ofd"


def letter_response(letter: Letter) -> HttpResponse:
    """The kept bytes of a letter, to be read in the browser and kept by no cache."""
    return pdf_response(read(letter.document), f"{letter.get_kind_display()}.pdf")


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """A PDF that opens in the browser."""
    response = HttpResponse(content, content_type="application/pdf")
    if header := content_disposition_header(as_attachment=False, filename=name):
        response["Content-Disposition"] = header
    response["Cache-Control"] = "private, no-store"
    return response


def as_ofd(content: LetterContent) -> bytes:
    """A letter as OFD (GB/T 33190). Imported where used: most pages make none."""
    from gongkai.documents.ofd.write import render_ofd

    return render_ofd(content)


def saved(data: bytes, name: str, media_type: str) -> HttpResponse:
    """A file that the browser saves and no cache keeps."""
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
