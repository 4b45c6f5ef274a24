"""From bytes to characters, for files that say wrongly in which code they are.

GB2312 and GBK are subsets of GB18030 and are read as such: pages that claim the former hold characters of the latter,
names above all (䶮, 𬭎). A strict reading as UTF-8 comes before anything a page says of itself, for no Chinese text of
some length in another code passes as UTF-8 by chance.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from gongkai.documents.gate.kinds import is_markup

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""(?i)(?:charset|encoding)\s*=\s*["']?\s*([a-z0-9_:.-]{2,40})""")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f]")
_END_OF_FILE = "\x1a"
"""Old machines ended a text with it."""


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    encoding: str


def decoded(data: bytes) -> Decoded | None:
    """The text; None for bytes that are none."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _as(data, encoding)
    if wide := _wide(data):
        return _as(data, wide)
    if b"\x00" in data:
        return None
    for encoding in ("utf-8", *_declared(data), "gb18030", "big5hkscs"):
        if found := _as(data, encoding):
            return found
    return _mostly(data)


def _as(data: bytes, encoding: str) -> Decoded | None:
    try:
        text = data.decode(encoding)
    except (UnicodeError, LookupError):
        return None
    text = text.removesuffix(_END_OF_FILE)
    return None if _CONTROLS.search(text) else Decoded(text, encoding.removesuffix("-sig"))


def _declared(data: bytes) -> tuple[str, ...]:
    """What a page says of itself, where it may be believed."""
    found = _DECLARED.search(data[:4096])
    if found is None:
        return ()
    name = found[1].decode().lower()
    if name.startswith(("gb", "utf", "ucs", "iso-8859", "latin", "windows-1252", "ascii", "us-ascii")):
        return ()
    try:
        return (codecs.lookup(name).name,)
    except LookupError:
        return ()


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of its digits, blanks and line ends is zero."""
    head = data[:4096]
    if len(data) % 2 or len(head) < 4 or b"\x00" not in head:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) < len(head) // 40 + 1 or min(even, odd) > 0:
        return None
    return "utf-16-le" if odd else "utf-16-be"


def _mostly(data: bytes) -> Decoded | None:
    """A text with a few spoilt bytes (cut in mid-character, two codes mixed): the code that spoils least."""
    best = min(
        ((data.decode(encoding, "replace"), encoding) for encoding in ("utf-8", "gb18030")),
        key=lambda found: found[0].count("\ufffd"),
    )
    if _CONTROLS.search(best[0]) or best[0].count("\ufffd") > max(1, len(best[0]) // 200):
        return None
    return Decoded(best[0].removesuffix(_END_OF_FILE), best[1])


_TAGS = re.compile(r"(?i)<(?:html|head|body|table|div|p|meta|tr|td|span)[\s>/]")


def is_html(text: str) -> bool:
    """A page, or a piece of one; a text that speaks of tags is none."""
    head = text[:4096].lstrip("\ufeff").lstrip()
    if re.match(r"(?i)<(?:!doctype\s+html|html)\b", head):
        return True
    if head.startswith("<") and (is_markup(head[:1024].encode()) or _TAGS.match(head)):
        return _TAGS.search(text[:65536]) is not None
    return len(_TAGS.findall(text[:65536])) >= 3 and re.search(r"(?i)</(?:td|p|div|table|body)>", text) is not None
