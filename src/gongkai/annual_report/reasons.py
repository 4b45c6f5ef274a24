"""What people write as a reason."""

from __future__ import annotations

from gongkai.agencies.errors import Invalid
from gongkai.law.texts import Text

LONGEST = 500


def checked_reason(text: str, field: str = "reason") -> str:
    """The reason without blanks around it; whether it may be empty, the law of the act says. Raises Invalid (`field`)."""
    reason = text.strip()
    if len(reason) > LONGEST:
        raise Invalid(field, Text(f"不能超过{LONGEST}字。", f"No more than {LONGEST} characters."))
    return reason
