"""The places of a letter that a template may name, in Chinese or English; listed once, for the check, the filling and
the page that explains them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gongkai.documents.letter import Block, FormBlock, Heading, LetterContent, ListBlock, Paragraph, TableBlock
from gongkai.law.texts import Text

Value = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Placeholder:
    """``label.zh`` is its Chinese name in templates, too. ``many``: a list, one paragraph each."""

    name: str
    label: Text
    many: bool = False


PLACEHOLDERS = (
    Placeholder("agency", Text("发文机关", "Agency")),
    Placeholder("number", Text("发文字号", "Document number")),
    Placeholder("title", Text("标题", "Title")),
    Placeholder("addressee", Text("主送", "Addressee")),
    Placeholder("body", Text("正文", "Body"), many=True),
    Placeholder("attachments", Text("附件", "Attachments"), many=True),
    Placeholder("signature", Text("署名", "Signature")),
    Placeholder("date", Text("成文日期", "Date")),
    Placeholder("note", Text("附注", "Note")),
    Placeholder("copies", Text("抄送", "Copies"), many=True),
    Placeholder("case_number", Text("登记编号", "Case number")),
    Placeholder("received_on", Text("收到日期", "Received on")),
    Placeholder("applicant", Text("申请人", "Applicant")),
    Placeholder("described", Text("申请内容", "What was applied for")),
)

#: The Chinese and the English name to the one the code uses.
NAMES: Mapping[str, str] = {key: each.name for each in PLACEHOLDERS for key in (each.name, each.label.zh)}
MANY = frozenset(each.name for each in PLACEHOLDERS if each.many)


def values_of(content: LetterContent, **more: str) -> dict[str, Value]:
    """The values of a letter; ``more`` are those of its case (case_number, received_on, applicant, described)."""
    values: dict[str, Value] = {
        "agency": content.issuer,
        "number": content.number or "",
        "title": content.title,
        "addressee": content.addressee,
        "body": tuple(line for block in content.body for line in _lines(block)),
        "attachments": content.attachments,
        "signature": content.signature,
        "date": content.date_line,
        "note": content.note,
        "copies": content.copies,
    }
    return values | more


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text) | Heading(text):
            yield text
        case ListBlock(items):
            yield from (f"{number}. {item}" for number, item in enumerate(items, start=1))
        case TableBlock(rows):
            yield from (f"{label}：{value}" for label, value in rows)
        case FormBlock(rows, heading):
            if heading:
                yield heading
            for cell in (cell for row in rows for cell in row):
                yield "\n".join(filter(None, (f"{cell.label}：{cell.value}", cell.foot)))
