"""A query as typed, taken apart: words separated by white space are all wanted, each exactly as it is written.

There are no operators: brackets, stars and colons are text like any other. Only what stands in quotation marks, from one
white space to another, is one word although there are blanks in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongkai.search.folding import fold

#: Longer queries are cut here, and the page says so.
LONGEST = 100
#: Before anything is looked at: nobody types so much, but anybody can send it.
_READ = 4 * LONGEST
_WORD = re.compile(r"""[“„"＂]([^“”„"＂]+)[”"＂](?=\s|$)|(\S+)""")


@dataclass(frozen=True, slots=True)
class Typed:
    """A query: what is shown again in the box, the words to look for (folded), and whether it was cut."""

    text: str
    words: tuple[str, ...]
    cut: bool = False

    @property
    def empty(self) -> bool:
        return not self.words


def typed(text: str) -> Typed:
    """Take a query apart. Never fails, whatever was typed."""
    # What no page could show again: lone halves of a pair, and the zero byte, which PostgreSQL refuses.
    plain = text[:_READ].encode("utf-8", "ignore").decode().replace("\0", "").strip()
    kept = plain[:LONGEST]
    words = dict.fromkeys(fold(match[1] or match[2]) for match in _WORD.finditer(kept))
    words.pop("", None)
    return Typed(kept, tuple(words), cut=len(plain) > LONGEST or len(text) > _READ)
