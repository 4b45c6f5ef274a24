"""Boxes that the privacy scan asks for: around the very characters it found, a line a box."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gongkai.documents.privacy.finding import Finding
from gongkai.documents.redaction.box import Box, Edges, Glyph, Proposal
from gongkai.documents.redaction.pages import POINTS, Pages, opened
from gongkai.documents.redaction.redacting import DPI, MARGIN

#: Characters of a masked sample that must be known before it is looked for in a whole page.
LEAST_KNOWN = 2
#: A sample is looked for no further than this many times in a page.
MOST_HITS = 200
NEAR = 0.004
LONGEST_NOTE = 200


def propose(data: bytes, findings: Iterable[Finding]) -> tuple[Proposal, ...]:
    """In the order of the pages. A finding that stands nowhere on a page (hidden rows, properties) gives no box: the
    copy, made of pictures, has none of that anyhow. Raises CannotRedact."""
    asked = tuple(findings)
    with opened(data) as pages:
        found: dict[Box, Proposal] = {}
        for number in range(1, len(pages) + 1):
            here = [finding for finding in asked if finding.place.page in (None, number)]
            glyphs = pages.glyphs(number - 1) if here else ()
            for finding in here:
                for box in _boxes(pages, number, glyphs, finding):
                    found.setdefault(box, Proposal(box, finding.rule, finding.sample[:LONGEST_NOTE]))
        return tuple(sorted(found.values(), key=lambda one: (one.box.page, one.box.top, one.box.left)))


def _boxes(pages: Pages, number: int, glyphs: tuple[Glyph, ...], finding: Finding) -> Iterator[Box]:
    place = finding.place
    within = Edges(*place.box) if place.box is not None and place.page is not None else None
    hits = list(_hits(glyphs, finding.sample, within))
    for edges in hits or ([within] if within is not None else []):
        box = _with_margin(edges, number, pages.size(number - 1))
        if box is not None:
            yield box


def _hits(glyphs: tuple[Glyph, ...], sample: str, within: Edges | None) -> Iterator[Edges]:
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


def _lines(glyphs: list[Glyph]) -> Iterator[Edges]:
    line: Edges | None = None
    for glyph in glyphs:
        whole = glyph.ink.joined(glyph.body)
        if line is not None and line.top < whole.middle[1] < line.bottom and whole.left >= line.left:
            line = line.joined(whole)
        else:
            if line is not None:
                yield line
            line = whole
    if line is not None:
        yield line


def _with_margin(edges: Edges, page: int, size: tuple[float, float]) -> Box | None:
    """Grown by a dot or two and cut to the page; None where nothing of it lies there."""
    grown = edges.grown(MARGIN / (size[0] * DPI / POINTS), MARGIN / (size[1] * DPI / POINTS))
    left, top, right, bottom = (min(1.0, max(0.0, edge)) for edge in (grown.left, grown.top, grown.right, grown.bottom))
    return Box(page, left, top, right, bottom) if left < right and top < bottom else None
