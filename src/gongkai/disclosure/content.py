"""What a revision says, as one value: what is reviewed, signed, published and searched is this and nothing else."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from gongkai.disclosure.models import Revision

#: Every column of a revision that the public reads, or that decides what the public reads.
SIGNED = (
    "purpose", "reason", "title", "body", "summary", "document_number", "issuer_name", "joint_issuers", "made_on",
    "formed_on", "in_force_from", "last_day", "document_class", "title_note", "subject", "genre", "keywords", "open_type",
    "source", "author", "audience", "form",
)  # fmt: skip


def content_of(revision: Revision) -> dict[str, Any]:
    """The content as plain values: the signed columns, column, interpreted items and attachments by their digests."""
    files = [(each.name, each.document.digest) for each in revision.attachments.select_related("document")]
    return _told(revision, sorted(revision.interprets.values_list("pk", flat=True)) if revision.pk else [], files)


def digest_of(revision: Revision) -> str:
    """SHA-256 over the content: any change of it voids the reviews."""
    return _digest(content_of(revision))


def digest_of_new(revision: Revision, files: Iterable[tuple[str, str]]) -> str:
    """The same of a revision that is not written yet, whose files (name, SHA-256) will be these and which interprets
    nothing."""
    return _digest(_told(revision, [], files))


def _told(revision: Revision, interprets: list[int], files: Iterable[tuple[str, str]]) -> dict[str, Any]:
    said: dict[str, Any] = {name: _plain(getattr(revision, name)) for name in SIGNED}
    return {
        **said,
        "column": revision.column.code if revision.column else "",
        "interprets": interprets,
        "attachments": [{"name": name, "sha256": digest} for name, digest in files],
    }


def _digest(content: dict[str, Any]) -> str:
    told = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int | list) else value.isoformat()
