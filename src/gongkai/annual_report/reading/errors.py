"""Why a file cannot be read as an annual report: a code for machines, a sentence for the clerk."""

from __future__ import annotations

from gongkai.documents.errors import DocumentError
from gongkai.law.texts import Text

MESSAGES: dict[str, Text] = {
    "missing": Text("找不到这个文件。", "There is no such file."),
    "folder": Text("这是一个文件夹，请指明其中的文件。", "This is a folder; name the files in it."),
    "unreadable": Text("打不开这个文件，请检查读取权限。", "The file cannot be opened; check its permissions."),
    "too_large": Text("文件超过 20 MB，不像一份年度报告。", "The file exceeds 20 MB: not an annual report."),
    "picture": Text(
        "这是图片，其中的文字和数字任何程序都读不出来。请提供 Word、PDF、网页或者文本文件。",
        "This is a picture: no program can read its words and numbers. Give the Word, PDF, HTML or text file.",
    ),
    "scanned": Text(
        "文件的每一页都是图片（扫描件），其中的文字和数字任何程序都读不出来。请提供未经扫描的文件。",
        "Every page is a picture (a scan): no program can read its words and numbers. Give the file before scanning.",
    ),
    "foreign_form": Text(
        "这是其他国家或者地区的信息公开报告，不是国务院办公厅规定的年度报告格式，没有可以核对的表格。",
        "This is a report of another country or region, not of the national form; it has no table to check.",
    ),
    "not_a_report": Text(
        "文件里找不到年度报告的标题、章节或表格，不像一份政府信息公开工作年度报告。",
        "No title, heading or table of an annual report was found: this does not look like one.",
    ),
}


class UnreadableReportError(DocumentError):
    """A file that cannot be read. ``code`` is one of ``MESSAGES`` or of documents.reading, ``file`` its name as given,
    ``seen`` the first line that could still be read."""

    def __init__(self, code: str, file: str = "", message: Text | None = None, seen: str = "") -> None:
        super().__init__(code, message or MESSAGES[code])
        self.file = file
        self.seen = seen

    def named(self, file: str) -> UnreadableReportError:
        """The same of a file with this name."""
        return UnreadableReportError(self.code, file, self.message, self.seen)

    def __reduce__(self) -> tuple[type[UnreadableReportError], tuple[str, str, Text, str]]:
        return UnreadableReportError, (self.code, self.file, self.message, self.seen)

    def __str__(self) -> str:
        return f"{self.file}：{self.message.zh}" if self.file else self.message.zh
