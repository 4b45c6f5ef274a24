"""Boxes that the privacy scan asks for: around the very characters it found, a line a box."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gongkai.documents.privacy.finding import Finding
from gongkai.documents.reading.normal import SEEN
from gongkai.documents.redaction.box import Box, Edges, Glyph, Proposal
from gongkai.documents.redaction.pages import POINTS, Pages, opened
from gongkai.documents.redaction.redacting import DPI

#: Characters of a masked sample that must be known before it is looked for in a whole page.
LEAST_KNOWN = 2
#: A sample is looked for no further than this many times in a page.
MOST_HITS = 200
NEAR = 0.004
#: Dots at 200 dpi around what is covered, where no other character stands so near.
MARGIN = 1.5
LONGEST_NOTE = 200


def propose(data: bytes, findings: Iterable[Finding]) -> tuple[Proposal, ...]:
    """In the order of the pages. A finding that stands nowhere on a page (hidden rows, properties) gives no box: the
    copy, made of pictures, has none of that anyhow. Raises CannotRedact."""
    asked = tuple(finding for finding in findings if _on_a_page(finding))
    with opened(data) as pages:
        found: dict[Box, Proposal] = {}
        for number in range(1, len(pages) + 1):
            here = [finding for finding in asked if finding.place.page in (None, number)]
            glyphs = pages.glyphs(number - 1) if here else ()
            for finding in here:
                for box in _boxes(pages, number, glyphs, finding):
                    found.setdefault(box, Proposal(box, finding.rule, finding.sample[:LONGEST_NOTE]))
        return tuple(sorted(found.values(), key=lambda one: (one.box.page, one.box.top, one.box.left)))


def _on_a_page(finding: Finding) -> bool:
    """Properties, hidden rows and the like are in the file, not on its pages."""
    return finding.beside is None or finding.beside in SEEN or finding.place.box is not None


def _boxes(pages: Pages, number: int, glyphs: tuple[Glyph, ...], finding: Finding) -> Iterator[Box]:
    place, size = finding.place, pages.size(number - 1)
    x, y = MARGIN / (size[0] * DPI / POINTS), MARGIN / (size[1] * DPI / POINTS)
    within = Edges(*place.box) if place.box is not None and place.page is not None else None
    hits = [_clear_of_others(line, glyphs, x, y) for line in _hits(glyphs, finding.sample, within)]
    for edges in hits or ([within.grown(x, y)] if within is not None else []):
        if box := _on_the_page(edges, number):
            yield box


def _clear_of_others(line: list[Glyph], glyphs: tuple[Glyph, ...], x: float, y: float) -> Edges:
    """Around the shapes of these characters, with the margin; halfway only to one that stands nearer."""
    edges = line[0].ink
    for glyph in line:
        edges = edges.joined(glyph.ink)
    left, right = edges.left - x, edges.right + x
    for ink in (glyph.ink for glyph in glyphs):
        if ink.top < edges.bottom and edges.top < ink.bottom:
            if left - x < ink.right <= edges.left:
                left = max(left, (ink.right + edges.left) / 2)
            if edges.right <= ink.left < right + x:
                right = min(right, (ink.left + edges.right) / 2)
    return Edges(left, edges.top - y, right, edges.bottom + y)


def _hits(glyphs: tuple[Glyph, ...], sample: str, within: Edges | None) -> Iterator[list[Glyph]]:
    """Where the masked sample fits, each line of it by itself."""
    pattern = _pattern(sample, at_all=within is not None)
    if pattern is None:
        return
    area = within.grown(NEAR, NEAR) if within is not None else None
    shown = [
        glyph
        for glyph in glyphs
        if not glyph.text.isspace() and glyph.seen and (area is None or area.holds(glyph.body.middle))
    ]
    text = "".join(glyph.text for glyph in shown)
    for count, hit in enumerate(pattern.finditer(text)):
        if count == MOST_HITS:
            return
        yield from _lines(shown[hit.start() : hit.end()])


def _pattern(sample: str, *, at_all: bool) -> re.Pattern[str] | None:
    """The sample with its stars as any character; None where it says too little."""
    squeezed = re.sub(r"\s", "", sample)
    if len(squeezed.replace("*", "")) < (1 if at_all else LEAST_KNOWN):
        return None
    if "@" in squeezed:  # of addresses the stars do not tell the length
        parts = re.split(r"\*+", squeezed)
        return re.compile("[A-Za-z0-9._%+-]{0,64}".join(re.escape(part) for part in parts))
    return re.compile("".join("." if character == "*" else re.escape(character) for character in squeezed))


def _lines(glyphs: list[Glyph]) -> Iterator[list[Glyph]]:
    line: list[Glyph] = []
    for glyph in glyphs:
        last = line[-1].body if line else None
        if last is not None and not (last.top < glyph.body.middle[1] < last.bottom and glyph.body.left >= last.left):
            yield line
            line = []
        line.append(glyph)
    if line:
        yield line


def _on_the_page(edges: Edges, page: int) -> Box | None:
    """Cut to the page; None where nothing of it lies there."""
    left, top, right, bottom = (min(1.0, max(0.0, edge)) for edge in (edges.left, edges.top, edges.right, edges.bottom))
    return Box(page, left, top, right, bottom) if left < right and top < bottom else None
