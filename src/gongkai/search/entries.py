"""What is handed in and what comes out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Entry:
    """One document to be found.

    ``key``: its kind and number, as `item:17`. ``agencies``, ``columns``: from the root of their trees down to the one it
    belongs to, so that a filter on any of them finds it. ``stamp``: what it was made from; another stamp in the database
    means that the index is late. ``holds``: False for what is no longer in force, which comes below what is.
    """

    key: str
    title: str
    body: str = ""
    number: str = ""
    #: Another number that it is known by (索引号): found, not shown.
    also: str = ""
    attachments: Sequence[str] = ()
    agencies: Sequence[str] = ()
    columns: Sequence[str] = ()
    year: int = 0
    subject: str = ""
    validity: str = ""
    published: dt.datetime | None = None
    holds: bool = True
    stamp: str = ""

    @property
    def kind(self) -> str:
        return self.key.partition(":")[0]


class Order(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"


class Facet(StrEnum):
    """What a search can be narrowed by, and what is counted beside it."""

    KIND = "kind"
    AGENCY = "agency"
    COLUMN = "column"
    YEAR = "year"
    SUBJECT = "subject"
    VALIDITY = "validity"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: words (folded, all of them), and filters, a value for each facet."""

    words: tuple[str, ...]
    filters: Mapping[Facet, str] = field(default_factory=dict)
    order: Order = Order.RELEVANCE
    first: int = 0
    limit: int = 20
    #: Only in titles and numbers: what is offered while somebody types.
    titles_only: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A document found. ``title`` and ``number`` are as they were indexed; ``parts`` are the texts in which words can be
    shown, the body first."""

    key: str
    title: str
    number: str
    stamp: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits; how many there are in all; how many for each value of each facet, the most frequent first."""

    hits: tuple[Hit, ...]
    count: int
    facets: Mapping[Facet, Mapping[str, int]] = field(default_factory=dict)
