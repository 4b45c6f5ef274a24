"""A letter as OFD (GB/T 33190-2016): the page of its PDF, every character where it stands there.

Text stays text, fonts are embedded, rules are paths; the same letter gives the same bytes. Electronic seals and
signatures are made by the agency's own signing service: the place for the seal is noted for it.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Mapping

from gongkai.documents.letter import LetterContent
from gongkai.documents.ofd.embedding import EmbeddedFont, fonts_of
from gongkai.documents.ofd.marks import Sheet, sheet_of
from gongkai.documents.ofd.parts import About, content_part, document_part, fonts_part, root_part
from gongkai.documents.typesetting import render_pdf, seal_place

#: Entries carry no time of their making: the same letter gives the same bytes.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def render_ofd(content: LetterContent) -> bytes:
    """The letter as OFD. Raises what `render_pdf` raises, and NotWritable."""
    place = seal_place(content)
    notes = {}
    if place:
        notes["SealPlace"] = f"{place.page} {place.x:g} {place.y:g}"
    if content.number:
        notes["DocumentNumber"] = content.number
    return pdf_to_ofd(render_pdf(content), notes=notes)


def pdf_to_ofd(pdf: bytes, *, notes: Mapping[str, str] | None = None) -> bytes:
    """A PDF of text and lines with embedded fonts as OFD; ``notes`` are kept in it by name.

    Raises NotWritable for pictures and for fonts that are not embedded. For PDFs of our own making.
    """
    import pdfplumber

    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        fonts = fonts_of(opened)
        sheets = tuple(sheet_of(page) for page in opened.pages)
        about = _about(opened.metadata, hashlib.sha256(pdf).hexdigest()[:32], notes or {})
    return _package(sheets, fonts, about)


def _about(metadata: Mapping[str, str], name: str, notes: Mapping[str, str]) -> About:
    day = re.match(r"D:(\d{4})(\d\d)(\d\d)", metadata.get("CreationDate", ""))
    return About(
        name=name,
        title=metadata.get("Title", ""),
        author=metadata.get("Author", ""),
        day="-".join(day.groups()) if day else "",
        notes=notes,
    )


def _package(sheets: tuple[Sheet, ...], fonts: Mapping[str, EmbeddedFont], about: About) -> bytes:
    numbers = {name: index for index, name in enumerate(fonts, start=1)}
    unit = len(fonts)
    entries = {"OFD.xml": root_part(about), "Doc_0/PublicRes.xml": fonts_part(fonts, numbers)}
    pages = []
    for index, sheet in enumerate(sheets):
        unit += 1
        pages.append(unit)
        entries[f"Doc_0/Pages/Page_{index}/Content.xml"], unit = content_part(sheet, fonts, numbers, unit)
    entries["Doc_0/Document.xml"] = document_part(sheets[0], pages, unit)
    entries |= {f"Doc_0/Fonts/font_{numbers[name]}.ttf": font.data for name, font in fonts.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in entries.items():
            archive.writestr(zipfile.ZipInfo(name, _NO_TIME), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
