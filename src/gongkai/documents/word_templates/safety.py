"""What a Word file may not be or hold to be a template: anything that acts, reaches outside, or changes what is filled in."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from gongkai.documents.gate.containers import SIGNATURE, UNREADABLE, check_container
from gongkai.documents.gate.kinds import DOCX
from gongkai.documents.gate.limits import MB, Limits
from gongkai.documents.gate.refusals import Fault
from gongkai.documents.reading.errors import UnreadableFile, refuse
from gongkai.documents.reading.packages import attribute, local, parse
from gongkai.documents.word_templates.errors import TemplateRefused

if TYPE_CHECKING:
    from lxml.etree import _Element

LIMITS = Limits(size=10 * MB, entries=1_000, unpacked=50 * MB, small=10 * MB)
MOST_XML = 5 * MB
#: Fields that only count pages and point inside the document.
FIELDS = ("PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "SEQ", "REF", "PAGEREF", "STYLEREF")
_HARMLESS_LINK = re.compile(r"(https?|mailto):[^\\]*", re.IGNORECASE)
_KINDS = frozenset({
    "oleobject", "package", "control", "activexcontrolbinary", "afchunk", "subdocument", "attachedtemplate", "frame",
    "externallink", "vbaproject", "mailmergesource", "mailmergeheadersource", "recipientdata",
})  # fmt: skip
_EMBEDDED = frozenset(
    {"altChunk", "subDoc", "OLEObject", "control", "mailMerge", "frameset", "attachedTemplate", "webVideoPr"}
)
_CHANGES = frozenset({"ins", "del", "moveFrom", "moveTo", "commentReference", "comment"})
_VML = frozenset({"urn:schemas-microsoft-com:vml", "urn:schemas-microsoft-com:office:office"})
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MARK = re.compile(r"\{[{%#]")


def require_safe(data: bytes) -> None:
    """Raises TemplateRefused, or UnreadableFile for what no office file should be."""
    if not data.startswith(SIGNATURE):
        raise TemplateRefused.because("not_word")
    if len(data) > LIMITS.size:
        raise TemplateRefused.because("too_large")
    try:
        kind = check_container(data, LIMITS)
    except Fault as fault:
        raise UnreadableFile.because(fault.code, **fault.facts) from None
    if kind is not DOCX:
        raise TemplateRefused.because("not_word")
    for name, root in _parts(data):
        if name.endswith(".rels"):
            _check_relations(root)
        else:
            _check_part(root)


def _parts(data: bytes) -> Iterator[tuple[str, _Element]]:
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            name = entry.filename.lower()
            if "/embeddings/" in name or "/activex/" in name:
                raise TemplateRefused.because("embedded", what=entry.filename)
            if not name.endswith((".xml", ".rels", ".vml")):
                continue
            if entry.file_size > MOST_XML:
                raise TemplateRefused.because("too_large")
            try:
                yield name, parse(archive.read(entry))
            except (etree.XMLSyntaxError, *UNREADABLE):
                refuse("damaged")


def _check_relations(root: _Element) -> None:
    for relation in root:
        kind = (relation.get("Type") or "").rpartition("/")[2].lower()
        target = relation.get("Target") or ""
        external = (relation.get("TargetMode") or "").lower() == "external"
        if kind in _KINDS and not external:
            raise TemplateRefused.because("embedded", what=target)
        if external and not (kind == "hyperlink" and _HARMLESS_LINK.fullmatch(target)):
            raise TemplateRefused.because("external", what=target)


def _check_part(root: _Element) -> None:
    for element in root.iter():
        name = local(element)
        if name in _EMBEDDED:
            raise TemplateRefused.because("embedded", what=name)
        if name == "dataBinding":
            raise TemplateRefused.because("bound")
        if name in _CHANGES and element.tag == f"{{{_WORD}}}{name}":
            raise TemplateRefused.because("changes")
        if element.tag[1:].partition("}")[0] in _VML:
            _check_drawing(element)
    for field in _fields(root):
        _check_field(field)


def _check_drawing(element: _Element) -> None:
    """Old drawings name pictures by address, beside the relations."""
    for key, value in element.attrib.items():
        address = str(key).rpartition("}")[2] in ("src", "href", "althref") and not str(key).endswith(
            "/relationships}href"
        )
        if address and value:
            raise TemplateRefused.because("external", what=value)


def _check_field(field: str) -> None:
    word = (field.split() or [""])[0]
    if word.upper() not in FIELDS or MARK.search(field):
        raise TemplateRefused.because("field", what=field.strip()[:60], allowed="、".join(FIELDS))


def _fields(root: _Element) -> Iterator[str]:
    """The codes of all fields: those in an attribute, and those spelt out in pieces, one inside the other."""
    loose: list[str] = []
    begun: list[list[str]] = []
    for element in root.iter():
        name = local(element)
        if name == "fldSimple":
            yield attribute(element, "instr") or ""
        elif name == "fldChar":
            yield from _turn(begun, attribute(element, "fldCharType"))
        elif name in ("instrText", "delInstrText"):
            (begun[-1] if begun else loose).append(element.text or "")
    yield from ("".join(code) for code in (loose, *begun) if code)


def _turn(begun: list[list[str]], kind: str | None) -> Iterator[str]:
    """A field begins; its code is complete; it ends (some have no result, and so only an end)."""
    if kind == "begin":
        begun.append([])
    elif begun and kind in ("separate", "end"):
        if code := "".join(begun.pop()):
            yield code
        if kind == "separate":
            begun.append([])
