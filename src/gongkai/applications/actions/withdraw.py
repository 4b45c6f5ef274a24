"""撤回申请: the applicant takes the application back before it is answered; the case then closes as „other“."""

from __future__ import annotations

from datetime import date

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Person
from gongkai.applications.history import acting_role, locked, take
from gongkai.applications.models import Application
from gongkai.law.procedure import Role, StepKind


class Withdrawal(models.TextChoices):
    """How the applicant said it. No article asks for a form [I]; the record says which it was."""

    LETTER = "letter", _("书面")
    ORAL = "oral", _("口头")
    ONLINE = "online", _("网上")


@transaction.atomic
def withdraw(
    *, case_id: int, on: date, way: Withdrawal = Withdrawal.ONLINE, reason: str = "", actor: Person | None = None,
    seen: int | None = None,
) -> Application:  # fmt: skip
    """The application is withdrawn, by the applicant on line (`actor` None) or as a clerk records it. Nobody has to
    give a reason for it."""
    application = locked(case_id, actor, seen)
    role = acting_role(application, actor, StepKind.WITHDRAWAL) if actor else Role.APPLICANT
    facts = {"way": way.value, "reason": reason.strip()}
    take(application, StepKind.WITHDRAWAL, on=on, actor=actor, role=role, facts=facts)
    return application
