"""What the styles of a Word file say: which paragraphs are headings, which text is hidden."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.documents.reading.packages import Package, attribute, child

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEADING = re.compile(r"(?i)(?:heading|标题)\s*([1-9])$")
_OFF = ("0", "false", "off", "none")
#: Half points: what is no larger nobody reads on paper.
_TINY = 3


@dataclass(slots=True)
class Style:
    level: int = 0
    """Of a heading, from 1; 0: none."""
    hidden: bool | None = None
    number: _Element | None = None
    """The list it belongs to (numPr)."""


class Styles:
    """Worked out when first asked for: files carry hundreds of styles and use a few."""

    def __init__(self, package: Package, part: str) -> None:
        root = package.xml(part)
        styles = () if root is None else root.iterchildren("{*}style")
        self._elements = {attribute(style, "styleId") or "": style for style in styles}
        self._found: dict[str, Style] = {}

    def get(self, name: str | None) -> Style:
        if name not in self._elements:
            return _PLAIN
        if name not in self._found:
            self._found[name] = _style(self._elements[name], self._elements)
        return self._found[name]


_PLAIN = Style()


def _style(element: _Element, elements: dict[str, _Element]) -> Style:
    """With what it inherits; a circle of styles ends where it closes."""
    found, seen = Style(), set()
    current: _Element | None = element
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        name = attribute(child(current, "name"), "val") or ""
        heading = _HEADING.match(name)
        found.level = found.level or (int(heading[1]) if heading else 0) or outline(child(current, "pPr"))
        found.level = found.level or int(name.lower() in ("title", "标题"))
        if found.hidden is None:
            found.hidden = switch(child(current, "rPr", "vanish"))
        if found.number is None:
            found.number = child(current, "pPr", "numPr")
        current = elements.get(attribute(child(current, "basedOn"), "val") or "")
    return found


def outline(properties: _Element | None) -> int:
    """The level of an outline, from 1; 0 for running text."""
    value = attribute(child(properties, "outlineLvl"), "val") or ""
    return int(value) + 1 if value in set("012345678") else 0


def switch(element: _Element | None) -> bool | None:
    """On, off, or not said."""
    if element is None:
        return None
    return (attribute(element, "val") or "true").lower() not in _OFF


def is_unshown(properties: _Element | None) -> bool:
    """White on nothing, or so small that nobody reads it."""
    size = attribute(child(properties, "sz"), "val") or ""
    if size.isdecimal() and int(size) <= _TINY:
        return True
    if (attribute(child(properties, "color"), "val") or "").upper() != "FFFFFF":
        return False
    highlight = attribute(child(properties, "highlight"), "val") or "none"
    return highlight in ("none", "white") and not is_shaded(properties)


def is_shaded(properties: _Element | None) -> bool:
    """Whether there is a ground other than white."""
    shading = child(properties, "shd")
    if shading is None:
        return False
    fill = (attribute(shading, "fill") or "auto").upper()
    return fill not in ("AUTO", "FFFFFF") or (attribute(shading, "val") or "clear") not in ("clear", "nil")
