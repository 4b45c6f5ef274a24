"""What pages refer to by number: fonts, pictures, composite drawings and the parameters with which things are drawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from gongkai.documents.ofd.items import FontResource
from gongkai.documents.ofd.package import Package, child, children, local, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

#: Parameters may refer to others, and a hostile file lets them go round in a ring.
_DEEPEST = 8


@dataclass(frozen=True)
class Resources:
    fonts: dict[str, FontResource] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)
    units: dict[str, _Element] = field(default_factory=dict)
    parameters: dict[str, _Element] = field(default_factory=dict)

    def and_also(self, package: Package, parts: Iterable[str | None]) -> Resources:
        """With those of further resource parts; a page's own come before its document's."""
        new = Resources()
        for part in parts:
            if part is not None and (root := package.xml(part)) is not None:
                _collect(package, part, root, new)
        return replace(
            self,
            fonts=self.fonts | new.fonts,
            pictures=self.pictures | new.pictures,
            units=self.units | new.units,
            parameters=self.parameters | new.parameters,
        )

    def parameter(self, chosen: str | None, name: str) -> str | None:
        """An attribute of the drawing parameters of this number, or of those they build on."""
        for element in self._chain(chosen):
            if (value := element.get(name)) is not None:
                return value
        return None

    def parameter_child(self, chosen: str | None, name: str) -> _Element | None:
        for element in self._chain(chosen):
            if (found := child(element, name)) is not None:
                return found
        return None

    def _chain(self, chosen: str | None) -> list[_Element]:
        found: list[_Element] = []
        while chosen and len(found) < _DEEPEST and (element := self.parameters.get(chosen.strip())) is not None:
            found.append(element)
            chosen = element.get("Relative")
        return found


def _collect(package: Package, part: str, root: _Element, into: Resources) -> None:
    for group in root:
        for item in group if isinstance(group.tag, str) else ():
            number = (item.get("ID") or "").strip()
            match local(item):
                case "Font":
                    into.fonts[number] = _font(package, part, root, item)
                case "MultiMedia" if item.get("Type", "Image") == "Image":
                    if found := _inside(package, part, root, text_of(item, "MediaFile")):
                        into.pictures[number] = found
                case "CompositeGraphicUnit":
                    into.units[number] = item
                case "DrawParam":
                    into.parameters[number] = item


def _font(package: Package, part: str, root: _Element, item: _Element) -> FontResource:
    name = item.get("FontName") or item.get("FamilyName") or ""
    file = text_of(item, "FontFile")
    bold = item.get("Bold") == "true" or "bold" in name.lower()
    return FontResource(name, _inside(package, part, root, file) if file else None, bold)


def _inside(package: Package, part: str, root: _Element, location: str) -> str | None:
    """Resources lie in the folder that their list names; some producers count from the list itself."""
    folder = (root.get("BaseLoc") or "").strip().rstrip("/")
    if folder and not location.startswith("/"):
        before = package.incomplete
        if found := package.find(part, f"{folder}/{location}"):
            return found
        package.incomplete = before
    return package.find(part, location)


def parts_named(package: Package, base: str, holder: _Element | None, *names: str) -> list[str | None]:
    """The parts whose places stand in the children of these names."""
    return [package.find(base, element.text) for element in children(holder, *names)]
