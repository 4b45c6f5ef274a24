"""决定答复期限: the working days were changed and the limit came nearer than was told; a person decides [I]."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Person
from gongkai.applications.history import acting_role, locked, take
from gongkai.applications.models import Application
from gongkai.law.procedure import StepKind
from gongkai.law.texts import Text


@transaction.atomic
def decide_due(
    *, case_id: int, actor: Person, on: date, kept: bool, reason: str, seen: int | None = None
) -> Application:
    """Keep the date that the applicant was told (`kept`), or take the nearer one."""
    application = locked(case_id, actor, seen)
    role = acting_role(application, actor, StepKind.DUE_DECISION)
    if not reason.strip():
        raise Invalid("reason", Text("请写明理由。", "Say why."))
    facts = {"kept": kept, "reason": reason.strip()}
    take(application, StepKind.DUE_DECISION, on=on, actor=actor, role=role, facts=facts)
    return application
