"""The history of a case: read it from the rows, let `law` replay it, take the next step in it.

Every action takes its step through `take`: one place asks the law, writes the step and its ledger entry, and
derives the columns. Nothing else assigns a stage, a due date or an outcome.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.errors import NotAllowed
from gongkai.agencies.models import Person
from gongkai.agencies.selectors import calendar, newest_notice, roles_of, today
from gongkai.applications.errors import CaseNotFound, Conflict
from gongkai.applications.models import Application, ClockState, Step
from gongkai.applications.notices import tell_later
from gongkai.law import clock, procedure
from gongkai.law.errors import ProcedureError
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import Case, Role, Stage, StepKind
from gongkai.law.procedure_case import advanced, opened
from gongkai.law.procedure_clock import counted_reckoning
from gongkai.law.texts import Text
from gongkai.law.working_days import Calendar
from gongkai.ledger.actions import record
from gongkai.ledger.digests import digest_of

#: Roles that work on cases, or supervise those who do. For editors and administrators there are no cases.
READING_ROLES = (
    Role.CLERK,
    Role.DRAFTER,
    Role.UNIT_HEAD,
    Role.LEGAL_REVIEWER,
    Role.APPROVER,
    Role.SUPERVISOR,
)
#: The steps that people take; the case page offers and explains no others. (A recount and a case taken over from an
#: earlier register are written by the system.)
STEPS_WITH_ACTION = frozenset(
    {
        StepKind.RECEIPT,
        StepKind.REGISTER,
        StepKind.ACCEPT,
        StepKind.CORRECTION_NOTICE,
        StepKind.CORRECTED,
        StepKind.CONSULTATION,
        StepKind.CONSULTATION_REPLY,
        StepKind.EXTENSION,
        StepKind.REASONS_ASKED,
        StepKind.REASONS_GIVEN,
        StepKind.AGREED_DELAY,
        StepKind.FEE_NOTICE,
        StepKind.FEE_PAID,
        StepKind.WITHDRAWAL,
        StepKind.OPINION,
        StepKind.DECISION,
        StepKind.REVIEW,
        StepKind.RETURN,
        StepKind.SIGN,
        StepKind.DELIVER,
        StepKind.SERVED,
        StepKind.ARCHIVE,
        StepKind.REOPEN,
        StepKind.DUE_DECISION,
    }
)
#: What cannot be taken cannot be asked for first: reasons (条例 35) are needed once they can be asked here.
RULES = procedure.ProcedureSettings(reasons_are_asked=StepKind.REASONS_ASKED in STEPS_WITH_ACTION)
#: The derived columns of an application whose receipt is not confirmed yet (条例 31(三)).
UNCONFIRMED: Mapping[str, Any] = {
    "stage": Stage.REGISTER.value,
    "steps_taken": 0,
    "next_step": StepKind.REGISTER.value,
    "next_role": "",
    "waits_until": None,
    "received_on": None,
    "outcome": "",
    "answered_on": None,
    "archived_on": None,
    "clock_state": ClockState.WAITING.value,
    "due_on": None,
    "due_provisional": False,
    "due_question": False,
    "rounds": 1,
}


def law_step(row: Step, numbers: Mapping[int, int]) -> procedure.Step:
    """The step as `law` sees it. `numbers` maps step numbers to their places in the history."""
    facts = row.facts
    return procedure.Step(
        kind=StepKind(row.kind),
        on=row.on,
        role=Role(row.role),
        actor=str(row.actor_id) if row.actor_id else None,
        outcome=Outcome(facts["outcome"]) if facts.get("outcome") else None,
        correct_by=_day(facts.get("correct_by")),
        consulted=procedure.Consulted(facts["consulted"]) if facts.get("consulted") else None,
        consultation=numbers[facts["consultation"]] if facts.get("consultation") else None,
        # A delivery says it of the applicant, by the longer name.
        received=_day(facts.get("received") or facts.get("received_on")),
        objected=facts.get("objected"),
        days=facts.get("days"),
        consented=_day(facts.get("consented")),
        until=_day(facts.get("until")),
        route=tuple(Role(role) for role in facts.get("route", ())),
        ground=procedure.ReopenGround(facts["ground"]) if facts.get("ground") else None,
        kept=facts.get("kept"),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def law_history(rows: Iterable[Step]) -> tuple[procedure.Step, ...]:
    numbers: dict[int, int] = {}
    steps = []
    for place, row in enumerate(rows):
        numbers[row.number] = place
        steps.append(law_step(row, numbers))
    return tuple(steps)


def case_of(rows: Iterable[Step]) -> Case | None:
    """The case that these steps make; None before the receipt is confirmed.

    Each step was judged when it was taken, by the calendar of that day, and is not judged again: a holiday announced
    later must not make the history unreadable.
    """
    history = law_history(rows)
    return reduce(advanced, history[1:], opened(history[0])) if history else None


def reckoning_of(case: Case | None, as_of: date | None = None, *, explain: bool = True) -> clock.Reckoning | None:
    """The reply clock of a case; None as long as its receipt is not confirmed."""
    return procedure.reckoning(case, calendar(), as_of or today(), explain=explain) if case else None


def locked(case_id: int, actor: Person | None, seen: int | None = None) -> Application:
    """The application, locked until the transaction ends, for a person of its agency (None: the citizen or the system).

    `seen` is how many steps the person saw on the page; where one has been taken since, Conflict tells who and when.
    Raises CaseNotFound for whoever may not read it (`READING_ROLES`), as if there were none.
    """
    found = Application.objects.select_for_update(of=("self",)).select_related("agency").filter(pk=case_id)
    application = found.first()
    if application is None or (actor is not None and roles_of(actor, application.agency).isdisjoint(READING_ROLES)):
        raise CaseNotFound
    if seen is not None and max(seen, 0) < application.steps_taken:
        raise _conflict(application)
    return application


def _conflict(application: Application) -> Conflict:
    last = application.steps.select_related("actor").latest("number")
    at = timezone.localtime(last.recorded_at).strftime("%Y-%m-%d %H:%M")
    return Conflict(str(last.actor or "申请人"), StepKind(last.kind).label, at)


def acting_role(application: Application, actor: Person, kind: StepKind, prefer: Role | None = None) -> Role:
    """The role in which this person takes such a step; who holds several acts in the one whose turn it is, or in
    `prefer`. Raises NotAllowed, naming whose step it is."""
    held = roles_of(actor, application.agency)
    allowed = procedure.STEPS[kind].roles
    first = prefer or application.next_role
    for role in sorted(allowed, key=lambda role: role != first):
        if role in held:
            return role
    names = [role.label for role in allowed if role is not Role.APPLICANT]
    zh, en = "、".join(name.zh for name in names), " / ".join(name.en for name in names)
    step = kind.label
    raise NotAllowed(Text(f"“{step.zh}”由{zh}岗位办理。", f"“{step.en}” is for: {en}."))


def take(
    application: Application,
    kind: StepKind,
    *,
    on: date,
    actor: Person | None,
    role: Role,
    facts: Mapping[str, Any],
) -> Step:
    """Take one step in a locked case: ask the law, write step and ledger entry, derive the columns.

    `facts` are JSON values (dates as ISO texts). Raises ProcedureError with reason and article.
    """
    rows = list(application.steps.order_by("number"))
    if kind is not StepKind.RECOUNT and (due := moved_due(application, rows)):
        rows.append(_write_step(application, rows, Act(StepKind.RECOUNT, today(), None, Role.SYSTEM, due)))
    row = _write_step(application, rows, Act(kind, on, actor, role, dict(facts)))
    derive(application, [*rows, row])
    tell_later(application, row)
    return row


@dataclass(frozen=True)
class Act:
    """A step as it is asked for."""

    kind: StepKind
    on: date
    actor: Person | None
    role: Role
    facts: dict[str, Any]


def moved_due(application: Application, rows: list[Step]) -> dict[str, Any] | None:
    """What a change of the calendar did to the due date since it was last told: the facts of a RECOUNT step; None where
    it stands. A date that came nearer is told in `until`: it stays until a person decides (see `law.procedure_clock`)."""
    if application.due_on is None or application.clock_state == ClockState.CLOSED:
        return None
    due = derived_columns(rows)["due_on"]
    if due == application.due_on:
        return None
    told = application.due_on
    facts = {"before": told.isoformat(), "after": due.isoformat(), "source": newest_notice()}
    case = case_of(rows)
    # While an answer is awaited the date is not certain, and grows by itself: nothing certain was told then.
    nearer = due < told and case is not None and counted_reckoning(case, calendar(), today(), explain=False).due < told
    return {**facts, "until": told.isoformat()} if nearer else facts


def _write_step(application: Application, rows: list[Step], act: Act) -> Step:
    """Ask the law, write the step and its ledger entry."""
    row = Step(
        application=application,
        number=len(rows) + 1,
        kind=act.kind,
        on=act.on,
        actor=act.actor,
        role=act.role,
        facts=act.facts,
    )
    step = law_step(row, {earlier.number: place for place, earlier in enumerate(rows)})
    if refusal := procedure.refusal(case_of(rows), step, calendar(), today(), RULES):
        raise ProcedureError(refusal.code, refusal.message, refusal.article)
    row.save(force_insert=True)
    record(
        chain=application.agency.slug,
        act=f"applications.{act.kind.value}",
        subject=f"application:{application.pk}",
        facts={
            "number": application.number,
            "step": row.number,
            "on": act.on.isoformat(),
            "digest": digest_of(as_witnessed(row)),
        },
        actor=act.actor.username if act.actor else "",
    )
    return row


def as_witnessed(row: Step) -> dict[str, Any]:
    """Everything of a step that the ledger's digest is taken over."""
    return {
        "application": row.application_id,
        "number": row.number,
        "kind": str(row.kind),
        "on": row.on.isoformat(),
        "actor": row.actor_id,
        "role": str(row.role),
        "facts": row.facts,
    }


