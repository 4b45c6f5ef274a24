"""An OFD file from its root to what each page shows. Nothing is drawn or judged here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.documents.ofd.flattening import Flattener
from gongkai.documents.ofd.items import Attachment, Item, Note, OfdFile, PageOfOfd, PictureItem
from gongkai.documents.ofd.package import Package, child, children, local, text_of
from gongkai.documents.ofd.resources import Resources, parts_named
from gongkai.documents.ofd.values import IDENTITY, Box, box, moved
from gongkai.documents.reading.errors import refuse
from gongkai.documents.reading.limits import MOST_PAGES, Allowance

if TYPE_CHECKING:
    from lxml.etree import _Element

ROOT = "OFD.xml"
A4: Box = (0, 0, 210, 297)
_ORDER = {"Background": 0, "Body": 1, "Foreground": 2}


@dataclass(frozen=True)
class _Template:
    part: str
    order: int


def parse(package: Package, allowance: Allowance, *, only: range | None = None) -> OfdFile:
    """The whole file, or of its pages only those of these numbers (from 1); the others are then empty.

    Raises UnreadableFile.
    """
    root = package.xml(package.find("", ROOT))
    bodies = children(root, "DocBody")
    documents = [_Document(package, allowance, body) for body in bodies]
    if not any(document.root is not None for document in documents):
        refuse("damaged")
    count = sum(len(document.pages) for document in documents)
    if count > MOST_PAGES:
        refuse("too_many_pages", pages=count, limit=MOST_PAGES)
    pages: list[PageOfOfd] = []
    for document in documents:
        for element in document.pages:
            wanted = only is None or len(pages) + 1 in only
            pages.append(document.page(element) if wanted else PageOfOfd(document.box, ()))
    return OfdFile(
        pages=tuple(pages),
        properties=dict(_properties(bodies[0])),
        attachments=tuple(attachment for document in documents for attachment in document.attachments()),
        signed=any(child(body, "Signatures") is not None for body in bodies),
        older_versions=any(child(body, "Versions") is not None for body in bodies),
    )


class _Document:
    """One document of the file (most files hold one)."""

    def __init__(self, package: Package, allowance: Allowance, body: _Element) -> None:
        self.package, self.allowance = package, allowance
        self.path = package.find(ROOT, text_of(body, "DocRoot")) or ""
        self.root = package.xml(self.path or None)
        common = child(self.root, "CommonData")
        self.box = box(text_of(child(common, "PageArea"), "PhysicalBox")) or A4
        self.resources = Resources().and_also(
            package, parts_named(package, self.path, common, "PublicRes", "DocumentRes")
        )
        self.pages = children(child(self.root, "Pages"), "Page")
        self.templates = dict(self._templates(common))
        self.notes = dict(self._notes())
        self.stamps = list(self._stamps(body))

    def _templates(self, common: _Element | None) -> Iterator[tuple[str, _Template]]:
        for element in children(common, "TemplatePage"):
            if part := self.package.find(self.path, element.get("BaseLoc")):
                order = _ORDER.get(element.get("ZOrder", ""), 0)
                yield (element.get("ID") or "").strip(), _Template(part, order)

    def page(self, element: _Element) -> PageOfOfd:
        path = self.package.find(self.path, element.get("BaseLoc")) or ""
        root = self.package.xml(path or None)
        if root is None:
            self.package.incomplete = True
            return PageOfOfd(self.box, (), left_out=frozenset({"missing"}))
        flattener = Flattener(self.allowance)
        resources = self.resources.and_also(self.package, parts_named(self.package, path, root, "PageRes"))
        layers = [(_layer_order(layer), layer, resources) for layer in _layers(root)]
        layers += self._template_layers(root, resources)
        layers.sort(key=lambda found: found[0])
        items: list[Item] = []
        for _, layer, known in layers:
            items += flattener.layer(layer, known)
        notes = [
            self._note(note, resources, flattener) for note in self.notes.get((element.get("ID") or "").strip(), [])
        ]
        notes += [stamp for page, stamp in self.stamps if page == (element.get("ID") or "").strip()]
        edges = box(text_of(child(root, "Area"), "PhysicalBox")) or self.box
        return PageOfOfd(edges, tuple(items), tuple(notes), tuple(flattener.unseen), frozenset(flattener.left_out))

    def _template_layers(
        self, root: _Element, resources: Resources
    ) -> Iterator[tuple[tuple[int, int], _Element, Resources]]:
        """A template's own templates are not asked for: the standard has none, and so no ring of them either."""
        for reference in children(root, "Template"):
            template = self.templates.get((reference.get("TemplateID") or "").strip())
            found = self.package.xml(template.part) if template else None
            if template is None or found is None:
                self.package.incomplete = True
                continue
            order = _ORDER.get(reference.get("ZOrder", ""), template.order)
            own = resources.and_also(self.package, parts_named(self.package, template.part, found, "PageRes"))
            for layer in _layers(found):
                yield ((order, 0) if order < 1 else (order, 1)), layer, own

    def _notes(self) -> Iterator[tuple[str, list[_Element]]]:
        """Annotations by the number of their page."""
        path = self.package.find(self.path, text_of(self.root, "Annotations"))
        for element in children(self.package.xml(path), "Page"):
            part = self.package.find(path or "", text_of(element, "FileLoc"))
            yield (element.get("PageID") or "").strip(), children(self.package.xml(part), "Annot")

    def _note(self, annotation: _Element, resources: Resources, flattener: Flattener) -> Note:
        appearance = child(annotation, "Appearance")
        edges = box(appearance.get("Boundary")) if appearance is not None else None
        outer = moved(edges[0], edges[1]) if edges else IDENTITY
        drawn = () if appearance is None else flattener.objects_of(appearance, resources, outer, None, 0)
        items = tuple(drawn) if annotation.get("Visible") != "false" else ()
        return Note(annotation.get("Type", ""), text_of(annotation, "Remark"), items)

    def _stamps(self, body: _Element) -> Iterator[tuple[str, Note]]:
        """Where seals stand, by the number of the page. Whether they are true is not asked here."""
        listed = self.package.find(ROOT, text_of(body, "Signatures"))
        for entry in children(self.package.xml(listed), "Signature"):
            path = self.package.find(listed or "", entry.get("BaseLoc")) or ""
            root = self.package.xml(path or None)
            info = child(root, "SignedInfo")
            seal = self.package.find(path, text_of(child(info, "Seal"), "BaseLoc"))
            part = seal or self.package.find(path, text_of(root, "SignedValue"))
            for stamp in children(info, "StampAnnot"):
                edges = box(stamp.get("Boundary"))
                if part and edges:
                    left, top, right, bottom = edges
                    picture = PictureItem((right - left, 0, 0, bottom - top, left, top), part, seal=True)
                    yield (stamp.get("PageRef") or "").strip(), Note("Seal", "", (picture,))

    def attachments(self) -> Iterator[Attachment]:
        path = self.package.find(self.path, text_of(self.root, "Attachments"))
        for element in children(self.package.xml(path), "Attachment"):
            part = self.package.find(path or "", text_of(element, "FileLoc"))
            yield Attachment(element.get("Name") or part or "", part)


def _layers(root: _Element) -> list[_Element]:
    return children(child(root, "Content"), "Layer")


def _layer_order(layer: _Element) -> tuple[int, int]:
    """A template in the background lies under the page's own background, one in the foreground over all."""
    return _ORDER.get(layer.get("Type", "Body"), 1), 0 if layer.get("Type") == "Foreground" else 1


def _properties(body: _Element) -> Iterator[tuple[str, str]]:
    """What the file says of itself, by the names the standard gives; custom data by their own."""
    for element in child(body, "DocInfo") if child(body, "DocInfo") is not None else ():  # type: ignore[union-attr]
        if local(element) in ("CustomDatas", "Keywords"):
            for item in element:
                yield item.get("Name") or local(item), (item.text or "").strip()
        elif element.text and element.text.strip():
            yield local(element), element.text.strip()
