"""Why a file is no package that could be opened."""

from __future__ import annotations

from gongkai.documents.errors import DocumentError
from gongkai.law.texts import Text


class NotAPackage(DocumentError):
    """No package of ours, or one built so that it is safer not to open it. ``why`` says it in a few words."""

    def __init__(self, why: Text) -> None:
        self.why = why
        message = Text(f"不是可以核验的卷宗：{why.zh}。", f"Not a case file that can be checked: {why.en}.")
        super().__init__("not_a_package", message)


class BrokenPart(Exception):
    """One file of a package cannot be read to its end: its checksum, or its length, is not what the package says."""
