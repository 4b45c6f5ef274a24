"""What a letter says, as data that is kept beside its PDF: from it the Word and OFD forms are made later."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict
from typing import Any

from gongkai.documents.letter import (
    Block,
    FormBlock,
    FormCell,
    Heading,
    LetterContent,
    ListBlock,
    PaperForm,
    Paragraph,
    TableBlock,
)

MEDIA_TYPE = "application/vnd.gongkai.letter+json"


def as_bytes(content: LetterContent) -> bytes:
    """The letter as JSON; the same letter gives the same bytes."""
    return json.dumps(_as_data(content), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def from_bytes(data: bytes) -> LetterContent:
    """The letter again; what a letter kept earlier does not say has its default. Raises ValueError, KeyError, TypeError
    or LetterContentError where these are not such bytes."""
    told = json.loads(data)
    printed_on = told.get("printed_on")
    return LetterContent(
        **{
            **told,
            "date": dt.date.fromisoformat(told["date"]),
            "body": tuple(_block(block) for block in told["body"]),
            "attachments": tuple(told["attachments"]),
            "form": PaperForm(told.get("form", PaperForm.LETTER)),
            "copies": tuple(told.get("copies", ())),
            "printed_on": dt.date.fromisoformat(printed_on) if printed_on else None,
        }
    )


def _as_data(content: LetterContent) -> dict[str, Any]:
    fields = {name: getattr(content, name) for name in LetterContent.__dataclass_fields__}
    return {
        **fields,
        "date": content.date.isoformat(),
        "body": [_block_data(block) for block in content.body],
        "attachments": list(content.attachments),
        "form": content.form.value,
        "copies": list(content.copies),
        "printed_on": content.printed_on.isoformat() if content.printed_on else None,
    }


def _block_data(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph(text):
            return {"kind": "paragraph", "text": text}
        case ListBlock(items):
            return {"kind": "list", "items": list(items)}
        case TableBlock(rows):
            return {"kind": "table", "rows": [list(row) for row in rows]}
        case Heading(text):
            return {"kind": "heading", "text": text}
        case FormBlock(rows, heading):
            return {"kind": "form", "heading": heading, "rows": [[asdict(cell) for cell in row] for row in rows]}


def _block(data: dict[str, Any]) -> Block:
    match data["kind"]:
        case "paragraph":
            return Paragraph(data["text"])
        case "list":
            return ListBlock(tuple(data["items"]))
        case "table":
            return TableBlock(tuple((label, value) for label, value in data["rows"]))
        case "heading":
            return Heading(data["text"])
        case "form":
            return FormBlock(tuple(tuple(FormCell(**cell) for cell in row) for row in data["rows"]), data["heading"])
        case kind:
            raise ValueError(f"no kind of block: {kind}")
