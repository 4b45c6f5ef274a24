"""Which applications ask for much the same: found by a few numbers drawn from their words (MinHash over character pairs).

Chinese is not cut into words: two characters that stand side by side are the unit. Of all pairs of a text the smallest
of each of `MARKS` hashes is kept; two texts share such a number about as often as they share pairs. So candidates are
found by an index, and only these are compared in full.
"""

from __future__ import annotations

import hashlib
import unicodedata
from functools import lru_cache

MARKS = 12
#: From this share of common pairs on two requests are called alike. Ours, measured on the demonstration's requests.
ALIKE = 0.5
_MASK = (1 << 63) - 1
#: Odd multipliers and addends that make twelve hashes out of one; fixed for ever, because marks are stored.
_SPREAD = tuple((0x9E3779B97F4A7C15 * (2 * number + 1), 0xD1B54A32D192ED03 * number) for number in range(MARKS))


def pairs_of(text: str) -> frozenset[str]:
    """The character pairs of a text: letters and digits only, half-width, small."""
    kept = "".join(character for character in unicodedata.normalize("NFKC", text).lower() if character.isalnum())
    return frozenset(kept[place : place + 2] for place in range(len(kept) - 1)) or frozenset({kept} if kept else ())


def marks_of(text: str) -> tuple[int, ...]:
    """The numbers under which a text is found, each with its place among them; none for a text without letters."""
    hashes = [_hash(pair) for pair in pairs_of(text)]
    if not hashes:
        return ()
    least = (min([(value * factor + more) & _MASK for value in hashes]) for factor, more in _SPREAD)
    # The place is mixed in, so that equal numbers of two hashes are not taken for a match.
    return tuple((value & ~0xF) | place for place, value in enumerate(least))


@lru_cache(maxsize=65536)
def _hash(pair: str) -> int:
    return int.from_bytes(hashlib.blake2b(pair.encode(), digest_size=8).digest(), "big")


def likeness(one: str, other: str) -> float:
    """The share of pairs that both have among those that either has: 0 nothing in common, 1 the same words."""
    first, second = pairs_of(one), pairs_of(other)
    together = len(first | second)
    return len(first & second) / together if together else 0.0
