"""Reads of disputes for table 4: the caller has checked that the reader may see the agency's report."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from gongkai.agencies.models import Agency
from gongkai.disputes.models import Dispute


def disputes_of(agency: Agency, year: int) -> QuerySet[Dispute]:
    """The cases that the report of a year counts: those that ended in it, and those still pending at its end.

    The format does not say whether a case counts in the year it is brought or decided; this reading [I] makes every
    case appear as 尚未审结 until the year of its result.
    """
    end = date(year, 12, 31)
    pending = Q(filed_on__lte=end) & (Q(concluded_on__isnull=True) | Q(concluded_on__gt=end))
    return Dispute.objects.filter(Q(concluded_on__year=year) | pending, agency=agency)
