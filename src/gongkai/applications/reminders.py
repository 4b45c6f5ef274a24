"""催办: what the calendar brings about and no step does. Looked for once a working day; each thing is told once."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import calendar, today
from gongkai.applications.addressees import Addressees
from gongkai.applications.history import case_of
from gongkai.applications.models import Application
from gongkai.applications.selectors.turns import (
    DRAFTING,
    WAITED_FOR,
    in_view,
    late,
    reader_of,
    running,
    unclaimed_too_long,
)
from gongkai.applications.telling import next_duty, tell, tell_due_question
from gongkai.law import procedure
from gongkai.law.dates import day_text
from gongkai.law.procedure import Role
from gongkai.law.texts import Text
from gongkai.notifications.digest import DigestLine

#: The office's own order of work, no law: so many working days before the due date it is said to be near.
SOON = 3
#: The sweep may have been out of order for so long, and nothing is missed. What is older was told, and is not looked at.
LOOKS_BACK = timedelta(days=15)
#: So many lines has a digest.
LINES = 40
#: Everything that is asked of a case; to open sealed columns that nobody sees would only cost time.
READ = (
    "number agency unit holder stage next_step next_role waits_until due_on answered_on received_on "
    "internal_due_on due_question"
).split()

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Reminder:
    """One kind: which cases of an agency on a day, and how they are told. Twice the same is told once."""

    cases: Callable[[Agency, date], Q]
    tell: Callable[[Application, Addressees], int]


def remind() -> int:
    """Job of every working day. Each case in a transaction of its own, so that a job that was stopped goes on where it
    was. Returns how many notices were new."""
    day = today()
    if not calendar().is_working_day(day):
        return 0
    known, told = Addressees(day), 0
    for agency in Agency.objects.order_by("pk"):
        for reminder, application in _found(agency, day):
            try:
                with transaction.atomic():
                    told += reminder.tell(application, known)
            except Exception:
                # One case that fails must not silence the reminders of all others.
                log.exception("case %s: no reminder", application.pk)
    return told


def _found(agency: Agency, day: date) -> Iterator[tuple[Reminder, Application]]:
    cases = Application.objects.filter(agency=agency, archived_on__isnull=True)
    for reminder in REMINDERS:
        for application in list(cases.filter(reminder.cases(agency, day)).only(*READ).order_by("pk")):
            application.agency = agency  # known; not asked again for each
            yield reminder, application


def _due_soon(agency: Agency, day: date) -> Q:
    return running(day) & Q(due_on__gte=day, due_on__lte=calendar().add_working_days(day, SOON).day)


def _late(agency: Agency, day: date) -> Q:
    return late(day) & Q(due_on__gte=day - LOOKS_BACK)


def _unclaimed(agency: Agency, day: date) -> Q:
    return unclaimed_too_long(agency.rises_after_days, day, calendar()) & Q(received_on__gte=day - 3 * LOOKS_BACK)


def _opinion_due(agency: Agency, day: date) -> Q:
    tomorrow = calendar().add_working_days(day, 1).day
    return Q(stage__in=DRAFTING, internal_due_on__gte=day, internal_due_on__lte=tomorrow)


def _lapsed(agency: Agency, day: date) -> Q:
    return Q(next_step__in=WAITED_FOR, waits_until__lt=day, waits_until__gte=day - LOOKS_BACK)


def _responsible(application: Application, known: Addressees) -> list[Person]:
    """Who works on it, and who answers for it."""
    people = [*known.whose_turn(application), *known.having(application.agency, Role.APPROVER)]
    return people if application.holder_id is None else [*people, *known.drafters(application)]


def _tell_due_soon(application: Application, known: Addressees) -> int:
    due = day_text(application.due_on or known.day)
    text = Text(
        f"{application.number}：答复期限{due.zh}临近{_duty(application, known.day).zh}。",
        f"{application.number}: the reply is due on {due.en}{_duty(application, known.day).en}.",
    )
    return tell(application, _responsible(application, known), "due_soon", text, f"due_soon:{application.due_on}")


def _tell_late(application: Application, known: Addressees) -> int:
    due = day_text(application.due_on or known.day)
    text = Text(
        f"{application.number}：答复期限{due.zh}已过，尚未答复{_duty(application, known.day).zh}。",
        f"{application.number}: the reply was due on {due.en} and is late{_duty(application, known.day).en}.",
    )
    return tell(application, _responsible(application, known), "late", text, f"late:{application.due_on}")


def _duty(application: Application, day: date) -> Text:
    duty = next_duty(application, day)
    return Text(f"，下一步：{duty.zh}", f"; next: {duty.en}") if duty else Text("", "")


def _tell_unclaimed(application: Application, known: Addressees) -> int:
    days = application.agency.rises_after_days
    text = Text(
        f"{application.number}：收到后超过{days}个工作日无人认领，请分办。",
        f"{application.number}: nobody has claimed it for more than {days} working days; please assign it.",
    )
    people = known.having(application.agency, Role.APPROVER)
    return tell(application, people, "unclaimed", text, "unclaimed")


def _tell_opinion_due(application: Application, known: Addressees) -> int:
    due = day_text(application.internal_due_on or known.day)
    text = Text(
        f"{application.number}：内部办理期限{due.zh}，请提出办理意见。",
        f"{application.number}: the opinion is due on {due.en}.",
    )
    event = f"opinion_due:{application.internal_due_on}"
    return tell(application, known.drafters(application), "opinion_due", text, event)


def _tell_lapsed(application: Application, known: Addressees) -> int:
    """What was awaited did not come in time: the law says what now."""
    case = case_of(application.steps.order_by("number"))
    duty = procedure.next_duty(case, calendar(), known.day) if case else None
    if duty is None:
        return 0
    text = Text(f"{application.number}：{duty.text.zh}。", f"{application.number}: {duty.text.en}.")
    return tell(application, known.drafters(application), "lapsed", text, f"lapsed:{application.waits_until}")


REMINDERS = (
    Reminder(_due_soon, _tell_due_soon),
    Reminder(_late, _tell_late),
    Reminder(_unclaimed, _tell_unclaimed),
    Reminder(_opinion_due, _tell_opinion_due),
    Reminder(_lapsed, _tell_lapsed),
    Reminder(lambda agency, day: Q(due_question=True), tell_due_question),
)


def duties_of(person: Person, day: date) -> Sequence[DigestLine]:
    """The person's own duties, the most urgent first."""
    reader = reader_of(person, day)
    if not reader.agencies:
        return []
    mine: QuerySet[Application] = in_view(reader, "mine").only("number", "next_step", "waits_until", "due_on")
    found = list(mine.order_by(F("due_on").asc(nulls_last=True), "pk")[: LINES + 1])
    lines = [_line(application, day) for application in found[:LINES]]
    more = Text("此外还有，见工作台“办件”", "and more: see the inbox at the desk")
    return [*lines, DigestLine(more)] if len(found) > LINES else lines


def _line(application: Application, day: date) -> DigestLine:
    duty = next_duty(application, day)
    words = Text(f"：{duty.zh}", f": {duty.en}") if duty else Text("", "")
    return DigestLine(Text(application.number, application.number) + words, application.due_on)
