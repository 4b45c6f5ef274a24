"""What a letter says, apart from how it looks: one model, of which PDF, Word and OFD are made."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from gongkai.documents.errors import LetterContentError
from gongkai.documents.fonts import FontRole
from gongkai.law.texts import Text

#: Invisible marks that come along when text is copied from a web page and mean nothing on paper.
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")


_LABEL_WIDTH = 5
_NOT_AT_THE_BEGINNING = re.compile("\n([、，；：）》])")
#: Room that a pen needs to sign and date, for the foot of a cell: 签名：        年    月    日.
ROOM_TO_SIGN = "签名：\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000年\u3000\u3000月\u3000\u3000日"


class PaperForm(StrEnum):
    """In which form a letter is set: two of GB/T 9704-2012, and a sheet to be filled in or filed."""

    LETTER = "letter"  # 信函格式
    DOCUMENT = "document"  # 文件格式
    SHEET = "sheet"  # 表单


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


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside the body, in 黑体: 一、…"""

    text: str


@dataclass(frozen=True, slots=True)
class FormCell:
    """A labelled place of a sheet. What is known is printed in it (``value``); ``blank`` lines are left for the pen below
    it; ``foot`` stands at its foot on the right: who signed and when, or `ROOM_TO_SIGN`."""

    label: str
    value: str = ""
    blank: int = 0
    foot: str = ""

    @property
    def label_lines(self) -> str:
        """The label in lines of nearly one length, for its column is five characters wide."""
        count = -(-len(self.label) // _LABEL_WIDTH)
        if count < 2 or "\n" in self.label:
            return self.label
        lines = [
            self.label[part * len(self.label) // count : (part + 1) * len(self.label) // count] for part in range(count)
        ]
        return _NOT_AT_THE_BEGINNING.sub(r"\1\n", "\n".join(lines))


@dataclass(frozen=True, slots=True)
class FormBlock:
    """The ruled rows of a sheet, each of one cell or two side by side; ``heading`` runs over the whole width above them."""

    rows: tuple[tuple[FormCell, ...], ...]
    heading: str = ""

    def __post_init__(self) -> None:
        if not self.rows or any(len(row) not in (1, 2) for row in self.rows):
            raise _lacking("form_rows", Text("表格的行（每行一格或者两格）", "rows of one or two cells in its form"))


PlainBlock = Paragraph | ListBlock | TableBlock | Heading
Block = PlainBlock | FormBlock


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterContent:
    """A letter in one of the forms of GB/T 9704-2012, or a sheet.

    ``issuer`` is the red head (in the 文件 form „文件“ is added to it), ``number`` the 发文字号 (None in drafts and sheets
    only), ``title`` may hold one line break where it should be broken, ``addressee`` has no colon, ``signature`` the 署名
    under which the seal goes, ``note`` the 附注 after the date, without its brackets. ``copies`` are the 抄送机关,
    ``printed_on`` the 印发日期 of the 文件 form (None: the date). Raises LetterContentError when a letter to be issued has
    no number, or any letter has no issuer, title, addressee, signature or body; a sheet may go without number, addressee
    and signature.
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
    form: PaperForm = PaperForm.LETTER
    copies: tuple[str, ...] = ()
    printed_on: dt.date | None = None

    def __post_init__(self) -> None:
        sheet = self.form is PaperForm.SHEET
        for field, label in _REQUIRED.items():
            if not getattr(self, field) and not (sheet and field in _OPTIONAL_IN_SHEETS):
                raise _lacking(field, label)
        if not (self.draft or sheet or self.number):
            raise _lacking("number", Text("发文字号", "document number"))

    @property
    def title_line(self) -> str:
        """The title in one line, as metadata and file names give it."""
        return self.title.replace("\n", "")

    @property
    def date_line(self) -> str:
        """The 成文日期 in Arabic digits without leading zeros: 2021年5月6日."""
        return chinese_date(self.date)

    @property
    def head(self) -> str:
        """The 发文机关标志 as it is printed: in the 文件 form it ends in „文件“."""
        plain = self.form is not PaperForm.DOCUMENT or self.issuer.endswith("文件")
        return self.issuer if plain else f"{self.issuer}文件"

    @property
    def copies_line(self) -> str:
        """The 抄送机关 as the 版记 names them, empty where there are none."""
        return f"抄送：{'，'.join(self.copies)}。" if self.copies else ""

    @property
    def printed_line(self) -> str:
        """The 印发日期 of the 版记."""
        return f"{chinese_date(self.printed_on or self.date)}印发"

    @property
    def issuer_line(self) -> str:
        """Whose sheet it is, where its title does not say so."""
        return "" if self.form is not PaperForm.SHEET or self.issuer in self.title_line else self.issuer

    def texts(self) -> Iterator[tuple[FontRole, str]]:
        """Every text of the letter with the role of the font that shows it."""
        yield FontRole.TITLE, self.head
        yield FontRole.TITLE, self.title
        yield FontRole.BODY, self.issuer_line
        for text in (self.number or "", self.addressee, self.signature, self.note, *self.attachments, *self.copies):
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
_OPTIONAL_IN_SHEETS = ("addressee", "signature")


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
        case Heading(text):
            yield FontRole.HEADING, text
        case FormBlock(rows, heading):
            yield FontRole.HEADING, heading
            for cell in (cell for row in rows for cell in row):
                yield FontRole.HEADING, cell.label
                yield FontRole.BODY, cell.value
                yield FontRole.BODY, cell.foot


def on_paper(body: tuple[Block, ...]) -> Iterator[PlainBlock | tuple[FormBlock, ...]]:
    """The blocks as they are set: forms that follow each other are one table."""
    forms: tuple[FormBlock, ...] = ()
    for block in body:
        if isinstance(block, FormBlock):
            forms = (*forms, block)
            continue
        if forms:
            yield forms
            forms = ()
        yield block
    if forms:
        yield forms


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
