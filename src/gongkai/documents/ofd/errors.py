"""What cannot be written as OFD, or drawn without a gap. (What cannot be read is told by `reading.errors`.)"""

from __future__ import annotations

from gongkai.documents.errors import DocumentError
from gongkai.documents.reading.errors import UnreadableFile
from gongkai.law.texts import Text

_SENTENCES = {
    "picture": Text(
        "文书中含有图片，不能转换为 OFD。请使用 PDF 格式。",
        "The letter holds a picture and cannot be turned into OFD. Use the PDF.",
    ),
    "font": Text(
        "文书所用的字体“{name}”不能嵌入 OFD。请使用 PDF 格式，或者更换字体。",
        "The font “{name}” of the letter cannot be embedded in an OFD. Use the PDF, or another font.",
    ),
}


class NotWritable(DocumentError):
    """A page that the OFD form would not show as the PDF does."""

    def __init__(self, reason: str, name: str = "") -> None:
        sentence = _SENTENCES[reason]
        super().__init__(
            f"ofd_{reason}_not_writable", Text(sentence.zh.format(name=name), sentence.en.format(name=name))
        )


class NotWhole(UnreadableFile):
    """A file of which something would be missing in what is made of it: to look at that is told, to work on it is not
    enough."""

    @classmethod
    def lacking(cls, what: tuple[Text, ...]) -> NotWhole:
        zh, en = "".join(text.zh for text in what), " ".join(text.en for text in what)
        return cls(
            "ofd_not_whole",
            Text(
                f"这个 OFD 文件不能完整转换：{zh}请用 OFD 阅读软件另存或者打印为 PDF 后再试。",
                f"This OFD file cannot be converted whole: {en} Save or print it as PDF with an OFD reader.",
            ),
        )
