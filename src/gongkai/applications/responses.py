"""Letters as responses."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from gongkai.applications.models import Letter
from gongkai.documents.store import read


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
