"""每日待办摘要: once a working day, one mail to each person of what is due, if anything is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Person
from gongkai.agencies.selectors import calendar, today
from gongkai.jobs import enqueue
from gongkai.law.texts import Text
from gongkai.notifications.actions.notify import mail_body
from gongkai.notifications.actions.send import send_mail_to
from gongkai.notifications.selectors import preference_of


@dataclass(frozen=True)
class DigestLine:
    """One thing that is due: number and duty, never identity data. What has no date comes last."""

    text: Text
    due_on: date | None = None


Source = Callable[[Person, date], Sequence[DigestLine]]
_sources: list[Source] = []


def register_digest(source: Source) -> Source:
    """A room that knows duties gives its lines: `source(person, day)`. To be used as a decorator, imported by the
    room's `apps.py` when it is ready."""
    if source not in _sources:
        _sources.append(source)
    return source


@transaction.atomic
def send_digests() -> None:
    """Job of every morning: on a working day, one job for each person who wants a digest and has an address."""
    day = today()
    if not calendar().is_working_day(day):
        return
    willing = Person.objects.filter(is_active=True).exclude(email="").exclude(preference__digest=False)
    for person_id in willing.values_list("pk", flat=True):
        enqueue("gongkai.notifications.digest.send_digest", person_id, day.isoformat())


@transaction.atomic
def send_digest(person_id: int, day: str) -> None:
    """Job: one person's digest of that day. Nothing due, no mail; run again, the same mail; a day late, none."""
    person = Person.objects.filter(pk=person_id, is_active=True).first()
    on = date.fromisoformat(day)
    if person is None or not person.email or on != today():
        return
    lines = [line for source in _sources for line in source(person, on)]
    if not lines:
        return
    language = preference_of(person).language
    subject = Text(f"待办摘要：{len(lines)}件", f"Due today and soon: {len(lines)}").of(language)
    text = mail_body([_list(lines, language)], language)
    try:
        send_mail_to(address=person.email, subject=subject, text=text, key=f"digest:{day}:{person.pk}")
    except Invalid:  # not an address: the desk shows the same
        return


def _list(lines: Sequence[DigestLine], language: str) -> str:
    ordered = sorted(lines, key=lambda line: (line.due_on is None, line.due_on or date.max))
    return "\n".join(
        f"{line.due_on.isoformat() if line.due_on else '-':<10}  {line.text.of(language)}" for line in ordered
    )
