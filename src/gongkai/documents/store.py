"""The file store: bytes by their digest, sealed at rest, written durably before the record of them commits.

Letters and papers name applicants, so the bytes lie sealed (see `vault`) for the place of their digest; whoever
copies the disk without the key reads nothing.

A file is written under a passing name, forced to disk, renamed, and its folder forced to disk too. So after
a power cut there is never a record without its file; an act that was rolled back leaves at most an orphan
file.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO

from django.conf import settings

from gongkai.documents.errors import FileDamagedError, FileMissingError
from gongkai.documents.models import Document
from gongkai.vault.sealing import PIECE, SealBroken, seal_bytes, seal_file, unseal_bytes, unseal_file

#: How a file is called until it is written to the end.
DRAFT = ".draft-"


def keep(data: bytes, *, name: str, media_type: str) -> Document:
    """Keep the bytes and return their record. The same bytes again give the same record, with its first
    name.

    Raises OSError where the disk refuses; then there is no record.
    """
    digest = put(data)
    document, _ = Document.objects.get_or_create(
        digest=digest, defaults={"size": len(data), "media_type": media_type, "name": name}
    )
    return document


def put(data: bytes) -> str:
    """The bytes alone, durably; gives their digest. Until there is a record of it the file is an orphan."""
    digest = hashlib.sha256(data).hexdigest()
    path = path_of(digest)
    if not _intact(path, digest):
        sealed = seal_bytes(data, _place(digest))
        write_durably(path, lambda file: file.write(sealed))
    return digest


def record_all(documents: Iterable[Document]) -> dict[str, Document]:
    """The records of files that were `put`, by their digests; those that are new are written together."""
    wanted = {document.digest: document for document in documents}
    known = {row.digest: row for row in Document.objects.filter(digest__in=list(wanted))}
    missing = [document for digest, document in wanted.items() if digest not in known]
    if missing:
        Document.objects.bulk_create(missing, ignore_conflicts=True)
        rows = Document.objects.filter(digest__in=[document.digest for document in missing])
        known |= {row.digest: row for row in rows}
    return known


def keep_file(file: IO[bytes], *, name: str, media_type: str) -> Document:
    """As `keep`, for a file that may be larger than memory: it is hashed, then sealed, piece by piece."""
    digest, size = _hashed(file)
    file.seek(0)
    write_durably(path_of(digest), lambda sealed: seal_file(file, sealed, _place(digest)))
    document, _ = Document.objects.get_or_create(
        digest=digest, defaults={"size": size, "media_type": media_type, "name": name}
    )
    return document


def copy_out(document: Document, file: IO[bytes]) -> None:
    """As `read`, into an empty file, piece by piece; the file stands at its beginning afterwards. Raises as `read` does,
    and then the file holds nothing that may be used."""
    try:
        with path_of(document.digest).open("rb") as sealed:
            unseal_file(sealed, file, _place(document.digest))
    except FileNotFoundError:
        raise FileMissingError(document.digest) from None
    except SealBroken:
        file.seek(0)
        file.truncate()
        file.write(read(document))  # from before the seal
    if _hashed(file)[0] != document.digest:
        raise FileDamagedError(document.digest)
    file.seek(0)


def _hashed(file: IO[bytes]) -> tuple[str, int]:
    """SHA-256 and size of the whole file."""
    digest, size = hashlib.sha256(), 0
    file.seek(0)
    while piece := file.read(PIECE):
        digest.update(piece)
        size += len(piece)
    return digest.hexdigest(), size


def read(document: Document) -> bytes:
    """The bytes, exactly as they were kept.

    Raises FileMissingError, or FileDamagedError when the bytes no longer have the digest.
    """
    try:
        raw = path_of(document.digest).read_bytes()
    except FileNotFoundError:
        raise FileMissingError(document.digest) from None
    data = _opened(raw, document.digest)
    if data is None:
        raise FileDamagedError(document.digest)
    return data


def _place(digest: str) -> str:
    return f"documents.store.{digest}"


def _opened(raw: bytes, digest: str) -> bytes | None:
    """The bytes that have this digest; None where these are not they. Files from before the seal lie as they are."""
    try:
        data = unseal_bytes(raw, _place(digest))
    except SealBroken:
        data = raw
    return data if hashlib.sha256(data).hexdigest() == digest else None


def path_of(digest: str) -> Path:
    """Where the file with this digest lies: 256 folders, so that none grows too large."""
    return Path(settings.DOCUMENT_STORE) / digest[:2] / digest


def _intact(path: Path, digest: str) -> bool:
    """Whether the file is there and undamaged; `keep` has the true bytes and mends a damaged one."""
    try:
        return _opened(path.read_bytes(), digest) is not None
    except FileNotFoundError:
        return False


def write_durably(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    """Under a passing name, forced to disk, renamed, its folder forced to disk."""
    _make_folder(path.parent)
    descriptor, draft = tempfile.mkstemp(prefix=DRAFT, dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    _force_to_disk(path.parent)


def _make_folder(folder: Path) -> None:
    """Make the folder, for its owner only (letters hold personal data), and force it to disk."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    _force_to_disk(folder.parent)


def _force_to_disk(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
