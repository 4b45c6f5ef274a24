"""Mark what was read. A person's own reading is nobody else's affair and is not in the ledger."""

from __future__ import annotations

from django.utils import timezone

from gongkai.agencies.models import Person
from gongkai.notifications.selectors import unread


def read_one(*, person: Person, notification_id: int) -> bool:
    """One of the person's own; False where there is no such unread one."""
    return bool(unread(person).filter(pk=notification_id).update(read_at=timezone.now()))


def read_all(*, person: Person, up_to: int) -> int:
    """All up to the newest that the person saw: what came meanwhile stays unread."""
    return unread(person).filter(pk__lte=up_to).update(read_at=timezone.now())


def read_about(*, person: Person, about: str) -> int:
    """All about one thing, which the person has dealt with."""
    return unread(person).filter(about=about).update(read_at=timezone.now())
