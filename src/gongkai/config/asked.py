"""Numbers that stand in addresses and forms, where anybody can write anything."""

from __future__ import annotations


def whole_number(text: str) -> int | None:
    """The number that the text is, None where it is none or more than a database key can be (18 digits at most)."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None
