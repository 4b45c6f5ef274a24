"""信息处理费 of a year, for part six: from the fee notices and payments in the records."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.agencies.models import Agency
from gongkai.applications.models import Step
from gongkai.law.procedure import StepKind


@dataclass(frozen=True, slots=True)
class FeesOfYear:
    """``notices``: how many were sent, ``asked`` and ``paid`` in yuan; ``payments``: how many were paid."""

    notices: int
    asked: int
    payments: int
    paid: int


def fees_of(agency: Agency, year: int) -> FeesOfYear:
    """What was asked for in the year, and what of anything asked for came in in it."""
    steps = Step.objects.filter(application__agency=agency)
    asked = dict(_amounts(steps.filter(kind=StepKind.FEE_NOTICE, on__year=year)))
    payers = set(steps.filter(kind=StepKind.FEE_PAID, on__year=year).values_list("application_id", flat=True))
    owed = dict(_amounts(steps.filter(kind=StepKind.FEE_NOTICE, application__in=payers, on__year__lte=year)))
    return FeesOfYear(len(asked), sum(asked.values()), len(payers), sum(owed.get(one, 0) for one in payers))


def _amounts(steps: object) -> list[tuple[int, int]]:
    rows = steps.order_by("number").values_list("application_id", "facts")  # type: ignore[attr-defined]
    return [(application, int(facts.get("amount", 0))) for application, facts in rows]
