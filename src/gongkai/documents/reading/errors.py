"""Why a file cannot be read, and what of a file that was read is doubtful: codes for machines, sentences for people."""

from __future__ import annotations

from typing import NoReturn

from gongkai.documents.errors import DocumentError
from gongkai.law.texts import Text

_AGAIN = Text("请重新保存后再试。", "Save it again and try once more.")

SENTENCES = {
    "empty": Text("文件是空的，里面没有内容。", "The file is empty."),
    "too_large": Text("文件有 {size}，超过了可以读取的 {limit}。", "The file has {size}; at most {limit} are read."),
    "kind_not_read": Text(
        "不能读取这种文件（内容是：{content}）。能读的有：DOCX、DOC、PDF、OFD、网页（HTML）、XLSX、XLS、TXT 和图片。",
        "This kind of file cannot be read (it is: {content}). What can: DOCX, DOC, PDF, OFD, HTML, XLSX, XLS, TXT, pictures.",
    ),
    "mislabelled": Text(
        "文件名说是 {claimed}，内容却是 {content}。请核对是否拿错了文件，或者改正扩展名后再试。",
        "The name says {claimed}, the content is {content}. Is it the right file? Correct its name and try again.",
    ),
    "damaged": Text(
        "文件不完整或者已经损坏，无法读取。" + _AGAIN.zh, "The file is incomplete or damaged. " + _AGAIN.en
    ),
    "encrypted": Text(
        "文件设有打开密码，无法读取。请取消密码后再试。",
        "The file has a password. Remove it and try again.",
    ),
    "macros": Text(
        "文件含有宏，为了安全不予打开。请另存为不含宏的文件后再试。",
        "The file holds macros and is not opened. Save it without them and try again.",
    ),
    "embedded_file": Text(
        "文件里面嵌入了程序或者其他文件，为了安全不予打开。",
        "A program or another file is embedded in this one; it is not opened.",
    ),
    "nested_archive": Text(
        "文件里面含有压缩包，为了安全不予打开。", "There is an archive inside the file; it is not opened."
    ),
    "zip_bomb": Text(
        "文件解开后的内容过大或者过多，为了安全不予打开。请拆分后再试。",
        "The file unpacks to too much and is not opened. Split it and try again.",
    ),
    "unsafe_paths": Text(
        "文件的内部结构异常，为了安全不予打开。" + _AGAIN.zh,
        "The file is built in an unsafe way and is not opened. " + _AGAIN.en,
    ),
    "too_many_pixels": Text(
        "图片的尺寸过大（{width}×{height}）。请缩小后再试。",
        "The picture is too large ({width} × {height} pixels). Make it smaller and try again.",
    ),
    "document_type": Text(
        "文件内部含有不应有的实体定义（DTD），为了安全不予打开。" + _AGAIN.zh,
        "The file defines entities (a DTD), which such files never do; it is not opened. " + _AGAIN.en,
    ),
    "too_many_pages": Text(
        "文件有 {pages} 页，超过了可以读取的 {limit} 页。请拆分后再试。",
        "The file has {pages} pages; at most {limit} are read. Split it and try again.",
    ),
    "too_many_cells": Text(
        "表格过大，超过了可以读取的 {limit} 个单元格。请拆分后再试。",
        "The tables are too large: at most {limit} cells are read. Split the file and try again.",
    ),
    "too_much_text": Text(
        "文字过多，超过了可以读取的 {limit} 个字符。请拆分后再试。",
        "There is too much text: at most {limit} characters are read. Split the file and try again.",
    ),
    "too_deep": Text(
        "文件的内部结构层层嵌套过深，无法读取。" + _AGAIN.zh,
        "The parts of the file are nested too deeply. " + _AGAIN.en,
    ),
    "encoding": Text(
        "文字编码无法识别。请用 UTF-8 或 GB18030 编码保存后再试。",
        "The character encoding is unknown. Save the file as UTF-8 or GB18030 and try again.",
    ),
}

#: What `Reading.notes` may hold.
NOTES = {
    "no_values": Text(
        "有的公式没有保存计算结果，读不到数值。请用表格软件打开并保存一次。",
        "Some formulas have no stored value. Open the file in a spreadsheet program and save it once.",
    ),
    "tables_lost": Text(
        "旧版 Word（DOC）文件只读到了文字，表格的行列没有保留。请另存为 DOCX。",
        "Of this old Word file (DOC) only the text was read; tables lost their rows and columns. Save it as DOCX.",
    ),
    "hidden_unknown": Text(
        "旧版 Excel（XLS）文件看不出哪些行、列是隐藏的，已全部读出。",
        "An old Excel file (XLS) does not tell which rows and columns are hidden; all were read.",
    ),
    "recognised": Text(
        "有的页面是图片，文字是识别（OCR）得来的，可能有错。",
        "Some pages are pictures whose text was recognised (OCR); it may be wrong.",
    ),
    "no_characters": Text(
        "有的页面的字体没有文字对照，读出的文字可能是乱码，应当人工查看。",
        "The fonts of some pages do not tell which characters they show; what was read may be wrong. Look at them.",
    ),
    "name_differs": Text(
        "扩展名与内容不符，按内容读取。", "The extension is not that of the content, which was followed."
    ),
    "pictures_inside": Text(
        "文件里有图片，图片上的文字没有读到。", "There are pictures in the file; their text was not read."
    ),
    "embedded_unread": Text("文件里面嵌入的内容没有读到。", "Something embedded in the file was not read."),
    "ofd_unread": Text("OFD 文件里有没有读到的内容。", "Something in the OFD file was not read."),
}


class UnreadableFile(DocumentError):
    """A file that cannot be read, and never will be as it is."""

    @classmethod
    def because(cls, code: str, **facts: object) -> UnreadableFile:
        """``facts`` fill the sentence; those that are texts in the sentence's language."""
        zh, en = (
            SENTENCES[code]
            .of(lang)
            .format(**{name: fact.of(lang) if isinstance(fact, Text) else fact for name, fact in facts.items()})
            for lang in ("zh", "en")
        )
        return cls(code, Text(zh, en))


def refuse(code: str, **facts: object) -> NoReturn:
    raise UnreadableFile.because(code, **facts) from None
