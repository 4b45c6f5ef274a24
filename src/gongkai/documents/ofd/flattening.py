"""The objects of a page, block in block in block, laid out flat: each with its whole way to the page."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from gongkai.documents.ofd.items import Ink, Item, PathItem, PictureItem, TextItem
from gongkai.documents.ofd.package import child, children, local
from gongkai.documents.ofd.resources import Resources
from gongkai.documents.ofd.values import (
    IDENTITY,
    Matrix,
    box,
    colour,
    matrix,
    moved,
    number,
    numbers,
    steps,
    times,
)  # fmt: skip
from gongkai.documents.reading.errors import refuse
from gongkai.documents.reading.limits import Allowance

if TYPE_CHECKING:
    from lxml.etree import _Element

DEEPEST = 32
"""Blocks in blocks and drawings in drawings; deeper, or in a ring, nothing honest goes."""
MOST_OBJECTS = 100_000
"""Of one page."""
_STEP_LENGTHS = {"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_BREAKS = str.maketrans("", "", "\r\n\t")
_LINE_WIDTH = 0.353
"""Millimetres, where the file says nothing."""


class Flattener:
    """Reads one page after the other of one file, within one allowance. What it cannot draw it notes by a code."""

    def __init__(self, allowance: Allowance) -> None:
        self.allowance = allowance
        self.objects = 0
        self.left_out: set[str] = set()
        self.unseen: list[TextItem] = []

    def layer(self, layer: _Element, resources: Resources) -> Iterator[Item]:
        yield from self.objects_of(layer, resources, IDENTITY, layer.get("DrawParam"), 0)

    def objects_of(
        self, parents: Iterable[_Element], resources: Resources, outer: Matrix, parameters: str | None, depth: int
    ) -> Iterator[Item]:
        if depth > DEEPEST:
            refuse("too_deep")
        for element in parents:
            self.objects += 1
            if self.objects > MOST_OBJECTS:
                refuse("zip_bomb")
            match local(element):
                case "PageBlock":
                    yield from self.objects_of(element, resources, outer, parameters, depth + 1)
                case "CompositeObject":
                    yield from self._composite(element, resources, outer, parameters, depth)
                case "TextObject" | "PathObject" | "ImageObject":
                    yield from self._simple(element, resources, outer, parameters)

    def _composite(
        self, element: _Element, resources: Resources, outer: Matrix, parameters: str | None, depth: int
    ) -> Iterator[Item]:
        unit = resources.units.get((element.get("ResourceID") or "").strip())
        content = child(unit, "Content")
        if content is None:
            self.left_out.add("missing")
            return
        inner = times(outer, _placed(element))
        items = self.objects_of(content, resources, inner, element.get("DrawParam") or parameters, depth + 1)
        if _seen(element):
            yield from items
        else:
            self.unseen += (item for item in items if isinstance(item, TextItem))

    def _simple(self, element: _Element, resources: Resources, outer: Matrix, parameters: str | None) -> Iterator[Item]:
        item: Item | None
        inner = times(outer, _placed(element))
        if child(element, "Clips") is not None:
            self.left_out.add("clip")
        match local(element):
            case "TextObject":
                item = self._text(element, resources, inner, parameters)
            case "PathObject":
                item = self._path(element, resources, inner, parameters)
            case _:
                item = self._picture(element, resources, inner)
        if item is None:
            return
        if _seen(element):
            yield item
        elif isinstance(item, TextItem):
            self.unseen.append(item)

    def _text(self, element: _Element, resources: Resources, inner: Matrix, parameters: str | None) -> TextItem:
        size = number(element.get("Size"), 3.5)
        characters: list[tuple[str, float, float]] = []
        x = y = 0.0
        measured = True
        glyphs = dict(_glyphs(element))
        for code in children(element, "TextCode"):
            text = self.allowance.take_text((code.text or "").translate(_BREAKS))
            x, y = number(code.get("X"), x), number(code.get("Y"), y)
            across, down = list(steps(code.get("DeltaX"))), list(steps(code.get("DeltaY")))
            measured = measured and (len(text) < 2 or bool(across or down) or bool(glyphs))
            characters += _in_a_row(text, x, y, size, across, down)
        return TextItem(
            matrix=inner,
            characters=tuple(characters),
            size=size,
            font=resources.fonts.get((element.get("Font") or "").strip()),
            fill=self._ink(element, "Fill", resources, parameters, usual=True),
            stroke=self._ink(element, "Stroke", resources, parameters, usual=False),
            wide=number(element.get("HScale"), 1.0) or 1.0,
            glyphs=glyphs,
            measured=measured,
        )

    def _path(self, element: _Element, resources: Resources, inner: Matrix, parameters: str | None) -> PathItem | None:
        chosen = element.get("DrawParam") or parameters
        data = child(element, "AbbreviatedData")
        if data is None:
            return None
        width = element.get("LineWidth") or resources.parameter(chosen, "LineWidth")
        dash = element.get("DashPattern") or resources.parameter(chosen, "DashPattern")
        return PathItem(
            matrix=inner,
            segments=tuple(_segments(self.allowance.take_text(data.text or ""))),
            width=number(width, _LINE_WIDTH),
            stroke=self._ink(element, "Stroke", resources, parameters, usual=True),
            fill=self._ink(element, "Fill", resources, parameters, usual=False),
            dash=numbers(dash),
            even_odd=element.get("Rule") == "Even-Odd",
        )

    def _picture(self, element: _Element, resources: Resources, inner: Matrix) -> PictureItem | None:
        part = resources.pictures.get((element.get("ResourceID") or "").strip())
        if part is None:
            self.left_out.add("missing")
            return None
        return PictureItem(inner, part, number(element.get("Alpha"), 255) / 255)

    def _ink(
        self, element: _Element, kind: str, resources: Resources, parameters: str | None, *, usual: bool
    ) -> Ink | None:
        """The colour of filling or line; None where it is not filled or lined. Of a gradient the first colour."""
        said = element.get(kind)
        if said != "true" and (said == "false" or not usual):
            return None
        chosen = element.get("DrawParam") or parameters
        given = child(element, f"{kind}Color")
        if given is None:
            given = resources.parameter_child(chosen, f"{kind}Color")
        if given is not None and given.get("Value") is None:
            for gradient in given:
                self.left_out.add("gradient")
                given = next((stop for stop in gradient.iter() if local(stop) == "Color"), given)
        rgb, opaque = colour(given) or ((0, 0, 0), 1.0)
        return rgb, opaque * number(element.get("Alpha"), 255) / 255


def _placed(element: _Element) -> Matrix:
    """From the object's own coordinates to those around it: its matrix, then the corner of its boundary."""
    edges = box(element.get("Boundary"))
    inner = matrix(element.get("CTM"))
    return times(moved(edges[0], edges[1]), inner) if edges else inner


