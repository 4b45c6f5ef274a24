"""Read a chain from its first entry to its head and say what does not hold."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gongkai.ledger.digests import GENESIS, sm3
from gongkai.ledger.models import Chain, Entry

#: A room's own check that the rows an entry speaks of still say what the entry says; None where they do.
Witness = Callable[[Entry], str | None]
_witnesses: dict[str, Witness] = {}
#: What a driver raises for a value that its column cannot hold.
UNREADABLE = (ValueError, TypeError, AttributeError)


@dataclass(frozen=True)
class Problem:
    """Something that does not hold. `kind`: changed, removed, reordered, or witness (the record behind it differs)."""

    chain: str
    number: int
    kind: str
    message: str


def register_witness(act: str, witness: Witness) -> None:
    """Have entries of this act compared with the rows they speak of whenever a chain is verified."""
    _witnesses[act] = witness


def chains() -> list[Chain]:
    """Every chain by its name, also one whose head is gone while its entries are still there."""
    heads = {chain.name: chain for chain in Chain.objects.all()}
    named = Entry.objects.order_by("chain").values_list("chain_id", flat=True).distinct()
    heads |= {name: Chain(name=name) for name in named if name not in heads}
    return [heads[name] for name in sorted(heads)]


def verify(chain: Chain, *, progress: Callable[[int], None] = lambda count: None) -> Iterator[Problem]:
    """All problems of one chain, in its order. `progress` is called with the entries read so far.

    The office may go on working: entries that are added meanwhile are read along, and are no problem.
    """
    head = Chain.objects.filter(pk=chain.pk).first()
    expected = 1
    previous: str | None = GENESIS
    ends = previous
    for number, entry in _entries(chain.name):
        if number > expected:
            missing = _("缺少第 %(first)d 至第 %(last)d 条") % {"first": expected, "last": number - 1}
            yield Problem(chain.name, expected, "removed", missing)
        # What follows a gap is judged by its own predecessor's hash, so that one gap is told once.
        yield from _entry_problems(chain.name, number, entry, previous if number <= expected else None)
        expected, previous = number + 1, entry.hash if entry else None
        if head and number <= head.length:
            ends = previous
        progress(number)
    yield from _head_problems(chain.name, head, expected - 1, ends)


def _entries(chain: str) -> Iterator[tuple[int, Entry | None]]:
    """The entries by their numbers; None for a row that cannot even be read (SQLite takes any text as a date)."""
    last, ordered = -1, Entry.objects.filter(chain=chain).order_by("number")
    try:
        for entry in ordered.iterator(2000):
            last = entry.number
            yield last, entry
    except UNREADABLE:
        for number in ordered.filter(number__gt=last).values_list("number", flat=True):
            yield number, _read(chain, number)


def _read(chain: str, number: int) -> Entry | None:
    try:
        return Entry.objects.get(chain=chain, number=number)
    except UNREADABLE:
        return None


def _entry_problems(chain: str, number: int, entry: Entry | None, previous: str | None) -> Iterator[Problem]:
    """What is wrong with one entry. `previous` is the hash before it, None where that is not known."""

    def problem(kind: str, message: str) -> Problem:
        return Problem(chain, number, kind, message)

    told = _told(entry)
    if entry is None or told is None:
        yield problem("changed", _("内容无法读取"))
    elif told[0] != number:
        yield problem("reordered", _("此处的内容原为第 %d 条") % told[0])
    elif sm3(f"{entry.previous}{entry.body}".encode()) != entry.hash:
        yield problem("changed", _("内容与其摘要不符"))
    elif previous is not None and entry.previous != previous:
        yield problem("reordered", _("与前一条不衔接"))
    elif told[1:] != (entry.recorded_at.isoformat(), entry.act, entry.subject, entry.actor):
        yield problem("changed", _("索引列与内容不符"))
    elif told_by_rows := _told_by_rows(entry):
        yield problem("witness", told_by_rows)


def _told(entry: Entry | None) -> tuple[int, str, str, str, str] | None:
    """What the body says of itself; None where it is not the body of any entry."""
    if entry is None or entry.recorded_at is None:  # what SQLite makes of a text that is no moment
        return None
    try:
        body = json.loads(entry.body)
        return int(body["number"]), body["at"], body["act"], body["subject"], body["actor"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return None


def _told_by_rows(entry: Entry) -> str | None:
    """What a witness has against the entry. One that it cannot make sense of was not written by any act."""
    witness = _witnesses.get(entry.act)
    try:
        return witness(entry) if witness else None
    except (ValueError, LookupError, TypeError):
        return _("内容无法与所记对象核对")


def _head_problems(chain: str, head: Chain | None, found: int, ends: str | None) -> Iterator[Problem]:
    """What the chain's head says against its entries, of which the last has number `found`. `ends` is the hash of the
    entry that was the last one when the reading began."""
    if head is None:
        yield Problem(chain, 0, "removed", _("链首记录已不存在"))
    elif found < head.length:
        message = _("链首记有 %(told)d 条，实有 %(found)d 条") % {"told": head.length, "found": found}
        yield Problem(chain, found + 1, "removed", message)
    elif ends is not None and ends != head.head:
        yield Problem(chain, head.length, "changed", _("末条与链首所记摘要不符"))
    elif found > Chain.objects.get(pk=head.pk).length:
        yield Problem(chain, head.length + 1, "changed", _("链首只记有 %d 条，其后还有条目") % head.length)
