"""What cannot be written as OFD. (What cannot be read is told by `reading.errors`.)"""

from __future__ import annotations

from gongkai.documents.errors import DocumentError
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