def _seen(element: _Element) -> bool:
    return element.get("Visible") != "false"


def _in_a_row(
    text: str, x: float, y: float, size: float, across: list[float], down: list[float]
) -> Iterator[tuple[str, float, float]]:
    """Each character with its place. Steps that are not told are those of the type: a square, or half of one."""
    for index, character in enumerate(text):
        yield character, x, y
        if across or down:
            x += across[min(index, len(across) - 1)] if across else 0
            y += down[min(index, len(down) - 1)] if down else 0
        else:
            x += size * (1 if unicodedata.east_asian_width(character) in "WFA" else 0.5)


def _glyphs(element: _Element) -> Iterator[tuple[int, tuple[int, tuple[int, ...]]]]:
    for transform in children(element, "CGTransform"):
        numbers_given = child(transform, "Glyphs")
        glyphs = tuple(int(glyph) for glyph in numbers(numbers_given.text if numbers_given is not None else ""))
        count = max(1, int(number(transform.get("CodeCount"), 1)))
        if glyphs:
            yield int(number(transform.get("CodePosition"))), (count, glyphs)


def _segments(data: str) -> Iterator[tuple[str, tuple[float, ...]]]:
    """“M 0 0 L 10 0 C”. A letter that is unknown, or lacks its numbers, ends the path there."""
    parts = data.replace(",", " ").split()
    place = 0
    while place < len(parts):
        letter = parts[place]
        length = _STEP_LENGTHS.get(letter)
        if length is None or place + length >= len(parts) + (length == 0):
            return
        yield letter, tuple(number(part) for part in parts[place + 1 : place + 1 + length])
        place += 1 + length
