"""Third parties without whose consent a decision discloses, who are told of it in writing (条例 32)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gongkai.applications.history import case_of
from gongkai.applications.letters import Asked, several
from gongkai.applications.models import Step
from gongkai.law.outcomes import OUTCOMES, Outcome
from gongkai.law.procedure import StepKind
from gongkai.law.third_parties import not_consenting


def unconsenting(rows: Sequence[Step]) -> list[Asked]:
    """The third parties asked in this case whose last word is an objection or silence."""
    case = case_of(rows)
    if case is None:
        return []
    objected = not_consenting(case)
    last = {
        row.facts["addressee"]: place
        for place, row in enumerate(rows)
        if row.kind == StepKind.CONSULTATION.value and row.facts["consulted"] == "third_party"
    }
    return [
        Asked(rows[place].number, rows[place].on, name, rows[place].facts["text"], objected[place])
        for name, place in last.items()
        if place in objected
    ]


def to_inform(rows: Sequence[Step], opinion: Mapping[str, Any] | None = None) -> list[Asked]:
    """Whom a decision by this opinion (by default the last one) has to be told to. A refusal discloses nothing, nor does
    a partial disclosure that withholds just what is theirs."""
    facts = opinion if opinion is not None else last_opinion(rows)
    if not facts or not OUTCOMES[Outcome(facts["outcome"])].discloses:
        return []
    theirs_withheld = withheld_for_third_party(facts.get("slots", {}))
    return [] if theirs_withheld else unconsenting(rows)


def withheld_for_third_party(slots: Mapping[str, str]) -> bool:
    """Whether a third party's rights are among the grounds on which a part is withheld."""
    return Outcome.THIRD_PARTY_RIGHTS.value in several(slots.get("withheld_ground", ""))


def last_opinion(rows: Sequence[Step]) -> Mapping[str, Any]:
    """The facts of the opinion that stands; empty before any."""
    return next((row.facts for row in reversed(rows) if row.kind == StepKind.OPINION.value), {})
