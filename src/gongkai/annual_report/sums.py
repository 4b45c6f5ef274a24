"""What a 汇总 is the sum of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from gongkai.agencies.models import Agency
from gongkai.annual_report.models import Submission, SubmissionState


def newest(rows: QuerySet[Submission]) -> QuerySet[Submission]:
    """Of these the last of every child: an agency that submits again takes its earlier report back with it."""
    same = Submission.objects.filter(parent=OuterRef("parent"), year=OuterRef("year"))
    return rows.exclude(Exists(same.filter(child_name=OuterRef("child_name"), number__gt=OuterRef("number"))))


def standing(agency: Agency, year: int) -> QuerySet[Submission]:
    """What is summed up: of every child the last submission, if it was accepted. So the state that the list shows says
    whether a child is in the sum, and none is in it twice."""
    rows = Submission.objects.filter(parent=agency, year=year, state=SubmissionState.ACCEPTED)
    return newest(rows).order_by("child_name")


def cells_of(rows: QuerySet[Submission]) -> Iterable[Mapping[str, Any]]:
    """Their cells, never all in memory."""
    return rows.order_by().values_list("cells", flat=True).iterator(chunk_size=500)
