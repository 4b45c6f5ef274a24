"""作出决定 and 报批: the decision is drawn up from the opinion, reviewed along its route, and binds when it is signed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Person
from gongkai.agencies.selectors import route_of
from gongkai.applications.correspondence import inform_third_party, issue_reply
from gongkai.applications.enclosures import original_stays, redacted_original
from gongkai.applications.history import acting_role, case_of, locked, take
from gongkai.applications.models import Application
from gongkai.applications.release import look_again, release_of, require_confirmed, require_nothing_new
from gongkai.applications.third_parties import last_opinion, to_inform
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


def sign(
    *, case_id: int, actor: Person, on: date, release_confirmed: Collection[str] = (), seen: int | None = None
) -> Application:
    """签发: signed, numbered, and the reply made; third parties against whose word it discloses are told (条例 32). The
    letters' bytes are fixed here and never again.

    `release_confirmed` are the digests of the files that go out although the scan held them back, and that the one who
    signs was shown. Where the rules of the scan have changed since the opinion, it is scanned again."""
    look_again(case_id, actor)
    return _sign(case_id, actor, on, release_confirmed, seen)


@transaction.atomic
def _sign(
    case_id: int, actor: Person, on: date, release_confirmed: Collection[str], seen: int | None
) -> Application:  # fmt: skip
    application = locked(case_id, actor, seen)
    role = acting_role(application, actor, StepKind.SIGN)
    rows = list(application.steps.order_by("number"))
    told, opinion = to_inform(rows), last_opinion(rows)
    facts: dict[str, Any] = {"informed": [asked.number for asked in told]} if told else {}
    if release := release_of(opinion):
        facts["release_confirmed"] = release
    step = take(application, StepKind.SIGN, on=on, actor=actor, role=role, facts=facts)
    require_confirmed(opinion, release_confirmed)
    require_nothing_new(opinion)
    _require_copies(application, opinion)
    issue_reply(application, step)
    for asked in told:
        inform_third_party(application, step, asked)
    return application


def _require_copies(application: Application, opinion: Mapping[str, Any]) -> None:
    """Somebody began to redact, after the opinion, what goes out whole by it."""
    for each in opinion.get("enclosures", ()):
        if redacted_original(application, each["sha256"]):
            message = original_stays(each["name"])
            raise Invalid("enclosures", Text(f"{message.zh}请退回。", f"{message.en} Send it back."))
