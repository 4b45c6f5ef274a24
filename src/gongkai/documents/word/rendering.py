"""A letter becomes a Word file: what stands in its body, in the order of the PDF."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO

from docx import Document
from docx.oxml.ns import qn
from lxml.etree import _Element

from gongkai.documents.fonts import FontRole
from gongkai.documents.glyphs import require_glyphs
from gongkai.documents.letter import (
    FormBlock,
    Heading,
    LetterContent,
    ListBlock,
    PaperForm,
    Paragraph,
    PlainBlock,
    TableBlock,
    clean,
    on_paper,
)
from gongkai.documents.typesetting import LINES, lines_a_page
from gongkai.documents.word.base import empty_file
from gongkai.documents.word.packing import repacked
from gongkai.documents.word.pages import mark_size, set_page
from gongkai.documents.word.tables import WIDTH, form_table, pair_table
from gongkai.documents.word.xml import BODY, GREY, RED, Ink, Rule, Shape, mm, node, paragraph, pt, run, tab

_TITLE = Ink(role=FontRole.TITLE, size=22)
_IMPRINT = Ink(size=14)
_SMALL = Ink(size=12)
_PLACEHOLDER = Ink(color=GREY)
_LINE = 579
_ABOVE_TITLE, _BELOW_TITLE, _ABOVE_SIGNATURE = pt(44), pt(29), pt(58)
_LONG_RUN = re.compile("[!-~]{10}")
#: Where a seal belongs: a program that seals looks for this bookmark.
SEAL_BOOKMARK = "seal_place"


@dataclass(frozen=True, slots=True)
class Type:
    """How the text of a body is set."""

    ink: Ink
    shape: Shape


_LETTER = Type(BODY, Shape(on_grid=True))
_SHEET = Type(Ink(size=14), Shape(size=14, pitch=pt(23)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Whether a block stands under a table or over one, and whether the signature follows it."""

    under: bool
    over: bool
    signed: bool


def render(content: LetterContent) -> bytes:
    """The letter as DOCX."""
    require_glyphs((role, clean(text)) for role, text in content.texts())
    document = Document(BytesIO(empty_file()))
    set_page(document.sections[0], content)
    body = document.element.body
    for old in body.findall(f"{{{body.nsmap['w']}}}p"):
        body.remove(old)
    for place, element in enumerate(_parts(content)):
        body.insert(place, element)
    _close_up(body, lines_a_page(content))
    about = document.core_properties
    about.title, about.author, about.last_modified_by = clean(content.title_line), clean(content.issuer), ""
    about.created = about.modified = dt.datetime.combine(content.date, dt.time())
    about.comments, about.language, about.revision = "", "zh-CN", 1
    about.content_status = "草稿" if content.draft else ""
    made = BytesIO()
    document.save(made)
    return repacked(made.getvalue())


def _close_up(body: _Element, lines: int) -> None:
    """As in the PDF: lines and the room between parts closer where the signature would else find no room."""
    if lines == LINES:
        return
    missing = _LINE - round(_LINE * LINES / lines)
    closer = {
        _LINE: _LINE - missing,
        _ABOVE_TITLE: _ABOVE_TITLE - 2 * missing,
        _BELOW_TITLE: _BELOW_TITLE - 2 * missing,
    }
    closer[_ABOVE_SIGNATURE] = _ABOVE_SIGNATURE - round(_LINE / 2) - 2 * missing - pt(8)
    told = {str(length): str(other) for length, other in closer.items()}
    for element in body.iter(qn("w:spacing"), qn("w:docGrid")):
        for name, length in element.attrib.items():
            element.set(name, told.get(str(length), length))


def _parts(content: LetterContent) -> Iterator[_Element]:
    yield from _head(content)
    yield _title(content)
    if content.addressee:
        type_ = _SHEET if content.form is PaperForm.SHEET else _LETTER
        yield paragraph(type_.shape, run(f"{content.addressee}：", type_.ink))
    yield from _body(content)
    yield from _attachments(content)
    yield from _signature(content)
    yield from _imprint(content)
    # A Word file may not end in a table or a frame.
    yield paragraph(Shape(pitch=pt(1)))


def _head(content: LetterContent) -> Iterator[_Element]:
    """What stands above the title. The red head of a letter is in the header of its first page."""
    number = run(content.number, BODY) if content.number else run("（文号待编）", _PLACEHOLDER)
    match content.form:
        case PaperForm.LETTER:
            yield paragraph(Shape(align="right", before=pt(1)), number)
        case PaperForm.DOCUMENT:
            size = mark_size(content.head, width=156, largest=48)
            shape = Shape(align="center", before=mm(34), after=pt(53), pitch=pt(size * 1.2))
            yield paragraph(shape, run(content.head, Ink(role=FontRole.TITLE, size=size, color=RED)))
            rule = Rule(thickness=1.625, color=RED, distance=7)
            yield paragraph(Shape(align="center", bottom=rule, after=pt(6)), number)
        case PaperForm.SHEET:
            pass


def _title(content: LetterContent) -> _Element:
    if content.form is PaperForm.SHEET:
        before, after = 0, pt(12 if content.number or content.issuer_line else 22)
    else:
        before, after = _ABOVE_TITLE, _BELOW_TITLE
    shape = Shape(style="Heading1", align="center", before=before, after=after, pitch=pt(34), keep_next=True)
    return paragraph(shape, run(content.title, _TITLE))


