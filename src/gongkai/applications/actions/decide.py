"""作出决定 and 报批: the decision is drawn up from the opinion, reviewed along its route, and binds when it is signed."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Person
from gongkai.agencies.selectors import route_of
from gongkai.applications.correspondence import inform_third_party, issue_reply
from gongkai.applications.history import acting_role, case_of, locked, take
from gongkai.applications.models import Application
from gongkai.applications.third_parties import to_inform
from gongkai.law.procedure import StepKind
from gongkai.law.texts import Text


@transaction.atomic
def draw_up(*, case_id: int, actor: Person, on: date, seen: int | None = None) -> Application:
    """The clerk draws up the decision from the opinion and lays it before those on its route (报批). The route is
    written down with the decision: changed later, it changes nothing for a decision on its way."""
    application = locked(case_id, actor, seen)
    role = acting_role(application, actor, StepKind.DECISION)
    case = case_of(application.steps.order_by("number"))
    route = route_of(application.agency, case.outcome.value) if case and case.outcome else ()
    facts = {"route": [each.value for each in route]}
    take(application, StepKind.DECISION, on=on, actor=actor, role=role, facts=facts)
    return application


@transaction.atomic
def review(*, case_id: int, actor: Person, on: date, remark: str = "", seen: int | None = None) -> Application:
    """审核: whoever's turn it is on the route finds the decision in order, and the next one's turn comes."""
    application = locked(case_id, actor, seen)
    role = acting_role(application, actor, StepKind.REVIEW)
    take(application, StepKind.REVIEW, on=on, actor=actor, role=role, facts={"remark": remark.strip()})
    return application


@transaction.atomic
def send_back(*, case_id: int, actor: Person, on: date, reason: str, seen: int | None = None) -> Application:
    """Whoever's turn it is sends it back to the drafter, with a reason."""
    application = locked(case_id, actor, seen)
    role = acting_role(application, actor, StepKind.RETURN)
    if not reason.strip():
        raise Invalid("reason", Text("请写明退回的理由。", "Say why it is sent back."))
    take(application, StepKind.RETURN, on=on, actor=actor, role=role, facts={"reason": reason.strip()})
    return application


@transaction.atomic
def sign(*, case_id: int, actor: Person, on: date, seen: int | None = None) -> Application:
    """签发: signed, numbered, and the reply made; third parties against whose word it discloses are told (条例 32). The
    letters' bytes are fixed here and never again."""
    application = locked(case_id, actor, seen)
    role = acting_role(application, actor, StepKind.SIGN)
    told = to_inform(list(application.steps.order_by("number")))
    facts = {"informed": [asked.number for asked in told]} if told else {}
    step = take(application, StepKind.SIGN, on=on, actor=actor, role=role, facts=facts)
    issue_reply(application, step)
    for asked in told:
        inform_third_party(application, step, asked)
    return application
