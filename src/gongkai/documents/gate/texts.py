"""Plain text: UTF-8, or what Chinese Windows writes (GB18030), and nothing a terminal or browser would act on."""

from __future__ import annotations

import re
import unicodedata

from gongkai.documents.gate.kinds import is_markup

WHITE = frozenset("\t\n\r\f")
#: Controls, lone halves of characters, and what stands for no character: binary data that happens to decode.
NO_TEXT = frozenset({"Cc", "Cs", "Cn"})
_TAG = re.compile(rb"(?i)<(?:!doctype html|html|head|body|table|div)\b")


def is_plain_text(data: bytes) -> bool:
    """Whether the bytes are text a person wrote."""
    if b"\x00" in data or is_markup(data) or data.startswith(b"{\\rtf"):
        return False
    text = _decoded(data)
    return text is not None and not any(unicodedata.category(c) in NO_TEXT for c in set(text) - WHITE)


def is_page(data: bytes) -> bool:
    """Whether the bytes are text with the tags of a web page among the first of them."""
    return b"\x00" not in data and _TAG.search(data[:65536]) is not None and _decoded(data) is not None


def _decoded(data: bytes) -> str | None:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
