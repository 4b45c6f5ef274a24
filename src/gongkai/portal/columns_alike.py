"""Where nothing was found: the columns that speak of what was typed. Whoever asks „低保怎么办“ finds no text with these very
words, and yet the column of 社会救助, whose description names 低保."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from django.urls import reverse

from gongkai.agencies.models import Agency
from gongkai.disclosure.columns.selectors import Node, tree
from gongkai.search.folding import fold

OFFERED = 3
#: Pairs of characters that more columns have tell nothing apart (信息, 政策).
COMMON = 6


def columns_alike(text: str, agency: Agency | None) -> list[tuple[str, str]]:
    """Name and address of the columns of this agency that have the most in common with the text; none without a word."""
    wanted = set(_pairs(fold(text)))
    if agency is None or not wanted:
        return []
    leaves = list(tree().leaves(agency.pk))
    has = [(node, wanted & set(_pairs(_said(node)))) for node in leaves]
    telling = {pair for pair in wanted if sum(pair in pairs for _, pairs in has) <= COMMON}
    ranked = sorted(((len(pairs & telling), node) for node, pairs in has), key=lambda each: -each[0])
    return [
        (node.name, reverse("portal:column", args=[agency.slug, node.code]))
        for score, node in ranked[:OFFERED]
        if score
    ]


def _said(node: Node) -> str:
    return fold(f"{node.name} {node.description} {node.keywords}")


def _pairs(text: str) -> Iterator[str]:
    """Two Chinese characters beside each other: the shortest that means something."""
    for first, second in pairwise(text):
        if "\u4e00" <= first <= "\u9fff" and "\u4e00" <= second <= "\u9fff":
            yield first + second
