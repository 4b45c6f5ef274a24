"""The one way to write into the ledger: one entry, or many at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.ledger import many
from gongkai.ledger.digests import canonical, sm3
from gongkai.ledger.models import Chain, Entry

#: So many entries are kept in memory at once while many are written.
AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Happening:
    """One act to be recorded: as `record` takes it, apart from the chain."""

    act: str
    subject: str
    facts: Mapping[str, Any]
    actor: str = ""


def record(*, chain: str, act: str, subject: str, facts: Mapping[str, Any], actor: str = "") -> Entry:
    """Append one entry to a chain, inside the transaction of the act that it records.

    `chain` an agency's slug or `SYSTEM`; `act` „room.act“; `subject` „model:id“; `facts` JSON values, never
    identity data in the clear; `actor` the person's user name, empty for a citizen or the system itself.
    Raises RuntimeError outside a transaction: an act and its entry stand or fall together.
    """
    head = _held(chain)
    entry = _next(head, Happening(act, subject, facts, actor), timezone.now())
    entry.save(force_insert=True)
    _advance(head, entry)
    head.save(update_fields=["length", "head"])
    return entry


def record_all(*, chain: str, entries: Iterable[Happening]) -> int:
    """Append many entries, in their order, exactly as `record` would one by one; gives how many.

    The chain is held once, so that others wait until the transaction ends.
    """
    head = _held(chain)
    before = head.length
    for some in _portions(_made(head, entries)):
        many.insert(Entry, map(many.row_of, some))
    if head.length > before:
        head.save(update_fields=["length", "head"])
    return head.length - before


def _held(chain: str) -> Chain:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record() must run inside the transaction of the act it records")
    return hold(chain)


def _made(head: Chain, happenings: Iterable[Happening]) -> Iterator[Entry]:
    for happening in happenings:
        entry = _next(head, happening, timezone.now())
        _advance(head, entry)
        yield entry


def _portions(entries: Iterator[Entry]) -> Iterator[list[Entry]]:
    while some := list(islice(entries, AT_ONCE)):
        yield some


def _next(head: Chain, happening: Happening, now: datetime) -> Entry:
    """The entry that follows the head, not saved yet."""
    number = head.length + 1
    body = canonical(
        {
            "number": number,
            "at": now.isoformat(),
            "act": happening.act,
            "subject": happening.subject,
            "actor": happening.actor,
            "facts": happening.facts,
        }
    ).decode()
    return Entry(
        chain=head, number=number, recorded_at=now, act=happening.act, subject=happening.subject, actor=happening.actor,
        body=body, previous=head.head, hash=sm3(f"{head.head}{body}".encode()),
    )  # fmt: skip


def _advance(head: Chain, entry: Entry) -> None:
    head.length, head.head = entry.number, entry.hash


def hold(chain: str) -> Chain:
    """The head of a chain, locked until the transaction ends. Acts that hold it first happen one after the other."""
    Chain.objects.get_or_create(name=chain)
    return Chain.objects.select_for_update().get(name=chain)
