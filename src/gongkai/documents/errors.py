"""What this room refuses, and why: a code for machines, a sentence for people."""

from __future__ import annotations

from gongkai.law.errors import LawError
from gongkai.law.texts import Text


class DocumentError(LawError):
    """A refusal of this room. No article stands behind it: it is about paper, not about rights."""


class LetterContentError(DocumentError):
    """A letter that lacks what every letter must have."""


class MissingGlyph(DocumentError):
    """A letter holds characters that the fonts cannot show: ``characters``, each once, in order."""

    def __init__(self, characters: tuple[str, ...]) -> None:
        self.characters = characters
        shown = "、".join(f"“{c}”（{code_point(c)}）" if c.isprintable() else code_point(c) for c in characters)
        shown_en = ", ".join(f"“{c}” ({code_point(c)})" if c.isprintable() else code_point(c) for c in characters)
        super().__init__(
            "missing_glyph",
            Text(
                f"字库中没有下列字符，文书不能生成：{shown}。请改用规范汉字，或者在字体目录中加入含有该字的字体。",
                f"The fonts lack these characters, so the letter cannot be made: {shown_en}. "
                "Replace them, or add a font that has them to the agency's font folder.",
            ),
        )


class FontsMissingError(DocumentError):
    """The bundled fonts are not in place: the installation's build step has not run."""

    def __init__(self, folder: str) -> None:
        super().__init__(
            "fonts_missing",
            Text(
                f"安装不完整：{folder} 中没有公文字体。请重新安装（make setup）。",
                f"Incomplete installation: no letter fonts in {folder}. Install again (make setup).",
            ),
        )


class FileMissingError(DocumentError):
    """The store has no file for a document that the records name."""

    def __init__(self, digest: str) -> None:
        self.digest = digest
        super().__init__(
            "file_missing",
            Text(
                f"文件库中缺少摘要为 {digest} 的文件，请从备份恢复。",
                f"The store lacks the file with digest {digest}; restore it from a backup.",
            ),
        )


class FileDamagedError(DocumentError):
    """The stored bytes are not those that were kept."""

    def __init__(self, digest: str) -> None:
        self.digest = digest
        super().__init__(
            "file_damaged",
            Text(
                f"文件库中摘要为 {digest} 的文件已损坏或被改动，请从备份恢复。",
                f"The stored file with digest {digest} is damaged or was changed; restore it from a backup.",
            ),
        )


def code_point(character: str) -> str:
    """U+4DAE, as the standards write it."""
    return f"U+{ord(character):04X}"
