"""Why a file cannot be read as an annual report: a code for machines, a sentence for the clerk."""

from __future__ import annotations

from gongkai.law.texts import Text

MESSAGES: dict[str, Text] = {
    "missing": Text("找不到这个文件。", "There is no such file."),
    "folder": Text("这是一个文件夹，请指明其中的文件。", "This is a folder; name the files in it."),
    "unreadable": Text("打不开这个文件，请检查读取权限。", "The file cannot be opened; check its permissions."),
    "too_large": Text("文件超过 20 MB，不像一份年度报告的文本。", "The file exceeds 20 MB: not the text of a report."),
    "empty": Text("文件是空的。", "The file is empty."),
    "binary": Text(
        "这不是文本文件（内含二进制数据）。请另存为纯文本（TXT）后再检查。",
        "This is not a text file (it holds binary data). Save it as plain text (TXT) first.",
    ),
    "document": Text(
        "这是 Word、WPS、Excel 或 PDF 文件。请另存为纯文本（TXT）后再检查。",
        "This is a Word, WPS, Excel or PDF file. Save it as plain text (TXT) first.",
    ),
    "html": Text(
        "这是网页源代码。请在浏览器中全选、复制，粘贴为纯文本（TXT）后再检查。",
        "This is the source of a web page. Copy it from the browser into a plain text file (TXT) first.",
    ),
    "picture": Text(
        "这是图片，计算机读不出其中的文字和数字。",
        "This is a picture: no text or number can be read from it.",
    ),
    "encoding": Text(
        "文字编码无法识别。请用 UTF-8 或 GB18030 编码保存后再检查。",
        "The character encoding is unknown. Save the file as UTF-8 or GB18030.",
    ),
    "not_a_report": Text(
        "文件里找不到年度报告的标题、章节或表格，不像一份政府信息公开工作年度报告。",
        "No title, heading or table of an annual report was found: this does not look like one.",
    ),
}


class UnreadableReportError(Exception):
    """A file that cannot be read. ``code`` is one of ``MESSAGES``, ``file`` its name as given."""

    def __init__(self, code: str, file: str = "") -> None:
        super().__init__(code, file)
        self.code = code
        self.file = file

    @property
    def message(self) -> Text:
        """The sentence for people."""
        return MESSAGES[self.code]

    def __str__(self) -> str:
        return f"{self.file}：{self.message.zh}" if self.file else self.message.zh
