"""Where nothing was found: the columns that speak of what was typed. Whoever asks „低保怎么办“ finds no text with these very
words, and yet the column of 社会救助, whose description names 低保."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from gongkai.disclosure.columns.selectors import Node, tree
from gongkai.disclosure.models import Column
from gongkai.disclosure.visibility import public_items
from gongkai.search.folding import fold

OFFERED = 3
#: Pairs of characters that more columns have tell nothing apart (信息, 政策).
COMMON = 6


def columns_alike(text: str) -> list[tuple[str, str]]:
    """Name and address of the columns that have the most in common with the text, as the agency has them that published
    in them last; none without a word, and none in which nothing stands."""
    wanted = set(_pairs(fold(text)))
    if not wanted:
        return []
    has = [(node, wanted & set(_pairs(_said(node)))) for node in tree().by_id.values() if node.is_leaf and node.active]
    telling = {pair for pair in wanted if sum(pair in pairs for _, pairs in has) <= COMMON}
    scores = {node.id: len(pairs & telling) for node, pairs in has if pairs & telling}
    last = public_items().filter(column=OuterRef("pk")).values("agency__slug")[:1]
    rows = Column.objects.filter(pk__in=scores).annotate(agency=Subquery(last)).exclude(agency=None)
    ranked = sorted(rows.values_list("pk", "name", "agency", "code"), key=lambda row: -scores[row[0]])
    return [(name, reverse("portal:column", args=[agency, code])) for _, name, agency, code in ranked[:OFFERED]]


def _said(node: Node) -> str:
    return fold(f"{node.name} {node.description} {node.keywords}")


def _pairs(text: str) -> Iterator[str]:
    """Two Chinese characters beside each other: the shortest that means something."""
    for first, second in pairwise(text):
        if "\u4e00" <= first <= "\u9fff" and "\u4e00" <= second <= "\u9fff":
            yield first + second
