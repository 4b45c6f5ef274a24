"""What the search has done later (see `gongkai.jobs`). Safe to run twice: each brings the index to what the database says."""

from __future__ import annotations

import logging

from gongkai.search import house, sources
from gongkai.search.errors import SearchUnavailable

log = logging.getLogger(__name__)
#: Where there is no index, so few documents are put into a new one by the job itself; of more a person decides when.
FEW = 2_000


def update(*keys: str) -> None:
    """These documents were published, changed or withdrawn."""
    try:
        house.update(keys)
    except SearchUnavailable as error:
        _begin_anew(error)


def mend() -> None:
    """Once a night: what the index has missed, and what midnight itself has changed (a document expires)."""
    try:
        found = house.difference()
        house.update(found.keys)
        house.index().tidy()
    except SearchUnavailable as error:
        _begin_anew(error)


def _begin_anew(error: SearchUnavailable) -> None:
    count = sum(source.count() for source in sources.sources())
    if count <= FEW:
        house.rebuild()
    else:
        log.error("search index: %s; %d documents wait for `gongkai search rebuild`", error, count)
