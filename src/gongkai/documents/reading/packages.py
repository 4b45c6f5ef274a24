"""The parts of DOCX and XLSX: opened only after the gate's checks, parsed without entities and without the network."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from gongkai.documents.reading.errors import refuse

if TYPE_CHECKING:
    from lxml.etree import XMLParser, _Element

_MARKS = tuple(
    mark.encode(encoding) for mark in ("<!DOCTYPE", "<!ENTITY") for encoding in ("utf-8", "utf-16-le", "utf-16-be")
)
_USUAL = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@cache
def parser() -> XMLParser:
    """Nothing is fetched, nothing expanded; depth and length stay under the library's own bounds."""
    from lxml import etree

    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip


def parse(data: bytes) -> _Element:
    """Raises UnreadableFile for XML with a document type, which office files never have; what is no XML raises as it
    does in the library."""
    from lxml import etree

    refuse_document_type(data)
    return etree.fromstring(data, parser())


def refuse_document_type(data: bytes) -> None:
    if any(mark in data for mark in _MARKS):
        refuse("document_type")


def local(element: _Element) -> str:
    """A name without its namespace: strict and transitional files differ only in that."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: _Element | None, name: str) -> str | None:
    """An attribute by its local name, whatever its namespace."""
    if element is None:
        return None
    value: object = element.get(_USUAL + name)  # by far the most, and by far the quickest way
    if value is None:
        value = next((found for key, found in element.attrib.items() if str(key).rpartition("}")[2] == name), None)
    return None if value is None else str(value)


def child(element: _Element | None, *names: str) -> _Element | None:
    """The first child of that name, its first child of the next, and so on."""
    for name in names:
        if element is None:
            return None
        element = next(element.iterchildren("{*}" + name), None)
    return element


@dataclass(frozen=True, slots=True)
class Relation:
    """Where one part points: ``kind`` is the last word of its type, ``target`` a part or, if external, an address."""

    kind: str
    target: str
    external: bool


class Package:
    """An Office Open XML file that has passed `kinds.kind_of`."""

    def __init__(self, data: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self.names = {name.lower(): name for name in self._archive.namelist()}

    def has(self, name: str) -> bool:
        return name.lower() in self.names

    def read(self, name: str) -> bytes:
        return self._archive.read(self.names[name.lower()])

    def xml(self, name: str) -> _Element | None:
        """None where there is no such part."""
        return parse(self.read(name)) if self.has(name) else None

    def matching(self, pattern: str) -> Iterator[str]:
        """The names of parts, in the order of their numbers."""
        found = [name for name in self.names.values() if re.fullmatch(pattern, name, re.IGNORECASE)]
        yield from sorted(found, key=lambda name: (len(name), name))

    def relations(self, part: str) -> dict[str, Relation]:
        """By their ids; of the package itself for the part ""."""
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = {}
        for one in () if root is None else root.iter(_RELATION):
            target, external = one.get("Target") or "", one.get("TargetMode") == "External"
            if not external:
                target = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                target = posixpath.normpath(target)
            found[one.get("Id") or ""] = Relation((one.get("Type") or "").rpartition("/")[2], target, external)
        return found

    def main(self) -> str:
        """The part everything else hangs on."""
        relations = self.relations("").values()
        return next((one.target for one in relations if one.kind == "officeDocument"), "")
