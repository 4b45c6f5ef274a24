"""Everything the case page shows a person: the case, what they may do in it today, and why not the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.agencies.models import Person
from gongkai.agencies.selectors import calendar, roles_of, today
from gongkai.applications.history import RULES, STEPS_WITH_ACTION, case_of, reckoning_of
from gongkai.applications.models import Application, Letter, Step
from gongkai.applications.selectors.visibility import case_for_reading
from gongkai.law import procedure
from gongkai.law.clock import Reckoning
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import Case, Duty, Role, StepKind
from gongkai.law.working_days import Calendar

#: Roles that need the applicant's identity whole: whoever checks it and addresses the letters (law.md §8.2 [I]).
IDENTITY_ROLES = frozenset({Role.CLERK})


@dataclass(frozen=True)
class RefusedStep:
    """A step that cannot be taken now, and why."""

    kind: StepKind
    refusal: procedure.Refusal


@dataclass(frozen=True)
class CasePage:
    """Everything the case page shows."""

    application: Application
    case: Case | None
    reckoning: Reckoning | None
    steps: tuple[Step, ...]
    letters: tuple[Letter, ...]
    duty: Duty | None
    allowed: tuple[StepKind, ...]
    refused: tuple[RefusedStep, ...]
    outcomes: tuple[Outcome, ...]
    open_consultations: tuple[Step, ...]
    opinion: Mapping[str, Any]
    roles: frozenset[Role]
    sees_identity: bool


def case_page(person: Person, case_id: int, on: date | None = None) -> CasePage:
    """The case as this person may see it, with the steps they may take today and why not the others."""
    application = case_for_reading(person, case_id)
    day = on or today()
    rows = tuple(application.steps.select_related("actor").order_by("number"))
    case = case_of(rows)
    asking = _Asking(case, roles_of(person, application.agency), str(person.pk), day, calendar())
    allowed = _allowed(asking)
    return CasePage(
        application=application,
        case=case,
        reckoning=reckoning_of(case, day),
        steps=rows,
        letters=tuple(application.letters.select_related("document").order_by("id")),
        duty=duty_now(case, day),
        allowed=allowed,
        outcomes=procedure.allowed_outcomes(case, asking.days, day, RULES) if case else (),
        refused=_refused(asking, allowed),
        open_consultations=tuple(rows[place] for place in case.open_consultations) if case else (),
        opinion=last_opinion(rows),
        roles=asking.roles,
        sees_identity=bool(asking.roles & IDENTITY_ROLES),
    )


def duty_now(case: Case | None, day: date) -> Duty | None:
    """What has to happen next; before the receipt is confirmed that is to register."""
    return procedure.next_duty(case, calendar(), day) if case else duty_of(StepKind.REGISTER)


def duty_of(kind: StepKind) -> Duty:
    """A step as a duty, in the words of the table."""
    return Duty(kind, procedure.STEPS[kind].roles, kind.label)


@dataclass(frozen=True)
class _Asking:
    """Who asks, on which day, what may be done in which case."""

    case: Case | None
    roles: frozenset[Role]
    actor: str
    day: date
    days: Calendar


def _allowed(asking: _Asking) -> tuple[StepKind, ...]:
    """The steps that one of these roles may take today, and this very person too (nobody signs his own draft)."""
    case = asking.case
    if case is None:
        return (StepKind.REGISTER,) if asking.roles & set(procedure.STEPS[StepKind.REGISTER].roles) else ()
    able = {
        kind
        for role in asking.roles
        for kind in procedure.allowed_steps(case, role, asking.days, asking.day, RULES)
        if kind in STEPS_WITH_ACTION
    }
    if StepKind.SIGN in able and _refusal(asking, StepKind.SIGN):
        able.discard(StepKind.SIGN)
    return tuple(kind for kind in StepKind if kind in able)


def _refusal(asking: _Asking, kind: StepKind) -> procedure.Refusal | None:
    """Why the step cannot be taken by these roles; None where it can, or is none of theirs."""
    acting = next((role for role in procedure.STEPS[kind].roles if role in asking.roles), None)
    if acting is None:
        return None
    # An opinion that names no outcome would be refused for just that, and not for what stands in its way.
    outcome = Outcome.GRANTED if kind is StepKind.OPINION else None
    step = procedure.Step(kind=kind, on=asking.day, role=acting, actor=asking.actor, outcome=outcome)
    return procedure.refusal(asking.case, step, asking.days, asking.day, RULES)


def _refused(asking: _Asking, allowed: tuple[StepKind, ...]) -> tuple[RefusedStep, ...]:
    """Why each other step of these roles cannot be taken now."""
    found = ((kind, _refusal(asking, kind)) for kind in StepKind if kind in STEPS_WITH_ACTION and kind not in allowed)
    return tuple(RefusedStep(kind, refusal) for kind, refusal in found if refusal)


def last_opinion(rows: tuple[Step, ...]) -> Mapping[str, Any]:
    """The facts of the opinion that stands (after a return: the one that was sent back); empty before any."""
    return next((row.facts for row in reversed(rows) if row.kind == StepKind.OPINION.value), {})
