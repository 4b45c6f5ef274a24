"""提出办理意见: the business unit proposes the outcome, with what was found and why (条例 36)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from gongkai.agencies.models import Person
from gongkai.applications.correspondence import check_opinion
from gongkai.applications.history import acting_role, locked, take
from gongkai.applications.models import Application
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import StepKind


@transaction.atomic
def propose(
    *, case_id: int, actor: Person, on: date, outcome: Outcome, findings: str = "", reasons: str = "",
    slots: Mapping[str, str] | None = None, seen: int | None = None,
) -> Application:  # fmt: skip
    """Propose one of the 21 outcomes. What the reply must say for it (its slots) is demanded here already, so that no
    decision fails for it later. Raises the letter's own error naming the slot that is missing."""
    application = locked(case_id, actor, seen)
    role = acting_role(application, actor, StepKind.OPINION)
    facts = {
        "outcome": outcome.value,
        "findings": findings.strip(),
        "reasons": reasons.strip(),
        "slots": {name: text.strip() for name, text in (slots or {}).items()},
    }
    take(application, StepKind.OPINION, on=on, actor=actor, role=role, facts=facts)
    check_opinion(application, facts, on)
    return application
