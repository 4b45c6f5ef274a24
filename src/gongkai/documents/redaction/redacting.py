"""Make the copy of an original: page by page a picture with the boxes burnt in, and the words that remain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from gongkai.documents.bounded import OnPage
from gongkai.documents.redaction.box import Box, Edges
from gongkai.documents.redaction.copy_file import CopiedPage, bind
from gongkai.documents.redaction.pages import POINTS, Pages, opened, page_of
from gongkai.documents.redaction.picture import covered, packed
from gongkai.documents.redaction.text_layer import content, runs

DPI = 200.0
#: Dots at 200 dpi: a character that comes so near to a box is taken to reach into it.
MARGIN = 0.5


def redact(data: bytes, boxes: Iterable[Box], dpi: float = DPI, on_page: OnPage | None = None) -> bytes:
    """The copy as PDF; the same original and boxes give the same bytes. Raises CannotRedact."""
    with opened(data) as pages:
        by_page = boxes_by_page(pages, boxes)
        return bind(_copied(pages, by_page, dpi, on_page))


def boxes_by_page(pages: Pages, boxes: Iterable[Box]) -> dict[int, tuple[Edges, ...]]:
    """The boxes of each page that has any, by its index. Raises CannotRedact for a page that is not there."""
    found: dict[int, list[Edges]] = defaultdict(list)
    for box in boxes:
        found[page_of(pages, box.page)].append(box.edges)
    return {index: tuple(edges) for index, edges in found.items()}


def _copied(
    pages: Pages, by_page: dict[int, tuple[Edges, ...]], dpi: float, on_page: OnPage | None
) -> Iterator[CopiedPage]:
    count = len(pages)
    for index in range(count):
        yield copied_page(pages, index, by_page.get(index, ()), dpi)
        if on_page is not None:
            on_page(index + 1, count)


def copied_page(pages: Pages, index: int, boxes: tuple[Edges, ...], dpi: float) -> CopiedPage:
    width, height = pages.size(index)
    image = covered(pages.picture(index, dpi), boxes)
    x, y = MARGIN / (width * DPI / POINTS), MARGIN / (height * DPI / POINTS)
    places = tuple(edges.grown(x, y) for edges in boxes)
    return CopiedPage(width, height, packed(image), content(runs(pages.glyphs(index), places), width, height))
