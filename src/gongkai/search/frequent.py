"""The set phrases of an index: words of three to eight characters that stand in so many texts that to follow their pairs
through every one of them would take long (人民政府, 信息公开). They are found in a sample when the index is built, kept beside it,
and each text is marked with those it has. What is found does not depend on it, only how fast.

Measured: a phrase that stands in 18,000 of 20,000 texts takes 6 ms by its pairs and 1 ms by its mark.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from gongkai.search.folding import PART

#: Of so many texts at least a sample is worth it, of so many at most it is taken.
LEAST, SAMPLE = 500, 1_000
#: In one text of so many a set phrase stands; so many are kept.
SHARE, MOST = 25, 4_000
SHORTEST, LONGEST = 3, 8
_NAME = "phrases.json"


class Phrases:
    """The set phrases of one index."""

    def __init__(self, phrases: Iterable[str] = ()) -> None:
        self.all = frozenset(phrases)
        self._by_pair: dict[str, list[str]] = {}
        for phrase in self.all:
            self._by_pair.setdefault(phrase[:2], []).append(phrase)

    def __contains__(self, word: str) -> bool:
        return word in self.all

    def within(self, text: str) -> list[str]:
        """Those that stand in a folded text, as often as they do."""
        if not self.all:
            return []
        by_pair = self._by_pair
        return [
            phrase
            for place, pair in enumerate(map(str.__add__, text, text[1:]))
            if pair in by_pair
            for phrase in by_pair[pair]
            if text.startswith(phrase, place)
        ]

    def keep(self, build: Path) -> None:
        (build / _NAME).write_text(json.dumps(sorted(self.all), ensure_ascii=False), encoding="utf-8")


def phrases_in(texts: Sequence[str]) -> Phrases:
    """The set phrases of these folded texts; none where they are too few to tell."""
    if len(texts) < LEAST:
        return Phrases()
    least, found = max(2, len(texts) // SHARE), Counter[str]()
    shorter: frozenset[str] | None = None
    for length in range(2, LONGEST + 1):
        counts: Counter[str] = Counter()
        for text in texts:
            counts.update(_pieces(text, length, shorter))
        frequent = {piece: count for piece, count in counts.items() if count >= least and PART not in piece}
        if length >= SHORTEST:
            found.update(frequent)
        shorter = frozenset(frequent)
    return Phrases(phrase for phrase, _ in found.most_common(MOST))


def _pieces(text: str, length: int, shorter: frozenset[str] | None) -> set[str]:
    """The pieces of this length; only those whose two halves, one shorter, are frequent themselves."""
    if shorter is None:
        return set(map(str.__add__, text, text[1:]))
    starts = [place for place in range(len(text) - length + 2) if text[place : place + length - 1] in shorter]
    return {text[one : one + length] for one, other in pairwise(starts) if other == one + 1}


@lru_cache(maxsize=4)
def kept_phrases(build: Path) -> Phrases:
    """Those of a build; an index without the file has none. Raises OSError or ValueError for what is damaged."""
    path = build / _NAME
    return Phrases(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else Phrases()
