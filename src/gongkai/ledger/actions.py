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
COLUMNS = ("chain_id", "number", "recorded_at", "act", "subject", "actor", "body", "previous", "hash")


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
    for some in _portions(_rows(head, entries)):
        many.insert(Entry, some, COLUMNS)
    if head.length > before:
        head.save(update_fields=["length", "head"])
    return head.length - before


def _held(chain: str) -> Chain:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record() must run inside the transaction of the act it records")
    return hold(chain)


def _rows(head: Chain, happenings: Iterable[Happening]) -> Iterator[tuple[Any, ...]]:
    """The entries that follow the head, as COLUMNS, while the head goes along."""
    for what in happenings:
        now, number, previous = timezone.now(), head.length + 1, head.head
        stored = many.prepared(Entry, "recorded_at", now)
        body = _body(number, what, now.isoformat())
        head.length, head.head = number, _hash(previous, body)
        yield head.name, number, stored, what.act, what.subject, what.actor, body, previous, head.head


def _portions(rows: Iterator[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    while some := list(islice(rows, AT_ONCE)):
        yield some


def _next(head: Chain, happening: Happening, now: datetime) -> Entry:
    """The entry that follows the head, not saved yet."""
    number = head.length + 1
    body = _body(number, happening, now.isoformat())
    return Entry(
        chain=head, number=number, recorded_at=now, act=happening.act, subject=happening.subject, actor=happening.actor,
        body=body, previous=head.head, hash=_hash(head.head, body),
    )  # fmt: skip


def _body(number: int, happening: Happening, at: str) -> str:
    return canonical(
        {
            "number": number,
            "at": at,
            "act": happening.act,
            "subject": happening.subject,
            "actor": happening.actor,
            "facts": happening.facts,
        }
    ).decode()


def _hash(previous: str, body: str) -> str:
    return sm3(f"{previous}{body}".encode())


def _advance(head: Chain, entry: Entry) -> None:
    head.length, head.head = entry.number, entry.hash


def hold(chain: str) -> Chain:
    """The head of a chain, locked until the transaction ends. Acts that hold it first happen one after the other."""
    Chain.objects.get_or_create(name=chain)
    return Chain.objects.select_for_update().get(name=chain)
