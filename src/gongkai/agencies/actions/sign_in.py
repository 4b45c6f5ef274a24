"""Signing in and out of staff is part of the record (design: every sign-in is an entry of the chain)."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db import transaction
from django.dispatch import receiver

from gongkai.agencies.models import Person
from gongkai.agencies.selectors import current_agency
from gongkai.ledger.actions import record
from gongkai.ledger.models import SYSTEM


@receiver(user_logged_in)
def record_sign_in(sender: object, user: Person, **_: Any) -> None:
    """An entry in the chain of the person's agency; where it cannot be written, the sign-in fails with it."""
    _record(user, "agencies.sign_in")


@receiver(user_logged_out)
def record_sign_out(sender: object, user: Person | None, **_: Any) -> None:
    """Likewise at the end. `user` is None where the session had already run out."""
    if user is not None:
        _record(user, "agencies.sign_out")


@transaction.atomic
def _record(person: Person, act: str) -> None:
    agency = current_agency(person)
    chain = agency.slug if agency else SYSTEM
    record(chain=chain, act=act, subject=f"person:{person.pk}", facts={}, actor=person.username)
