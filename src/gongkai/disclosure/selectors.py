"""Reads of the register, for the report: the caller has checked that the reader may see the agency's report. And of
the drafts, the reader first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings
from django.db.models import DateField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import roles_held
from gongkai.disclosure.errors import DraftNotFound
from gongkai.disclosure.models import (
    COUNTED,
    DecisionCount,
    DocumentChange,
    DraftState,
    ItemDraft,
    NormativeDocument,
)
from gongkai.law.procedure import Role
from gongkai.law.validity import Validity

DAY = timedelta(days=1)


def documents_made(agency: Agency, year: int) -> QuerySet[NormativeDocument]:
    """Made in the year, of the classes that table 2 counts."""
    return NormativeDocument.objects.filter(agency=agency, document_class__in=COUNTED, made_on__year=year)


def documents_repealed(agency: Agency, year: int) -> QuerySet[NormativeDocument]:
    """本年废止, of those classes: ended in the year by an act, or by lapse of 有效期.

    Whether 宣布失效 and a lapse count as 废止 the form does not say [U]. By default they do, because only so the stock
    adds up from year to year (last year's + made - ended = in force); LAPSED_ARE_REPEALED = False counts repeals alone.
    """
    rows = NormativeDocument.objects.filter(agency=agency, document_class__in=COUNTED)
    first, last = date(year, 1, 1), date(year, 12, 31)
    before_act = ExpressionWrapper(F("repealed_on") - DAY, output_field=DateField())
    by_act = Q(repealed_on__range=(first, last)) & (Q(last_day__isnull=True) | Q(last_day__gte=before_act))
    if not settings.LAPSED_ARE_REPEALED:
        invalid = DocumentChange.objects.filter(
            document=OuterRef("pk"), kind=Validity.DECLARED_INVALID, on=OuterRef("repealed_on"), strikes__isnull=True,
            struck_by__isnull=True,
        )  # fmt: skip
        return rows.filter(by_act, ~Exists(invalid))
    lapsed = Q(last_day__range=(first - DAY, last - DAY)) & (Q(repealed_on__isnull=True) | Q(last_day__lt=before_act))
    return rows.filter(by_act | lapsed)


def documents_in_force(agency: Agency, on: date) -> QuerySet[NormativeDocument]:
    """现行有效, of those classes: made by the end of that day and not ended by then. One that is made and not yet 施行 is
    in the stock, as it is in what was made in the year [I]."""
    lasting = Q(repealed_on__isnull=True) | Q(repealed_on__gt=on)
    not_lapsed = Q(last_day__isnull=True) | Q(last_day__gte=on)
    rows = NormativeDocument.objects.filter(agency=agency, document_class__in=COUNTED, made_on__lte=on)
    return rows.filter(lasting, not_lapsed)


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
