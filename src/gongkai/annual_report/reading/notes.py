"""What the reader remarks on beside the numbers: a code for machines, a sentence for the clerk."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gongkai.documents.reading.errors import NOTES as FILE_NOTES
from gongkai.law.texts import Text


class NoteKind(StrEnum):
    """What was remarkable in reading."""

    BLANK_AS_ZERO = "blank_as_zero"
    BLANK_TOTAL = "blank_total"
    UNREAD = "unread"
    REPEATED = "repeated"
    NUMBERS_WITHOUT_LABEL = "numbers_without_label"
    UNKNOWN_ROW = "unknown_row"
    BY_PLACE = "by_place"
    """A row that lost its label, read because every other row stands in its official place."""
    DECODED = "decoded"
    """Numbers printed without anything between them, parted by the sums of the form."""
    NO_NUMBERS = "no_numbers"
    HALF_TABLE = "half_table"
    PICTURE = "picture"
    TWO_REPORTS = "two_reports"
    OLD_FORM = "old_form"
    NOISE = "noise"
    FILE = "file"
    """Something the reader of the file said: its code is ``seen``."""


_SENTENCES: dict[NoteKind, Text] = {
    NoteKind.BLANK_AS_ZERO: Text("空白或者“/”“-”，按 0 读取。", "Empty, or a mark for none; it was read as 0."),
    NoteKind.BLANK_TOTAL: Text("总计是空白。", "The total is empty."),
    NoteKind.UNREAD: Text(
        "读到的是「{seen}」，无法判断每个数字属于哪一列，没有采用。",
        'It holds "{seen}"; which column each number belongs to cannot be told, so none was taken.',
    ),
    NoteKind.REPEATED: Text(
        "这一行出现了两次，采用第一次的数字。", "This row stands there twice; the first was taken."
    ),
    NoteKind.NUMBERS_WITHOUT_LABEL: Text(
        "数字「{seen}」前面没有项目名称，没有采用。", 'The numbers "{seen}" have no label and were not taken.'
    ),
    NoteKind.UNKNOWN_ROW: Text(
        "国家格式中没有「{seen}」这一行，没有采用。", 'The form has no row "{seen}"; it was set aside.'
    ),
    NoteKind.BY_PLACE: Text(
        "项目名称丢失，按这一行在表格中的位置读取。", "The label is lost; the row was read by its place in the table."
    ),
    NoteKind.DECODED: Text(
        "表格的数字连在一起，按勾稽关系拆开读取，请对照原表核对。",
        "The numbers run together; they were parted by the sums of the form. Compare them with the original.",
    ),
    NoteKind.NO_NUMBERS: Text(
        "表格只有项目名称，没有数字；数字可能是图片或者由网页脚本显示的。",
        "The table has labels but no numbers; they may be pictures or shown by a script.",
    ),
    NoteKind.HALF_TABLE: Text(
        "表格不完整，只读到其中 {seen} 行。", "The table is not whole: only {seen} of its rows were read."
    ),
    NoteKind.PICTURE: Text(
        "第 {seen} 页是图片，其中的文字和数字任何程序都读不出来。",
        "Page {seen} is a picture: no program can read its words and numbers.",
    ),
    NoteKind.TWO_REPORTS: Text(
        "文件里有两份报告，只读取了第一份；第二份是「{seen}」。",
        'There are two reports in the file; only the first was read. The second is "{seen}".',
    ),
    NoteKind.OLD_FORM: Text(
        "这是 2019 年以前的旧统计表，项目与现行格式不同，表格没有读取。",
        "These are the statistics used before 2019, which count other things; they were not read.",
    ),
    NoteKind.NOISE: Text(
        "文件来自转载网页，已去除繁体字、注音、重复标点或插入的广告词后读取。",
        "The text comes from a mirror; traditional characters, phonetic marks or injected words were undone.",
    ),
}


@dataclass(frozen=True, slots=True)
class Note:
    """A remark of the reader: ``where`` is the address of a cell or row, ``seen`` what stood there."""

    kind: NoteKind
    where: str
    line: int
    seen: str = ""

    @property
    def message(self) -> Text:
        """The sentence for people."""
        if self.kind is NoteKind.FILE:
            return FILE_NOTES[self.seen]
        sentence = _SENTENCES[self.kind]
        return Text(*(sentence.of(lang).format(seen=self.seen) for lang in ("zh", "en")))
