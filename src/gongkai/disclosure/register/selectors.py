"""Reads of the register: the reader first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import roles_held, today
from gongkai.disclosure.errors import DocumentNotFound
from gongkai.disclosure.models import Campaign, DocumentChange, NormativeDocument
from gongkai.disclosure.register.validity import in_state, with_validity
from gongkai.law.validity import Validity


def documents_for(person: Person) -> QuerySet[NormativeDocument]:
    """The registers of the agencies where this person has a role."""
    return NormativeDocument.objects.filter(agency__in=roles_held(person)).select_related("agency")


def document_for(person: Person, document_id: int) -> NormativeDocument:
    """One of them. Raises DocumentNotFound."""
    found = documents_for(person).filter(pk=document_id).select_related("agency", "item").first()
    if found is None:
        raise DocumentNotFound
    return found


def register_of(
    agency: Agency,
    states: Iterable[Validity] = (),
    document_class: str = "",
    words: str = "",
    day: dt.date | None = None,
) -> QuerySet[NormativeDocument]:
    """The register of an agency, the newest first, each with its `validity` on a day; the caller has checked that the
    reader may see it."""
    rows = NormativeDocument.objects.filter(agency=agency).select_related("item").order_by("-pk")
    if document_class:
        rows = rows.filter(document_class=document_class)
    if words.strip():
        rows = rows.filter(Q(title__icontains=words.strip()) | Q(document_number__icontains=words.strip()))
    wanted = list(states)
    found: QuerySet[NormativeDocument] = in_state(rows, wanted, day) if wanted else with_validity(rows, day)
    return found


def changes_of(document: NormativeDocument) -> QuerySet[DocumentChange]:
    """Everything that was entered about it, what was struck too."""
    return document.changes.select_related("by", "made_by", "struck_by__made_by").filter(strikes__isnull=True)


def ending_within(days: int, agency: Agency | None = None, day: dt.date | None = None) -> QuerySet[NormativeDocument]:
    """Those in force whose 有效期 ends within so many days, the nearest first."""
    on = day or today()
    rows = NormativeDocument.objects.filter(last_day__gte=on, last_day__lte=on + dt.timedelta(days=days))
    rows = rows.filter(Q(repealed_on__isnull=True) | Q(repealed_on__gt=on))
    if agency is not None:
        rows = rows.filter(agency=agency)
    return rows.select_related("agency").order_by("last_day", "id")


def campaigns_for(person: Person) -> QuerySet[Campaign]:
    """The clean-ups of the agencies where this person has a role, the newest first."""
    return Campaign.objects.filter(agency__in=roles_held(person)).select_related("agency").order_by("-id")
