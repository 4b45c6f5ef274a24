"""What a 汇总 is the sum of, and the adding up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from gongkai.agencies.models import Agency
from gongkai.annual_report.models import Submission, SubmissionState
from gongkai.law.report_form import Tables, Value, cells


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


def added_up(parts: Iterable[Mapping[str, Any]]) -> Tables:
    """Cell by cell, from cells as they are or as JSON keeps them, without building tables of each: three thousand reports
    are a second's work. What is blank counts as nothing; a person has said that it is zero."""
    sums: dict[str, Value] = dict.fromkeys(cells(), 0)
    decimals = {address for address, cell in cells().items() if cell.decimal}
    for part in parts:
        for address, value in part.items():
            if value:
                number = Decimal(value) if address in decimals else int(value)
                sums[address] = (sums[address] or 0) + number
    return Tables({address: _plain(value) for address, value in sums.items()})


def _plain(value: Value) -> Value:
    """An amount without idle zeros."""
    if not isinstance(value, Decimal):
        return value
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
