"""Build a package: a zip written piece by piece, of which only one piece lies in memory.

The same pieces give the same bytes: fixed order, fixed time, not compressed (PDF and pictures do not shrink).
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import IO, Any

from gongkai.documents.packages.looking import Look, look
from gongkai.documents.packages.manifest import MANIFEST, Digests, Listed, Manifest

#: The earliest time a zip can hold: when the package was made stands in the manifest.
_TIME = (1980, 1, 1, 0, 0, 0)
#: A file that its owner reads and writes, when unpacked.
_ATTRIBUTES = 0o100600 << 16


@dataclass(frozen=True)
class Piece:
    """One file of a package with its bytes; the other fields as in `Listed`."""

    name: str
    title: str
    data: bytes
    media_type: str
    role: str = "record"
    kind: str = ""
    restriction: str = ""
    copy_of: str = ""


class PackageWriter:
    """Takes pieces in their order; `finish` writes the manifest. Nothing can be added afterwards."""

    def __init__(self, file: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_STORED)
        self.files: list[Listed] = []
        self.looks: dict[str, Look] = {}

    def __enter__(self) -> PackageWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def add(self, piece: Piece) -> Listed:
        """Write one file, and look at it while its bytes are here."""
        seen = look(piece.name, piece.media_type, piece.data, ours=piece.role != "paper")
        sha256, sm3 = Digests(piece.data).told()
        listed = Listed(
            piece.name, piece.title, len(piece.data), sha256, sm3, piece.media_type, piece.role, piece.kind,
            piece.restriction, piece.copy_of, seen.pages,
        )  # fmt: skip
        self._write(piece.name, piece.data)
        self.files.append(listed)
        self.looks[piece.name] = seen
        return listed

    def finish(self, head: Mapping[str, Any]) -> str:
        """Write the manifest; gives its SHA-256."""
        manifest = Manifest(head, tuple(self.files)).as_bytes
        self._write(MANIFEST, manifest)
        return hashlib.sha256(manifest).hexdigest()

    def _write(self, name: str, data: bytes) -> None:
        info = zipfile.ZipInfo(name, _TIME)
        info.external_attr, info.create_system = _ATTRIBUTES, 3
        self._zip.writestr(info, data)
