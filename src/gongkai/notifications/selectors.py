"""Reads: a person's own notifications and wishes, nobody else's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from gongkai.agencies.models import Person
from gongkai.notifications.models import Notification, Preference

PAGE = 50


def unread(person: Person) -> QuerySet[Notification]:
    return Notification.objects.filter(person=person, read_at__isnull=True)


@dataclass(frozen=True)
class Page:
    """Notifications, the newest first. `next_before` is the number after which the next page begins, or None."""

    rows: Sequence[Notification]
    unread: int
    next_before: int | None


def notifications(person: Person, *, before: int | None = None) -> Page:
    """One page of a person's notifications."""
    found = Notification.objects.filter(person=person).order_by("-id")
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = list(found[: PAGE + 1])
    more = len(rows) > PAGE
    return Page(rows[:PAGE], unread(person).count(), rows[PAGE - 1].pk if more else None)


def preference_of(person: Person) -> Preference:
    """The person's wishes; those of somebody who never said any, not saved."""
    return Preference.objects.filter(person=person).first() or Preference(person=person)
