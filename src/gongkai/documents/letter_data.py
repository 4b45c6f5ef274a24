"""What a letter says, as data that is kept beside its PDF: from it the Word and OFD forms are made later."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from gongkai.documents.letter import Block, LetterContent, ListBlock, Paragraph, TableBlock

MEDIA_TYPE = "application/vnd.gongkai.letter+json"


def as_bytes(content: LetterContent) -> bytes:
    """The letter as JSON; the same letter gives the same bytes."""
    return json.dumps(_as_data(content), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def from_bytes(data: bytes) -> LetterContent:
    """The letter again. Raises ValueError, KeyError or LetterContentError where these are not such bytes."""
    told = json.loads(data)
    return LetterContent(
        **{
            **told,
            "date": dt.date.fromisoformat(told["date"]),
            "body": tuple(_block(block) for block in told["body"]),
            "attachments": tuple(told["attachments"]),
        }
    )


def _as_data(content: LetterContent) -> dict[str, Any]:
    fields = {name: getattr(content, name) for name in LetterContent.__dataclass_fields__}
    return {
        **fields,
        "date": content.date.isoformat(),
        "body": [_block_data(block) for block in content.body],
        "attachments": list(content.attachments),
    }


def _block_data(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph(text):
            return {"kind": "paragraph", "text": text}
        case ListBlock(items):
            return {"kind": "list", "items": list(items)}
        case TableBlock(rows):
            return {"kind": "table", "rows": [list(row) for row in rows]}


def _block(data: dict[str, Any]) -> Block:
    match data["kind"]:
        case "paragraph":
            return Paragraph(data["text"])
        case "list":
            return ListBlock(tuple(data["items"]))
        case _:
            return TableBlock(tuple((label, value) for label, value in data["rows"]))
