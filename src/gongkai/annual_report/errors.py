"""What this room refuses, in the users' words."""

from __future__ import annotations

from django.http import Http404

from gongkai.law.errors import LawError
from gongkai.law.texts import Text


class ReportNotFound(Http404):
    """No such report, or not for this reader's eyes: the two are not told apart."""


class ReportChanged(LawError):
    """Somebody else changed the report since this person looked."""

    def __init__(self) -> None:
        message = Text(
            "您打开此页之后，年度报告已有改动。请核对最新情况后再继续。",
            "The report was changed since you opened this page. Please look again before you go on.",
        )
        super().__init__("conflict", message)
