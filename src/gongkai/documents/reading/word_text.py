"""One paragraph of a Word file: what the page shows of it, and what it holds beside that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from gongkai.documents.reading.normal import Aside, AsideKind, Place
from gongkai.documents.reading.packages import Relation, attribute, child, local
from gongkai.documents.reading.word_styles import Styles, is_unshown, switch

if TYPE_CHECKING:
    from lxml.etree import _Element

_WRAPPERS = frozenset(
    "smartTag sdt sdtContent fldSimple customXml dir bdo ruby rubyBase oMath oMathPara subDoc hyperlink".split()
)
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
#: Where a drawing keeps words: text boxes of both drawing languages.
_BOX = "txbxContent"


@dataclass(frozen=True, slots=True)
class Mark:
    """Whose change a run belongs to."""

    kind: AsideKind | None = None
    author: str = ""


@dataclass(slots=True)
class Found:
    """A paragraph taken apart."""

    pieces: list[tuple[Mark, str]] = field(default_factory=list)
    boxes: list[_Element] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    spoken: list[str] = field(default_factory=list)
    """What is told of pictures to those who cannot see them."""

    @property
    def text(self) -> str:
        return "".join(text for mark, text in self.pieces if mark.kind in (None, AsideKind.INSERTED))

    def asides(self, place: Place) -> list[Aside]:
        """What was deleted, put in or hidden, each stretch as one; the links."""
        found = []
        for mark, pieces in groupby(self.pieces, key=lambda piece: piece[0]):
            text = "".join(text for _, text in pieces)
            if mark.kind is not None and text.strip():
                found.append(Aside(mark.kind, text, mark.author, place))
        found += [Aside(AsideKind.PROPERTY, text, "description", place) for text in self.spoken]
        return [*found, *(Aside(AsideKind.LINK, link, place=place) for link in self.links)]


class Paragraphs:
    """Takes paragraphs of one part apart, by the styles of the file and the relations of the part."""

    def __init__(self, styles: Styles, relations: dict[str, Relation]) -> None:
        self.styles = styles
        self.relations = relations

    def read(self, paragraph: _Element, *, on_white: bool = True) -> Found:
        """``on_white``: no ground of another colour lies under the paragraph."""
        found = Found()
        properties = child(paragraph, "pPr")
        hidden = self.styles.get(attribute(child(properties, "pStyle"), "val")).hidden or False
        self._walk(paragraph, Mark(), found, _Ground(hidden, on_white))
        return found

    def _walk(self, element: _Element, mark: Mark, found: Found, ground: _Ground) -> None:
        for one in element:
            name = local(one)
            if name == "r":
                self._run(one, mark, found, ground)
            elif name in ("ins", "moveTo"):
                kept = mark if mark.kind is AsideKind.DELETED else Mark(AsideKind.INSERTED, _author(one))
                self._walk(one, kept, found, ground)
            elif name in ("del", "moveFrom"):
                self._walk(one, Mark(AsideKind.DELETED, _author(one)), found, ground)
            elif name in _WRAPPERS:
                self._note_link(one, found)
                self._walk(one, mark, found, ground)
            elif name == "AlternateContent":
                self._walk(chosen(one), mark, found, ground)
            elif name == "t":  # of a formula
                found.pieces.append((mark, one.text or ""))

    def _note_link(self, element: _Element, found: Found) -> None:
        relation = self.relations.get(attribute(element, "id") or "") if local(element) == "hyperlink" else None
        if relation and relation.external:
            found.links.append(relation.target)

    def _run(self, run: _Element, mark: Mark, found: Found, ground: _Ground) -> None:
        mark = self._seen(child(run, "rPr"), mark, ground)
        for one in run:
            name = local(one)
            if name in ("t", "delText"):
                found.pieces.append((mark, one.text or ""))
            elif name in _SIGNS:
                found.pieces.append((mark, _SIGNS[name]))
            elif name == "sym":
                found.pieces.append((mark, _symbol(one)))
            elif name in ("drawing", "pict", "object", "AlternateContent"):
                self._drawing(chosen(one) if name == "AlternateContent" else one, mark, found, ground)

    def _drawing(self, drawing: _Element, mark: Mark, found: Found, ground: _Ground) -> None:
        for one in _outermost(drawing, lambda name: name == _BOX):
            found.boxes.append(one)
        for one in _outermost(drawing, lambda name: name in ("docPr", "shape")):
            names = ("descr", "title") if local(one) == "docPr" else ("alt", "title")
            found.spoken += [text for name in names if (text := (one.get(name) or "").strip())]
        if not found.boxes and any(local(one) in ("t", "tab", "br") for one in drawing):
            self._run(drawing, mark, found, ground)

    def _seen(self, properties: _Element | None, mark: Mark, ground: _Ground) -> Mark:
        """Hidden text is hidden whoever put it in; deleted text stays deleted."""
        if mark.kind is AsideKind.DELETED or (properties is None and not ground.hidden):
            return mark
        hidden = switch(child(properties, "vanish"))
        if hidden is None:
            hidden = self.styles.get(attribute(child(properties, "rStyle"), "val")).hidden
        if ground.hidden if hidden is None else hidden:
            return Mark(AsideKind.HIDDEN_TEXT)
        return Mark(AsideKind.UNSHOWN) if ground.white and is_unshown(properties) else mark


@dataclass(frozen=True, slots=True)
class _Ground:
    hidden: bool
    white: bool


def chosen(element: _Element) -> _Element:
    """Of alternatives (a new drawing and its old likeness) the first: they say the same."""
    return element[0] if len(element) else element


def _outermost(element: _Element, wanted: Callable[[str], bool]) -> list[_Element]:
    """Those elements that lie in no other such; of alternatives the first only."""
    found, waiting = [], [element]
    while waiting:
        current = waiting.pop()
        for one in reversed([chosen(current)] if local(current) == "AlternateContent" and len(current) else current):
            if wanted(local(one)):
                found.append(one)
            else:
                waiting.append(one)
    return found[::-1] if len(found) > 1 else found


def _author(element: _Element) -> str:
    return attribute(element, "author") or ""


def _symbol(element: _Element) -> str:
    code = attribute(element, "char") or ""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return chr(number) if 0x20 <= number < 0xD800 else ""
