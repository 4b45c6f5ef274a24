"""Who hands in documents. A room registers its sources when it is ready (`apps.py`); the search knows nothing of rooms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.utils.module_loading import import_string

from gongkai.law.texts import Text
from gongkai.law.validity import Validity
from gongkai.search.entries import Entry


@dataclass(frozen=True, slots=True)
class Shown:
    """What a list shows of a document, as the database says it now. ``wording``: how the stamp of its entry begins; only
    where it does so may a piece of the indexed text be shown, for what stood there before may have been put right."""

    title: str
    address: str
    wording: str
    agency: str = ""
    number: str = ""
    day: dt.date | None = None
    validity: Validity | None = None


class Source(Protocol):
    """Documents of one kind, each with a number. Every answer follows the room's own rule of what is public."""

    kind: str
    label: Text

    def count(self) -> int:
        """How many there are."""

    def entries(self) -> Iterator[Entry]:
        """All of them, a portion at a time."""

    def entries_of(self, numbers: Sequence[int]) -> Iterable[Entry]:
        """Those of these that are public."""

    def stamps(self) -> Iterator[tuple[int, str]]:
        """Number and stamp of each, without its texts."""

    def shown(self, numbers: Sequence[int]) -> Mapping[int, Shown]:
        """Those of these that anybody may read now, in few queries."""


_sources: dict[str, Source | None] = {}


def register(source: str) -> None:
    """Put a source on the list, by the dotted path of its class: it is imported when the first one searches."""
    _sources.setdefault(source, None)


def sources() -> tuple[Source, ...]:
    for name, source in _sources.items():
        if source is None:
            _sources[name] = import_string(name)()
    return tuple(source for source in _sources.values() if source is not None)


def all_entries(told: Callable[[], object] = lambda: None) -> Iterator[Entry]:
    """What all sources have; `told` is called for each."""
    for source in sources():
        for entry in source.entries():
            told()
            yield entry


def entries_of(keys: Iterable[str]) -> Iterator[Entry]:
    """Those of these keys that are public now."""
    for source, numbers in _by_source(keys):
        yield from source.entries_of(numbers)


def shown(keys: Iterable[str]) -> dict[str, Shown]:
    """Those of these keys that anybody may read now."""
    return {
        f"{source.kind}:{number}": row
        for source, numbers in _by_source(keys)
        for number, row in source.shown(numbers).items()
    }


def _by_source(keys: Iterable[str]) -> list[tuple[Source, list[int]]]:
    numbers: dict[str, list[int]] = {}
    for key in keys:
        kind, _, number = key.partition(":")
        if number.isdecimal():
            numbers.setdefault(kind, []).append(int(number))
    return [(source, numbers[source.kind]) for source in sources() if source.kind in numbers]
