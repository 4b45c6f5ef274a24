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


def verify(chain: Chain, *, progress: Callable[[int], None] = lambda count: None) -> Iterator[Problem]:
    """All problems of one chain, in its order. `progress` is called with the entries read so far."""
    expected, previous = 1, GENESIS
    for entry in Entry.objects.filter(chain=chain).order_by("number").iterator(2000):
        if entry.number > expected:
            missing = _("缺少第 %(first)d 至第 %(last)d 条") % {"first": expected, "last": entry.number - 1}
            yield Problem(chain.name, expected, "removed", missing)
            # What follows is judged by its own predecessor's hash, so that one gap is told once.
            previous = entry.previous
        yield from _entry_problems(entry, previous)
        expected, previous = entry.number + 1, entry.hash
        progress(entry.number)
    if expected - 1 != chain.length or previous != chain.head:
        message = _("链首记有 %(told)d 条，实有 %(found)d 条") % {"told": chain.length, "found": expected - 1}
        yield Problem(chain.name, expected, "removed" if expected - 1 < chain.length else "changed", message)


def _entry_problems(entry: Entry, previous: str) -> Iterator[Problem]:
    def problem(kind: str, message: str) -> Problem:
        return Problem(entry.chain_id, entry.number, kind, message)

    try:
        told = json.loads(entry.body)
        number = int(told["number"])
    except (ValueError, KeyError, TypeError):
        yield problem("changed", _("内容无法读取"))
        return
    if number != entry.number:
        yield problem("reordered", _("此处的内容原为第 %d 条") % number)
    elif sm3(f"{entry.previous}{entry.body}".encode()) != entry.hash:
        yield problem("changed", _("内容与其摘要不符"))
    elif entry.previous != previous:
        yield problem("reordered", _("与前一条不衔接"))
    elif _columns(entry) != (told["at"], told["act"], told["subject"], told["actor"]):
        yield problem("changed", _("索引列与内容不符"))
    elif (witness := _witnesses.get(entry.act)) and (told_by_rows := witness(entry)):
        yield problem("witness", told_by_rows)


def _columns(entry: Entry) -> tuple[str, str, str, str]:
    return entry.recorded_at.isoformat(), entry.act, entry.subject, entry.actor
