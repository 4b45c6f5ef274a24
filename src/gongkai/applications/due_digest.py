"""What the daily digest says of cases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gongkai.agencies.models import Person
from gongkai.notifications.digest import DigestLine, register_digest


@register_digest
def cases_due(person: Person, day: date) -> Sequence[DigestLine]:
    """The person's own duties, the most urgent first."""
    from gongkai.applications.reminders import duties_of  # the pages' code, which a command need not load to start

    return duties_of(person, day)
