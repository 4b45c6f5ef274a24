"""Reads of the register, for the report: the caller has checked that the reader may see the agency's report. And of
the drafts, the reader first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import roles_held
from gongkai.disclosure.errors import DraftNotFound
from gongkai.disclosure.models import COUNTED, DecisionCount, DraftState, ItemDraft, NormativeDocument
from gongkai.law.procedure import Role


def documents_made(agency: Agency, year: int) -> QuerySet[NormativeDocument]:
    """Made in the year, of the classes that table 2 counts."""
    return NormativeDocument.objects.filter(agency=agency, document_class__in=COUNTED, made_on__year=year)


def documents_repealed(agency: Agency, year: int) -> QuerySet[NormativeDocument]:
    """Repealed in the year, of those classes."""
    return NormativeDocument.objects.filter(agency=agency, document_class__in=COUNTED, repealed_on__year=year)


def documents_in_force(agency: Agency, on: date) -> QuerySet[NormativeDocument]:
    """In force at the end of that day, of those classes."""
    lasting = Q(repealed_on__isnull=True) | Q(repealed_on__gt=on)
    return NormativeDocument.objects.filter(lasting, agency=agency, document_class__in=COUNTED, made_on__lte=on)


def counts_of(agency: Agency, year: int) -> QuerySet[DecisionCount]:
    """The monthly figures in force."""
    return DecisionCount.objects.filter(agency=agency, year=year, replaced_by__isnull=True)


def drafts_for(person: Person) -> QuerySet[ItemDraft]:
    """The drafts of the agencies where this person is an editor, the newest first."""
    editing = [agency for agency, roles in roles_held(person).items() if Role.EDITOR in roles]
    return ItemDraft.objects.filter(agency__in=editing).select_related("agency", "made_by").order_by("-pk")


def draft_for_reading(person: Person, draft_id: int) -> ItemDraft:
    """One of them. Raises DraftNotFound."""
    found = drafts_for(person).filter(pk=draft_id).first()
    if found is None:
        raise DraftNotFound
    return found


def drafted(sources: Iterable[str]) -> frozenset[str]:
    """Which of these have a draft that was not discarded."""
    rows = ItemDraft.objects.filter(source__in=list(sources)).exclude(state=DraftState.DISCARDED)
    return frozenset(rows.values_list("source", flat=True))


def numbers_on_register(numbers: Iterable[str]) -> frozenset[str]:
    """Which of these document numbers (发文字号) are on a register of normative documents, and so public."""
    found = NormativeDocument.objects.filter(document_number__in=set(numbers))
    return frozenset(found.values_list("document_number", flat=True))
