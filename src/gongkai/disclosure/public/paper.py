"""An item as a paper: the one content of which Word and PDF are made, read from its kept text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from lxml import etree, html

from gongkai.agencies.selectors import day_of
from gongkai.disclosure.public.one_item import Shown
from gongkai.documents.letter import chinese_date

#: What a mark of the text makes of its words.
_MARKS = {"strong": "bold", "em": "italic", "u": "under", "sup": "sup", "sub": "sub"}
_HEADINGS = {"h2": 2, "h3": 3, "h4": 4}
_CONTAINERS = ("blockquote", "thead", "tbody", "tfoot")


@dataclass(frozen=True, slots=True)
class Run:
    """Words with their marks (values of `_MARKS`)."""

    text: str
    marks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph, a heading (`level` 2 to 4) or an item of a list (`marker`: its number or dot)."""

    runs: tuple[Run, ...]
    level: int = 0
    marker: str = ""
    depth: int = 0
    align: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    lines: tuple[Words, ...]
    columns: int = 1
    rows: int = 1
    head: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    rows: tuple[tuple[Cell, ...], ...]
    width: int
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the item by its digest."""

    digest: str
    words: str


Block = Words | Table | Picture


@dataclass(frozen=True)
class Paper:
    """What stands on the paper, from top to bottom. `told`: the metadata, in pairs."""

    title: str
    told: Sequence[tuple[str, str]]
    note: str
    blocks: Sequence[Block]
    files: Sequence[str]
    digest: str
    agency: str
    day: tuple[int, int, int]
    pictures: Mapping[str, bytes] = field(default_factory=dict)


def paper_of(shown: Shown, pictures: Mapping[str, bytes]) -> Paper:
    """The paper of an item. ``pictures``: the bytes of those that stand in its text."""
    item, revision = shown.item, shown.revision
    published = day_of(item.published_at) if item.published_at else revision.made_on
    assert published is not None
    made = chinese_date(revision.made_on) if revision.made_on else ""
    told = [
        ("索引号", item.index_number or ""),
        ("发文字号", revision.document_number),
        ("发文机关", "、".join([revision.issuer_name or item.agency.name, *revision.joint_issuers])),
        ("成文日期", made),
        ("发布日期", chinese_date(published)),
    ]
    files = [one.name for one in shown.attachments if one.document.digest not in pictures]
    return Paper(
        revision.title, [(label, said) for label, said in told if said], revision.title_note,
        list(blocks_of(revision.body)), files, revision.digest, item.agency.name,
        (published.year, published.month, published.day), pictures,
    )  # fmt: skip


def blocks_of(body: str) -> Iterator[Block]:
    """The kept text of an item, block by block."""
    if body.strip():
        yield from _blocks(html.fragment_fromstring(body, create_parent="div"), 0)


def _blocks(parent: etree._Element, depth: int) -> Iterator[Block]:
    for element in parent:
        tag = str(element.tag)
        if tag in ("ul", "ol"):
            yield from _list(element, depth)
        elif tag == "table":
            yield _table(element)
        elif tag == "figure":
            yield from _figure(element)
        elif tag in _CONTAINERS:
            yield from _blocks(element, depth)
        else:
            yield from _pictures(element)
            if runs := _runs(element):
                yield Words(runs, _HEADINGS.get(tag, 0), depth=depth, align=_align(element))


def _list(element: etree._Element, depth: int) -> Iterator[Block]:
    start = element.get("start", "1")
    number = int(start) if start.isascii() and start.isdecimal() and len(start) < 9 else 1
    for place, item in enumerate(element.iterchildren("li")):
        marker = f"{number + place}." if element.tag == "ol" else "·"
        yield Words(_runs(item), marker=marker, depth=depth + 1)
        for inner in item:
            if inner.tag in ("ul", "ol"):
                yield from _list(inner, depth + 1)


def _table(element: etree._Element) -> Table:
    rows = tuple(
        tuple(_cell(cell) for cell in row if cell.tag in ("td", "th")) for row in element.iter("tr") if len(row)
    )
    caption = element.find("caption")
    words = "" if caption is None else "".join(cast(Iterator[str], caption.itertext())).strip()
    width = max((sum(cell.columns for cell in row) for row in rows), default=1)
    return Table(rows, width, words)


def _cell(element: etree._Element) -> Cell:
    inner = [words for words in _blocks(element, 0) if isinstance(words, Words)] if len(element) else []
    own = _runs(element, shallow=True)
    lines = (*((Words(own),) if own else ()), *inner) if any(_is_block(child) for child in element) else ()
    return Cell(
        lines or (Words(_runs(element)),), _span(element, "colspan"), _span(element, "rowspan"), element.tag == "th"
    )


def _is_block(element: etree._Element) -> bool:
    return element.tag in ("p", "ul", "ol", "blockquote", *_HEADINGS)


def _span(element: etree._Element, name: str) -> int:
    said = element.get(name, "1")
    return max(1, min(int(said), 60)) if said.isascii() and said.isdecimal() and len(said) < 5 else 1


def _figure(element: etree._Element) -> Iterator[Block]:
    yield from _pictures(element)
    for caption in element.iter("figcaption"):
        yield Words(_runs(caption), align="center")


def _pictures(element: etree._Element) -> Iterator[Picture]:
    for image in element.iter("img"):
        source = image.get("src", "")
        if source.startswith("attachment:"):
            yield Picture(source.removeprefix("attachment:"), image.get("alt", ""))


def _align(element: etree._Element) -> str:
    return (element.get("class") or "").partition("align-")[2].partition(" ")[0]


def _runs(element: etree._Element, *, shallow: bool = False) -> tuple[Run, ...]:
    """The words of a block with their marks; those of blocks inside it (a list in an item) are not its own."""
    found = [run for run in _marked(element, frozenset(), shallow) if run.text]
    if found:
        found[0] = Run(found[0].text.lstrip(), found[0].marks)
        found[-1] = Run(found[-1].text.rstrip(), found[-1].marks)
    return tuple(run for run in found if run.text)


def _marked(element: etree._Element, marks: frozenset[str], shallow: bool) -> Iterator[Run]:
    yield Run(_one_line(element.text), marks)
    for child in element:
        tag = str(child.tag)
        if tag == "br":
            yield Run("\n", marks)
        elif tag not in ("ul", "ol", "table", "img") and not (shallow and _is_block(child)):
            yield from _marked(child, marks | {_MARKS[tag]} if tag in _MARKS else marks, shallow)
        yield Run(_one_line(child.tail), marks)


def _one_line(text: str | None) -> str:
    """White space as a browser shows it."""
    if not text:
        return ""
    words = " ".join(text.split())
    return f"{' ' if text[0].isspace() else ''}{words}{' ' if text[-1].isspace() and words else ''}"
