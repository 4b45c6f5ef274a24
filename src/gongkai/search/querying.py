"""From words and filters to a query of the engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from gongkai.search.entries import Facet, Wanted
from gongkai.search.frequent import Phrases
from gongkai.search.schema import CHARACTERS, PHRASES, TEXTS, TITLES, schema

if TYPE_CHECKING:
    from tantivy import Query


def query_for(wanted: Wanted, phrases: Phrases) -> Query:
    """All the words, each in any of the fields, and all the filters."""
    from tantivy import Occur, Query

    words = [_word(word, phrases, titles_only=wanted.titles_only) for word in wanted.words]
    filters = _filters(wanted.filters)
    if len(words) == 1 and not filters:
        return words[0]
    must = [(Occur.Must, query) for query in (*words, *filters)]
    return Query.boolean_query(must) if must else Query.all_query()


def _filters(filters: Mapping[Facet, str]) -> Iterable[Query]:
    from tantivy import Query

    rows = [(facet, value) for facet, value in filters.items() if value]
    # A filter says whether, not how well: it adds nothing to the score.
    return [
        Query.const_score_query(Query.term_query(schema(), facet.value, value, "basic"), 0.0) for facet, value in rows
    ]


def _word(word: str, phrases: Phrases, *, titles_only: bool) -> Query:
    from tantivy import Occur, Query

    if len(word) == 1:
        fields = {"title_characters": CHARACTERS["title_characters"]} if titles_only else CHARACTERS
        found = [(name, Query.term_query(schema(), name, word, "basic"), worth) for name, worth in fields.items()]
    else:
        fields = TITLES if titles_only else TEXTS
        found = [(name, _exactly(name, word, phrases), worth) for name, worth in fields.items()]
    return Query.boolean_query([(Occur.Should, Query.boost_query(query, worth)) for _, query, worth in found])


def _exactly(name: str, word: str, phrases: Phrases) -> Query:
    """The word as it is written: its pairs one after the other, or its mark where it is a set phrase."""
    from tantivy import Query

    if name in PHRASES and word in phrases:
        return Query.term_query(schema(), PHRASES[name], word, "freq")
    found = [word[place : place + 2] for place in range(len(word) - 1)]
    if len(found) == 1:
        return Query.term_query(schema(), name, found[0], "position")
    return Query.phrase_query(schema(), name, list(found))


def title_like(folded: str) -> Query:
    """Titles that have most of the pairs of this text, in any order."""
    from tantivy import Occur, Query

    found = list(dict.fromkeys(folded[place : place + 2] for place in range(len(folded) - 1)))
    each = [(Occur.Should, Query.term_query(schema(), "title", pair, "position")) for pair in found]
    return Query.boolean_query(each, minimum_number_should_match=max(2, len(each) // 2))
