"""The shapes of characters: from the file's own fonts where these can be read, else from the bundled ones."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from gongkai.documents.fonts import BUNDLED
from gongkai.documents.ofd.items import FontResource
from gongkai.documents.ofd.package import Package

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

_SERIF, _SERIF_BOLD, _SANS = "NotoSerifSC-Regular.ttf", "NotoSerifSC-Bold.ttf", "NotoSansSC-Medium.ttf"
_SANS_NAMES = ("黑", "hei", "sans", "arial", "helvetica")


@dataclass(frozen=True, slots=True)
class Shape:
    """One glyph: a key for keeping it, its font, its name there, its advance and the units of the em."""

    key: tuple[str, str]
    face: Face
    name: str

    def draw(self, pen: Any) -> None:
        self.face.glyphs[self.name].draw(pen)

    @property
    def unit(self) -> int:
        return self.face.unit


class Face:
    """One font file. Raises whatever a hostile font makes the library raise."""

    def __init__(self, name: str, font: TTFont) -> None:
        self.name = name
        self.unit = int(font["head"].unitsPerEm) or 1000
        self.order = font.getGlyphOrder()
        self.map: dict[int, str] = font.getBestCmap() or {} if "cmap" in font else {}
        self.glyphs = font.getGlyphSet()

    def of_character(self, character: str) -> Shape | None:
        name = self.map.get(ord(character))
        return self._shape(name) if name else None

    def of_number(self, number: int) -> Shape | None:
        return self._shape(self.order[number]) if 0 <= number < len(self.order) else None

    def _shape(self, name: str) -> Shape:
        return Shape((self.name, name), self, name)


class Faces:
    """The fonts of one file, opened as they are needed. ``left_out`` tells what could not be shown as it is meant."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.left_out: set[str] = set()
        self._own: dict[str, Face | None] = {}

    def shape(self, character: str, font: FontResource | None) -> Shape | None:
        """The character in its own font, else in a bundled one; None where no font has it."""
        own = self.own(font)
        found = (own.of_character(character) if own else None) or self.bundled(font).of_character(character)
        if found is None and not character.isspace():
            self.left_out.add("glyph")
        return found

    def numbered(self, number: int, font: FontResource | None) -> Shape | None:
        own = self.own(font)
        return own.of_number(number) if own else None

    def own(self, font: FontResource | None) -> Face | None:
        if font is None or font.part is None:
            return None
        if font.part not in self._own:
            self._own[font.part] = self._opened(font.part)
        return self._own[font.part]

    def _opened(self, part: str) -> Face | None:
        from fontTools.ttLib import TTFont

        data = self.package.read(part)
        try:
            return Face(part, TTFont(io.BytesIO(data), fontNumber=0, lazy=True))
        except Exception:  # a font of a stranger: the library may raise anything, and the text is shown all the same
            self.left_out.add("font")
            return None

    def bundled(self, font: FontResource | None) -> Face:
        name = font.name.lower() if font else ""
        if any(part in name for part in _SANS_NAMES):
            return _bundled(_SANS)
        return _bundled(_SERIF_BOLD if font and font.bold else _SERIF)


@lru_cache(maxsize=3)
def _bundled(file: str) -> Face:
    """Opened once in a process; in memory, for a worker is not to hold files open."""
    from fontTools.ttLib import TTFont

    return Face(file, TTFont(io.BytesIO((BUNDLED / file).read_bytes()), lazy=True))
