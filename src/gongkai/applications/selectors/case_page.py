"""Everything the case page shows a person: the case, what they may do in it today, and why not the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from gongkai.agencies.models import Person
from gongkai.agencies.selectors import calendar, day_of, roles_of, today
from gongkai.applications.actions.add_paper import ADDING_ROLES
from gongkai.applications.actions.assign import ASSIGNING_ROLES, HOLDING_ROLES
from gongkai.applications.actions.rate import SCORES
from gongkai.applications.actions.receive import Arrival, receipt_by_law
from gongkai.applications.actions.reveal import IDENTITY_ROLES
from gongkai.applications.history import RULES, STEPS_WITH_ACTION, case_of, reckoning_of
from gongkai.applications.models import (
    Application,
    Assignment,
    CaseFile,
    Channel,
    IdentityView,
    Letter,
    Note,
    Origin,
    Paper,
    Rating,
    Redaction,
    Step,
)
from gongkai.applications.redaction_access import REDACTING_ROLES
from gongkai.applications.selectors.redactions import redactions_of
from gongkai.applications.selectors.visibility import case_for_reading
from gongkai.law import procedure
from gongkai.law.clock import Reckoning
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import Case, Duty, Role, Stage, StepKind
from gongkai.law.receipts import Receipt
from gongkai.law.texts import Text
from gongkai.law.working_days import Calendar


@dataclass(frozen=True)
class RefusedStep:
    """A step that cannot be taken now, and why."""

    kind: StepKind
    refusal: procedure.Refusal


@dataclass(frozen=True)
class May:
    """What this person may do in the case beside its steps."""

    split: bool
    assign: bool
    claim: bool
    note: bool
    add_papers: bool
    redact: bool
    reveal: bool
    add_volume: bool


@dataclass(frozen=True)
class Beside:
    """What lies in the case beside its steps and letters."""

    papers: tuple[Paper, ...]
    case_files: tuple[CaseFile, ...]
    assignments: tuple[Assignment, ...]
    notes: tuple[Note, ...]
    identity_views: tuple[IdentityView, ...]
    #: The cases that came from the same form (一事一申请), this one left out.
    parts: tuple[Application, ...]
    #: The newest redaction of each original, by the key of its paper.
    redactions: Mapping[int, Redaction]

    @property
    def number_can_be_given(self) -> bool:
        """Whether the last volume has no 档号, and a new one would have."""
        return bool(self.case_files) and self.case_files[-1].can_be_numbered


@dataclass(frozen=True)
class CasePage:
    """Everything the case page shows."""

    application: Application
    case: Case | None
    reckoning: Reckoning | None
    receipt: Receipt | None
    steps: tuple[Step, ...]
    letters: tuple[Letter, ...]
    duty: Duty | None
    allowed: tuple[StepKind, ...]
    #: Steps whose limit is over today, and that may still be entered if they were taken in time (补录).
    late_entries: tuple[StepKind, ...]
    refused: tuple[RefusedStep, ...]
    outcomes: tuple[Outcome, ...]
    open_consultations: tuple[Step, ...]
    opinion: Mapping[str, Any]
    roles: frozenset[Role]
    #: Whether this person may ask for the identity to be shown whole; the page itself always masks it.
    sees_identity: bool
    may: May
    beside: Beside

    @property
    def closed(self) -> bool:
        return self.application.stage == Stage.CLOSED

    @property
    def rating(self) -> Rating | None:
        """What the applicant says of how the case was handled, for those who handled it."""
        return getattr(self.application, "rating", None)

    @property
    def rated(self) -> Text | None:
        """The rating in a word."""
        return dict(SCORES)[self.rating.score] if self.rating else None

    @property
    def matter(self) -> str:
        """Of several matters in one form: the one that this case is about."""
        return next((str(row.facts["matter"]) for row in self.steps if row.facts.get("matter")), "")

    @property
    def written_by(self) -> str:
        """Who filled in the form for an applicant who came in person and could not write (条例 29)."""
        return next((str(row.facts["written_by"]) for row in self.steps if row.facts.get("written_by")), "")


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
        receipt=_receipt(application, rows),
        steps=rows,
        letters=tuple(application.letters.select_related("document", "replaces").order_by("id")),
        duty=duty_now(case, day),
        allowed=allowed,
        late_entries=_late_entries(asking, allowed),
        outcomes=procedure.allowed_outcomes(case, asking.days, day, RULES) if case else (),
        refused=_refused(asking, allowed),
        open_consultations=tuple(rows[place] for place in case.open_consultations) if case else (),
        opinion=last_opinion(rows),
        roles=asking.roles,
        sees_identity=bool(asking.roles & IDENTITY_ROLES),
        may=_may(application, asking.roles, allowed),
        beside=_beside(application),
    )


def _beside(application: Application) -> Beside:
    root = application.split_from_id or application.pk
    family = Application.objects.filter(split_from=root) | Application.objects.filter(pk=root)
    papers = tuple(application.papers.select_related("document", "added_by", "step", "redacted_from").order_by("pk"))
    return Beside(
        papers=papers,
        redactions=redactions_of(papers),
        case_files=tuple(application.case_files.select_related("document", "application__agency").order_by("volume")),
        assignments=tuple(application.assignments.select_related("unit", "holder", "by").order_by("-pk")),
        notes=tuple(application.notes.select_related("by").order_by("-pk")),
        identity_views=tuple(application.identity_views.select_related("by").order_by("-pk")),
        parts=tuple(family.exclude(pk=application.pk).order_by("pk")),
    )


def _may(application: Application, roles: frozenset[Role], allowed: tuple[StepKind, ...]) -> May:
    """What the buttons beside the steps are shown by; the actions ask again."""
    works, open_still = bool(roles & frozenset(ADDING_ROLES)), application.stage != Stage.CLOSED
    heads_unit = Role.UNIT_HEAD in roles and application.unit_id is not None
    return May(
        split=StepKind.REGISTER in allowed and application.split_from_id is None,
        assign=open_still and (bool(roles & ASSIGNING_ROLES) or heads_unit),
        claim=open_still and application.holder_id is None and bool(roles & HOLDING_ROLES),
        note=works,
        add_papers=works,
        redact=open_still and bool(roles & REDACTING_ROLES),
        reveal=bool(roles & IDENTITY_ROLES),
        add_volume=not open_still and Role.CLERK in roles,
    )


def _receipt(application: Application, rows: tuple[Step, ...]) -> Receipt | None:
    """Why it counts as received on that day (条例 31); None before, and for what came over from an earlier register."""
    step = next((row for row in rows if row.kind == StepKind.RECEIPT.value), None)
    if step is None or application.origin != Origin.HERE:
        return None
    arrived, unreachable = day_of(application.submitted_at), bool(step.facts.get("unreachable"))
    confirmed = step.on if step.on >= arrived else None
    return receipt_by_law(application.agency, Arrival(Channel(application.channel), arrived, confirmed, unreachable))


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
    own = {kind for kind in (StepKind.REVIEW, StepKind.SIGN) if kind in able and _refusal(asking, kind)}
    return tuple(kind for kind in StepKind if kind in able - own)


#: What the law lets be done only within a limit: sent in time and typed in afterwards, it must find a form.
_IN_TIME = (StepKind.CORRECTION_NOTICE, StepKind.EXTENSION, StepKind.AGREED_DELAY, StepKind.FEE_NOTICE)


def _late_entries(asking: _Asking, allowed: tuple[StepKind, ...]) -> tuple[StepKind, ...]:
    if asking.case is None or asking.day <= asking.case.last_day:
        return ()
    kinds = [kind for kind in _IN_TIME if kind not in allowed]
    if asking.roles.isdisjoint(role for kind in kinds for role in procedure.STEPS[kind].roles):
        return ()
    then = _allowed(replace(asking, day=asking.case.last_day))
    return tuple(kind for kind in kinds if kind in then)


def _refusal(asking: _Asking, kind: StepKind) -> procedure.Refusal | None:
    """Why the step cannot be taken by these roles; None where it can, or is none of theirs."""
    held = [role for role in procedure.STEPS[kind].roles if role in asking.roles]
    if not held:
        return None
    turn = asking.case.turn if asking.case else None
    acting = turn if turn in held else held[0]
    step = procedure.Step(kind=kind, on=asking.day, role=acting, actor=asking.actor)
    return procedure.why_not(asking.case, step, asking.days, asking.day, RULES)


def _refused(asking: _Asking, allowed: tuple[StepKind, ...]) -> tuple[RefusedStep, ...]:
    """Why each other step of these roles cannot be taken now."""
    found = ((kind, _refusal(asking, kind)) for kind in StepKind if kind in STEPS_WITH_ACTION and kind not in allowed)
    return tuple(RefusedStep(kind, refusal) for kind, refusal in found if refusal)


def last_opinion(rows: tuple[Step, ...]) -> Mapping[str, Any]:
    """The facts of the opinion that stands (after a return: the one that was sent back); empty before any."""
    return next((row.facts for row in reversed(rows) if row.kind == StepKind.OPINION.value), {})
