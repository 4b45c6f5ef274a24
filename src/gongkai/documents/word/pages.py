"""The page of a Word letter: A4, margins, grid; what stands in its headers and footers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm
from lxml.etree import _Element

from gongkai.documents.fonts import FontRole
from gongkai.documents.letter import LetterContent, PaperForm
from gongkai.documents.word.xml import FONT_NAMES, RED, Ink, Rule, Shape, mm, node, page_field, paragraph, pt, run

if TYPE_CHECKING:
    from docx.section import Section, _BaseHeaderFooter

_NUMBER = Ink(role=FontRole.NUMBER, size=14)
#: The double rules of the 信函 form are 170 mm long, centred on the page; the type area is not.
_OUT_LEFT, _OUT_RIGHT = -mm(8), -mm(6)
#: The lower double rule of the 信函 form, 20 mm above the edge; page numbers stand 7 mm below the type area.
_FOOT = 20


def set_page(section: Section, content: LetterContent) -> None:
    """Margins, grid of 22 lines, and headers and footers as the form wants them."""
    sheet = content.form is PaperForm.SHEET
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = (Mm(23), Mm(27)) if sheet else (Mm(37), Mm(35))
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance = Mm(29.5) if content.form is PaperForm.LETTER else Mm(15)
    section.footer_distance = Mm(15) if sheet else Mm(_FOOT)
    section.gutter = Mm(0)
    for grid in section._sectPr.findall(f"{{{section._sectPr.nsmap['w']}}}docGrid"):
        section._sectPr.remove(grid)
    section._sectPr.append(node("w:docGrid", {"w:type": "lines", "w:linePitch": 579}))
    section.different_first_page_header_footer = content.form is not PaperForm.DOCUMENT
    _set_headers(section, content)
    _set_footers(section, content)


def _set_headers(section: Section, content: LetterContent) -> None:
    first = _head_of_letter(content) if content.form is PaperForm.LETTER else []
    for header, own in (
        (section.first_page_header, first),
        (section.header, []),
        (section.even_page_header, []),
    ):
        _fill(header, [*own, *([_draft_mark()] if content.draft else [])])


def _set_footers(section: Section, content: LetterContent) -> None:
    letter = content.form is PaperForm.LETTER
    _fill(section.first_page_footer, [_double_rule(thick_first=False)] if letter else [])
    lift = 0 if content.form is PaperForm.SHEET else mm(35 - 7 - 5 - _FOOT)
    _fill(section.footer, [_page_number("right", lift)])
    _fill(section.even_page_footer, [_page_number("left", lift)])


def _head_of_letter(content: LetterContent) -> list[_Element]:
    """The red 发文机关标志 and, 4 mm below it, the double rule."""
    size = mark_size(content.head, width=170, largest=36)
    shape = Shape(align="center", pitch=pt(size * 1.1), after=mm(3.6), left=_OUT_LEFT, right=_OUT_RIGHT)
    mark = paragraph(shape, run(content.head, Ink(role=FontRole.TITLE, size=size, color=RED)))
    return [mark, _double_rule(thick_first=True)]


def mark_size(head: str, *, width: float, largest: float) -> float:
    """The size in points at which the head fills its width (mm), in halves: as large as its length allows."""
    fitting = width * 72 / 25.4 / (len(head) + 1.5)
    return int(max(20, min(largest, fitting)) * 2) / 2


def _double_rule(*, thick_first: bool) -> _Element:
    thick, thin = Rule(thickness=2, color=RED), Rule(thickness=0.75, color=RED)
    top, bottom = (thick, thin) if thick_first else (thin, thick)
    return paragraph(Shape(pitch=pt(2), left=_OUT_LEFT, right=_OUT_RIGHT, top=top, bottom=bottom))


def _page_number(side: str, lift: int) -> _Element:
    left, right = (0, 100) if side == "right" else (100, 0)
    shape = Shape(align=side, pitch=pt(14), size=14, after=lift, from_left=left, from_right=right)
    return paragraph(shape, run("— ", _NUMBER), *page_field(_NUMBER), run(" —", _NUMBER))


def _fill(part: _BaseHeaderFooter, content: Iterable[_Element]) -> None:
    """Puts the paragraphs into a header or footer, which must have one at least."""
    part.is_linked_to_previous = False
    element = part._element
    for child in list(element):
        element.remove(child)
    element.extend(list(content) or [paragraph(Shape(pitch=pt(1)))])


def _draft_mark() -> _Element:
    """草稿 aslant over the page, as Word itself makes watermarks."""
    place = (
        "position:absolute;margin-left:0;margin-top:0;width:320pt;height:160pt;rotation:325;z-index:-251658752;"
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        "mso-position-vertical:center;mso-position-vertical-relative:margin"
    )
    picture = parse_xml(
        f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
        '<w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
        'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
        '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
        '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
        '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
        f'<v:shape id="draft" type="#_x0000_t136" alt="草稿" style="{place}" fillcolor="#ececec" stroked="f">'
        f'<v:textpath style="font-family:\'{FONT_NAMES[FontRole.HEADING]}\';font-size:1pt" string="草稿"/>'
        "</v:shape></w:pict></w:r>"
    )
    return paragraph(Shape(pitch=pt(1)), picture)
