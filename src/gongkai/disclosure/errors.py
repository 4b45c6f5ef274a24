"""What this room refuses."""

from __future__ import annotations

from django.http import Http404

from gongkai.law.errors import LawError
from gongkai.law.texts import Text


class DraftNotFound(Http404):
    """No such draft, or not for this reader's eyes: the two are not told apart."""


class ItemNotFound(Http404):
    """No such item, or not for this reader's eyes."""


class DocumentNotFound(Http404):
    """No such document on the register, or not for this reader's eyes; likewise a clean-up of it."""


class ColumnNotFound(Http404):
    """No such column, or not this person's to arrange."""


class RevisionNotFound(Http404):
    """No such revision, or not for this reader's eyes."""


class RevisionChanged(LawError):
    """Somebody else changed the revision since this person looked."""

    def __init__(self) -> None:
        message = Text(
            "您打开此页之后，这条信息已有改动。请核对最新内容后再继续，您填写的内容仍在页面上。",
            "It was changed since you opened this page. Look again before you go on; what you typed is still here.",
        )
        super().__init__("conflict", message)
