"""Kept files as responses: a browser saves them, or shows what cannot act, and never guesses what they are."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from gongkai.documents.gate.names import safe_name
from gongkai.documents.models import Document
from gongkai.documents.store import read

#: What browsers show without running any of it in the name of this site.
SHOWN_INLINE = frozenset({"application/pdf", "image/jpeg", "image/png"})


def file_response(document: Document, *, name: str = "", download: bool = True) -> HttpResponse:
    """The bytes, kept by no cache. ``name`` is what this reader may call it (default: the record's name, which is that
    of whoever brought these bytes first). With ``download=False`` PDF and pictures open in the browser.

    Who may read it is for the caller to have asked. Raises FileMissingError, FileDamagedError.
    """
    inline = not download and document.media_type in SHOWN_INLINE
    return bytes_response(read(document), name or document.name, document.media_type, inline=inline)


def bytes_response(data: bytes, name: str, media_type: str, *, inline: bool = False) -> HttpResponse:
    """Bytes that are saved under this name, or, where they are ours or cannot act, open in the browser (``inline``)."""
    response = HttpResponse(data, content_type=media_type)
    header = content_disposition_header(not inline, safe_name(name))
    response["Content-Disposition"] = header or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
