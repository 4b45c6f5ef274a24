"""Reads of the register, for the report: the caller has checked that the reader may see the agency's report."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from gongkai.agencies.models import Agency
from gongkai.disclosure.models import DecisionCount, NormativeDocument


def documents_made(agency: Agency, year: int) -> QuerySet[NormativeDocument]:
    """Made in the year."""
    return NormativeDocument.objects.filter(agency=agency, made_on__year=year)


def documents_repealed(agency: Agency, year: int) -> QuerySet[NormativeDocument]:
    """Repealed in the year."""
    return NormativeDocument.objects.filter(agency=agency, repealed_on__year=year)


def documents_in_force(agency: Agency, on: date) -> QuerySet[NormativeDocument]:
    """In force at the end of that day."""
    lasting = Q(repealed_on__isnull=True) | Q(repealed_on__gt=on)
    return NormativeDocument.objects.filter(lasting, agency=agency, made_on__lte=on)


def counts_of(agency: Agency, year: int) -> QuerySet[DecisionCount]:
    """The monthly figures in force."""
    return DecisionCount.objects.filter(agency=agency, year=year, replaced_by__isnull=True)
