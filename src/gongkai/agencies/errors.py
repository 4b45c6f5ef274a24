"""What this room refuses, in the users' words."""

from __future__ import annotations

from gongkai.law.errors import LawError
from gongkai.law.texts import Text


class NotAllowed(LawError):
    """The person holds no role that may do this."""

    def __init__(self, what: Text | None = None) -> None:
        super().__init__("not_allowed", what or Text("您的岗位不能办理此事项。", "Your role may not do this."))


class Invalid(LawError):
    """A value that cannot be taken as it is; `field` names where."""

    def __init__(self, field: str, message: Text) -> None:
        super().__init__("invalid", message)
        self.field = field
