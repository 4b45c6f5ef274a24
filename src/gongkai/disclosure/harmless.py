"""Words that go straight to the public without the three reviews (a guide, what is said of an act, names of columns, why
one is empty)."""

from __future__ import annotations

from gongkai.agencies.errors import Invalid
from gongkai.law.texts import Text


def require_harmless(**told: str) -> None:
    """Refuse what the privacy scan would hold back in a file, at the field where it stands, and what reads otherwise than
    it is scanned. Raises Invalid."""
    from gongkai.disclosure.rich_text import TURNED, seen
    from gongkai.documents.privacy.files import found_in_text  # its word lists are for whoever writes

    for field, text in told.items():
        text, turned = seen(text)
        if turned:
            raise Invalid(field, Text(f"含有{TURNED.zh}，请删除。", f"Take out what it has of {TURNED.en}."))
        if found := found_in_text(text):
            raise Invalid(field, found[0].message)
