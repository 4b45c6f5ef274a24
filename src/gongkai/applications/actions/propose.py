"""提出办理意见: the business unit proposes the outcome, with what was found and why (条例 36)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from gongkai.agencies.models import Person
from gongkai.applications.correspondence import check_opinion
from gongkai.applications.history import acting_role, case_of, locked, take
from gongkai.applications.letters import WrongSlotError
from gongkai.applications.models import Application
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import Refusal, StepKind
from gongkai.law.third_parties import objection_stated, part_withheld


@transaction.atomic
def propose(
    *, case_id: int, actor: Person, on: date, outcome: Outcome, findings: str = "", reasons: str = "",
    slots: Mapping[str, str] | None = None, seen: int | None = None,
) -> Application:  # fmt: skip
    """Propose one of the 21 outcomes. What the reply must say for it (its slots) is demanded here already, so that no
    decision fails for it later. Raises the letter's own error naming the slot that is missing."""
    application = locked(case_id, actor, seen)
    role = acting_role(application, actor, StepKind.OPINION)
    filled = {name: text.strip() for name, text in (slots or {}).items()}
    facts = {
        "outcome": outcome.value,
        "findings": findings.strip(),
        "reasons": reasons.strip(),
        "slots": filled,
    }
    take(application, StepKind.OPINION, on=on, actor=actor, role=role, facts=facts)
    check_opinion(application, facts, on)
    check_third_party(application, outcome, filled)
    return application


def check_third_party(application: Application, outcome: Outcome, slots: Mapping[str, str]) -> None:
    """Ask the law whether what the reply says of a third party is what happened. Raises WrongSlotError at the place
    that says otherwise."""
    case = case_of(application.steps.order_by("number"))
    assert case is not None, "an opinion was just taken in it"
    asked: list[tuple[str, Refusal | None]] = []
    if outcome is Outcome.PARTIALLY_GRANTED and slots.get("withheld_ground") == Outcome.THIRD_PARTY_RIGHTS.value:
        asked.append(("withheld_ground", part_withheld(case)))
    if slots.get("third_party_position") == "objected":
        asked.append(("third_party_position", objection_stated(case)))
    for slot, refusal in asked:
        if refusal:
            raise WrongSlotError(refusal.code, slot, refusal.message, refusal.article)
