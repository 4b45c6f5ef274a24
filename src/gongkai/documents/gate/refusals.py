"""Why a file is refused: one code for each reason, one sentence that names the file."""

from __future__ import annotations

from gongkai.documents.errors import DocumentError
from gongkai.law.texts import Text

ALLOWED = Text(
    "PDF、OFD、Word（DOC、DOCX）、Excel（XLS、XLSX）、图片（JPG、PNG、TIFF）和纯文本（TXT）",
    "PDF, OFD, Word (DOC, DOCX), Excel (XLS, XLSX), pictures (JPG, PNG, TIFF) and plain text (TXT)",
)

SENTENCES = {
    "empty": Text(
        "文件“{name}”是空的（0字节）。请检查后重新选择。",
        "The file “{name}” is empty (0 bytes). Check it and choose again.",
    ),
    "too_large": Text(
        "文件“{name}”的大小是 {size}，超过了每个文件 {limit} 的上限。请缩小或者拆分后再上传。",
        "The file “{name}” has {size}, more than the {limit} a file may have. Make it smaller or split it.",
    ),
    "kind_not_allowed": Text(
        "不能接收文件“{name}”这种类型的文件。可以上传的有：" + ALLOWED.zh + "。",
        "Files of the kind of “{name}” are not accepted. You can send: " + ALLOWED.en + ".",
    ),
    "renamed": Text(
        "文件“{name}”的内容与扩展名不符（内容是：{content}）。它可能被改过名，或者已经损坏。请用正确的扩展名保存后再上传。",
        "The content of the file “{name}” is not what its name says (it is: {content}). It may have been renamed, "
        "or be damaged. Save it with the right extension and send it again.",
    ),
    "damaged": Text(
        "文件“{name}”不完整或者已经损坏，无法打开。请重新保存后再上传。",
        "The file “{name}” is incomplete or damaged and cannot be opened. Save it again, then send it.",
    ),
    "encrypted": Text(
        "文件“{name}”设有打开密码，工作人员无法查看。请取消密码后再上传。",
        "The file “{name}” has a password, so the staff cannot read it. Remove the password and send it again.",
    ),
    "macros": Text(
        "文件“{name}”含有宏，为了安全不能接收。请另存为不含宏的文件（如 DOCX、XLSX、PDF）后再上传。",
        "The file “{name}” holds macros and is refused for safety. Save it without macros (as DOCX, XLSX or PDF).",
    ),
    "embedded_file": Text(
        "文件“{name}”里面嵌入了程序或者其他文件，为了安全不能接收。请去掉嵌入的内容；需要提交的文件请单独上传。",
        "The file “{name}” has a program or another file embedded in it and is refused for safety. Take it out, "
        "and send what is needed as a file of its own.",
    ),
    "nested_archive": Text(
        "文件“{name}”里面含有压缩包，不能接收。请把压缩包中的文件解开，单独上传。",
        "The file “{name}” has an archive inside it and is refused. Unpack the archive and send its files themselves.",
    ),
    "zip_bomb": Text(
        "文件“{name}”解开后的内容过大或者过多，为了安全不能接收。请拆分或者另存为 PDF 后再上传。",
        "The file “{name}” unpacks to too much and is refused for safety. Split it, or save it as PDF.",
    ),
    "unsafe_paths": Text(
        "文件“{name}”的内部结构异常，为了安全不能接收。请重新保存，或者另存为 PDF 后再上传。",
        "The file “{name}” is built in an unsafe way and is refused. Save it again, or as PDF.",
    ),
    "too_many_pixels": Text(
        "图片“{name}”的尺寸过大（{width}×{height}）。请缩小后再上传。",
        "The picture “{name}” is too large ({width} × {height} pixels). Make it smaller and send it again.",
    ),
    "infected": Text(
        "文件“{name}”中发现病毒（{virus}），不能接收。请杀毒后再上传，或者改用其他文件。",
        "A virus was found in the file “{name}” ({virus}); it is refused. Clean it, or send another file.",
    ),
    "scan_unavailable": Text(
        "暂时无法检查文件，请稍后再试。（文件“{name}”没有提交。）",
        "Files cannot be checked at the moment; please try again later. (The file “{name}” was not sent.)",
    ),
}
#: Added where the file was put into quarantine.
HELD = Text(
    "这个文件已隔离存放，由管理员检查，没有随表提交；其他人看不到它，到期自动销毁。",
    "The file was put aside for an administrator to examine and is no part of what you send; nobody else sees it, and "
    "it is destroyed after a time.",
)


class Fault(Exception):
    """What is wrong with some bytes, found where their name is not known. ``facts`` fill the sentence."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class UploadRefused(DocumentError):
    """A file that does not pass the gate. ``name`` is its safe display name; ``held``: it lies in quarantine."""

    def __init__(self, code: str, message: Text, *, name: str = "", held: bool = False) -> None:
        super().__init__(code, message)
        self.name = name
        self.held = held

    @classmethod
    def because(cls, fault: Fault, name: str, *, held: bool = False) -> UploadRefused:
        """The refusal of the file called ``name`` for this fault."""
        sentence = SENTENCES[fault.code]
        zh, en = (
            {key: value.of(lang) if isinstance(value, Text) else value for key, value in fault.facts.items()}
            for lang in ("zh", "en")
        )
        message = Text(sentence.zh.format(name=name, **zh), sentence.en.format(name=name, **en))
        return cls(fault.code, message + HELD if held else message, name=name, held=held)
