"""What hangs on the pages of a PDF: annotations, form fields, links, attached files."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as c

from gongkai.documents.reading.errors import UnreadableFile
from gongkai.documents.reading.normal import Aside, AsideKind, Place
from gongkai.documents.reading.pdf_objects import Rect, View

_MOST = 2_000
_LONGEST = 200_000
#: Annotations whose words stand on the page, and those that may lie over others'.
_SHOWN = frozenset({c.FPDF_ANNOT_FREETEXT, c.FPDF_ANNOT_WIDGET})
_LYING_OVER = frozenset(
    {
        c.FPDF_ANNOT_SQUARE, c.FPDF_ANNOT_CIRCLE, c.FPDF_ANNOT_POLYGON, c.FPDF_ANNOT_INK, c.FPDF_ANNOT_STAMP,
        c.FPDF_ANNOT_FREETEXT, c.FPDF_ANNOT_REDACT, c.FPDF_ANNOT_HIGHLIGHT, c.FPDF_ANNOT_LINE,
    }
)  # fmt: skip
_UNSPOKEN = frozenset({c.FPDF_ANNOT_POPUP})


def page_asides(document: Any, page: Any, number: int) -> Iterator[Aside]:
    view = View(page)
    for annotation in _annotations(page):
        kind = c.FPDFAnnot_GetSubtype(annotation)
        place = Place(page=number, box=_box(annotation, view))
        if kind == c.FPDF_ANNOT_LINK:
            if address := _address(document, annotation):
                yield Aside(AsideKind.LINK, address, place=place)
        elif kind not in _UNSPOKEN and (text := _string(annotation, "V") or _string(annotation, "Contents")):
            aside = AsideKind.TEXT_BOX if kind in _SHOWN else AsideKind.COMMENT
            yield Aside(aside, text, _string(annotation, "T"), place)


def annotation_rects(page: Any, view: View) -> list[Rect]:
    """Where annotations lie that may hide what is under them."""
    return [
        _rect(annotation, view)
        for annotation in _annotations(page)
        if c.FPDFAnnot_GetSubtype(annotation) in _LYING_OVER
    ]


def attachments(document: Any) -> Iterator[Aside]:
    """Attached files by name, with their text where they can be read."""
    from gongkai.documents.reading.dispatch import read_content

    for number in range(min(max(document.count_attachments(), 0), 100)):
        attachment = document.get_attachment(number)
        text = ""
        try:
            data = bytes(attachment.get_data())
            if not data.startswith(b"%PDF"):  # one within another within another …
                text = read_content(data).text[:_LONGEST]
        except (UnreadableFile, OSError, RuntimeError, ValueError):
            text = ""
        yield Aside(AsideKind.ATTACHMENT, text, attachment.get_name())


def _annotations(page: Any) -> Iterator[Any]:
    for number in range(min(c.FPDFPage_GetAnnotCount(page.raw), _MOST)):
        annotation = c.FPDFPage_GetAnnot(page.raw, number)
        if annotation:
            try:
                yield annotation
            finally:
                c.FPDFPage_CloseAnnot(annotation)


def _string(annotation: Any, key: str) -> str:
    size = c.FPDFAnnot_GetStringValue(annotation, key.encode(), None, 0)
    if size <= 2 or size > 2 * _LONGEST:
        return ""
    buffer = ctypes.create_string_buffer(size)
    c.FPDFAnnot_GetStringValue(annotation, key.encode(), ctypes.cast(buffer, ctypes.POINTER(c.FPDF_WCHAR)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "ignore").replace("\r", "\n").strip()


def _address(document: Any, annotation: Any) -> str:
    action = c.FPDFLink_GetAction(c.FPDFAnnot_GetLink(annotation))
    size = c.FPDFAction_GetURIPath(document.raw, action, None, 0) if action else 0
    if not 1 < size < 10_000:
        return ""
    buffer = ctypes.create_string_buffer(size)
    c.FPDFAction_GetURIPath(document.raw, action, buffer, size)
    return buffer.value.decode("utf-8", "replace")


def _rect(annotation: Any, view: View) -> Rect:
    found = c.FS_RECTF()
    c.FPDFAnnot_GetRect(annotation, found)
    return view.rect(found.left, found.bottom, found.right, found.top)


def _box(annotation: Any, view: View) -> Rect:
    left, top, right, bottom = _rect(annotation, view)

    def part(edge: float, of: float) -> float:
        return round(min(max(edge / of, 0.0), 1.0), 4)

    return part(left, view.width), part(top, view.height), part(right, view.width), part(bottom, view.height)
