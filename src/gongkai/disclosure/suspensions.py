"""Reads of 紧急下线: who may take something off the site at once, and by when it must then be decided on."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import calendar, day_of, roles_of
from gongkai.law.errors import CalendarError
from gongkai.law.procedure import Role
from gongkai.law.publication import decide_by


def may_suspend(person: Person, agency: Agency) -> bool:
    """Whether this person may do so at the agency."""
    return not suspenders().isdisjoint(roles_of(person, agency))


def suspenders() -> frozenset[Role]:
    """The posts that may (GONGKAI_SUSPENDERS); a word that is no post names nobody."""
    return frozenset(role for role in Role if role.value in settings.SUSPENDERS)


def to_decide_by(moment: datetime) -> date | None:
    """The last day to decide on what was taken down at that moment; None outside the calendar."""
    try:
        return decide_by(day_of(moment), calendar(), settings.SUSPENDED_DECIDE_DAYS)
    except CalendarError:
        return None
