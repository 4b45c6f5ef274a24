"""What this room refuses."""

from __future__ import annotations

from django.http import Http404

from gongkai.law.errors import LawError
from gongkai.law.texts import Text


class RowNotFound(Http404):
    """No such row, or not for this reader's eyes: the two are not told apart."""


class RowChanged(LawError):
    """Somebody else changed the row since this person looked."""

    def __init__(self) -> None:
        text = Text(
            "您打开此页之后，这一行已有改动。请核对最新内容后再保存。",
            "The row was changed since you opened this page. Look again before you save.",
        )
        super().__init__("conflict", text)
