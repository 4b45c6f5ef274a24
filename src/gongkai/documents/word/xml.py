"""Paragraphs and runs of WordprocessingML, their properties in the order that the schema wants."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml.etree import _Element

from gongkai.documents.fonts import FontRole
from gongkai.documents.letter import clean

#: The families by the names under which offices have them (GB/T 9704-2012 [M]). A Word file carries no font: where one
#: is not installed, Word takes another for it.
FONT_NAMES = {
    FontRole.BODY: "仿宋_GB2312",
    FontRole.TITLE: "方正小标宋简体",
    FontRole.HEADING: "黑体",
    FontRole.NUMBER: "宋体",
}
Attributes = Mapping[str, str | int]
RED = "D7000F"
GREY = "8C8C8C"


def mm(length: float) -> int:
    """Twentieths of a point."""
    return round(length * 1440 / 25.4)


def pt(length: float) -> int:
    """Twentieths of a point."""
    return round(length * 20)


def node(tag: str, attributes: Attributes | None = None, *children: _Element) -> _Element:
    """An element with its attributes and what is in it; names with their prefix, as in the specification."""
    made: _Element = OxmlElement(tag)
    for name, value in (attributes or {}).items():
        made.set(qn(name), str(value))
    made.extend(children)
    return made


def value(tag: str, of: str | int) -> _Element:
    """An element whose only attribute is its value."""
    return node(tag, {"w:val": of})


@dataclass(frozen=True, slots=True, kw_only=True)
class Ink:
    """How characters look: family, size in points, colour, and what is taken from the gap between two (in twentieths)."""

    role: FontRole = FontRole.BODY
    size: float = 16
    color: str = ""
    tighter: int = 0


#: 28 characters of 16 pt are wider than the type area: a quarter of a point is taken from each gap.
BODY = Ink(tighter=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A line above or below a paragraph: thickness in points, colour, distance from the text in points."""

    thickness: float
    color: str = "000000"
    distance: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How a paragraph stands. Lengths are twentieths of a point; ``first``, ``from_left`` and ``from_right`` hundredths of a
    character of ``size`` points; ``pitch`` is the exact distance of its lines. ``at_foot``: at the foot of the type area,
    whatever stands above. ``black``: the paragraph itself is a rule as high as its pitch, for in a frame LibreOffice
    loses the lines above and below paragraphs."""

    align: str = "both"
    style: str = ""
    before: int = 0
    after: int = 0
    pitch: int = 579
    first: int = 0
    left: int = 0
    right: int = 0
    hanging: int = 0
    from_left: int = 0
    from_right: int = 0
    size: float = 16
    top: Rule | None = None
    bottom: Rule | None = None
    tab: int = 0
    keep_next: bool = False
    on_grid: bool = False
    at_foot: bool = False
    black: bool = False


def paragraph(shape: Shape, *content: _Element) -> _Element:
    """A paragraph of this shape."""
    return node("w:p", None, node("w:pPr", None, *_properties(shape)), *content)


def run(text: str, ink: Ink = BODY) -> _Element:
    """Characters; a line break in the text is one on paper."""
    made = node("w:r", None, _ink(ink))
    for number, line in enumerate(clean(text).split("\n")):
        if number:
            made.append(node("w:br"))
        words = node("w:t", {"xml:space": "preserve"})
        words.text = line
        made.append(words)
    return made


def tab(ink: Ink = BODY) -> _Element:
    """To the next tab stop."""
    return node("w:r", None, _ink(ink), node("w:tab"))


def page_field(ink: Ink) -> list[_Element]:
    """The number of the page, as a field that Word keeps right."""
    instruction = node("w:instrText", {"xml:space": "preserve"})
    instruction.text = " PAGE "
    shown = node("w:t")
    shown.text = "1"
    parts = (
        node("w:fldChar", {"w:fldCharType": "begin"}),
        instruction,
        node("w:fldChar", {"w:fldCharType": "separate"}),
        shown,
        node("w:fldChar", {"w:fldCharType": "end"}),
    )
    return [node("w:r", None, _ink(ink), part) for part in parts]


def _ink(ink: Ink) -> _Element:
    name = FONT_NAMES[ink.role]
    fonts = node("w:rFonts", {f"w:{script}": name for script in ("ascii", "hAnsi", "eastAsia", "cs")})
    made = node("w:rPr", None, fonts)
    if ink.color:
        made.append(value("w:color", ink.color))
    if ink.tighter:
        made.append(value("w:spacing", -ink.tighter))
    made.extend([value("w:sz", round(ink.size * 2)), value("w:szCs", round(ink.size * 2))])
    return made


def _properties(shape: Shape) -> Iterator[_Element]:
    if shape.style:
        yield value("w:pStyle", shape.style)
    if shape.keep_next:
        yield node("w:keepNext")
    if shape.at_foot:
        yield _frame_at_foot()
    if shape.top or shape.bottom:
        yield _rules(shape)
    if shape.black:
        yield node("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": "000000"})
    if shape.tab:
        yield node("w:tabs", None, node("w:tab", {"w:val": "right", "w:pos": shape.tab}))
    if not shape.on_grid:
        yield value("w:snapToGrid", 0)
    spacing: Attributes = {
        "w:before": shape.before,
        "w:after": shape.after,
        "w:line": shape.pitch,
        "w:lineRule": "exact",
    }
    yield node("w:spacing", spacing)
    if indent := _indent(shape):
        yield node("w:ind", indent)
    yield value("w:jc", shape.align)


def _frame_at_foot() -> _Element:
    """Paragraphs that follow each other and say the same are in one frame."""
    place: Attributes = {
        "w:w": mm(156),
        "w:hSpace": 0,
        "w:wrap": "notBeside",
        "w:vAnchor": "margin",
        "w:hAnchor": "margin",
    }
    return node("w:framePr", {**place, "w:xAlign": "left", "w:yAlign": "bottom"})


def _rules(shape: Shape) -> _Element:
    made = node("w:pBdr")
    for side, rule in (("w:top", shape.top), ("w:bottom", shape.bottom)):
        if rule:
            look: Attributes = {"w:val": "single", "w:sz": round(rule.thickness * 8), "w:space": rule.distance}
            made.append(node(side, {**look, "w:color": rule.color}))
    return made


def _indent(shape: Shape) -> dict[str, int]:
    """Characters for Word (they follow the size of the type), and the same as lengths for programs that know only those."""
    found: dict[str, int] = {}
    for name, characters, length in (
        ("left", shape.from_left, shape.left),
        ("right", shape.from_right, shape.right),
        ("firstLine", shape.first, 0),
        ("hanging", 0, shape.hanging),
    ):
        if characters:
            found[f"w:{name}Chars"] = characters
        if characters or length:
            found[f"w:{name}"] = length or round(characters / 100 * pt(shape.size))
    return found
