"""有效性: whether a policy document is in force on a day, told from its dates and from the acts that changed it.

That the state must be shown and kept up to date is [C] (国办公开办函〔2021〕33号 §一, 要点; PLT-12, PLT-13); the words of the
states are those in use on sites [C practice]. Nothing is stored that a midnight could make wrong: the state is reckoned
from dates whenever it is asked for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from gongkai.law.texts import Text


class Validity(StrEnum):
    """The state of a document on a day."""

    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    AMENDED = "amended"
    PARTLY_REPEALED = "partly_repealed"
    REPEALED = "repealed"
    DECLARED_INVALID = "declared_invalid"
    EXPIRED = "expired"

    @property
    def label(self) -> Text:
        """The state in words."""
        return _LABELS[self]

    @property
    def holds(self) -> bool:
        """Whether the document, or what is left of it, is in force."""
        return self in HOLDING


_LABELS: Mapping[Validity, Text] = MappingProxyType(
    {
        Validity.NOT_YET: Text("尚未施行", "not yet in force"),
        Validity.IN_FORCE: Text("现行有效", "in force"),
        Validity.AMENDED: Text("已修改", "in force as amended"),
        Validity.PARTLY_REPEALED: Text("部分废止", "partly repealed"),
        Validity.REPEALED: Text("废止", "repealed"),
        Validity.DECLARED_INVALID: Text("宣布失效", "declared invalid"),
        Validity.EXPIRED: Text("失效", "expired"),
    }
)
HOLDING = frozenset({Validity.IN_FORCE, Validity.AMENDED, Validity.PARTLY_REPEALED})
#: What an act can do to a document. 失效 by lapse of time needs no act.
CHANGES = (Validity.AMENDED, Validity.PARTLY_REPEALED, Validity.REPEALED, Validity.DECLARED_INVALID)
ENDINGS = frozenset({Validity.REPEALED, Validity.DECLARED_INVALID})


@dataclass(frozen=True, slots=True)
class Change:
    """An act that changed a document, from a day on. ``kind``: one of CHANGES."""

    kind: Validity
    on: dt.date


def validity_on(
    day: dt.date, *, in_force_from: dt.date, last_day: dt.date | None = None, changes: Iterable[Change] = ()
) -> Validity:
    """The state on a day. ``in_force_from``: 施行日期; ``last_day``: the last day of 有效期, None without one.

    An act holds from its own day on; what ended it first, ended it. Before that a partial repeal says more than an
    amendment.
    """
    done = [change for change in changes if change.on <= day]
    ends = [(change.on, change.kind) for change in done if change.kind in ENDINGS]
    if last_day is not None and day > last_day:
        ends.append((last_day + dt.timedelta(days=1), Validity.EXPIRED))
    if ends:
        return min(ends, key=lambda end: end[0])[1]
    if day < in_force_from:
        return Validity.NOT_YET
    kinds = {change.kind for change in done}
    for kind in (Validity.PARTLY_REPEALED, Validity.AMENDED):
        if kind in kinds:
            return kind
    return Validity.IN_FORCE
