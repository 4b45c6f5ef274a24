"""The container of a stranger's OFD file: its parts by the names they call each other, and their XML, read warily."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from typing import TYPE_CHECKING

from gongkai.documents.gate.containers import UNREADABLE, check_container
from gongkai.documents.gate.kinds import OFD, guess
from gongkai.documents.gate.limits import MB
from gongkai.documents.gate.refusals import Fault
from gongkai.documents.reading.errors import UnreadableFile, refuse
from gongkai.documents.reading.limits import CONTAINER

if TYPE_CHECKING:
    from lxml.etree import XMLParser, _Element

MOST_XML = 50 * MB
"""Bytes of one XML part: as a tree it is about ten times as large."""
_UTF8_NAME = 0x800
_DTD = tuple(mark.encode(code) for mark in ("<!DOCTYPE", "<!ENTITY") for code in ("ascii", "utf-16-le", "utf-16-be"))
_DECLARED = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"'](gb2312|gbk|gb18030)[\"'][^>]*?\?>", re.IGNORECASE)


class Package:
    """Raises UnreadableFile for what is unsafe, damaged or no OFD. ``incomplete`` tells, after reading, whether a part
    that another one names was missing or broken; ``used`` are the parts that were asked for."""

    def __init__(self, data: bytes) -> None:
        try:
            kind = check_container(data, CONTAINER)
        except Fault as fault:
            raise UnreadableFile.because(fault.code, **fault.facts) from None
        if kind is not OFD:
            refuse("kind_not_read", content=guess(data))
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._entries = {_name(entry): entry for entry in self._archive.infolist() if not entry.is_dir()}
        self._folded = {name.casefold(): name for name in reversed(self._entries)}
        self.used: set[str] = set()
        self.incomplete = False

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._entries)

    def size(self, name: str) -> int:
        return self._entries[name].file_size

    def find(self, base: str, location: str | None) -> str | None:
        """The part that ``location`` names inside the part ``base``; None where there is none in this package.

        From the root with a slash, else from the folder of ``base``; many a producer means the root without a slash.
        """
        wanted = (location or "").strip().replace("\\", "/")
        if not wanted:
            return None
        folder = "" if wanted.startswith("/") else posixpath.dirname(base)
        for candidate in (posixpath.join(folder, wanted.lstrip("/")), wanted.lstrip("/")):
            path = posixpath.normpath(candidate)
            found = path if path in self._entries else self._folded.get(path.casefold())
            if found is not None:
                return found
        self.incomplete = True
        return None

    def read(self, name: str) -> bytes:
        """The bytes of a part, at most as many as it claims (the gate has compared)."""
        self.used.add(name)
        try:
            return self._archive.read(self._entries[name])
        except UNREADABLE:
            refuse("damaged")

    def xml(self, name: str | None) -> _Element | None:
        """The root of a part, or None where it is missing or no XML at all. Raises UnreadableFile for a DTD."""
        from lxml import etree

        if name is None:
            return None
        if self._entries[name].file_size > MOST_XML:
            refuse("zip_bomb")
        data = self.read(name)
        if any(mark in data for mark in _DTD):
            refuse("document_type")
        try:
            return _safe(etree.fromstring(_utf8(data), _parser()))
        except etree.XMLSyntaxError:
            self.incomplete = True
        try:  # an undeclared prefix, a stray sign: what can still be told apart is read
            return _safe(etree.fromstring(data, _parser(recover=True)))
        except etree.XMLSyntaxError:
            return None


def _parser(*, recover: bool = False) -> XMLParser:
    from lxml import etree

    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True, recover=recover
    )


def _safe(root: _Element | None) -> _Element | None:
    if root is not None and root.getroottree().docinfo.internalDTD is not None:
        refuse("document_type")
    return root


def _utf8(data: bytes) -> bytes:
    """What says it is GB 2312 is read as GB 18030, of which it is a part: names have characters from beyond it."""
    if not (declared := _DECLARED.match(data)):
        return data
    return data[declared.end() :].decode("gb18030", errors="replace").encode()


def _name(entry: zipfile.ZipInfo) -> str:
    """The name as its producer meant it: without the mark of UTF-8 it may still be UTF-8, or GB 18030."""
    name = entry.filename
    if not entry.flag_bits & _UTF8_NAME and not name.isascii():
        raw = name.encode("cp437", errors="replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/").removeprefix("./")


def local(element: _Element) -> str:
    """The tag without its namespace: producers use several, or none, or a prefix nobody declared."""
    tag = element.tag
    return re.split("[}:]", tag)[-1] if isinstance(tag, str) else ""


def children(element: _Element | None, *names: str) -> list[_Element]:
    return [] if element is None else [child for child in element if local(child) in names]


def child(element: _Element | None, name: str) -> _Element | None:
    return next(iter(children(element, name)), None)


def text_of(element: _Element | None, name: str) -> str:
    """The text of the first child of this name, without blanks around it."""
    found = child(element, name)
    return "" if found is None or found.text is None else found.text.strip()
