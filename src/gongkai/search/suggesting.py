"""您是不是要找: document numbers that are nearly the one typed, and titles that are nearly it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from gongkai.search.entries import Hit
from gongkai.search.folding import fold
from gongkai.search.index import SearchIndex
from gongkai.search.querying import title_like
from gongkai.search.schema import hit, number_key, schema

#: So many are offered; so many wrong characters of a number are forgiven; so alike a title must be.
MOST, WRONG, ALIKE = 3, 2, 0.6
_LOOKED_AT = 20
_NUMBER = re.compile(r"\d.*\d|\d.*号")


def alike(index: SearchIndex, text: str) -> tuple[Hit, ...]:
    """What somebody may have meant by this: numbers where it looks like one, else titles. Raises SearchUnavailable."""
    folded = fold(text)
    if len(folded) < 3:
        return ()
    numbers = _numbers(index, number_key(text)) if _NUMBER.search(folded) else []
    return tuple(numbers or _titles(index, folded))[:MOST]


def _numbers(index: SearchIndex, wanted: str) -> list[Hit]:
    from tantivy import Query

    with index.reading() as searcher:
        query = Query.fuzzy_term_query(schema(), "whole_number", wanted, WRONG)
        result = searcher.search(query, limit=_LOOKED_AT, count=False)
        hits = [hit(searcher.doc(address)) for _, address in result.hits]
    return _nearest(wanted, [(number_key(one.number), one) for one in hits], 0.0)


def _titles(index: SearchIndex, wanted: str) -> list[Hit]:
    with index.reading() as searcher:
        result = searcher.search(title_like(wanted), limit=_LOOKED_AT, count=False)
        hits = [hit(searcher.doc(address)) for _, address in result.hits]
    return _nearest(wanted, [(fold(one.title), one) for one in hits], ALIKE)


def _nearest(wanted: str, rows: Iterable[tuple[str, Hit]], least: float) -> list[Hit]:
    """The most alike first. Of a long title only the part that was meant need be alike."""
    rated = []
    for text, one in rows:
        matcher = SequenceMatcher(None, wanted, text, autojunk=False)
        same = sum(block.size for block in matcher.get_matching_blocks())
        rated.append((same / len(wanted), matcher.ratio(), one))
    rated.sort(key=lambda row: row[:2], reverse=True)
    return [one for share, _, one in rated if share >= least]
