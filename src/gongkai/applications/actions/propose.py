"""提出办理意见: the business unit proposes the outcome, with what was found and why (条例 36)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from gongkai.agencies.models import Person
from gongkai.applications.correspondence import check_opinion
from gongkai.applications.history import acting_role, locked, take
from gongkai.applications.letters import WrongSlotError
from gongkai.applications.models import Application
from gongkai.law.citations import REG
from gongkai.law.clock import Consulted
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import StepKind
from gongkai.law.texts import Text

NOT_ASKED = Text(
    "以第三方合法权益为由不予公开部分内容的，须先书面征求第三方意见。",
    "Before a part is withheld for a third party's rights, the third party's opinion must be asked in writing.",
)
NO_OBJECTION = Text(
    "本件没有收到第三方不同意公开的意见，不能写“不同意公开”。",
    "No third party has objected in this case, so the reply cannot say that one did.",
)


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
    """What a reply says of a third party is what happened in this case (条例 32): an objection only where one came
    in, and no part is withheld for a third party who was not asked.

    Raises WrongSlotError at the place that says otherwise.
    """
    asked = application.steps.filter(kind=StepKind.CONSULTATION.value, facts__consulted=Consulted.THIRD_PARTY.value)
    numbers = list(asked.values_list("number", flat=True))
    if outcome is Outcome.PARTIALLY_GRANTED and slots.get("withheld_ground") == "third_party_rights" and not numbers:
        raise WrongSlotError("not_consulted", "withheld_ground", NOT_ASKED, REG(32))
    if slots.get("third_party_position") == "objected":
        answers = application.steps.filter(kind=StepKind.CONSULTATION_REPLY.value, facts__consultation__in=numbers)
        if not any(row.facts["objected"] for row in answers):
            raise WrongSlotError("no_objection", "third_party_position", NO_OBJECTION, REG(32))
