"""What an office file says of itself: who made it, where, when."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.documents.reading.normal import Aside, AsideKind
from gongkai.documents.reading.packages import Package, attribute, local

_CORE = frozenset(
    "creator lastModifiedBy title subject description keywords category contentStatus created modified lastPrinted "
    "revision identifier version language".split()
)
_EXTENDED = frozenset({"Application", "Company", "Manager", "Template", "HyperlinkBase"})


def package_properties(package: Package) -> dict[str, str]:
    """Of DOCX and XLSX, under the names the format gives them."""
    found: dict[str, str] = {}
    for part, wanted in (("docProps/core.xml", _CORE), ("docProps/app.xml", _EXTENDED)):
        root = package.xml(part)
        for one in () if root is None else root:
            if local(one) in wanted and (text := (one.text or "").strip()):
                found[local(one)] = text
    custom = package.xml("docProps/custom.xml")
    for one in () if custom is None else custom:
        if text := "".join(str(piece) for piece in one.itertext()).strip():
            found[attribute(one, "name") or "custom"] = text
    return found


def as_asides(properties: Mapping[str, str]) -> tuple[Aside, ...]:
    return tuple(Aside(AsideKind.PROPERTY, text, name) for name, text in properties.items())
