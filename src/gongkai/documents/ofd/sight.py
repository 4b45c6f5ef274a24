"""Which texts of a page can be seen, and which are only there to be copied: white, tiny, off the page, under a box."""

from __future__ import annotations

from dataclasses import dataclass, field

from gongkai.documents.ofd.items import Ink, Item, PageOfOfd, PathItem, PictureItem, TextItem
from gongkai.documents.ofd.lines import edges_of
from gongkai.documents.ofd.values import Box, around, at, scale_of

_WHITE, _OPAQUE, _FAINT = 250, 0.9, 0.05
_TINY = 0.3
"""Millimetres: smaller type is no type."""
_BAND, _SMALL = 10.0, 0.8
"""Millimetres: how high a band is; what is smaller hides no character."""
_AROUND = 2.0
"""Millimetres by which a text may lie outside its page and still reach into it."""


@dataclass(slots=True)
class Sight:
    seen: list[TextItem] = field(default_factory=list)
    covered: list[TextItem] = field(default_factory=list)
    unshown: list[TextItem] = field(default_factory=list)
    pictures: bool = False


class _Grounds:
    """The boxes that hide what lies under them, by bands of the page: a map has thousands."""

    def __init__(self, items: list[Item], page: Box) -> None:
        self.top = page[1]
        self.last = max(0, int((page[3] - page[1]) / _BAND))
        self.bands: dict[int, list[tuple[int, Box]]] = {}
        for place, item in enumerate(items):
            edges = _ground(item)
            if edges is not None and edges[2] - edges[0] > _SMALL and edges[3] - edges[1] > _SMALL:
                for band in range(self._band(edges[1]), self._band(edges[3]) + 1):
                    self.bands.setdefault(band, []).append((place, edges))

    def _band(self, y: float) -> int:
        return max(0, min(self.last, int((y - self.top) / _BAND)))

    def over(self, point: tuple[float, float], place: int) -> bool:
        return any(other > place and _inside(point, edges) for other, edges in self._near(point))

    def under(self, point: tuple[float, float], place: int) -> bool:
        return any(other < place and _inside(point, edges) for other, edges in self._near(point))

    def _near(self, point: tuple[float, float]) -> list[tuple[int, Box]]:
        return self.bands.get(self._band(point[1]), [])


def seen_and_unseen(page: PageOfOfd) -> Sight:
    """What is drawn later lies over what was drawn before; what an annotation draws lies over all."""
    sight = Sight()
    items: list[Item] = [*page.items, *(item for note in page.notes for item in note.items if not _is_text(item))]
    grounds = _Grounds(items, page.box)
    for place, item in enumerate(items):
        if isinstance(item, PictureItem):
            sight.pictures = True
        elif isinstance(item, TextItem) and item.text.strip():
            if _hidden(item, page.box, place, grounds):
                sight.unshown.append(item)
            else:
                _divide(item, place, grounds, sight)
    return sight


def _is_text(item: Item) -> bool:
    return isinstance(item, TextItem)


def _divide(item: TextItem, place: int, grounds: _Grounds, sight: Sight) -> None:
    """Of one text only a part may lie under a box."""
    under = [grounds.over(_middle(item, x, y), place) for _, x, y in item.characters]
    if not any(under):
        sight.seen.append(item)
        return
    for whether, texts in ((True, sight.covered), (False, sight.seen)):
        kept = tuple(c for c, hidden in zip(item.characters, under, strict=True) if hidden is whether)
        if kept:
            texts.append(TextItem(item.matrix, kept, item.size, item.font, item.fill))


def _middle(item: TextItem, x: float, y: float) -> tuple[float, float]:
    return at(item.matrix, x + item.size * 0.25, y - item.size * 0.35)


def _inside(point: tuple[float, float], edges: Box) -> bool:
    return edges[0] <= point[0] <= edges[2] and edges[1] <= point[1] <= edges[3]


def _hidden(item: TextItem, page: Box, place: int, grounds: _Grounds) -> bool:
    inks = [ink for ink in (item.fill, item.stroke) if ink is not None and ink[1] > _FAINT]
    if not inks or item.size * scale_of(item.matrix) < _TINY:
        return True
    left, top, right, bottom = edges_of(item)
    if right < page[0] - _AROUND or left > page[2] + _AROUND or bottom < page[1] - _AROUND or top > page[3] + _AROUND:
        return True
    white = all(min(ink[0]) >= _WHITE for ink in inks)
    return white and not grounds.under(((left + right) / 2, (top + bottom) / 2), place)


def _ground(item: Item) -> Box | None:
    """The box that an item fills so that nothing shows through: an upright rectangle, or a picture that may not be
    transparent."""
    if isinstance(item, PictureItem):
        opaque = item.opaque > _OPAQUE and item.part.lower().endswith((".jpg", ".jpeg", ".bmp"))
        return around(item.matrix, (0, 0, 1, 1)) if opaque else None
    if isinstance(item, PathItem):
        if _is_opaque(item.fill) and (edges := _rectangle(item)):
            return edges
        return _thick_line(item)
    return None


def _is_opaque(ink: Ink | None) -> bool:
    return ink is not None and ink[1] > _OPAQUE


def _points(item: PathItem) -> list[tuple[float, float]]:
    return [
        at(item.matrix, x, y) for _, numbers in item.segments for x, y in zip(numbers[::2], numbers[1::2], strict=False)
    ]


def _rectangle(item: PathItem) -> Box | None:
    """Its edges, where it is an upright rectangle."""
    if any(letter not in "MLC" for letter, _ in item.segments) or not 4 <= len(item.segments) <= 6:
        return None
    across, down = zip(*_points(item), strict=True)
    if len({round(x, 2) for x in across}) != 2 or len({round(y, 2) for y in down}) != 2:
        return None
    return min(across), min(down), max(across), max(down)


def _thick_line(item: PathItem) -> Box | None:
    """A straight line as thick as type: a marker drawn over words."""
    half = item.width * scale_of(item.matrix) / 2
    points = _points(item)
    if not _is_opaque(item.stroke) or half < 1 or len(points) != 2:
        return None
    (x, y), (u, v) = points
    return min(x, u) - half, min(y, v) - half, max(x, u) + half, max(y, v) + half
