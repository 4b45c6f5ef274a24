"""Numbers, boxes, matrices and colours as OFD writes them. What is written wrongly counts as not written."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
Colour = tuple[int, int, int]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
#: Numbers that no page can mean.
_TOO_FAR = 1e6
MOST_STEPS = 100_000


def number(text: str | None, usual: float = 0.0) -> float:
    try:
        value = float(text or "")
    except ValueError:
        return usual
    return value if math.isfinite(value) and abs(value) < _TOO_FAR else usual


def numbers(text: str | None) -> tuple[float, ...]:
    return tuple(number(part) for part in (text or "").replace(",", " ").split())


def box(text: str | None) -> Box | None:
    """“left top width height”; None where it is no box."""
    parts = numbers(text)
    if len(parts) != 4:
        return None
    left, top, width, height = parts
    return left, top, left + width, top + height


def matrix(text: str | None) -> Matrix:
    parts = numbers(text)
    if len(parts) != 6:
        return IDENTITY
    a, b, c, d, e, f = parts
    return a, b, c, d, e, f


def times(outer: Matrix, inner: Matrix) -> Matrix:
    """First ``inner``, then ``outer``."""
    a, b, c, d, e, f = outer
    p, q, r, s, t, u = inner
    return a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f


def moved(x: float, y: float) -> Matrix:
    return 1, 0, 0, 1, x, y


def at(m: Matrix, x: float, y: float) -> tuple[float, float]:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def scale_of(m: Matrix) -> float:
    """By how much lengths grow, about."""
    return math.sqrt(abs(m[0] * m[3] - m[1] * m[2]))


def around(m: Matrix, inner: Box) -> Box:
    """The upright box around a box that was turned."""
    left, top, right, bottom = inner
    corners = [at(m, x, y) for x in (left, right) for y in (top, bottom)]
    across, down = zip(*corners, strict=True)
    return min(across), min(down), max(across), max(down)


def steps(text: str | None) -> Iterator[float]:
    """DeltaX: “g 5 3.2” stands for 3.2 five times."""
    parts = iter((text or "").replace(",", " ").split())
    given = 0
    for part in parts:
        times_over, value = 1, part
        if part.lower() == "g":
            times_over, value = int(number(next(parts, ""))), next(parts, "")
        for _ in range(min(max(times_over, 0), MOST_STEPS - given)):
            given += 1
            yield number(value)


def colour(element: _Element | None) -> tuple[Colour, float] | None:
    """Red, green, blue (0–255) and how opaque it is (0–1); grey and CMYK are reckoned over."""
    if element is None:
        return None
    parts = [_part(part) for part in (element.get("Value") or "").split()]
    opaque = number(element.get("Alpha"), 255) / 255
    match parts:
        case [grey]:
            return (grey, grey, grey), opaque
        case [red, green, blue]:
            return (red, green, blue), opaque
        case [*inks, key] if len(inks) == 3:
            red, green, blue = (255 - min(255, ink + key) for ink in inks)
            return (red, green, blue), opaque
    return (0, 0, 0), opaque


def _part(text: str) -> int:
    try:
        value = int(text[1:], 16) if text.startswith("#") else round(number(text))
    except ValueError:
        return 0
    return max(0, min(255, value))
