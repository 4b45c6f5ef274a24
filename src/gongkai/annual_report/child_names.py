"""Whose report a file is: the agency that its title names, held against the agencies below."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

#: A shorter name says too little to be the end of another one: 财政局 ends the names of a hundred agencies.
_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Named:
    """An agency by its names; `key` is the row's."""

    key: int
    name: str
    short_name: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """`certain` the agency that is meant; else `candidates`, those that may be, for a person to say."""

    certain: int | None
    candidates: tuple[int, ...] = ()


def normal(name: str) -> str:
    """A name without what differs between two ways to write it: blanks, full-width letters and brackets."""
    return "".join(unicodedata.normalize("NFKC", name).split())


def match(title: str, agencies: Iterable[Named]) -> Match:
    """Only the name itself, in full or short, is certain: a number under the wrong agency would be worse than a question."""
    wanted = normal(title)
    every = [(one, normal(one.name), normal(one.short_name)) for one in agencies]
    for exact in (
        [one for one, name, _ in every if name == wanted],
        [one for one, _, short in every if short == wanted],
    ):
        if len(exact) == 1:
            return Match(exact[0].key)
    near = [one.key for one, *names in every if any(_near(wanted, name) for name in names)]
    return Match(None, tuple(near))


def _near(title: str, name: str) -> bool:
    """江湾县水务局 and 甲省乙市江湾县水务局. A title that is the mere end of a name is asked about, however short: taken as
    another agency it would count beside the one that is meant."""
    if name.endswith(title) and len(title) > 1:
        return True
    return len(name) >= _SHORTEST and title.endswith(name)
