"""What people write beside their acts, no longer than the record holds."""

from __future__ import annotations

from gongkai.agencies.errors import Invalid
from gongkai.law.texts import Text

LONGEST = 500


def checked_remark(text: str, field: str = "remark", longest: int = LONGEST) -> str:
    """In one line, without blanks at its ends. Raises Invalid where it is too long."""
    text = " ".join(text.split())
    if len(text) > longest:
        raise Invalid(field, Text(f"不能超过{longest}字。", f"No more than {longest} characters."))
    return text
