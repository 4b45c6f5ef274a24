"""What a revision says, as one value: what is reviewed, signed, published and searched is this and nothing else."""

from __future__ import annotations

import hashlib
import json
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
    said: dict[str, Any] = {name: _plain(getattr(revision, name)) for name in SIGNED}
    attachments = revision.attachments.select_related("document")
    return {
        **said,
        "column": revision.column.code if revision.column else "",
        "interprets": sorted(revision.interprets.values_list("pk", flat=True)) if revision.pk else [],
        "attachments": [{"name": each.name, "sha256": each.document.digest} for each in attachments],
    }


def digest_of(revision: Revision) -> str:
    """SHA-256 over the content: any change of it voids the reviews."""
    told = json.dumps(content_of(revision), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int | list) else value.isoformat()
