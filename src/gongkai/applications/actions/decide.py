"""作出决定 and 报批: the decision is drawn up from the opinion, and binds when the approver has signed it."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Person
from gongkai.applications.correspondence import issue_reply
from gongkai.applications.history import acting_role, locked, take
from gongkai.applications.models import Application
from gongkai.law.procedure import StepKind
from gongkai.law.texts import Text


@transaction.atomic
def draw_up(*, case_id: int, actor: Person, on: date, seen: int | None = None) -> Application:
    """The clerk draws up the decision from the opinion and lays it before the approver (报批)."""
    application = locked(case_id, actor, seen)
    role = acting_role(application, actor, StepKind.DECISION)
    take(application, StepKind.DECISION, on=on, actor=actor, role=role, facts={})
    return application


@transaction.atomic
def send_back(*, case_id: int, actor: Person, on: date, reason: str, seen: int | None = None) -> Application:
    """The approver sends it back to the drafter, with a reason."""
    application = locked(case_id, actor, seen)
    role = acting_role(application, actor, StepKind.RETURN)
    if not reason.strip():
        raise Invalid("reason", Text("请写明退回的理由。", "Say why it is sent back."))
    take(application, StepKind.RETURN, on=on, actor=actor, role=role, facts={"reason": reason.strip()})
    return application


@transaction.atomic
def sign(*, case_id: int, actor: Person, on: date, seen: int | None = None) -> Application:
    """签发: signed, numbered, and the reply made. The letter's bytes are fixed here and never again."""
    application = locked(case_id, actor, seen)
    role = acting_role(application, actor, StepKind.SIGN)
    step = take(application, StepKind.SIGN, on=on, actor=actor, role=role, facts={})
    issue_reply(application, step)
    return application
