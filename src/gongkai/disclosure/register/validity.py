"""有效性 of what is on the register: for one document as `law.validity` reckons it, and the same as a query.

The two agree on every history (a property test holds them together); nothing of it is stored, so no midnight makes it
wrong. `through` is the way from the rows asked for to the register: „document__“ for items.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from django.db.models import (
    Case,
    CharField,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.lookups import Exact

from gongkai.agencies.selectors import today
from gongkai.config.prepared import ASKED, Prepared
from gongkai.disclosure.models import DocumentChange, ItemState, NormativeDocument
from gongkai.disclosure.visibility import state_is_public
from gongkai.law.validity import ENDINGS, Change, Validity, validity_on

DAY = dt.timedelta(days=1)


def standing_changes() -> QuerySet[DocumentChange]:
    """The acts that count: neither struck nor the striking of another."""
    return DocumentChange.objects.filter(strikes__isnull=True, struck_by__isnull=True).order_by("on", "id")


class Act(Protocol):
    """What an act did, and from which day on: a row of `DocumentChange`, or as much of it."""

    @property
    def kind(self) -> str: ...
    @property
    def on(self) -> dt.date: ...


def history_of(document: NormativeDocument, rows: Iterable[Act] | None = None) -> list[Change]:
    """What acts did to it. An end that was entered before acts were on record counts as a repeal."""
    found = [
        Change(Validity(row.kind), row.on)
        for row in (standing_changes().filter(document=document) if rows is None else rows)
    ]
    if document.repealed_on is not None and not any(change.kind in ENDINGS for change in found):
        found.append(Change(Validity.REPEALED, document.repealed_on))
    return found


def validity_of(document: NormativeDocument, day: dt.date | None = None, rows: Iterable[Act] | None = None) -> Validity:
    """Its state on a day, today if not told. `rows`: its standing changes, where the caller has them."""
    return validity_on(
        day or today(),
        in_force_from=document.in_force_from or document.made_on,
        last_day=document.last_day,
        changes=history_of(document, rows),
    )


def with_validity(rows: QuerySet, day: dt.date | None = None, through: str = "") -> QuerySet:  # type: ignore[type-arg]
    """The rows with `validity`, the value of their state on a day; empty for what is not on the register."""
    on, of = day or today(), through
    changes = standing_changes().filter(document=OuterRef(f"{of}pk"), on__lte=on)
    ended_as = Subquery(changes.filter(kind__in=ENDINGS).values("kind")[:1])
    by_act, lapsed = _ended(of, on)
    begins_later = Q(**{f"{of}in_force_from__gt": on}) | Q(
        **{f"{of}in_force_from__isnull": True, f"{of}made_on__gt": on}
    )
    cases = [
        When(
            by_act & Q(Exact(ended_as, Value(Validity.DECLARED_INVALID.value))),
            then=Value(Validity.DECLARED_INVALID.value),
        ),
        When(by_act, then=Value(Validity.REPEALED.value)),
        When(lapsed, then=Value(Validity.EXPIRED.value)),
        When(begins_later, then=Value(Validity.NOT_YET.value)),
        *[
            When(Exists(changes.filter(kind=kind)), then=Value(kind.value))
            for kind in (Validity.PARTLY_REPEALED, Validity.AMENDED)
        ],
    ]
    if of:
        cases.insert(0, When(Q(**{f"{of}pk__isnull": True}), then=Value("")))
    default = Value(Validity.IN_FORCE.value)
    found: QuerySet = rows.annotate(  # type: ignore[type-arg]
        validity=Case(*cases, default=default, output_field=CharField())
    )
    return found


def _ended(of: str, on: dt.date) -> tuple[Q, Q]:
    """Ended by an act, and by lapse of 有效期: whichever was first; an act on the day after the last is still the act.
    The day is taken off the act: nothing comes after 9999-12-31, which is how some write that there is no last day."""
    before_act = ExpressionWrapper(F(f"{of}repealed_on") - DAY, output_field=DateField())
    by_act = Q(**{f"{of}repealed_on__lte": on}) & (
        Q(**{f"{of}last_day__isnull": True}) | Q(**{f"{of}last_day__gte": before_act})
    )
    lapsed = Q(**{f"{of}last_day__lt": on}) & (
        Q(**{f"{of}repealed_on__isnull": True}) | Q(**{f"{of}last_day__lt": before_act})
    )
    return by_act, lapsed


def in_state(rows: QuerySet, states: Iterable[Validity], day: dt.date | None = None, through: str = "") -> QuerySet:  # type: ignore[type-arg]
    """Those that are in one of these states on a day."""
    return with_validity(rows, day, through).filter(validity__in=[state.value for state in states])


@dataclass(frozen=True, slots=True)
class Standing:
    """What a page says of a document's 有效性. `since`: the day from which it is so; `basis`: the act that made it so,
    empty for a lapse or for what nothing changed; `act_item`: the act's own page, where the public can read it."""

    state: Validity
    since: dt.date
    basis: str = ""
    act_item: int | None = None
    last_day: dt.date | None = None


def standing_of(document: NormativeDocument, day: dt.date | None = None) -> Standing:
    """The state with the act behind it; one query."""
    on = day or today()
    rows = [_Act(*row) for row in _ACTS_QUERY.rows(document.pk)]
    state, begins = validity_of(document, on, rows), document.in_force_from or document.made_on
    if state is Validity.EXPIRED and document.last_day is not None:
        return Standing(state, document.last_day + DAY, last_day=document.last_day)
    if state in (Validity.IN_FORCE, Validity.NOT_YET):
        return Standing(state, begins, last_day=document.last_day)
    of_kind = [row for row in rows if row.kind == state and row.on <= on]
    if not of_kind:  # an end entered before acts were on record
        return Standing(state, document.repealed_on or begins, document.repeal_basis, None, document.last_day)
    # What ended it is the first act that did; of amendments the newest one says most.
    act = of_kind[0] if state in ENDINGS else of_kind[-1]
    page = act.item if state_is_public(act.item_state) else None
    # Of an act that was taken down at once not even the title is told: it may be what leaked.
    basis = "" if act.item_state == ItemState.SUSPENDED else act.basis
    return Standing(state, act.on, basis, page, document.last_day)


class _Act(NamedTuple):
    """An act that counts, and the item in which it can be read."""

    kind: str
    on: dt.date
    basis: str
    item: int | None
    item_state: str | None


_ACTS_QUERY = Prepared(
    lambda: standing_changes().filter(document=ASKED).values_list("kind", "on", "basis", "by__item", "by__item__state")
)
