"""What this room refuses, in the users' words."""

from __future__ import annotations

from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model

from gongkai.law.errors import LawError
from gongkai.law.texts import Text

Row = TypeVar("Row", bound=Model)


class NotAllowed(LawError):
    """The person holds no role that may do this."""

    def __init__(self, what: Text | None = None) -> None:
        super().__init__("not_allowed", what or Text("您的岗位不能办理此事项。", "Your role may not do this."))


class Invalid(LawError):
    """A value that cannot be taken as it is; `field` names where."""

    def __init__(self, field: str, message: Text) -> None:
        super().__init__("invalid", message)
        self.field = field


def invalid(error: ValidationError, field: str = "__all__") -> Invalid:
    """The first thing a model's own validation has against its values; `field` where the error names none."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {field: error.messages}
    name, messages = next(iter(by_field.items()))
    return Invalid(name, Text(messages[0], messages[0]))


def checked(row: Row) -> Row:
    """The row, once its model's own validation has nothing against it. Raises Invalid with the field's name. What the
    database itself holds over several fields is left to it: the action has the better words for that."""
    try:
        row.full_clean(validate_constraints=False)
    except ValidationError as error:
        raise invalid(error) from error
    return row
