"""What this room refuses, in the users' words."""

from __future__ import annotations

from django.http import Http404

from gongkai.law.errors import LawError
from gongkai.law.texts import Text


class CaseNotFound(Http404):
    """No such case, or not for this reader's eyes: the two are not told apart."""


class Conflict(LawError):
    """Somebody else took a step since this person looked."""

    def __init__(self, who: str, step: Text, at: str) -> None:
        message = Text(
            f"您打开此页之后，{who}已于{at}办理了“{step.zh}”。请核对最新情况后再继续。",
            f"Since you opened this page, {who} took the step “{step.en}” at {at}. Please look again before you go on.",
        )
        super().__init__("conflict", message)


class AlreadySent(LawError):
    """The same form came a second time, with other contents."""

    def __init__(self, number: str) -> None:
        message = Text(
            f"这份表格已经提交过，编号为{number}。如需另行申请，请重新打开申请页面填写。",
            f"This form was already sent, as {number}. For another application please open a new form.",
        )
        super().__init__("already_sent", message)
