"""What the daily digest says of annual reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gongkai.agencies.models import Person
from gongkai.notifications.digest import DigestLine, register_digest


@register_digest
def reports_due(person: Person, day: date) -> Sequence[DigestLine]:
    """The reports a person writes or signs, while their dates are near."""
    from gongkai.annual_report.reminders import duties_of  # the pages' code, which a command need not load to start

    return duties_of(person, day)
