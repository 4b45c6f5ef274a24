"""催办: the report's dates come nearer. Looked for every day; each mark of the way is told once."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.urls import reverse

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import people_with, roles_held, today
from gongkai.annual_report.duties import Duty, open_duties
from gongkai.annual_report.models import Scope
from gongkai.law.dates import day_text
from gongkai.law.report_procedure import SIGNERS, WRITERS
from gongkai.law.texts import Text
from gongkai.notifications.actions.notify import notify
from gongkai.notifications.digest import DigestLine

#: The office's own order of work, no law: so many days before the date people are reminded.
MARKS = (30, 14, 7, 3, 1, 0)
#: From so near on the approver is told as well.
NEAR = 7
#: So long after the date it is still told that it is past.
LOOKS_BACK = 60

log = logging.getLogger(__name__)


def remind() -> int:
    """Job of every day. Returns how many notices were new."""
    day, told = today(), 0
    if day.month > 5:  # the last date of all is 31 March
        return 0
    for agency in Agency.objects.filter(accepts_applications=True).order_by("pk"):
        try:
            with transaction.atomic():
                told += sum(_tell(duty) for duty in open_duties(agency, day))
        except Exception:
            # One agency that fails must not silence the reminders of all others.
            log.exception("agency %s: no reminder of its annual report", agency.pk)
    return told


def _tell(duty: Duty) -> int:
    mark = _mark(duty.days)
    if mark is None:
        return 0
    roles = WRITERS | SIGNERS if duty.days <= NEAR else WRITERS
    event = f"report_due:{duty.agency.pk}:{duty.year}:{duty.scope}:{duty.deadline.on}:{mark}"
    return notify(
        people=people_with(duty.agency, roles),
        kind="report_due",
        text=in_words_of(duty),
        link=reverse("desk:report_year", args=[duty.agency.slug, duty.year]),
        about=f"agency:{duty.agency.pk}",
        key=event,
    )


def _mark(days: int) -> str | None:
    """Which mark the day has passed: the nearest one, so that a sweep that was out of order tells it late, once."""
    if days < 0:
        return "late" if days >= -LOOKS_BACK else None
    passed = [mark for mark in MARKS if days <= mark]
    return str(min(passed)) if passed else None


def in_words_of(duty: Duty) -> Text:
    """The duty as people are told it."""
    until, scope = day_text(duty.deadline.on), Scope(duty.scope)
    which = "（汇总）" if scope is Scope.WHOLE else ""
    left = f"离期限{until.zh}还有{duty.days}天" if not duty.late else f"期限{until.zh}已过{-duty.days}天"
    left_en = f"due on {until.en}" if not duty.late else f"was due on {until.en} and is late"
    return Text(
        f"{duty.year}年政府信息公开工作年度报告{which}：{left}，{duty.deadline.duty.zh}。",
        f"Annual report {duty.year}: {duty.deadline.duty.en}; {left_en}.",
    )


def duties_of(person: Person, day: date) -> Sequence[DigestLine]:
    """The reports a person writes or signs, while their dates are near."""
    if day.month > 5:
        return []
    held = roles_held(person)
    agencies = [pk for pk, roles in held.items() if roles & (WRITERS | SIGNERS)]
    found = [
        duty
        for agency in Agency.objects.filter(pk__in=agencies, accepts_applications=True).order_by("path")
        for duty in open_duties(agency, day)
        if -LOOKS_BACK <= duty.days <= max(MARKS)
    ]
    return [DigestLine(in_words_of(duty), duty.deadline.on) for duty in found]
