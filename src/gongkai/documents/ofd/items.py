"""What a page of an OFD file shows, flattened: every text, path and picture with its way to the page, in drawing order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gongkai.documents.ofd.values import Box, Colour, Matrix

Ink = tuple[Colour, float]
"""A colour and how opaque it is."""


@dataclass(frozen=True, slots=True)
class FontResource:
    """A font of the file: its name, and the part that holds it (None where it is not embedded)."""

    name: str
    part: str | None
    bold: bool = False


@dataclass(frozen=True, slots=True)
class TextItem:
    """One TextObject: its characters with their places before ``matrix``. ``glyphs`` says which glyphs of the font
    stand for how many characters from a place on (CGTransform), where the file says so."""

    matrix: Matrix
    characters: tuple[tuple[str, float, float], ...]
    size: float
    font: FontResource | None
    fill: Ink | None
    stroke: Ink | None = None
    wide: float = 1.0
    glyphs: Mapping[int, tuple[int, tuple[int, ...]]] = field(default_factory=dict)
    measured: bool = True
    """Whether the file says where each character stands; else the places are guessed."""

    @property
    def text(self) -> str:
        return "".join(character for character, _, _ in self.characters)


@dataclass(frozen=True, slots=True)
class PathItem:
    """One PathObject; ``segments`` are letter and coordinates before ``matrix``."""

    matrix: Matrix
    segments: tuple[tuple[str, tuple[float, ...]], ...]
    width: float
    stroke: Ink | None
    fill: Ink | None
    dash: tuple[float, ...] = ()
    even_odd: bool = False


@dataclass(frozen=True, slots=True)
class PictureItem:
    """One ImageObject: the picture in ``part`` over the unit square before ``matrix``; of a seal the picture lies
    somewhere inside the part."""

    matrix: Matrix
    part: str
    opaque: float = 1.0
    seal: bool = False


Item = TextItem | PathItem | PictureItem


@dataclass(frozen=True, slots=True)
class Note:
    """An annotation: its kind, its words, what it draws on the page."""

    kind: str
    remark: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class PageOfOfd:
    """``unseen`` are texts that the file itself calls invisible; ``left_out`` codes of what is not drawn (`preview`)."""

    box: Box
    items: tuple[Item, ...]
    notes: tuple[Note, ...] = ()
    unseen: tuple[TextItem, ...] = ()
    left_out: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    part: str | None


@dataclass(frozen=True, slots=True)
class OfdFile:
    """The whole file, all its documents one after the other."""

    pages: tuple[PageOfOfd, ...]
    properties: Mapping[str, str]
    attachments: tuple[Attachment, ...] = ()
    signed: bool = False
    older_versions: bool = False
