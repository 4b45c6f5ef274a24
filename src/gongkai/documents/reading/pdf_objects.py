"""What is drawn on a page of a PDF, in the order it is drawn: lines, filled areas, pictures, stretches of text.

All positions are those of the page as shown: points from its upper left corner, turned as the page is turned.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

import pypdfium2.raw as c

Rect = tuple[float, float, float, float]
"""Left, top, right, bottom."""
Matrix = tuple[float, float, float, float, float, float]

_SAME: Matrix = (1, 0, 0, 1, 0, 0)
_DEEPEST, _MOST_OBJECTS, _MOST_SEGMENTS = 6, 200_000, 4_000
#: A filled area thinner than this is a line; both in points.
_THIN = 2.5
_SMALLEST_COVER = 3.0
_OPAQUE, _CLEAR, _WHITE = 250, 25, 240
_INVISIBLE = 3  # text rendering mode
_CLIP_ONLY = 7


@dataclass(frozen=True, slots=True)
class Cover:
    """Something with a body. ``order``: what is drawn before it may lie under it."""

    order: int
    rect: Rect
    picture: bool


class Doubt(IntEnum):
    """Whether text is seen, as far as it says itself. What is on nothing but a picture may be the text of the picture."""

    NONE = 0
    WHITE = 1
    """Or on a layer that may be switched off, or in a form, which may be on one: seen on a dark ground, or switched on."""
    CLEAR = 2
    """Not drawn at all."""


@dataclass(slots=True)
class Drawn:
    """Everything on one page."""

    width: float
    height: float
    horizontal: list[tuple[float, float, float]] = field(default_factory=list)
    """y, from x, to x."""
    vertical: list[tuple[float, float, float]] = field(default_factory=list)
    covers: list[Cover] = field(default_factory=list)
    texts: dict[int, tuple[int, Doubt]] = field(default_factory=dict)
    """By the address of the text object: its order, and whether it is seen."""
    count: int = 0
    paths: int = 0

    @property
    def pictured(self) -> float:
        """Which part of the page pictures take up, more or less: overlaps count twice."""
        return sum(
            max(0.0, min(r[2], self.width) - max(r[0], 0)) * max(0.0, min(r[3], self.height) - max(r[1], 0))
            for r in (cover.rect for cover in self.covers if cover.picture)
        ) / max(self.width * self.height, 1)


class View:
    """From the coordinates of a page to what is seen of it."""

    def __init__(self, page: Any) -> None:
        left, bottom, right, top = page.get_bbox()
        self.left, self.top = left, top
        self.across, self.down = max(right - left, 1e-3), max(top - bottom, 1e-3)
        self.turn = page.get_rotation() % 360
        upright = self.turn in (0, 180)
        self.width, self.height = (self.across, self.down) if upright else (self.down, self.across)

    def point(self, x: float, y: float) -> tuple[float, float]:
        u, v = x - self.left, self.top - y
        match self.turn:
            case 90:
                return self.down - v, u
            case 180:
                return self.across - u, self.down - v
            case 270:
                return v, self.across - u
        return u, v

    def rect(self, left: float, bottom: float, right: float, top: float, matrix: Matrix = _SAME) -> Rect:
        if matrix is _SAME and not self.turn:  # nearly always, and for every character
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        a, b, e, d, x, y = matrix
        points = [
            self.point(a * px + e * py + x, b * px + d * py + y)
            for px, py in ((left, bottom), (left, top), (right, bottom), (right, top))
        ]
        across, down = [p[0] for p in points], [p[1] for p in points]
        return min(across), min(down), max(across), max(down)


def drawn_on(page: Any, view: View) -> Drawn:
    """Look through the objects of a page and of the forms in it, as far as they are not beyond counting."""
    drawn = Drawn(view.width, view.height)
    raw = page.raw
    objects = (c.FPDFPage_GetObject(raw, number) for number in range(c.FPDFPage_CountObjects(raw)))
    _look(objects, _SAME, view, drawn, 0)
    return drawn


def _look(objects: Iterator[Any], matrix: Matrix, view: View, drawn: Drawn, depth: int) -> None:
    for one in objects:
        drawn.count += 1
        if drawn.count > _MOST_OBJECTS:
            return
        match c.FPDFPageObj_GetType(one):
            case c.FPDF_PAGEOBJ_TEXT:
                drawn.texts[address(one)] = (drawn.count, max(_doubt(one), Doubt.WHITE if depth else Doubt.NONE))
            case c.FPDF_PAGEOBJ_PATH:
                drawn.paths += 1
                _path(one, matrix, view, drawn)
            case c.FPDF_PAGEOBJ_IMAGE:
                drawn.covers.append(Cover(drawn.count, view.rect(*_bounds(one), matrix), True))
            case c.FPDF_PAGEOBJ_FORM if depth < _DEEPEST:
                inside = (c.FPDFFormObj_GetObject(one, n) for n in range(max(0, c.FPDFFormObj_CountObjects(one))))
                _look(inside, _times(_matrix(one), matrix), view, drawn, depth + 1)


def address(text_object: Any) -> int:
    return ctypes.cast(text_object, ctypes.c_void_p).value or 0


def _doubt(text: Any) -> Doubt:
    if c.FPDFTextObj_GetTextRenderMode(text) in (_INVISIBLE, _CLIP_ONLY):
        return Doubt.CLEAR
    red, green, blue, alpha = _fill(text)
    if alpha < _CLEAR:
        return Doubt.CLEAR
    if min(red, green, blue) > _WHITE or (c.FPDFPageObj_CountMarks(text) > 0 and _on_layer(text)):
        return Doubt.WHITE
    return Doubt.NONE


def _on_layer(one: Any) -> bool:
    name, size = ctypes.create_string_buffer(32), ctypes.c_ulong()
    for number in range(min(c.FPDFPageObj_CountMarks(one), 20)):
        mark = c.FPDFPageObj_GetMark(one, number)
        text = ctypes.cast(name, ctypes.POINTER(c.FPDF_WCHAR))
        if c.FPDFPageObjMark_GetName(mark, text, 32, size) and name.raw[:4] == "OC".encode("utf-16-le"):
            return True
    return False


def _fill(one: Any) -> tuple[int, int, int, int]:
    parts = [ctypes.c_uint() for _ in range(4)]
    if not c.FPDFPageObj_GetFillColor(one, *parts):
        return 0, 0, 0, 255
    red, green, blue, alpha = (part.value for part in parts)
    return red, green, blue, alpha


def _bounds(one: Any) -> Rect:
    parts = [ctypes.c_float() for _ in range(4)]
    c.FPDFPageObj_GetBounds(one, *parts)
    left, bottom, right, top = (part.value for part in parts)
    return left, bottom, right, top


def _matrix(one: Any) -> Matrix:
    m = c.FS_MATRIX()
    return (m.a, m.b, m.c, m.d, m.e, m.f) if c.FPDFPageObj_GetMatrix(one, m) else _SAME


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, e, d, x, y = first
    p, q, r, s, u, v = then
    return (a * p + b * r, a * q + b * s, e * p + d * r, e * q + d * s, x * p + y * r + u, x * q + y * s + v)


def _path(path: Any, matrix: Matrix, view: View, drawn: Drawn) -> None:
    fill, stroke = ctypes.c_int(), c.FPDF_BOOL()
    if not c.FPDFPath_GetDrawMode(path, fill, stroke) or not (fill.value or stroke.value):
        return
    rect = view.rect(*_bounds(path), matrix)
    across, down = rect[2] - rect[0], rect[3] - rect[1]
    if fill.value:
        if min(across, down) <= _THIN < max(across, down):
            _line(rect, drawn)
            return
        if min(across, down) >= _SMALLEST_COVER and _fill(path)[3] >= _OPAQUE:
            drawn.covers.append(Cover(drawn.count, rect, False))
    if stroke.value:
        whole = _times(_matrix(path), matrix)
        for begin, end in _segments(path):
            _line(view.rect(*begin, *end, whole), drawn)


def _line(rect: Rect, drawn: Drawn) -> None:
    """Only what runs along the page or down it."""
    left, top, right, bottom = rect
    if bottom - top <= _THIN < right - left:
        drawn.horizontal.append(((top + bottom) / 2, left, right))
    elif right - left <= _THIN < bottom - top:
        drawn.vertical.append(((left + right) / 2, top, bottom))


def _segments(path: Any) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """Straight ones; a closed figure is closed."""
    x, y = ctypes.c_float(), ctypes.c_float()
    start = at = (0.0, 0.0)
    for number in range(min(c.FPDFPath_CountSegments(path), _MOST_SEGMENTS)):
        segment = c.FPDFPath_GetPathSegment(path, number)
        c.FPDFPathSegment_GetPoint(segment, x, y)
        to = (x.value, y.value)
        kind = c.FPDFPathSegment_GetType(segment)
        if kind == c.FPDF_SEGMENT_MOVETO:
            start = to
        elif kind == c.FPDF_SEGMENT_LINETO:
            yield at, to
        at = to
        if c.FPDFPathSegment_GetClose(segment) and at != start:
            yield at, start
            at = start
