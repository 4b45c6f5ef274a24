"""What a 汇总 is the sum of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from gongkai.agencies.models import Agency
from gongkai.annual_report.models import Submission, SubmissionState

#: So many reports are in memory together.
AT_ONCE = 500


def newest(rows: QuerySet[Submission]) -> QuerySet[Submission]:
    """Of these the last of every child: an agency that submits again takes its earlier report back with it."""
    same = Submission.objects.filter(parent=OuterRef("parent"), year=OuterRef("year"))
    return rows.exclude(Exists(same.filter(child_name=OuterRef("child_name"), number__gt=OuterRef("number"))))


def standing(agency: Agency, year: int) -> QuerySet[Submission]:
    """What is summed up: of every child the last submission, if it was accepted. So the state that the list shows says
    whether a child is in the sum, and none is in it twice."""
    rows = Submission.objects.filter(parent=agency, year=year, state=SubmissionState.ACCEPTED)
    return newest(rows).order_by("child_name")


def cells_of(rows: QuerySet[Submission]) -> Iterator[Mapping[str, Any]]:
    """Their cells, never all in memory: found by their keys, some at a time."""
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        some = Submission.objects.filter(pk__in=keys[start : start + AT_ONCE])
        yield from some.values_list("cells", flat=True)