def derive(application: Application, rows: list[Step]) -> None:
    """Write the derived columns from the steps."""
    columns = derived_columns(rows)
    for name, value in columns.items():
        setattr(application, name, value)
    application.save(update_fields=list(columns))


def derived_columns(rows: list[Step], days: Calendar | None = None) -> dict[str, Any]:
    """What the steps say: stage, next duty, clock, outcome. Pure in the steps and the calendar: no „today“.

    `days`: the calendar, where it was asked for already (for many cases one after the other)."""
    case = case_of(rows)
    return columns_of(case, days or calendar()) if case else dict(UNCONFIRMED)


def columns_of(case: Case, days: Calendar) -> dict[str, Any]:
    """As `derived_columns`, of a case that was replayed already."""
    duty = procedure.next_duty(case, days, case.last_day)
    return {
        "stage": case.stage.value,
        "steps_taken": len(case.history),
        "next_step": duty.kind.value if duty else "",
        "next_role": case.turn.value if case.turn else "",
        "waits_until": waits_until(case),
        "received_on": case.received,
        # The report counts an application once, by its first reply.
        "outcome": case.first_outcome.value if case.first_outcome else "",
        "answered_on": case.first_delivered,
        "archived_on": case.archived,
        "due_question": case.due_question,
        "rounds": case.rounds,
        **_clock_columns(case, days),
    }


