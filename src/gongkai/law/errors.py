"""What the law package refuses: always with a code, a sentence and, where there is one, the article."""

from __future__ import annotations

from gongkai.law.citations import Article
from gongkai.law.texts import Text


class LawError(Exception):
    """A refusal. ``code`` is stable, for machines; ``message`` for people; ``article`` the basis or None."""

    def __init__(self, code: str, message: Text, article: Article | None = None) -> None:
        super().__init__(code, message, article)
        self.code = code
        self.message = message
        self.article = article

    def __str__(self) -> str:
        basis = f"（{self.article.zh}）" if self.article else ""
        return f"{self.code}: {self.message.zh}{basis}"


class CalendarError(LawError):
    """A day outside the calendar, or a contradictory change of it."""


class ClockError(LawError):
    """Events of a case that the reply clock cannot reckon with."""


class ProcedureError(LawError):
    """A step that may not be taken now, or a history that holds such a step."""


class CaseError(LawError):
    """A case told in a form that cannot be read: a missing field, an unknown kind of step, an impossible date."""


class FeeError(LawError):
    """A processing fee that may not be charged, or a count that is none."""


class IdentifierError(LawError):
    """A number that identifies nobody."""
