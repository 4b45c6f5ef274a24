"""Look through a finished copy as somebody would who wants to know what was covered. Nothing here trusts the making."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from gongkai.documents.bounded import OnPage
from gongkai.documents.gate.images import kind_of_picture
from gongkai.documents.gate.pdf import is_pdf
from gongkai.documents.redaction.anatomy import Anatomy, examined
from gongkai.documents.redaction.box import Box, Edges
from gongkai.documents.redaction.errors import StillThere
from gongkai.documents.redaction.pages import POINTS, as_pdf, bounded_dpi, opened
from gongkai.documents.redaction.redacting import boxes_by_page
from gongkai.documents.redaction.remains import PageText, read_page

#: A covered dot may be this light: near the edge JPEG rings; further in it may not.
LIGHTEST_AT_EDGE, LIGHTEST_WITHIN = 96, 12
EDGE, WITHIN = 2, 10
LOOK_DPI = 200.0
#: Points by which a page of the copy may differ.
UNLIKE = 0.51


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at, and that nothing was found. ``words``: different strings under the boxes that were looked for;
    ``repeated``: of these, how many also stand outside, where they may; ``characters``: in the text of the copy."""

    pages: int
    boxes: int
    words: int
    repeated: int
    objects: int
    streams: int
    characters: int


def verify(original: bytes, copy: bytes, boxes: Iterable[Box], on_page: OnPage | None = None) -> Verified:
    """Raises StillThere for the first thing that is wrong with the copy."""
    with opened(original) as pages:
        by_page = boxes_by_page(pages, boxes)
        sizes = [pages.size(index) for index in range(len(pages))]
    anatomy = examined(copy)
    before, words = _covered(original, by_page)
    after = _looked_through(copy, sizes, by_page, on_page)
    allowed = _compare(words, before, after, anatomy)
    _search(words, anatomy.rest)
    return Verified(
        pages=len(sizes),
        boxes=sum(len(edges) for edges in by_page.values()),
        words=len(words),
        repeated=sum(1 for word in words if allowed[word]),
        objects=anatomy.objects,
        streams=anatomy.streams,
        characters=len(after.text),
    )


@contextmanager
def _pdf(data: bytes) -> Iterator[Any]:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        yield document
    finally:
        document.close()


def _covered(original: bytes, by_page: dict[int, tuple[Edges, ...]]) -> tuple[PageText, set[str]]:
    """The original as read, and what of it lies under boxes. A picture has no words."""
    reading, said = PageText(), set[str]()
    if kind_of_picture(original):
        return reading, said
    pdf = original if is_pdf(original) else as_pdf(original)
    with _pdf(pdf) as document:
        for index in range(len(document)):
            page = document[index]
            said |= read_page(page, by_page.get(index, ()), reading)[1]
            page.close()
    return reading, said | reading.words()


def _looked_through(
    copy: bytes, sizes: list[tuple[float, float]], by_page: dict[int, tuple[Edges, ...]], on_page: OnPage | None
) -> PageText:
    """Every page of the copy: as many as before, as large; no character and nothing but black under the boxes."""
    reading = PageText()
    with _pdf(copy) as document:
        if len(document) != len(sizes):
            raise StillThere.at("pages")
        for index, size in enumerate(sizes):
            page, boxes = document[index], by_page.get(index, ())
            if any(abs(now - then) > UNLIKE for now, then in zip(page.get_size(), size, strict=True)):
                raise StillThere.at("pages")
            under, _said = read_page(page, boxes, reading)
            if under:
                raise StillThere.at("place", page=index + 1)
            if boxes:
                _require_black(page, index, boxes)
            page.close()
            if on_page is not None:
                on_page(index + 1, len(sizes))
    return reading


def _require_black(page: Any, index: int, boxes: tuple[Edges, ...]) -> None:
    bitmap = page.render(scale=bounded_dpi(page.get_size(), LOOK_DPI) / POINTS)
    image = bitmap.to_pil().convert("RGB")
    bitmap.close()
    for box in boxes:
        for inset, lightest in ((EDGE, LIGHTEST_AT_EDGE), (WITHIN, LIGHTEST_WITHIN)):
            left, right = box.left * image.width + inset, box.right * image.width - inset
            top, bottom = box.top * image.height + inset, box.bottom * image.height - inset
            if right - left < 1 or bottom - top < 1:
                continue
            part = image.crop((int(left), int(top), int(right), int(bottom)))
            if max(high for _low, high in part.getextrema()) > lightest:
                raise StillThere.at("pixels", page=index + 1)


def _compare(words: set[str], before: PageText, after: PageText, anatomy: Anatomy) -> Counter[str]:
    """No word more often than outside the boxes of the original, as read and as written in the file."""
    allowed = before.counts(words, left=True, gaps=False)
    read = after.counts(words, left=False)
    for word in words:
        if read[word] > allowed[word]:
            raise StillThere.at("text", page=_page_hint(word, anatomy))
    joined = after.counts(words, left=False, gaps=False)
    for number, text in enumerate(anatomy.contents, start=1):
        written = PageText(list("".join(text.split())))
        written.gone = written.after_gap = [False] * len(written.text)
        joined.subtract(written.counts(words, left=False, gaps=False))
        if any(joined[word] < 0 for word in words):
            raise StillThere.at("text", page=number)
    return allowed


def _page_hint(word: str, anatomy: Anatomy) -> int:
    return next((number for number, text in enumerate(anatomy.contents, start=1) if word in text), 1)


#: Bytes: a shorter pattern is met by chance.
SHORTEST_PATTERN = 6
ENCODINGS = ("utf-8", "utf-16-be", "utf-16-le", "gb18030")


def _search(words: set[str], rest: bytes) -> None:
    """In names, strings and keys of all objects: the words in every way they could be written."""
    lower = rest.lower()
    for word in words:
        for pattern in patterns(word):
            if pattern in rest or pattern.lower() in lower:
                raise StillThere.at("stream", object="—")


def patterns(word: str) -> Iterator[bytes]:
    """The word as bytes, as hexadecimal digits, and as octal escapes."""
    for encoding in ENCODINGS:
        data = word.encode(encoding)
        if len(data) >= SHORTEST_PATTERN:
            yield data
            yield data.hex().encode()
            yield b"".join(b"\\%03o" % byte for byte in data)