def waits_until(case: Case) -> date | None:
    """The last day on which the case waits for somebody outside; after it the drafter's turn comes by itself.
    None where it waits for nobody, or for an organ without a limit."""
    if case.stage is Stage.CORRECT:
        return case.correct_by
    if case.stage not in (Stage.CONSULT, Stage.OPINE):
        return None
    if limit := procedure.payment_limit(case, calendar()):
        return limit.day
    if case.stage is Stage.OPINE:
        return case.reasons_by if case.reasons_awaited else None
    asked = [case.history[place] for place in case.open_consultations]
    limits = [
        clock.consultation_limit(step.on, step.received, step.consulted or clock.Consulted.OTHER, calendar())
        for step in asked
    ]
    return None if None in limits else max(limit.day for limit in limits if limit)


def _clock_columns(case: Case, days: Calendar) -> dict[str, Any]:
    reckoning = procedure.reckoning(case, days, case.last_day, explain=False)
    late = reckoning.state is clock.ClockState.LATE
    return {
        "clock_state": ClockState.RUNNING.value if late else reckoning.state.value,
        "due_on": reckoning.due,
        "due_provisional": reckoning.provisional,
    }


@transaction.atomic
def rebuild(case_id: int) -> bool:
    """Replay one case and write its derived columns anew. True where they had differed."""
    application = locked(case_id, None)
    rows = list(application.steps.order_by("number"))
    columns = derived_columns(rows)
    differed = any(getattr(application, name) != value for name, value in columns.items())
    derive(application, rows)
    return differed
