"""What a letter says, apart from how it looks: one model, from which PDF is set (and later DOCX)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.documents.errors import LetterContentError
from gongkai.documents.fonts import FontRole
from gongkai.law.texts import Text

#: Invisible marks that come along when text is copied from a web page and mean nothing on paper.
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, its first line two characters in."""

    text: str


@dataclass(frozen=True, slots=True)
class ListBlock:
    """Numbered items (1. 2. …), each a paragraph of its own."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableBlock:
    """Labels with their values, one pair a row."""

    rows: tuple[tuple[str, str], ...]


Block = Paragraph | ListBlock | TableBlock


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterContent:
    """A letter in the 信函 form of GB/T 9704-2012.

    ``issuer`` is the red head, ``number`` the 发文字号 (None in drafts only), ``title`` may hold one line
    break where it should be broken, ``addressee`` has no colon, ``signature`` the 署名 under which the seal
    goes, ``note`` the 附注 after the date, without its brackets. Raises LetterContentError when a letter to
    be issued has no number, or any letter has no issuer, title, addressee, signature or body.
    """

    issuer: str
    title: str
    number: str | None
    addressee: str
    body: tuple[Block, ...]
    signature: str
    date: dt.date
    attachments: tuple[str, ...] = ()
    note: str = ""
    draft: bool = False

    def __post_init__(self) -> None:
        for field, label in _REQUIRED.items():
            if not getattr(self, field):
                raise _lacking(field, label)
        if not self.draft and not self.number:
            raise _lacking("number", Text("发文字号", "document number"))

    @property
    def title_line(self) -> str:
        """The title in one line, as metadata and file names give it."""
        return self.title.replace("\n", "")

    @property
    def date_line(self) -> str:
        """The 成文日期 in Arabic digits without leading zeros: 2021年5月6日."""
        return chinese_date(self.date)

    def texts(self) -> Iterator[tuple[FontRole, str]]:
        """Every text of the letter with the role of the font that shows it."""
        yield FontRole.TITLE, self.issuer
        yield FontRole.TITLE, self.title
        for text in (self.number or "", self.addressee, self.signature, self.note, *self.attachments):
            yield FontRole.BODY, text
        for block in self.body:
            yield from _texts_of(block)


_REQUIRED = {
    "issuer": Text("发文机关标志", "issuer"),
    "title": Text("标题", "title"),
    "addressee": Text("主送对象", "addressee"),
    "body": Text("正文", "body"),
    "signature": Text("发文机关署名", "signature"),
}


def _lacking(field: str, label: Text) -> LetterContentError:
    return LetterContentError(f"letter_lacks_{field}", Text(f"文书缺少{label.zh}。", f"The letter has no {label.en}."))


def _texts_of(block: Block) -> Iterator[tuple[FontRole, str]]:
    match block:
        case Paragraph(text):
            yield FontRole.BODY, text
        case ListBlock(items):
            for item in items:
                yield FontRole.BODY, item
        case TableBlock(rows):
            for label, value in rows:
                yield FontRole.HEADING, label
                yield FontRole.BODY, value


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """One paragraph a line; empty lines and invisible marks are left out, nothing else changes."""
    lines = (line.strip() for line in clean(text).split("\n"))
    return tuple(Paragraph(line) for line in lines if line)


def clean(text: str) -> str:
    """The text with plain line ends, spaces for tabs, and without the invisible marks of copied web text."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return _INVISIBLE.sub("", text)


def chinese_date(day: dt.date) -> str:
    """2021年5月6日 (GB/T 9704: Arabic digits, no leading zero)."""
    return f"{day.year}年{day.month}月{day.day}日"
