"""How the case page tells a case: its stages, what each step says, the applicant as this reader may see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from gongkai.applications.models import Step
from gongkai.applications.selectors import CasePage
from gongkai.applications.step_words import Said, what_it_says
from gongkai.law.outcomes import OUTCOMES, Outcome, OutcomeRule
from gongkai.law.procedure import Case, Role, Stage, StepKind
from gongkai.law.texts import Text

#: The stages in order, each with the step that shows it was gone through.
COURSE: Mapping[Stage, StepKind] = {
    Stage.REGISTER: StepKind.REGISTER,
    Stage.ACCEPT: StepKind.ACCEPT,
    Stage.CORRECT: StepKind.CORRECTION_NOTICE,
    Stage.CONSULT: StepKind.CONSULTATION,
    Stage.OPINE: StepKind.OPINION,
    Stage.DECIDE: StepKind.DECISION,
    Stage.APPROVE: StepKind.SIGN,
    Stage.DELIVER: StepKind.DELIVER,
    Stage.ARCHIVE: StepKind.ARCHIVE,
}


@dataclass(frozen=True)
class StageMark:
    """One stage of the line: done, now, skipped (an optional one that was not needed) or next."""

    label: Text
    state: str


def stage_marks(case: Case | None) -> list[StageMark]:
    """The nine stages as this case has gone through them; None: its receipt is not confirmed yet."""
    order = list(COURSE)
    stage = case.stage if case else Stage.REGISTER
    here = order.index(stage) if stage in COURSE else len(order)
    taken = {step.kind for step in case.history} if case else set()
    return [StageMark(stage.label, _state(place - here, COURSE[stage] in taken)) for place, stage in enumerate(order)]


def _state(offset: int, taken: bool) -> str:
    if offset == 0:
        return "now"
    if offset > 0:
        return "next"
    return "done" if taken else "skipped"


@dataclass(frozen=True)
class TimelineEntry:
    """One step: what, when, who in which role, what it says, the letters it made."""

    row: Step
    label: Text
    role: Text
    said: list[Said]
    letters: list[Any]


def timeline(page: CasePage) -> list[TimelineEntry]:
    """The steps, the newest first."""
    return [
        TimelineEntry(
            row=row,
            label=StepKind(row.kind).label,
            role=Role(row.role).label,
            said=what_it_says(StepKind(row.kind), row.facts),
            letters=[letter for letter in page.letters if letter.step_id == row.pk],
        )
        for row in reversed(page.steps)
    ]


@dataclass(frozen=True)
class OutcomeChoice:
    """One outcome to choose, and whether the case allows it today."""

    rule: OutcomeRule
    allowed: bool
    chosen: bool


#: The first two rows of the table stand each for themselves; on the page they share a heading.
DISCLOSED = Text("（一）（二）予以公开、部分公开", "(1) (2) Granted, partially granted")


def outcome_groups(allowed: Sequence[Outcome], chosen: Outcome | None) -> list[tuple[Text, list[OutcomeChoice]]]:
    """The 21 outcomes in the groups and the order of the official table."""
    choices = [OutcomeChoice(rule, rule.outcome in allowed, rule.outcome is chosen) for rule in OUTCOMES.values()]
    return [(heading, list(found)) for heading, found in groupby(choices, key=_heading)]


def _heading(choice: OutcomeChoice) -> Text:
    return DISCLOSED if choice.rule.discloses else choice.rule.group
