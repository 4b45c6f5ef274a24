"""Every night: what lapsed is put on record and told to whoever keeps public pages; what will lapse is told in time.

The state itself needs no night's work (`law.validity` reckons it from the dates); pages, index and people do."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse

from gongkai.agencies.models import Agency
from gongkai.agencies.selectors import people_with, today
from gongkai.disclosure.actions.change_documents import tell_public
from gongkai.disclosure.models import NormativeDocument
from gongkai.disclosure.register.selectors import ending_within
from gongkai.disclosure.register.validity import standing_changes, validity_of
from gongkai.law.procedure import Role
from gongkai.law.texts import Text
from gongkai.law.validity import Validity
from gongkai.ledger.actions import record
from gongkai.notifications.actions.notify import notify

#: Days before the end of 有效期 at which the editors are told (platform-standards §1.3 [I]).
WARNINGS = (90, 30)
#: What lapsed longer ago is put on record without a word to anybody: an old register was entered.
STILL_NEWS = 30
#: A night that was missed is made up for.
NIGHTS = 7
#: A document that was renewed after it had lapsed can lapse again.
NOT_NOTED = Q(lapse_noted_on__isnull=True) | Q(lapse_noted_on__lte=F("last_day"))


def note_lapses() -> int:
    """Job, daily; safe to run twice. Gives how many lapses were put on record."""
    day = today()
    lapsed = NormativeDocument.objects.filter(NOT_NOTED, last_day__lt=day)
    lapsed = lapsed.filter(Q(repealed_on__isnull=True) | Q(repealed_on__gt=F("last_day")))
    noted = sum(_note(pk, day) for pk in lapsed.order_by("last_day", "pk").values_list("pk", flat=True))
    _tell_of_acts_that_begin(day)
    for document in ending_within(max(WARNINGS), day=day):
        _warn(document, day)
    return noted


@transaction.atomic
def _note(document_id: int, day: dt.date) -> int:
    rows = NormativeDocument.objects.select_for_update(of=("self",)).select_related("agency")
    document = rows.filter(NOT_NOTED, pk=document_id).first()
    if document is None or document.last_day is None or validity_of(document, day) is not Validity.EXPIRED:
        return 0
    document.lapse_noted_on = day
    document.save(update_fields=["lapse_noted_on"])
    facts = {"number": document.document_number, "title": document.title, "last_day": document.last_day.isoformat()}
    subject = f"normative_document:{document.pk}"
    record(chain=document.agency.slug, act="disclosure.lapse_document", subject=subject, facts=facts)
    if (day - document.last_day).days <= STILL_NEWS:
        words = Text(
            f"{document.document_number}有效期至{document.last_day}，已经失效。",
            f"{document.document_number} was in force until {document.last_day} and has lapsed.",
        )
        _tell(document, words, f"document:{document.pk}:lapsed:{document.last_day}")
    tell_public([document])
    return 1


@transaction.atomic
def _tell_of_acts_that_begin(day: dt.date) -> None:
    """Acts and documents entered before the day from which they hold: their pages change on that day by themselves."""
    since = day - dt.timedelta(days=NIGHTS)
    changed = standing_changes().filter(on__gt=since, on__lte=day, made_at__date__lt=F("on"))
    begun = Q(in_force_from__gt=since, in_force_from__lte=day, made_on__lt=F("in_force_from"))
    rows = NormativeDocument.objects.filter(begun | Q(pk__in=changed.order_by().values("document")))
    if rows.filter(item__isnull=False).exists():
        tell_public(rows)


@transaction.atomic
def _warn(document: NormativeDocument, day: dt.date) -> None:
    """Once in each of the spans that WARNINGS ends, the nearer one where both are open."""
    if document.last_day is None:
        return
    left = (document.last_day - day).days
    span = min(days for days in WARNINGS if left <= days)
    words = Text(
        f"{document.document_number}有效期至{document.last_day}，还有{left}日。需要继续执行的，请及时评估、修订或者重新公布。",
        f"{document.document_number} lapses after {document.last_day}, in {left} days. Renew it in time if it must go on.",
    )
    _tell(document, words, f"document:{document.pk}:ends:{document.last_day}:{span}")


def _tell(document: NormativeDocument, words: Text, key: str) -> None:
    agency: Agency = document.agency
    people = people_with(agency, [Role.EDITOR])
    link = reverse("desk:document", args=[document.pk])
    notify(people=people, kind="document_ends", text=words, link=link, about=f"document:{document.pk}", key=key)
