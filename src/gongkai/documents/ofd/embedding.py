"""The fonts of a PDF made whole again: a PDF embeds glyphs by number, an OFD reader asks for them by character.

The typesetter has already cut each font down to the glyphs used; what is added here are the tables that every font
file on its own must have (characters, names, metrics). Outlines of the PostScript kind become TrueType, which every
OFD reader can draw.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gongkai.documents.ofd.errors import NotWritable

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont
    from pdfplumber.pdf import PDF

#: How far (in units of the em) a converted curve may leave the original.
_TOLERANCE = 1.0
#: Seconds from 1904 to 1970: fonts count from then, and a made font is made at no time.
_NO_TIME = 2082844800


@dataclass(frozen=True, slots=True)
class EmbeddedFont:
    """A font file, and its glyphs by the text they stand for (several characters for a ligature)."""

    name: str
    data: bytes
    glyphs: Mapping[str, int]


def fonts_of(pdf: PDF) -> dict[str, EmbeddedFont]:
    """Every font of the PDF under the name by which its characters name it. Raises NotWritable."""
    from pdfminer.pdftypes import dict_value, resolve1

    found: dict[str, EmbeddedFont] = {}
    for page in pdf.pages:
        for reference in dict_value(page.page_obj.resources.get("Font", {})).values():
            font = pdf.rsrcmgr.get_font(getattr(reference, "objid", None), resolve1(reference))
            if font.fontname not in found:
                found[font.fontname] = _embedded(font)
    return found


def _embedded(font: Any) -> EmbeddedFont:
    from fontTools.ttLib import TTLibError
    from pdfminer.pdftypes import stream_value

    name = str(font.fontname).partition("+")[2] or str(font.fontname)
    texts = getattr(font.unicode_map, "cid2unichr", None)
    outlines = font.descriptor.get("FontFile2") or font.descriptor.get("FontFile3")
    if not texts or not outlines:
        raise NotWritable("font", name)
    glyphs: dict[str, int] = {}
    for number, text in sorted(texts.items()):
        glyphs.setdefault(text, number)
    try:
        file = _opened(stream_value(outlines).get_data())
        return EmbeddedFont(name, _completed(file, name, glyphs), glyphs)
    except (TTLibError, KeyError, IndexError, AttributeError, ValueError, AssertionError) as error:
        raise NotWritable("font", name) from error


def _opened(data: bytes) -> TTFont:
    from fontTools.ttLib import TTFont

    if data[:4] in (b"\x00\x01\x00\x00", b"true"):
        return TTFont(io.BytesIO(data), recalcTimestamp=False)
    return _true_type(data)


def _completed(file: TTFont, name: str, glyphs: Mapping[str, int]) -> bytes:
    """The font with its tables of characters, names and metrics, always the same bytes for the same glyphs."""
    from fontTools.fontBuilder import FontBuilder

    order = file.getGlyphOrder()
    builder = FontBuilder(font=file)
    builder.setupCharacterMap({ord(text): order[number] for text, number in glyphs.items() if len(text) == 1})
    builder.setupNameTable({"familyName": name, "styleName": "Regular", "fullName": name, "psName": name}, mac=False)
    ascent, descent = file["hhea"].ascent, file["hhea"].descent
    builder.setupOS2(sTypoAscender=ascent, sTypoDescender=descent, usWinAscent=ascent, usWinDescent=abs(descent))
    builder.setupPost(keepGlyphNames=False)
    file["head"].created = file["head"].modified = _NO_TIME
    out = io.BytesIO()
    file.save(out, reorderTables=None)
    return out.getvalue()


def _true_type(data: bytes) -> TTFont:
    """Cubic outlines (a bare CFF table, or an OpenType font with one) as a TrueType font with the same glyph numbers."""
    from fontTools.cffLib import CFFFontSet
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.boundsPen import BoundsPen
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import TTFont

    if data[:4] == b"OTTO":
        data = TTFont(io.BytesIO(data)).reader["CFF "]
    outlines = CFFFontSet()
    outlines.decompile(io.BytesIO(data), None, isCFF2=False)
    top = outlines[0]
    drawn, metrics = {}, {}
    for name in top.charset:
        pen = TTGlyphPen(None)
        string = top.CharStrings[name]
        string.draw(Cu2QuPen(pen, _TOLERANCE, reverse_direction=True))
        bounds = BoundsPen(None)
        string.draw(bounds)
        drawn[name] = pen.glyph()
        metrics[name] = (round(string.width), round(bounds.bounds[0]) if bounds.bounds else 0)
    builder = FontBuilder(round(1 / (top.rawDict.get("FontMatrix") or [0.001])[0]), isTTF=True)
    builder.setupGlyphOrder(list(top.charset))
    builder.setupGlyf(drawn)
    builder.setupHorizontalMetrics(metrics)
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    return builder.font
