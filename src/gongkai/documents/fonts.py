"""Fonts by role: the agency's own folder, then the machine's, then the bundled open ones.

GB/T 9704-2012 wants 仿宋, 小标宋, 黑体 and 宋体. Those fonts are sold, so they cannot be shipped; an office
that owns them puts them into its font folder (``FONT_FOLDER``), and any other office gets the bundled Noto
fonts. Whatever comes first, each list ends in Noto, so that a rare name is shown character by character
where need be.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.conf import settings

from gongkai.documents.errors import FontsMissingError

if TYPE_CHECKING:
    from typst import FontInfo, Fonts

BUNDLED = Path(__file__).parent / "fonts"


class FontRole(StrEnum):
    """What a font is for."""

    BODY = "body"
    TITLE = "title"
    HEADING = "heading"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class _Wish:
    """Which family names serve a role, the bundled family that always does, and the weight it is set in."""

    names: re.Pattern[str]
    bundled: str
    weight: int


_WISHES: Mapping[FontRole, _Wish] = MappingProxyType(
    {
        FontRole.BODY: _Wish(re.compile(r"fang ?song|仿宋", re.IGNORECASE), "Noto Serif SC", 400),
        FontRole.TITLE: _Wish(re.compile(r"xiao ?biao ?song|小标宋", re.IGNORECASE), "Noto Serif SC", 700),
        FontRole.HEADING: _Wish(re.compile(r"^(sim|st)hei|黑体", re.IGNORECASE), "Noto Sans SC", 500),
        FontRole.NUMBER: _Wish(re.compile(r"^(n?sim|st)sun|^宋体", re.IGNORECASE), "Noto Serif SC", 400),
    }
)


@dataclass(frozen=True)
class FontSet:
    """The fonts of this machine by role: ``families`` are names, best first, ``files`` theirs."""

    library: Fonts
    families: Mapping[FontRole, tuple[str, ...]]
    files: Mapping[FontRole, tuple[tuple[str, int], ...]]

    @staticmethod
    def weight(role: FontRole) -> int:
        """The weight (100–900) in which the role is set."""
        return _WISHES[role].weight


def font_set() -> FontSet:
    """The fonts of this installation. Raises FontsMissingError when the bundled ones are not in place."""
    return _font_set(str(settings.FONT_FOLDER), str(BUNDLED))


@lru_cache(maxsize=4)
def _font_set(agency_folder: str, bundled_folder: str) -> FontSet:
    import typst  # imported where used: a page that makes no letter does not pay for it

    folders = [Path(folder) for folder in (agency_folder, bundled_folder) if folder]
    library = typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=folders)
    known = [font for font in library.fonts() if font.path and font.style == "normal"]
    if missing := {wish.bundled for wish in _WISHES.values()} - {font.family for font in known}:
        raise FontsMissingError(f"{bundled_folder} ({', '.join(sorted(missing))})")
    families = {role: _families(wish, known, agency_folder) for role, wish in _WISHES.items()}
    files = {
        role: tuple(file for family in names for file in _files(family, _WISHES[role].weight, known))
        for role, names in families.items()
    }
    return FontSet(library, families, files)


def _families(wish: _Wish, known: list[FontInfo], agency_folder: str) -> tuple[str, ...]:
    """The families that serve: the agency's first, then the machine's, then the bundled one."""
    fitting = [font for font in known if wish.names.search(font.family)]
    own = {f.family for f in fitting if agency_folder and Path(str(f.path)).is_relative_to(agency_folder)}
    others = {font.family for font in fitting} - own
    return (*sorted(own), *sorted(others), wish.bundled)


def _files(family: str, weight: int, known: list[FontInfo]) -> list[tuple[str, int]]:
    """File and index in it of the family's font that is nearest to the weight."""
    of_family = [font for font in known if font.family == family]
    nearest = min(abs(font.weight - weight) for font in of_family)
    return [(str(font.path), font.index) for font in of_family if abs(font.weight - weight) == nearest][:1]
