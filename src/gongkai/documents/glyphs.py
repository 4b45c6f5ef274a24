"""Can the fonts show every character? Asked first, for the typesetter leaves gaps in silence.

A name on an official letter must never come out as a blank: 䶮, 㛃, 𬭎 and 𫖯 are names of living people.
"""

from __future__ import annotations

import functools
import operator
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from gongkai.documents.errors import MissingGlyph, code_point
from gongkai.documents.fonts import FontRole, font_set

#: Cc, Cf, Cs: control, reordering and half characters. A font may "have" them; on paper they would hide or
#: turn text.
_INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Cs"})


def require_glyphs(texts: Iterable[tuple[FontRole, str]]) -> None:
    """Pass when the fonts of each role have every character of its texts, else raise MissingGlyph."""
    missing: dict[str, None] = {}
    for role, text in texts:
        missing.update(dict.fromkeys(missing_characters(text, role)))
    if missing:
        raise MissingGlyph(tuple(missing))


def missing_characters(text: str, role: FontRole = FontRole.BODY) -> tuple[str, ...]:
    """The characters of ``text`` that a letter cannot show, each once, in order.

    A line break is not a character.
    """
    available = _available(font_set().files[role])
    return tuple(
        character
        for character in dict.fromkeys(text)
        if character != "\n" and not (_has(available, ord(character)) and _visible(character))
    )


def _has(available: bytes, point: int) -> bool:
    return bool(available[point >> 3] >> (point & 7) & 1)


def _visible(character: str) -> bool:
    return unicodedata.category(character) not in _INVISIBLE_CATEGORIES


def spell_out(text: str) -> str:
    """The text with each character that cannot be shown written as its code point: 〔U+1F600〕.

    For quoting what an applicant wrote: an application with an emoji must still get its receipt and its
    reply. Never for names: a letter to a wrong name is refused instead (`require_glyphs`).
    """
    missing = missing_characters(text)
    if not missing:
        return text
    pattern = "[" + "".join(re.escape(character) for character in missing) + "]"
    return re.sub(pattern, lambda match: f"〔{code_point(match.group())}〕", text)


@lru_cache(maxsize=16)
def _available(files: tuple[tuple[str, int], ...]) -> bytes:
    """The code points of which at least one of the fonts has a glyph, one bit each."""
    return bytes(functools.reduce(operator.or_, bits) for bits in zip(*(_bits(*file) for file in files), strict=True))


@lru_cache(maxsize=32)
def _bits(path: str, index: int) -> bytes:
    """One bit a code point: 139 kB a font, where a set of numbers would take megabytes in every worker."""
    from fontTools.ttLib import TTFont

    bits = bytearray(0x110000 // 8)
    with TTFont(path, fontNumber=index, lazy=True) as font:
        for point in font.getBestCmap() or {}:
            bits[point >> 3] |= 1 << (point & 7)
    return bytes(bits)
