"""The XML parts of an OFD package, element by element in the order of the standard's schema."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.documents.ofd.embedding import EmbeddedFont
from gongkai.documents.ofd.marks import UPRIGHT, Colour, Run, Sheet, Stroke

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMESPACE = "http://www.ofdspec.org/2016"
CREATOR = "Gongkai"
#: How far type reaches above and below its line, in its size: the box of a text.
_ASCENT, _HEIGHT = 0.9, 1.2
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class About:
    """What the package says of itself."""

    name: str
    """32 hexadecimal digits that name this very document."""
    title: str
    author: str
    day: str
    notes: Mapping[str, str]


def root_part(about: About) -> bytes:
    """OFD.xml."""
    root = _root("OFD", Version="1.0", DocType="OFD")
    body = _add(root, "DocBody")
    info = _add(body, "DocInfo")
    _add(info, "DocID", about.name)
    for name, text in (("Title", about.title), ("Author", about.author), ("CreationDate", about.day)):
        if text:
            _add(info, name, text)
    _add(info, "Creator", CREATOR)
    if about.notes:
        notes = _add(info, "CustomDatas")
        for name, text in about.notes.items():
            _add(notes, "CustomData", text, Name=name)
    _add(body, "DocRoot", "Doc_0/Document.xml")
    return _bytes(root)


def document_part(first: Sheet, pages: Sequence[int], last: int) -> bytes:
    """Document.xml; ``pages`` are their numbers, ``last`` the highest number given to anything."""
    root = _root("Document")
    common = _add(root, "CommonData")
    _add(common, "MaxUnitID", str(last))
    _add(_add(common, "PageArea"), "PhysicalBox", _numbers(0, 0, first.width, first.height))
    _add(common, "PublicRes", "PublicRes.xml")
    listed = _add(root, "Pages")
    for index, number in enumerate(pages):
        _add(listed, "Page", ID=str(number), BaseLoc=f"Pages/Page_{index}/Content.xml")
    return _bytes(root)


def fonts_part(fonts: Mapping[str, EmbeddedFont], numbers: Mapping[str, int]) -> bytes:
    """PublicRes.xml."""
    root = _root("Res", BaseLoc="Fonts")
    listed = _add(root, "Fonts")
    for key, font in fonts.items():
        entry = _add(listed, "Font", ID=str(numbers[key]), FontName=font.name, FamilyName=font.name)
        _add(entry, "FontFile", f"font_{numbers[key]}.ttf")
    return _bytes(root)


def content_part(
    sheet: Sheet, fonts: Mapping[str, EmbeddedFont], numbers: Mapping[str, int], last: int
) -> tuple[bytes, int]:
    """A page's Content.xml, and the highest number given in it."""
    count = itertools.count(last + 1)
    root = _root("Page")
    _add(_add(root, "Area"), "PhysicalBox", _numbers(0, 0, sheet.width, sheet.height))
    content = _add(root, "Content")
    if sheet.under:
        layer = _add(content, "Layer", Type="Background", ID=str(next(count)))
        for run in sheet.under:
            _text(layer, run, fonts[run.font], numbers[run.font], next(count))
    layer = _add(content, "Layer", Type="Body", ID=str(next(count)))
    for stroke in sheet.strokes:
        _path(layer, stroke, next(count))
    for run in sheet.runs:
        _text(layer, run, fonts[run.font], numbers[run.font], next(count))
    return _bytes(root), next(count) - 1


def _text(layer: _Element, run: Run, font: EmbeddedFont, number: int, unit: int) -> None:
    turned = run.matrix != UPRIGHT
    left, top, width, height = _box_of(run)
    item = _add(
        layer, "TextObject", ID=str(unit), Boundary=_numbers(left, top, width, height),
        Font=str(number), Size=_numbers(run.size),
    )  # fmt: skip
    if turned:
        item.set("CTM", _numbers(*run.matrix, run.x - left, run.y - top))
    _colour(item, "FillColor", run.colour)
    if len(run.text) > 1 == len(run.offsets):
        ligature = _add(item, "CGTransform", CodePosition="0", CodeCount=str(len(run.text)), GlyphCount="1")
        _add(ligature, "Glyphs", str(font.glyphs[run.text]))
    code = _add(item, "TextCode", run.text, X="0", Y="0" if turned else _numbers(run.y - top))
    if len(run.offsets) > 1:
        code.set("DeltaX", _numbers(*_deltas(run.offsets)))


def _deltas(offsets: Sequence[float]) -> Iterator[float]:
    """The steps from one to the next, rounded so that they do not add up to a drift."""
    rounded = [round(offset, _DIGITS) for offset in offsets]
    return (after - before for before, after in itertools.pairwise(rounded))


def _box_of(run: Run) -> tuple[float, float, float, float]:
    """Left, top, width and height of what the run covers on the page."""
    a, b, c, d = run.matrix
    corners = [
        (run.x + a * along + c * across, run.y + b * along + d * across)
        for along in (0, run.width)
        for across in (-_ASCENT * run.size, (_HEIGHT - _ASCENT) * run.size)
    ]
    left, top = (min(corner[axis] for corner in corners) for axis in (0, 1))
    return left, top, max(corner[0] for corner in corners) - left, max(corner[1] for corner in corners) - top


def _path(layer: _Element, stroke: Stroke, unit: int) -> None:
    points = [point for _, numbers in stroke.segments for point in zip(numbers[::2], numbers[1::2], strict=True)]
    edge = max(stroke.width, 0.1)
    left, top = (min(point[axis] for point in points) - edge for axis in (0, 1))
    width, height = (max(point[axis] for point in points) + edge - start for axis, start in ((0, left), (1, top)))
    item = _add(layer, "PathObject", ID=str(unit), Boundary=_numbers(left, top, width, height))
    item.set("LineWidth", _numbers(stroke.width))
    item.set("Stroke", str(stroke.line is not None).lower())
    item.set("Fill", str(stroke.fill is not None).lower())
    if stroke.dash:
        item.set("DashPattern", _numbers(*stroke.dash))
    _colour(item, "FillColor", stroke.fill)
    _colour(item, "StrokeColor", stroke.line)
    steps = [
        " ".join([letter, _numbers(*(n - (top if i % 2 else left) for i, n in enumerate(numbers)))]).strip()
        for letter, numbers in stroke.segments
    ]
    _add(item, "AbbreviatedData", " ".join(steps))


def _colour(item: _Element, name: str, colour: Colour | None) -> None:
    if colour is not None:
        _add(item, name, Value=" ".join(map(str, colour)))


def _numbers(*values: float) -> str:
    """Numbers as the standard writes them: a point, no exponent, blanks between."""
    return " ".join(f"{round(value, _DIGITS) + 0.0:.{_DIGITS}f}".rstrip("0").rstrip(".") for value in values)


def _root(name: str, **attributes: str) -> _Element:
    from lxml import etree

    return etree.Element(f"{{{NAMESPACE}}}{name}", attributes, nsmap={"ofd": NAMESPACE})


def _add(parent: _Element, name: str, text: str | None = None, **attributes: str) -> _Element:
    from lxml import etree

    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", attributes)
    element.text = text
    return element


def _bytes(root: _Element) -> bytes:
    from lxml import etree

    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
