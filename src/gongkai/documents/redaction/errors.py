"""What cannot be redacted, and copies that do not hold what they promise."""

from __future__ import annotations

from gongkai.documents.errors import DocumentError
from gongkai.law.texts import Text

SENTENCES = {
    "no_box": Text(
        "遮盖框的位置不对：应当在页面之内，并且有宽度和高度。",
        "The box is none: it must lie on the page and have a size.",
    ),
    "no_such_page": Text("没有第{page}页（全文共{pages}页）。", "There is no page {page} ({pages} in all)."),
    "kind": Text(
        "这种文件不能直接遮盖。请先另存为PDF，再添加。",
        "A file of this kind cannot be redacted as it is. Save it as PDF and add that.",
    ),
    "no_office": Text(
        "服务器上没有安装文档转换程序，不能直接遮盖Word、Excel文件。请先另存为PDF，再添加。",
        "No office programme is installed on the server, so Word and Excel files cannot be redacted as they are. "
        "Save the file as PDF and add that.",
    ),
    "conversion": Text(
        "文件不能转换为PDF。请先在自己的电脑上另存为PDF，再添加。",
        "The file could not be converted to PDF. Save it as PDF on your own computer and add that.",
    ),
    "encrypted": Text(
        "文件设有打开密码。请取消密码后再添加。", "The file has a password. Remove it and add the file again."
    ),
    "damaged": Text(
        "文件不完整或者已经损坏，无法逐页打开。请重新保存后再添加。",
        "The file is incomplete or damaged and its pages cannot be opened. Save it again and add that.",
    ),
    "empty": Text("文件里没有页。", "The file has no pages."),
    "too_many_pages": Text(
        "文件有{pages}页，超过了一次{limit}页的上限。请拆分以后分别遮盖。",
        "The file has {pages} pages, more than the {limit} of one redaction. Split it.",
    ),
    "too_many_pixels": Text(
        "第{page}页的图片过大（{width}×{height}）。请缩小后再添加。",
        "The picture of page {page} is too large ({width} × {height} pixels). Make it smaller and add that.",
    ),
}


class CannotRedact(DocumentError):
    """A file or a box that this room cannot work with: ``code`` tells why."""

    @classmethod
    def because(cls, code: str, **facts: object) -> CannotRedact:
        sentence = SENTENCES[code]
        return cls(code, Text(sentence.zh.format(**facts), sentence.en.format(**facts)))


#: Where in the copy something was found. None of these sentences says what.
LEFTOVERS = {
    "text": Text("第{page}页的文字层", "the text of page {page}"),
    "place": Text("第{page}页遮盖框下的文字层", "the text under a box of page {page}"),
    "pixels": Text("第{page}页遮盖框下的图像", "the picture under a box of page {page}"),
    "pages": Text("页数或者页面大小", "the number or size of its pages"),
    "stream": Text("文件内部的数据（对象{object}）", "the data inside the file (object {object})"),
    "structure": Text("文件结构中不应有的内容（{what}）", "something that has no place in the file ({what})"),
    "unreadable": Text("不能打开的文件", "a file that does not open"),
}


class StillThere(DocumentError):
    """The finished copy was looked through, and something that should be gone is there (or may be). It must not go out.
    ``code`` is „still_there“; ``where`` one of LEFTOVERS."""

    @classmethod
    def at(cls, where: str, **facts: object) -> StillThere:
        place = LEFTOVERS[where]
        zh, en = place.zh.format(**facts), place.en.format(**facts)
        message = Text(
            f"遮盖件没有通过检查，不能使用：在{zh}中发现了应当去掉的内容。请联系系统管理员，不要对外提供。",
            f"The redacted copy did not pass its check and cannot be used: in {en} there is something that should be "
            "gone. Tell the administrator, and do not hand it out.",
        )
        error = cls("still_there", message)
        error.where = where
        return error

    where: str = ""
