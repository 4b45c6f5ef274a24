"""One form for texts and queries: what a reader takes for the same is the same.

Folding goes character by character and looks at no neighbour, so the fold of a part is part of the fold of the whole:
that is why every substring is found. Full-width and compatibility forms, case, and the accents of pinyin are levelled
(NFKD); every bracket in which document numbers are written is the same pair; every quotation mark is the same. White
space and what nobody sees are left out: a line that was broken in the middle of a word is no other word.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import compress

#: Between the parts of one text (two attachments): a noncharacter, which folding takes out of everything else.
PART = "\ufdd0"
_OPENING, _CLOSING = "〔［[【（(〖｛{〘⟦", "〕］]】）)〗｝}〙⟧"
_QUOTES = "\"'“”‘’„‟‚‛「」『』〝〞〟＂＇`´"
_LEVELLED = {
    **dict.fromkeys(_OPENING, "("),
    **dict.fromkeys(_CLOSING, ")"),
    **dict.fromkeys(_QUOTES, '"'),
    **dict.fromkeys("‐‑‒–—―−－", "-"),
}
#: Cc, Cf, Cs: control, format (zero width), lone halves of a surrogate pair, which no encoding can write.
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})


def _fold_one(character: str) -> str:
    levelled = _LEVELLED.get(character)
    if levelled is not None:
        return levelled
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    return "".join(_LEVELLED.get(one, one) for one in plain if not _left_out(one))


def _left_out(one: str) -> bool:
    number = ord(one)
    accent = 0x300 <= number <= 0x36F or 0xFE00 <= number <= 0xFE0F or 0xE0100 <= number <= 0xE01EF
    nobody = 0xFDD0 <= number <= 0xFDEF or number & 0xFFFE == 0xFFFE
    return accent or nobody or one.isspace() or unicodedata.category(one) in _UNSEEN


class _Table(dict[int, str]):
    """For `str.translate`: each character is folded once in the life of the process."""

    def __missing__(self, number: int) -> str:
        folded = self[number] = _fold_one(chr(number))
        return folded


_table = _Table()


def fold(text: str) -> str:
    """The text as it is compared."""
    return text.translate(_table)


def fold_with_places(text: str) -> tuple[str, Sequence[int]]:
    """The folded text, and for each of its characters the place in the text that it came from."""
    lengths = list(map(len, map(_table.__getitem__, map(ord, text))))
    if lengths.count(1) == len(text):  # as most Chinese text
        return fold(text), range(len(text))
    if max(lengths) == 1:
        return fold(text), list(compress(range(len(text)), lengths))
    return fold(text), [place for place, length in enumerate(lengths) for _ in range(length)]
