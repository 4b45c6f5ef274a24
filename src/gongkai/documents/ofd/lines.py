"""Texts that stand about on a page, put into lines and those into the order in which one reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.documents.ofd.items import TextItem
from gongkai.documents.ofd.values import Box, at, scale_of

#: In heights of the type: how far two lines of one may be apart; which gap is a blank.
_SAME_LINE, _BLANK = 0.3, 0.35
_UPRIGHT = 0.02


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    box: Box


@dataclass(slots=True)
class _Piece:
    """What stands without a gap: a text, or a part of one between blanks."""

    text: str
    left: float
    right: float
    base: float
    size: float

    @property
    def box(self) -> Box:
        return self.left, self.base - self.size, self.right, self.base + 0.2 * self.size


def lines_of(texts: Iterable[TextItem]) -> list[Line]:
    """From above to below, from left to right; what is turned comes after, each text by itself."""
    upright: list[TextItem] = []
    turned: list[TextItem] = []
    for text in texts:
        if not text.text.strip():
            continue
        (upright if _is_upright(text) else turned).append(text)
    pieces = sorted((piece for text in upright for piece in _pieces(text)), key=lambda piece: piece.base)
    rows: list[list[_Piece]] = []
    for piece in pieces:
        if rows and abs(piece.base - rows[-1][-1].base) <= _SAME_LINE * min(piece.size, rows[-1][-1].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    lines = [_line(sorted(row, key=lambda piece: piece.left)) for row in rows]
    lines += [Line(text.text, edges_of(text)) for text in turned]
    return [line for line in lines if line.text.strip()]


def edges_of(text: TextItem) -> Box:
    """A box around the text, from the places of its characters."""
    size = text.size * scale_of(text.matrix)
    places = [at(text.matrix, x, y) for _, x, y in text.characters]
    across, down = zip(*places, strict=True)
    return min(across), min(down) - size, max(across) + size, max(down) + 0.2 * size


def _is_upright(text: TextItem) -> bool:
    a, b, _, d, *_ = text.matrix
    return (
        abs(b) <= _UPRIGHT * (abs(a) or 1)
        and a > 0
        and d > 0
        and len({round(y, 1) for _, _, y in text.characters}) == 1
    )


def _pieces(text: TextItem) -> list[_Piece]:
    """The text cut where its own characters stand far apart (columns filled in as one text)."""
    size = text.size * abs(text.matrix[3])
    pieces: list[_Piece] = []
    for character, x, y in text.characters:
        left, base = at(text.matrix, x, y)
        right = left + size * _width(character)
        if pieces and left - pieces[-1].right < 2 * size:
            pieces[-1].text += character
            pieces[-1].right = right
        else:
            pieces.append(_Piece(character, left, right, base, size))
    return pieces


def _width(character: str) -> float:
    """About, in heights of the type: fonts are not asked."""
    if character in "@%mwMW":
        return 0.95
    return 0.55 if character < "\u2000" else 1


def _line(row: list[_Piece]) -> Line:
    text, end = "", None
    for piece in row:
        if end is not None and piece.left - end > _BLANK * piece.size and not text.endswith(" "):
            text += " "
        text += piece.text
        end = piece.right
    boxes = [piece.box for piece in row]
    edges = (
        min(box[0] for box in boxes), min(box[1] for box in boxes),
        max(box[2] for box in boxes), max(box[3] for box in boxes),
    )  # fmt: skip
    return Line(text.strip(), edges)