def _body(content: LetterContent) -> Iterator[_Element]:
    yield from _sheet_line(content)
    blocks = list(on_paper(content.body))
    tables = [isinstance(block, (TableBlock, tuple)) for block in blocks]
    type_ = _SHEET if content.form is PaperForm.SHEET else _LETTER
    for place, block in enumerate(blocks):
        last = place == len(blocks) - 1
        under = place > 0 and tables[place - 1]
        if under and tables[place]:
            # Without it Word would make one table of two.
            yield paragraph(Shape(pitch=pt(10)))
        room = Room(under=under, over=not last and tables[place + 1], signed=last and bool(content.signature))
        yield from _block(block, type_, room)
    if tables[-1]:
        yield paragraph(Shape(pitch=pt(6), keep_next=bool(content.signature)))


def _sheet_line(content: LetterContent) -> Iterator[_Element]:
    """Above the rows of a sheet: whose it is, and its number."""
    if content.form is PaperForm.SHEET and (content.issuer_line or content.number):
        shape = Shape(pitch=pt(20), size=12, tab=WIDTH, align="left", after=pt(5))
        yield paragraph(shape, run(content.issuer_line, _SMALL), tab(_SMALL), run(content.number or "", _SMALL))


def _block(block: PlainBlock | tuple[FormBlock, ...], type_: Type, room: Room) -> Iterator[_Element]:
    """A block, with room where it stands under or over a table; the last one goes with the signature."""
    before, after = pt(6) if room.under else 0, pt(6) if room.over else 0
    plain = replace(type_.shape, first=200, before=before, after=after, keep_next=room.signed)
    match block:
        case Paragraph(text):
            yield paragraph(replace(plain, align=_align(text)), run(text, type_.ink))
        case Heading(text):
            heading = replace(type_.ink, role=FontRole.HEADING)
            yield paragraph(replace(plain, style="Heading2", keep_next=True), run(text, heading))
        case ListBlock(items):
            for number, item in enumerate(items, start=1):
                first, end = number == 1, number == len(items)
                shape = replace(plain, align=_align(item), before=before if first else 0, after=after if end else 0)
                yield paragraph(replace(shape, keep_next=room.signed and end), run(f"{number}. {item}", type_.ink))
        case TableBlock(rows):
            yield pair_table(rows)
        case forms:
            yield form_table(forms)


def _align(text: str) -> str:
    """Flush on both sides, but for a text with an address or a number that would leave a line half empty before it."""
    return "left" if _LONG_RUN.search(text) else "both"


def _attachments(content: LetterContent) -> Iterator[_Element]:
    """附件 two characters in; names below each other, their numbers before them."""
    many = len(content.attachments) > 1
    label, figure = pt(3 * 16), pt(18) if many else 0
    for number, name in enumerate(content.attachments, start=1):
        first = number == 1
        hanging = (label if first else 0) + figure
        shape = Shape(
            left=pt(2 * 16) + label + figure,
            hanging=hanging,
            before=_LINE if first else 0,
            keep_next=True,
            align="left",
        )
        words = [run(("附件：" if first else "") + (f"{number}." if many else ""))]
        yield paragraph(shape, *words, *([tab()] if many else []), run(name))


def _signature(content: LetterContent) -> Iterator[_Element]:
    """署名 centred over the 成文日期, which stands four characters in; both on one page with what stands above."""
    note = content.note
    if content.signature:
        name, day = _width(content.signature), _width(content.date_line)
        inset = max(0.0, 4 - max(0.0, (name - day) / 2))
        wide = min(max(name, day), 28)
        name_in, day_in = (round((inset + (wide - min(of, wide)) / 2) * 100) for of in (name, day))
        begin = node("w:bookmarkStart", {"w:id": 1, "w:name": SEAL_BOOKMARK})
        end = node("w:bookmarkEnd", {"w:id": 1})
        shape = Shape(align="right", before=_ABOVE_SIGNATURE, from_right=name_in, keep_next=True)
        yield paragraph(shape, begin, run(content.signature))
        with_note = bool(note) and content.form is not PaperForm.SHEET
        yield paragraph(Shape(align="right", from_right=day_in, keep_next=with_note), run(content.date_line), end)
    if note and content.form is PaperForm.SHEET:
        yield paragraph(
            Shape(pitch=pt(18), size=12, before=pt(4), left=pt(24), hanging=pt(24)), run(f"注：{note}", _SMALL)
        )
    elif note:
        yield paragraph(Shape(first=200), run(f"（{note}）"))


def _width(text: str) -> float:
    """How wide a text is in characters: letters and digits of the Latin script are half as wide as a 汉字."""
    return sum(1 if unicodedata.east_asian_width(character) in "WFA" else 0.5 for character in clean(text))


def _imprint(content: LetterContent) -> Iterator[_Element]:
    """The 版记 at the foot of the last page; 信函 has neither its rules (0.35 and 0.25 mm) nor the 印发 line."""
    ruled = content.form is PaperForm.DOCUMENT
    line = Shape(
        pitch=pt(22), size=14, left=pt(14), right=pt(14), tab=WIDTH - pt(14), at_foot=True, align="left", after=pt(3)
    )
    if content.copies and content.form is not PaperForm.SHEET:
        if ruled:
            yield _imprint_rule(pt(1))
        yield paragraph(replace(line, left=pt(4 * 14), hanging=pt(3 * 14)), run(content.copies_line, _IMPRINT))
    if ruled:
        yield _imprint_rule(pt(0.7) if content.copies else pt(1))
        yield paragraph(line, run(content.signature, _IMPRINT), tab(_IMPRINT), run(content.printed_line, _IMPRINT))
        yield _imprint_rule(pt(1))


def _imprint_rule(height: int) -> _Element:
    """As wide as the type area, which the lines between the rules are not."""
    return paragraph(Shape(pitch=height, at_foot=True, black=True))
