"""Refused as dangerous, and kept apart: sealed, in a folder of its own, until an administrator decides (decision 0008).

The file itself is the record; the row follows it. So what is held survives whatever becomes of the form that brought
it: a transaction that is rolled back takes the row, and `adopt` writes it again. Nothing here ever stands in the way of
the refusal: what cannot be held is refused all the same.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import Error, transaction
from django.utils import timezone

from gongkai.documents import store
from gongkai.documents.errors import FileDamagedError, FileMissingError
from gongkai.documents.models import Quarantined, QuarantineState
from gongkai.law.texts import Text
from gongkai.vault.sealing import SealBroken, seal_bytes, unseal_bytes

if TYPE_CHECKING:
    from gongkai.documents.gate.refusals import Fault

logger = logging.getLogger(__name__)

#: A flood of small files fills neither the disk's table of files nor the list.
MOST_FILES = 5_000
#: The states in which the bytes are still there.
KEPT = (QuarantineState.HELD, QuarantineState.RELEASED)

#: The doors by which files come in, in words.
DOORS = {
    "application": Text("网上申请", "application form"),
    "correction": Text("申请人补充的材料", "the applicant's further papers"),
    "intake": Text("录入申请", "intake desk"),
    "case": Text("办件材料", "papers of a case"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What lies sealed beside the bytes."""

    name: str
    reason: str
    signature: str = ""
    came_by: str = ""


def hold(data: bytes, name: str, fault: Fault, *, came_by: str = "") -> bool:
    """Keep the refused file, where this fault is one for which files are kept and there is room; tells whether it is.
    The same bytes again are kept once."""
    if fault.code not in settings.QUARANTINE_REASONS:
        return False
    told = Told(name, fault.code, str(fault.facts.get("virus", ""))[:200], came_by[:60])
    digest = hashlib.sha256(data).hexdigest()
    try:
        if not _room_for(len(data)):
            logger.error("The quarantine is full; the refused file with SHA-256 %s was not kept", digest)
            return False
        _write(digest, data, told)
    except OSError as error:
        logger.error("The refused file with SHA-256 %s could not be kept: %s", digest, error)
        return False
    with contextlib.suppress(Error), transaction.atomic():  # `adopt` writes it later
        _row(digest, told, len(data))
    return True


def read(row: Quarantined) -> bytes:
    """The bytes, exactly as they came. Raises FileMissingError, FileDamagedError."""
    return _opened(row.digest)[1]


def adopt() -> None:
    """Write the rows of files that have none (their transaction was rolled back), and clear away what was destroyed but
    still lies there (the machine stopped in between)."""
    known = set(Quarantined.objects.filter(state__in=KEPT).values_list("digest", flat=True))
    for path in _files():
        if path.name in known:
            continue
        decided = (
            Quarantined.objects.filter(digest=path.name).order_by("-decided_at").values_list("decided_at", flat=True)
        )
        if (last := decided.first()) and _came_at(path) <= last:
            path.unlink(missing_ok=True)
            continue
        with contextlib.suppress(FileDamagedError, FileMissingError):
            told, data = _opened(path.name)
            _row(path.name, told, len(data))


def remove(digest: str) -> None:
    """Delete the bytes, unless another row still needs them."""
    if not Quarantined.objects.filter(digest=digest, state__in=KEPT).exists():
        path_of(digest).unlink(missing_ok=True)


def path_of(digest: str) -> Path:
    return Path(settings.QUARANTINE_FOLDER) / digest


def _row(digest: str, told: Told, size: int) -> None:
    if Quarantined.objects.filter(digest=digest, state=QuarantineState.HELD).exists():
        return
    Quarantined.objects.create(
        digest=digest, name=told.name[:200], size=size, reason=told.reason, signature=told.signature,
        came_by=told.came_by,
    )  # fmt: skip


def _write(digest: str, data: bytes, told: Told) -> None:
    head = json.dumps([told.name, told.reason, told.signature, told.came_by]).encode()
    sealed = seal_bytes(head + b"\n" + data, _place(digest))
    store.write_durably(path_of(digest), lambda file: file.write(sealed))


def _opened(digest: str) -> tuple[Told, bytes]:
    try:
        raw = unseal_bytes(path_of(digest).read_bytes(), _place(digest))
    except FileNotFoundError:
        raise FileMissingError(digest) from None
    except SealBroken:
        raise FileDamagedError(digest) from None
    head, _, data = raw.partition(b"\n")
    if hashlib.sha256(data).hexdigest() != digest:
        raise FileDamagedError(digest)
    return Told(*json.loads(head)), data


def _place(digest: str) -> str:
    return f"documents.quarantine.{digest}"


def _files() -> Iterator[Path]:
    with contextlib.suppress(FileNotFoundError):
        yield from (
            path for path in Path(settings.QUARANTINE_FOLDER).iterdir() if re.fullmatch("[0-9a-f]{64}", path.name)
        )


def _room_for(size: int) -> bool:
    """Counted in the folder, which cannot be wrong about itself; two at once may pass the bound by one file."""
    count = total = 0
    with contextlib.suppress(FileNotFoundError), os.scandir(settings.QUARANTINE_FOLDER) as entries:
        for entry in entries:
            count += 1
            total += entry.stat().st_size
    return count < MOST_FILES and total + size <= settings.QUARANTINE_MAX_BYTES


def _came_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, timezone.get_current_timezone())
