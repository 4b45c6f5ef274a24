"""The names of bodies: two that a reader takes for the same are the same, however they were typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_BETWEEN = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")


def tidy_name(name: str) -> str:
    """As it is kept: no blanks at its ends, none beside a Chinese character, one elsewhere."""
    return _BETWEEN.sub("", " ".join(name.split()))


def key_of(name: str) -> str:
    """As it is compared: full-width and half-width forms, capitals and small letters are the same."""
    return tidy_name(unicodedata.normalize("NFKC", name)).casefold()


def distinct(names: Iterable[str]) -> list[str]:
    """Each once, in the first way it was written; empty ones left out."""
    found: dict[str, str] = {}
    for name in names:
        if key := key_of(name):
            found.setdefault(key, tidy_name(name))
    return list(found.values())
