"""受理: the clerk finds the application to be one, and complete. It starts no clock (条例 29–31)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import Person
from gongkai.applications.history import acting_role, locked, take
from gongkai.applications.models import Application
from gongkai.law.procedure import StepKind


@transaction.atomic
def accept(*, case_id: int, actor: Person, on: date, seen: int | None = None) -> Application:
    """Accept a registered application for handling."""
    application = locked(case_id, actor, seen)
    role = acting_role(application, actor, StepKind.ACCEPT)
    take(application, StepKind.ACCEPT, on=on, actor=actor, role=role, facts={})
    return application
