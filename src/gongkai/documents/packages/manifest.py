"""`manifest.json`: what lies in a package, with the digests of every file. Who changes a file must change it, too, and
its own digest stands in the ledger of the office that sealed it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from cryptography.hazmat.primitives import hashes

from gongkai.documents.packages.errors import NotAPackage
from gongkai.law.texts import Text

MANIFEST = "manifest.json"
FORMAT = "gongkai-case-file/2"
#: The first form told of a file only name, title, size and digests. Packages sealed so are checked as far as that goes.
FORMATS = (FORMAT, "gongkai-case-file/1")
#: Of a manifest: ten thousand files take less.
MOST_BYTES = 16 * 1024 * 1024
MOST_FILES = 10_000
#: What a name inside may be: folders and names of plain letters, so that no reader unpacks it to another place.
SAFE_NAME = re.compile(r"(?:[0-9A-Za-z][0-9A-Za-z_.\-]{0,79}/){0,4}[0-9A-Za-z][0-9A-Za-z_.\-]{0,119}")
_HEXADECIMAL = re.compile(r"[0-9a-f]{64}")


class Digests:
    """SHA-256 and SM3 (GB/T 32905) of bytes that come in pieces."""

    def __init__(self, data: bytes = b"") -> None:
        self._sha256, self._sm3, self.size = hashlib.sha256(), hashes.Hash(hashes.SM3()), 0
        self.take(data)

    def take(self, data: bytes) -> None:
        self._sha256.update(data)
        self._sm3.update(data)
        self.size += len(data)

    def told(self) -> tuple[str, str]:
        """Both, hexadecimal; nothing can be taken in afterwards."""
        return self._sha256.hexdigest(), self._sm3.finalize().hex()


@dataclass(frozen=True, slots=True)
class Listed:
    """One file as the manifest lists it. The fields after `sm3` are empty in packages of the first form.

    `role`: record (made for the package), letter or paper; `kind`: which of them; `restriction`: why it is not given to
    readers without being looked at first (empty: nothing against it); `copy_of`: the original of a redacted copy.
    """

    name: str
    title: str
    size: int
    sha256: str
    sm3: str
    media_type: str = ""
    role: str = ""
    kind: str = ""
    restriction: str = ""
    copy_of: str = ""
    pages: int | None = None

    @property
    def as_data(self) -> dict[str, Any]:
        return {**asdict(self), "restricted": bool(self.restriction)}


@dataclass(frozen=True)
class Manifest:
    """The whole list, and what the package says of itself (`head`: agency, number, 档号 …)."""

    head: Mapping[str, Any]
    files: tuple[Listed, ...]

    @property
    def as_bytes(self) -> bytes:
        data = {**self.head, "format": FORMAT, "files": [listed.as_data for listed in self.files]}
        return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True).encode()

    def told(self, name: str) -> str:
        """A word of the head, fit to be shown; empty where it says none."""
        value = self.head.get(name)
        return shown(str(value)) if isinstance(value, str | int) else ""

    @property
    def first_form(self) -> bool:
        return self.head.get("format") == FORMATS[1]


def shown(text: str, most: int = 120) -> str:
    """What a package says, without anything that a terminal or page would act on."""
    return "".join(c for c in text[:most] if c.isprintable())


def parsed(data: bytes) -> Manifest:
    """Raises NotAPackage for whatever is no manifest of ours."""
    try:
        told = json.loads(data)
        if not isinstance(told, dict) or told.get("format") not in FORMATS:
            raise NotAPackage(Text("清单不是本系统的格式", "the manifest is of no format known here"))
        rows = told.pop("files")
        if not isinstance(rows, list) or len(rows) > MOST_FILES:
            raise NotAPackage(Text("清单中的文件过多或无法读取", "too many files in the manifest, or unreadable"))
        return Manifest(told, tuple(_listed(row) for row in rows))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise NotAPackage(Text("清单无法读取", "the manifest cannot be read")) from None


def _listed(row: Mapping[str, Any]) -> Listed:
    texts = {name: row.get(name, "") for name in ("media_type", "role", "kind", "restriction", "copy_of")}
    pages = row.get("pages")
    listed = Listed(row["name"], row["title"], row["size"], row["sha256"], row["sm3"], **texts, pages=pages)
    for text in (listed.name, listed.title, *texts.values()):
        if not isinstance(text, str):
            raise TypeError(text)
    sound = (
        SAFE_NAME.fullmatch(listed.name)
        and all(isinstance(number, int) and number >= 0 for number in (listed.size, pages or 0))
        and all(_HEXADECIMAL.fullmatch(digest) for digest in (listed.sha256, listed.sm3))
    )
    if not sound:
        raise ValueError(listed.name)
    return listed
