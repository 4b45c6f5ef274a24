"""Whether numbered items run 1, 2, 3 … without gap or repeat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: Lists within lists deeper than this are not remembered.
_DEEPEST = 5


@dataclass(frozen=True, slots=True)
class Fault:
    """Item ``index`` of the sequence is ``number``; ``missing`` came not before it; none missing: it repeats."""

    index: int
    number: int
    missing: tuple[int, ...]


def faults(numbers: Sequence[int], *, nested: bool) -> tuple[Fault, ...]:
    """The faults of a sequence. A 1 opens a new list; with ``nested`` a list may hold lists and be taken up again."""
    found: list[Fault] = []
    open_lists: list[int] = []
    for index, number in enumerate(numbers):
        if number == 1:
            if open_lists == [1] and not nested:
                found.append(Fault(index, 1, ()))
            open_lists = [*open_lists[-_DEEPEST:], 1] if nested else [1]
        elif number - 1 in open_lists:
            level = len(open_lists) - 1 - open_lists[::-1].index(number - 1)
            open_lists = [*open_lists[:level], number]
        else:
            last = open_lists[-1] if open_lists else 0
            found.append(Fault(index, number, tuple(range(last + 1, number))))
            open_lists = [*open_lists[:-1], number]
    return tuple(found)
