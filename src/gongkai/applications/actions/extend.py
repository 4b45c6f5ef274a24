"""延期: the head of the disclosure office agrees to a longer limit, and the applicant is told (条例 33(2))."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Person
from gongkai.applications.correspondence import tell_extension
from gongkai.applications.history import acting_role, locked, take
from gongkai.applications.models import Application
from gongkai.law.procedure import StepKind
from gongkai.law.texts import Text


@transaction.atomic
def extend(
    *, case_id: int, actor: Person, on: date, days: int, consented: date, reason: str, seen: int | None = None
) -> Application:
    """Extend the limit by `days` working days. `consented` is the day on which the head agreed; `on` that on which
    the applicant is told; the letter goes with the step."""
    application = locked(case_id, actor, seen)
    role = acting_role(application, actor, StepKind.EXTENSION)
    if not reason.strip():
        raise Invalid("reason", Text("请写明延期的理由。", "Say why the limit is extended."))
    facts = {"days": days, "consented": consented.isoformat(), "reason": reason.strip()}
    step = take(application, StepKind.EXTENSION, on=on, actor=actor, role=role, facts=facts)
    tell_extension(application, step)
    return application
