"""催报: those below who have not submitted are told, by a job, once a day at most."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import delegations_in_force, in_office, today
from gongkai.annual_report.aggregating import missing
from gongkai.annual_report.submissions import refused, require_handler
from gongkai.jobs import enqueue
from gongkai.law.report_procedure import WRITERS
from gongkai.law.texts import Text
from gongkai.ledger.actions import record
from gongkai.notifications.actions.notify import notify


@transaction.atomic
def remind_children(*, actor: Person, parent: Agency, year: int) -> int:
    """Have everybody below who has not submitted, or was sent back, reminded. Returns how many agencies. Raises
    SubmissionNotFound, NotAllowed, SubmissionRefused where nobody is missing."""
    require_handler(actor, parent)
    count = missing(parent, year).count()
    if not count:
        raise refused("nobody_missing", "没有需要催报的机关。", "There is nobody to remind.")
    facts = {"year": year, "agencies": count}
    record(
        chain=parent.slug, act="annual_report.remind_children", subject=f"agency:{parent.pk}", facts=facts,
        actor=actor.username,
    )  # fmt: skip
    enqueue("gongkai.annual_report.aggregate_jobs.remind_children", parent.pk, year, today().isoformat())
    return count


@transaction.atomic
def tell_missing(parent_id: int, year: int, day: str) -> int:
    """The job. Told again on the same day, nobody hears it twice."""
    parent = Agency.objects.get(pk=parent_id)
    agencies = missing(parent, year).values("pk")
    roles = [role.value for role in WRITERS]
    own = in_office().filter(agency__in=agencies, role__in=roles).values("person")
    taken = delegations_in_force().filter(agency__in=agencies, role__in=roles).values("taker")
    people = Person.objects.filter(Q(pk__in=own) | Q(pk__in=taken)).order_by("pk")
    text = Text(
        f"{parent.name}提醒：请尽快报送{year}年政府信息公开工作年度报告。",
        f"{parent.name} asks for the annual report of {year}.",
    )
    about = f"agency:{parent_id}"
    return notify(
        people=people, kind="submission", text=text, link=reverse("desk:report"), about=about,
        key=f"{about}:report:{year}:remind:{day}",
    )  # fmt: skip
