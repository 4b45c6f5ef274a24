"""What stands on the pages of a PDF: runs of text and drawn paths, in millimetres from the upper left corner."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gongkai.documents.ofd.errors import NotWritable

if TYPE_CHECKING:
    from pdfplumber.page import Page

MM = 25.4 / 72
Colour = tuple[int, int, int]
Matrix = tuple[float, float, float, float]
UPRIGHT: Matrix = (1.0, 0.0, 0.0, 1.0)
#: How far apart (in heights of the type) two characters may stand to be one run: table cells are further apart.
_GAP = 1.5
_SAME_LINE = 0.05


@dataclass(slots=True)
class Run:
    """Characters of one font on one line; ``offsets`` are their places along the line, from the first."""

    font: str
    size: float
    colour: Colour
    matrix: Matrix
    x: float
    y: float
    text: str
    offsets: list[float] = field(default_factory=lambda: [0.0])
    advance: float = 0.0
    """Of the last character."""

    @property
    def width(self) -> float:
        return self.offsets[-1] + self.advance


@dataclass(frozen=True, slots=True)
class Stroke:
    """A drawn path. ``segments`` are the letter of a step (M, L, B, C) and its coordinates."""

    segments: tuple[tuple[str, tuple[float, ...]], ...]
    width: float
    line: Colour | None
    fill: Colour | None
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page. What is turned (the mark of a draft) lies under the rest."""

    width: float
    height: float
    under: tuple[Run, ...]
    strokes: tuple[Stroke, ...]
    runs: tuple[Run, ...]


def sheet_of(page: Page) -> Sheet:
    """Read a page. Raises NotWritable where it holds a picture, for only text and lines are carried over."""
    if page.images:
        raise NotWritable("picture")
    height = float(page.height)
    runs = list(_runs(page.chars, height))
    return Sheet(
        width=float(page.width) * MM,
        height=height * MM,
        under=tuple(run for run in runs if run.matrix != UPRIGHT),
        strokes=tuple(_stroke(drawn) for drawn in (*page.rects, *page.curves, *page.lines)),
        runs=tuple(run for run in runs if run.matrix == UPRIGHT),
    )


def _runs(characters: Sequence[dict[str, Any]], height: float) -> Iterator[Run]:
    """Neighbours joined. A character of two code units, and a ligature, stand alone: readers count them differently,
    and alone there is nothing to count."""
    current: Run | None = None
    for character in characters:
        run = _run(character, height)
        if not run.text.strip():
            if current and _joins(current, run):
                _join(current, run)
            continue
        if current and _joins(current, run):
            _join(current, run)
            continue
        if current:
            yield _trimmed(current)
        current = run
    if current:
        yield _trimmed(current)


def _run(character: dict[str, Any], height: float) -> Run:
    a, b, c, d, e, f = character["matrix"]
    scale = math.hypot(a, b) or 1.0
    return Run(
        font=character["fontname"],
        size=round(_size(character) * scale * MM, 4),
        colour=_colour(character["non_stroking_color"]),
        # The page's y runs downwards here, upwards there.
        matrix=_rounded(a / scale, -b / scale, -c / scale, d / scale),
        x=e * MM,
        y=(height - f) * MM,
        text=character["text"],
        advance=character["adv"] * scale * MM,
    )


def _size(character: dict[str, Any]) -> float:
    """The size of the type before the matrix: the box of a turned character is larger than its type."""
    a, b, c, d, *_ = character["matrix"]
    if abs(d) >= abs(c):
        return float((character["height"] - abs(b) * character["adv"]) / abs(d))
    return float((character["width"] - abs(a) * character["adv"]) / abs(c))


def _rounded(*numbers: float) -> Matrix:
    a, b, c, d = (round(number, 6) + 0.0 for number in numbers)
    return (a, b, c, d)


def _joins(left: Run, right: Run) -> bool:
    same = (left.font, left.size, left.colour, left.matrix) == (right.font, right.size, right.colour, right.matrix)
    if not same or left.matrix != UPRIGHT or abs(left.y - right.y) > _SAME_LINE:
        return False
    if _counted_differently(left.text[-1:]) or len(right.text) > 1 or _counted_differently(right.text):
        return False
    gap = right.x - (left.x + left.width)
    return len(left.text) == len(left.offsets) and -left.size < gap < _GAP * left.size


def _counted_differently(character: str) -> bool:
    return character > "\uffff"


def _join(left: Run, right: Run) -> None:
    left.offsets.append(right.x - left.x)
    left.text += right.text
    left.advance = right.advance


def _trimmed(run: Run) -> Run:
    """Without blanks at the end, which XML readers may or may not keep."""
    kept = len(run.text.rstrip())
    if kept < len(run.text) == len(run.offsets):
        run.text, run.offsets = run.text[:kept], run.offsets[:kept]
    return run


def _stroke(drawn: dict[str, Any]) -> Stroke:
    dash = drawn["dash"][0] if drawn["dash"] else ()
    return Stroke(
        segments=tuple(_segments(drawn["path"])),
        width=float(drawn["linewidth"] or 0) * MM,
        line=_colour(drawn["stroking_color"]) if drawn["stroke"] else None,
        fill=_colour(drawn["non_stroking_color"]) if drawn["fill"] else None,
        dash=tuple(float(length) * MM for length in dash),
    )


def _segments(path: Sequence[Any]) -> Iterator[tuple[str, tuple[float, ...]]]:
    for step, *points in path:
        if step == "h":
            yield "C", ()
        else:
            letter = {"m": "M", "l": "L", "c": "B"}[step]
            yield letter, tuple(coordinate * MM for point in points for coordinate in point)


def _colour(given: Any) -> Colour:
    """Grey, RGB or CMYK in fractions, as a PDF gives them."""
    parts = [given] if isinstance(given, (int, float)) else list(given or [0])
    if len(parts) == 1:
        parts *= 3
    if len(parts) == 4:
        *inks, key = parts
        parts = [1 - min(1, ink + key) for ink in inks]
    red, green, blue = (round(255 * part) for part in parts[:3])
    return red, green, blue
