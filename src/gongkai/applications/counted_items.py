"""How many items an applicant has had in the natural month before this application (收费办法 4)."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.agencies.selectors import day_of
from gongkai.applications.models import Application, Step
from gongkai.law.fees import CountedApplication, FeeMethod, items_before
from gongkai.law.procedure import StepKind


def counted_before(application: Application) -> int:
    """The items that count ahead of this application: of the same applicant, at the same agency, received before it.

    An earlier application counts as one item [I], or as many as its own fee notice counted. Zero where the receipt is
    not confirmed yet.
    """
    if application.received_on is None:
        return 0
    earlier = [
        other
        for other in Application.objects.filter(
            agency=application.agency, id_index=application.id_index, received_on__lte=application.received_on
        ).exclude(pk=application.pk)
        if (other.received_on, other.pk) < (application.received_on, application.pk)
    ]
    items = _items_of(earlier)
    return items_before(_counted(application, 1), [_counted(other, items.get(other.pk, 1)) for other in earlier])


def _items_of(applications: Iterable[Application]) -> dict[int, int]:
    notices = Step.objects.filter(application__in=list(applications), kind=StepKind.FEE_NOTICE.value)
    by_item = (step for step in notices if step.facts.get("method") == FeeMethod.ITEMS.value)
    return {step.application_id: step.facts["count"] for step in by_item}


def _counted(application: Application, items: int) -> CountedApplication:
    submitted = day_of(application.submitted_at)
    return CountedApplication(
        applicant=application.id_index,
        agency=str(application.agency_id),
        submitted=submitted,
        received=application.received_on or submitted,
        items=items,
    )
