"""How much of a text was already there last year: 「不得出现…年年雷同现象」 (年度报告格式, part five)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongkai.applications.likeness import pairs_of

#: From this share of common character pairs on a sentence counts as the same. Ours: a changed number, year or word
#: in it does not make it new.
SAME = 0.75
#: Shorter ones („二是……。“ of a list) say nothing.
SHORTEST = 8


@dataclass(frozen=True, slots=True)
class Likeness:
    """``share``: of the text's characters, how many stand in sentences of last year, in per cent."""

    share: int
    same: tuple[str, ...]
    sentences: int


def compared(text: str, before: str) -> Likeness:
    """This year's text with last year's, sentence by sentence. Figures are left out: that they differ is no new text."""
    now, then = sentences_of(text), [pairs_of(_bare(one)) for one in sentences_of(before)]
    same = tuple(one for one in now if _is_there(pairs_of(_bare(one)), then))
    length = sum(len(one) for one in now)
    share = round(100 * sum(len(one) for one in same) / length) if length else 0
    return Likeness(share, same, len(now))


def sentences_of(text: str) -> list[str]:
    """The sentences that are long enough to compare."""
    found = (one.strip() for one in re.split(r"(?<=[。！？；;!?])|\n", text))
    return [one for one in found if len(_bare(one)) >= SHORTEST]


def _bare(sentence: str) -> str:
    return re.sub(r"\{\{[^{}]*\}\}|[\d.,%]+", "", sentence)


def _is_there(mine: frozenset[str], before: list[frozenset[str]]) -> bool:
    # Sizes too far apart cannot share enough; asking them costs more than this.
    near = (one for one in before if one and SAME * len(one) <= len(mine) <= len(one) / SAME)
    return any(len(one & mine) >= SAME * len(one | mine) for one in near)
