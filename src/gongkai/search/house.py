"""The index of this installation, and what it does with the sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from gongkai.search import sources
from gongkai.search.index import SearchIndex
from gongkai.search.schema import mark

#: So many documents are written in one go.
PORTION = 300


def index() -> SearchIndex:
    """The index in the data folder."""
    return _index(Path(settings.SEARCH_FOLDER))


@lru_cache(maxsize=4)
def _index(folder: Path) -> SearchIndex:
    return SearchIndex(folder)


def rebuild(told: Callable[[], object] = lambda: None) -> int:
    """Everything anew, beside the index in use."""
    return index().rebuild(sources.all_entries(told), sources.entries_of)


def update(keys: Sequence[str]) -> None:
    """Bring these up to date with the database."""
    for begin in range(0, len(keys), PORTION):
        portion = keys[begin : begin + PORTION]
        index().update(portion, lambda portion=portion: sources.entries_of(portion))  # type: ignore[misc]


@dataclass(frozen=True)
class Difference:
    """What the index and the database do not agree on, by key."""

    missing: tuple[str, ...]
    late: tuple[str, ...]
    extra: tuple[str, ...]
    count: int

    @property
    def keys(self) -> tuple[str, ...]:
        return (*self.missing, *self.late, *self.extra)


def difference() -> Difference:
    """Compare every document of the database with the index, without reading texts. Raises SearchUnavailable."""
    there = index().marks()
    missing, late, count = [], [], 0
    for key, stamp in _stamps():
        count += 1
        found = there.pop(mark(key), None)
        if found is None:
            missing.append(key)
        elif found[0] != mark(stamp):
            late.append(key)
    extra = tuple(told() for _, told in there.values())
    return Difference(tuple(missing), tuple(late), extra, count)


def _stamps() -> Iterator[tuple[str, str]]:
    for source in sources.sources():
        for number, stamp in source.stamps():
            yield f"{source.kind}:{number}", stamp
