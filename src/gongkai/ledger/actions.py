"""The one way to write into the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.ledger.digests import canonical, sm3
from gongkai.ledger.models import Chain, Entry


def record(*, chain: str, act: str, subject: str, facts: Mapping[str, Any], actor: str = "") -> Entry:
    """Append one entry to a chain, inside the transaction of the act that it records.

    `chain` an agency's slug or `SYSTEM`; `act` „room.act“; `subject` „model:id“; `facts` JSON values, never
    identity data in the clear; `actor` the person's user name, empty for a citizen or the system itself.
    Raises RuntimeError outside a transaction: an act and its entry stand or fall together.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record() must run inside the transaction of the act it records")
    head = hold(chain)
    number, now = head.length + 1, timezone.now()
    body = canonical(
        {
            "number": number,
            "at": now.isoformat(),
            "act": act,
            "subject": subject,
            "actor": actor,
            "facts": facts,
        }
    ).decode()
    digest = sm3(f"{head.head}{body}".encode())
    entry = Entry.objects.create(
        chain=head, number=number, recorded_at=now, act=act, subject=subject, actor=actor,
        body=body, previous=head.head, hash=digest,
    )  # fmt: skip
    head.length, head.head = number, digest
    head.save(update_fields=["length", "head"])
    return entry


def hold(chain: str) -> Chain:
    """The head of a chain, locked until the transaction ends. Acts that hold it first happen one after the other."""
    Chain.objects.get_or_create(name=chain)
    return Chain.objects.select_for_update().get(name=chain)
