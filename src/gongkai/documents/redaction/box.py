"""Where things stand on a page: boxes that cover, characters that are shown. All as fractions of the page as one sees it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from gongkai.documents.redaction.errors import CannotRedact


@dataclass(frozen=True, slots=True)
class Edges:
    """A rectangle: fractions (0–1) of the page's width and height, from its top left corner as shown (turned, cropped)."""

    left: float
    top: float
    right: float
    bottom: float

    def grown(self, x: float, y: float) -> Edges:
        return Edges(self.left - x, self.top - y, self.right + x, self.bottom + y)

    def read_across(self, turn: int) -> Edges:
        """The same in the page turned back, so that text turned by so many quarters (clockwise) reads from the left."""
        if turn == 1:
            return Edges(self.top, 1 - self.right, self.bottom, 1 - self.left)
        if turn == 2:
            return Edges(1 - self.right, 1 - self.bottom, 1 - self.left, 1 - self.top)
        if turn == 3:
            return Edges(1 - self.bottom, self.left, 1 - self.top, self.right)
        return self

    def touches(self, other: Edges) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def joined(self, other: Edges) -> Edges:
        return Edges(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    @property
    def area(self) -> float:
        return (self.right - self.left) * (self.bottom - self.top)

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def holds(self, point: tuple[float, float]) -> bool:
        return self.left < point[0] < self.right and self.top < point[1] < self.bottom


@dataclass(frozen=True, slots=True)
class Box:
    """One box that covers: page from 1, edges as fractions of it. Raises CannotRedact where it is none."""

    page: int
    left: float
    top: float
    right: float
    bottom: float

    def __post_init__(self) -> None:
        edges = (self.left, self.top, self.right, self.bottom)
        whole = all(isinstance(edge, int | float) and math.isfinite(edge) and 0 <= edge <= 1 for edge in edges)
        if not whole or self.page < 1 or self.left >= self.right or self.top >= self.bottom:
            raise CannotRedact.because("no_box")

    @property
    def edges(self) -> Edges:
        return Edges(self.left, self.top, self.right, self.bottom)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A box that the privacy scan asks for; ``note`` is what it covers, masked, ``rule`` the detector."""

    box: Box
    rule: str
    note: str


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character of a page: ``ink`` the box of its shape, ``body`` that of its line's height and its advance.

    ``new_line`` and ``space`` tell what a reader would put before it. ``seen``: the picture of the page shows it.
    ``turn``: by how many quarters, clockwise, it is turned as one sees it.
    """

    text: str
    ink: Edges
    body: Edges
    new_line: bool = False
    space: bool = False
    seen: bool = True
    turn: int = 0

    def under(self, box: Edges) -> bool:
        """Whether any of it lies there. Of the body only the core: bodies of neighbours touch, and lines stand close."""
        across, down = (self.body.right - self.body.left) / 4, (self.body.bottom - self.body.top) / 4
        return self.ink.touches(box) or self.body.grown(-across, -down).touches(box)
