"""The words of a copy: laid invisibly over its picture, so that it can be searched and copied from.

The font has no shapes and knows every character alike: which characters a page once had cannot be told from it.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from gongkai.documents.redaction.box import Edges, Glyph

#: Of the size of letters: how far two characters of one run may lie apart, and differ in height.
WIDEST_GAP, UNLIKE = 0.6, 0.25
SMALLEST, LARGEST = 1.0, 400.0
#: Where the line lies between the bottom and the top of a body.
BASELINE = 0.2


@dataclass(slots=True)
class Run:
    """Characters of one line that follow each other; the edges as `Edges.read_across` gives them."""

    text: str
    edges: Edges
    turn: int = 0


def runs(glyphs: Iterable[Glyph], covered: tuple[Edges, ...]) -> Iterator[Run]:
    """Of the characters that are seen and lie wholly outside every covered place. White space stays only between two
    that stay."""
    run: Run | None = None
    blank: Glyph | None = None
    before: Glyph | None = None
    apart = True
    for glyph in glyphs:
        if glyph.text.isspace():
            blank = glyph
            continue
        if not glyph.seen or any(glyph.under(place) for place in covered):
            apart, blank = True, None
            continue
        spaced = blank is not None or glyph.space or glyph.new_line
        apart = apart or (before is not None and _parted(before, glyph, covered))
        before = glyph
        if run is not None and not apart and not spaced and _follows(run, glyph):
            run.text += glyph.text
            run.edges = run.edges.joined(glyph.body.read_across(run.turn))
        else:
            if run is not None:
                if not apart and spaced and not glyph.new_line:
                    run.text += " "
                yield run
            run = Run(glyph.text, glyph.body.read_across(glyph.turn), glyph.turn)
        apart, blank = False, None
    if run is not None:
        yield run


def _parted(one: Glyph, other: Glyph, covered: tuple[Edges, ...]) -> bool:
    """Whether a box lies between them, be it over nothing."""
    (x, y), (u, v) = one.body.middle, other.body.middle
    span = Edges(min(x, u), min(y, v), max(x, u), max(y, v)).grown(1e-6, 1e-6)
    return any(span.touches(place) for place in covered)


def _follows(run: Run, glyph: Glyph) -> bool:
    edges, body = run.edges, glyph.body.read_across(run.turn)
    height = edges.bottom - edges.top
    if height <= 0 or glyph.turn != run.turn or body.left < edges.left:
        return False
    level = abs(body.top - edges.top) < UNLIKE * height and abs(body.bottom - edges.bottom) < UNLIKE * height
    return level and body.left - edges.right < WIDEST_GAP * height


def content(found: Iterable[Run], width: float, height: float) -> bytes:
    """The page's content: its picture, then its words, never drawn (3 Tr)."""
    lines = [b"q %s 0 0 %s 0 0 cm /I Do Q" % (_number(width), _number(height)), b"BT 3 Tr"]
    lines += [_shown(run, width, height) for run in found]
    return b"\n".join([*lines, b"ET"])


def _shown(run: Run, width: float, height: float) -> bytes:
    """One run, as wide as it was."""
    wide, high = (width, height) if run.turn % 2 == 0 else (height, width)
    size = min(max((run.edges.bottom - run.edges.top) * high, SMALLEST), LARGEST)
    reach = max((run.edges.right - run.edges.left) * wide, 0.1)
    units = len(run.text.rstrip(" ").encode("utf-16-be")) // 2
    across, up = run.edges.left * wide, high - run.edges.bottom * high + BASELINE * size
    matrix = {
        0: (1, 0, 0, 1, across, up),
        1: (0, -1, 1, 0, up, height - across),
        2: (-1, 0, 0, -1, width - across, height - up),
        3: (0, 1, -1, 0, width - up, across),
    }[run.turn]
    place = b" ".join(_number(number) for number in matrix)
    stretch = _number(100 * reach / (size * units))
    return b"/F %s Tf %s Tz %s Tm <%s> Tj" % (
        _number(size),
        stretch,
        place,
        run.text.encode("utf-16-be").hex().encode(),
    )


def _number(value: float) -> bytes:
    return f"{value:.2f}".rstrip("0").rstrip(".").encode()


#: Every code means the character of that number; pairs of them those beyond 65535.
TO_UNICODE = b"\n".join(
    [
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        b"/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange",
        b"100 beginbfrange",
        *(b"<%02X00> <%02XFF> <%02X00>" % (high, high, high) for high in range(100)),
        b"endbfrange",
        b"100 beginbfrange",
        *(b"<%02X00> <%02XFF> <%02X00>" % (high, high, high) for high in range(100, 200)),
        b"endbfrange",
        b"56 beginbfrange",
        *(b"<%02X00> <%02XFF> <%02X00>" % (high, high, high) for high in range(200, 256)),
        b"endbfrange",
        b"endcmap CMapName currentdict /CMap defineresource pop end end",
    ]
)


@cache
def font_file() -> bytes:
    """A TrueType font of one shape: a stroke without breadth across its whole field, so that readers know how large a
    character is and still have nothing to draw."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pen = TTGlyphPen(None)
    pen.moveTo((0, -200))
    pen.lineTo((1000, 800))
    pen.closePath()
    shape = pen.glyph()

    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "blank"])
    builder.setupCharacterMap({})
    builder.setupGlyf({".notdef": shape, "blank": shape})
    builder.setupHorizontalMetrics({".notdef": (1000, 0), "blank": (1000, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupOS2(sTypoAscender=800, usWinAscent=800, usWinDescent=200)
    builder.setupNameTable({"familyName": "Blank", "styleName": "Regular"})
    builder.setupPost()
    builder.font["head"].created = builder.font["head"].modified = 0
    builder.font.recalcTimestamp = False
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()
