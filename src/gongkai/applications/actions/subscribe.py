"""期限日历: a person's own feed of due dates is opened, given a new address, or ended."""

from __future__ import annotations

import secrets

from django.db import transaction

from gongkai.agencies.models import Person
from gongkai.agencies.selectors import current_agency
from gongkai.applications.models import CalendarFeed
from gongkai.ledger.actions import record
from gongkai.ledger.models import SYSTEM
from gongkai.vault.sealing import blind_index


def token_index_of(token: str) -> str:
    """By which the feed of an address is found: the address itself is kept nowhere."""
    return blind_index(token, "calendar_feed")


@transaction.atomic
def subscribe(*, person: Person) -> str:
    """Open the feed, or give it a new address, after which the old one leads nowhere. Returns the secret part of the
    address, which is shown this once."""
    token = secrets.token_urlsafe(32)
    Person.objects.select_for_update().get(pk=person.pk)  # twice at the same moment is one after the other
    CalendarFeed.objects.filter(person=person).delete()
    CalendarFeed.objects.create(person=person, token_index=token_index_of(token))
    _record(person, "applications.subscribe")
    return token


@transaction.atomic
def unsubscribe(*, person: Person) -> bool:
    """End the feed. False where there was none."""
    ended, _ = CalendarFeed.objects.filter(person=person).delete()
    if ended:
        _record(person, "applications.unsubscribe")
    return bool(ended)


def _record(person: Person, act: str) -> None:
    agency = current_agency(person)
    chain, subject = agency.slug if agency else SYSTEM, f"person:{person.pk}"
    record(chain=chain, act=act, subject=subject, facts={}, actor=person.username)
