"""The characters of a page of a PDF, with their places, and which of them nobody sees."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as c

from gongkai.documents.reading.errors import refuse
from gongkai.documents.reading.normal import AsideKind
from gongkai.documents.reading.pdf_objects import Cover, Doubt, Drawn, Rect, View, address

_MOST_ON_A_PAGE = 400_000
_HYPHEN, _NO_CHARACTER = 0x02, frozenset({0, 0xFFFE, 0xFFFF})
_PIXELS = 6_000_000
_ALIKE = 24
"""Of 255: a spot with no greater differences shows no letter."""
_TINY = 1.5
"""Points."""


@dataclass(slots=True)
class Glyph:
    """One character; ``rect`` is None for the blanks and line ends that are not in the file but between its words."""

    text: str
    rect: Rect | None = None
    index: int = 0
    unseen: AsideKind | None = None

    @property
    def centre(self) -> tuple[float, float]:
        left, top, right, bottom = self.rect or (0, 0, 0, 0)
        return (left + right) / 2, (top + bottom) / 2


def glyphs_of(textpage: Any, view: View) -> list[Glyph]:
    raw = textpage.raw
    count = c.FPDFText_CountChars(raw)
    if count > _MOST_ON_A_PAGE:
        refuse("too_much_text", limit=f"{_MOST_ON_A_PAGE:,}")
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    found: list[Glyph] = []
    high = 0
    for index in range(count):
        code = c.FPDFText_GetUnicode(raw, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
        high = 0
        if code in _NO_CHARACTER or code > 0x10FFFF:
            code = 0xFFFD
        if code in (10, 13, 32) and c.FPDFText_IsGenerated(raw, index):
            found.append(Glyph(chr(code)))
            continue
        c.FPDFText_GetCharBox(raw, index, left, right, bottom, top)
        rect = view.rect(left.value, bottom.value, right.value, top.value)
        found.append(Glyph("-" if code == _HYPHEN else chr(code), rect, index))
    return found


def mark_unseen(page: Any, textpage: Any, glyphs: list[Glyph], drawn: Drawn, view: View, over: list[Rect]) -> None:
    """Say of each character that is not seen why. ``over``: where annotations lie, over everything.

    Suspects are those that lie under something, are white, or may be switched off; then the page is drawn, and where
    nothing is to be seen in the place of a suspect, it is not seen: so a seal over a date hides nothing.
    """
    covers = [*drawn.covers, *(Cover(drawn.count + 1, rect, False) for rect in over)]
    suspects: list[tuple[Glyph, Rect, AsideKind]] = []
    last = max((cover.order for cover in covers), default=0)
    looking = any(order < last or doubt for order, doubt in drawn.texts.values()) or bool(over)
    for glyph in glyphs:
        if glyph.rect is None or glyph.text.isspace():
            continue
        x, y = glyph.centre
        if not (-1 <= x <= view.width + 1 and -1 <= y <= view.height + 1) or _tiny(textpage, glyph):
            glyph.unseen = AsideKind.UNSHOWN
        elif looking and (suspicion := _suspicion(textpage, glyph, drawn, covers)):
            suspects.append((glyph, *suspicion))
    if suspects:
        picture = _Picture(page, view)
        for glyph, rect, kind in suspects:
            if picture.shows_nothing(rect):
                glyph.unseen = kind


def _tiny(textpage: Any, glyph: Glyph) -> bool:
    """By the height of its line; only asked of what looks small, for stops and dashes are low."""
    if glyph.rect is None or glyph.rect[3] - glyph.rect[1] >= _TINY or glyph.rect[2] - glyph.rect[0] >= _TINY:
        return False
    box = c.FS_RECTF()
    return bool(c.FPDFText_GetLooseCharBox(textpage.raw, glyph.index, box)) and abs(box.top - box.bottom) < _TINY


def _suspicion(textpage: Any, glyph: Glyph, drawn: Drawn, covers: list[Cover]) -> tuple[Rect, AsideKind] | None:
    """Where to look, and what it would be."""
    order, doubt = drawn.texts.get(address(c.FPDFText_GetTextObject(textpage.raw, glyph.index)), (0, Doubt.NONE))
    rect = glyph.rect or (0, 0, 0, 0)
    x, y = glyph.centre
    on_picture = False
    for cover in covers:
        left, top, right, bottom = cover.rect
        if left <= x <= right and top <= y <= bottom:
            on_picture |= cover.picture
            if cover.order > order > 0:
                inner = max(rect[0], left + 1), max(rect[1], top + 1), min(rect[2], right - 1), min(rect[3], bottom - 1)
                return inner, AsideKind.COVERED
    if doubt is Doubt.CLEAR and not on_picture:
        glyph.unseen = AsideKind.UNSHOWN
        return None
    return (rect, AsideKind.UNSHOWN) if doubt else None


class _Picture:
    """The page as it is drawn, in shades of grey."""

    def __init__(self, page: Any, view: View) -> None:
        self.scale = min(2.0, (_PIXELS / max(view.width * view.height, 1)) ** 0.5)
        self.bitmap = page.render(scale=self.scale, grayscale=True, optimize_mode=None)
        self.pixels = memoryview(self.bitmap.buffer).cast("B")

    def shows_nothing(self, rect: Rect) -> bool:
        """One shade all over."""
        left, top, right, bottom = (round(edge * self.scale) for edge in rect)
        left, right = max(left, 0), min(max(right, left + 1), self.bitmap.width)
        darkest, brightest = 255, 0
        for row in range(max(top, 0), min(max(bottom, top + 1), self.bitmap.height)):
            line = bytes(self.pixels[row * self.bitmap.stride + left : row * self.bitmap.stride + right])
            if line:
                darkest, brightest = min(darkest, min(line)), max(brightest, max(line))
        return brightest - darkest <= _ALIKE
