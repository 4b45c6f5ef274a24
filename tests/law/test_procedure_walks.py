"""Random walks through what is allowed: every one can be replayed, reckoned and brought to one end."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.law.clock import Consulted
from gongkai.law.errors import ProcedureError
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import (
    STEPS,
    Case,
    ReopenGround,
    Role,
    Stage,
    Step,
    StepKind,
    allowed_outcomes,
    allowed_steps,
    next_duty,
    public_progress,
    reckoning,
    refusal,
    replay,
)
from gongkai.law.procedure_clock import counted_reckoning
from gongkai.law.working_days import Calendar

D = dt.date
NATIONAL = Calendar.national()
# Once in a case, and once in each round of it.
ONCE = (StepKind.RECEIPT, StepKind.CORRECTION_NOTICE, StepKind.CORRECTED, StepKind.FEE_PAID, StepKind.REASONS_ASKED)
ONCE_A_ROUND = (
    StepKind.EXTENSION,
    StepKind.AGREED_DELAY,
    StepKind.FEE_NOTICE,
    StepKind.WITHDRAWAL,
    StepKind.DELIVER,
    StepKind.SERVED,
    StepKind.ARCHIVE,
)
# Of cases that take one of these early, little else would be seen.
RARE = (StepKind.WITHDRAWAL, StepKind.TAKEN_OVER, StepKind.RECOUNT)
PEOPLE = ("chen", "wang", "li")
ROUTES = (
    (),
    (Role.APPROVER,),
    (Role.UNIT_HEAD, Role.APPROVER),
    (Role.LEGAL_REVIEWER, Role.UNIT_HEAD, Role.APPROVER),
)


def filled(draw: st.DrawFn, case: Case | None, kind: StepKind, role: Role, today: D) -> Step:
    """A step of an allowed kind with fields that make it allowed."""
    actor = draw(st.sampled_from(PEOPLE))
    if kind is StepKind.CORRECTION_NOTICE:
        period = draw(st.integers(1, 30))
        return Step(kind, today, role, actor, correct_by=today + dt.timedelta(days=period))
    if kind is StepKind.CONSULTATION:
        asked = draw(st.sampled_from(Consulted))
        return Step(kind, today, role, actor, consulted=asked, received=draw(st.sampled_from((None, today))))
    if kind is StepKind.EXTENSION:
        return Step(kind, today, role, actor, days=draw(st.integers(1, 20)), consented=today)
    if kind is StepKind.REASONS_ASKED:
        return Step(kind, today, role, actor, until=today + dt.timedelta(days=draw(st.integers(1, 30))))
    if case is not None and kind is StepKind.AGREED_DELAY:
        due = reckoning(case, NATIONAL, today).due
        return Step(kind, today, role, actor, until=due + dt.timedelta(days=draw(st.integers(1, 60))))
    if kind is StepKind.FEE_NOTICE:
        return Step(kind, today, role, actor, received=draw(st.sampled_from((None, today))))
    if case is not None and kind is StepKind.CONSULTATION_REPLY:
        index = draw(st.sampled_from(case.open_consultations))
        return Step(kind, today, role, actor, consultation=index, objected=draw(st.booleans()))
    if case is not None and kind is StepKind.OPINION:
        outcome = draw(st.sampled_from(allowed_outcomes(case, NATIONAL, today)))
        return Step(kind, today, role, actor, outcome=outcome)
    if case is not None and kind in (StepKind.SIGN, StepKind.REVIEW):
        other = next(person for person in PEOPLE if person not in (case.drafter, case.drawn_up_by))
        return Step(kind, today, role, other)
    return filled_later(draw, case, Step(kind, today, role, actor))


def filled_later(draw: st.DrawFn, case: Case | None, step: Step) -> Step:
    """The same of decisions, of steps after the reply, and of those of the register."""
    kind, today = step.kind, step.on
    if kind is StepKind.DECISION:
        return replace(step, route=draw(st.sampled_from(ROUTES)))
    if kind is StepKind.DELIVER:
        return replace(step, received=draw(st.sampled_from((None, today))))
    if case is not None and kind is StepKind.SERVED:
        assert case.delivered is not None
        return replace(step, received=draw(st.dates(case.delivered, today)))
    if kind is StepKind.REOPEN:
        ordered = draw(st.sampled_from((None, ReopenGround.RECONSIDERATION, ReopenGround.COURT)))
        if ordered is None and step.role is Role.APPROVER:
            return replace(step, ground=ReopenGround.ERROR)
        until = draw(st.none() | st.integers(1, 60).map(lambda days: today + dt.timedelta(days=days)))
        return replace(step, ground=ordered or ReopenGround.COURT, until=until)
    if kind is StepKind.TAKEN_OVER:
        return replace(step, outcome=draw(st.sampled_from(Outcome)))
    if case is not None and kind is StepKind.RECOUNT:
        due = counted_reckoning(case, NATIONAL, today).due
        return replace(step, until=draw(st.none() | st.integers(1, 10).map(lambda days: due + dt.timedelta(days=days))))
    if kind is StepKind.DUE_DECISION:
        return replace(step, kept=draw(st.booleans()))
    return step


@st.composite
def walks(draw: st.DrawFn) -> tuple[Step, ...]:
    """Up to 25 allowed steps, days apart, by whoever may take one."""
    today = draw(st.dates(D(2019, 5, 15), D(2025, 12, 31)))
    history: tuple[Step, ...] = ()
    for _ in range(draw(st.integers(1, 25))):
        case = replay(history, NATIONAL) if history else None
        allowed = {role: allowed_steps(case, role, NATIONAL, today) for role in Role}
        kinds = [kind for kind in StepKind if any(kind in found for found in allowed.values())]
        kinds = [kind for kind in kinds if kind not in RARE or not draw(st.integers(0, 11))] or kinds
        if kinds:
            kind = draw(st.sampled_from(kinds))
            role = draw(st.sampled_from([role for role in Role if kind in allowed[role]]))
            history = (*history, filled(draw, case, kind, role, today))
        today += dt.timedelta(days=draw(st.sampled_from((0, 0, 1, 1, 2, 3, 5, 12, 30))))
    return history


def finished(history: tuple[Step, ...]) -> Case:
    """The case brought to its end by doing each time what ``next_duty`` says, in good time."""
    case = replay(history, NATIONAL)
    today = case.last_day
    for _ in range(60):
        duty = next_duty(case, NATIONAL, today)
        if duty is None:
            return case
        other = duty.kind in (StepKind.SIGN, StepKind.REVIEW)
        wanted = Step(duty.kind, today, duty.roles[-1], actor="boss" if other else "chen")
        if duty.kind is StepKind.OPINION:
            wanted = Step(duty.kind, today, duty.roles[-1], "chen", allowed_outcomes(case, NATIONAL, today)[0])
        if duty.kind is StepKind.CONSULTATION_REPLY:
            wanted = Step(duty.kind, today, Role.CLERK, consultation=case.open_consultations[0])
        history = (*history, wanted)
        case = replay(history, NATIONAL)
        today += dt.timedelta(days=1)
    raise AssertionError(f"no end: {case.stage}")


@settings(max_examples=60, deadline=None)
@given(walks())
def test_a_walk_can_be_replayed_and_always_the_same(history: tuple[Step, ...]) -> None:
    case = replay(history, NATIONAL)
    assert case == replay(list(history), NATIONAL)
    assert case.history == history
    assert public_progress(case).zh
    assert reckoning(case, NATIONAL).due >= case.received


def rounds_of(history: tuple[Step, ...]) -> list[list[Step]]:
    """The steps up to the first reopening, up to the next, and so on."""
    rounds: list[list[Step]] = [[]]
    for step in history:
        if step.kind is StepKind.REOPEN:
            rounds.append([])
        rounds[-1].append(step)
    return rounds


@settings(max_examples=60, deadline=None)
@given(walks())
def test_a_walk_ends_in_exactly_one_outcome_for_each_reply(history: tuple[Step, ...]) -> None:
    case = finished(history)
    assert case.stage is Stage.CLOSED
    rounds = rounds_of(case.history)
    assert len(case.replies) == case.rounds == len(rounds)
    for steps, reply in zip(rounds, case.replies, strict=True):
        kinds = [step.kind for step in steps]
        naming = (StepKind.TAKEN_OVER,) if StepKind.TAKEN_OVER in kinds else (StepKind.OPINION,)
        assert reply.outcome is [step.outcome for step in steps if step.kind in naming][-1]
        assert kinds.count(StepKind.DELIVER) == kinds.count(StepKind.SIGN)
        assert kinds.count(StepKind.DELIVER) + kinds.count(StepKind.TAKEN_OVER) == 1
        assert all(kinds.count(kind) <= 1 for kind in ONCE_A_ROUND)
    assert (case.outcome, case.delivered, case.served) == (reply.outcome, reply.delivered, reply.served)
    assert (case.first_outcome, case.first_delivered) == (case.replies[0].outcome, case.replies[0].delivered)
    taken = [step.kind for step in case.history]
    assert all(taken.count(kind) <= 1 for kind in ONCE)


@settings(max_examples=60, deadline=None)
@given(walks())
def test_a_walk_ends_with_nothing_awaited_but_what_its_outcome_says(history: tuple[Step, ...]) -> None:
    case = finished(history)
    allowed = {role: allowed_steps(case, role, NATIONAL, case.last_day) for role in Role}
    able = (Role.CLERK, Role.APPROVER)
    assert all(found == ((StepKind.REOPEN,) if role in able else ()) for role, found in allowed.items())
    assert not case.due_question
    assert not case.correction_awaited or case.outcome is Outcome.CORRECTION_LAPSED
    assert not case.fee_awaited or case.outcome in (Outcome.FEE_UNPAID, Outcome.CORRECTION_LAPSED)
    assert case.withdrawn is None or case.outcome is Outcome.OTHER


@settings(max_examples=60, deadline=None)
@given(walks(), st.data())
def test_refusal_and_replay_agree_on_any_step(history: tuple[Step, ...], data: st.DataObject) -> None:
    case = replay(history, NATIONAL)
    kind = data.draw(st.sampled_from(StepKind))
    step = Step(
        kind,
        case.last_day + dt.timedelta(days=data.draw(st.integers(-2, 40))),
        data.draw(st.sampled_from(STEPS[kind].roles)),
        data.draw(st.sampled_from((None, *PEOPLE))),
        data.draw(st.none() | st.sampled_from(Outcome)),
        data.draw(st.none() | st.integers(-3, 30).map(lambda n: case.last_day + dt.timedelta(days=n))),
        data.draw(st.none() | st.sampled_from(Consulted)),
        data.draw(st.none() | st.integers(0, len(history))),
        data.draw(st.none() | st.integers(-3, 5).map(lambda n: case.last_day + dt.timedelta(days=n))),
        None,
        data.draw(st.none() | st.integers(-1, 22)),
        data.draw(st.none() | st.integers(-3, 5).map(lambda n: case.last_day + dt.timedelta(days=n))),
        data.draw(st.none() | st.integers(-3, 120).map(lambda n: case.last_day + dt.timedelta(days=n))),
        data.draw(st.lists(st.sampled_from(Role), max_size=3).map(tuple) | st.sampled_from(ROUTES)),
        data.draw(st.none() | st.sampled_from(ReopenGround)),
        data.draw(st.none() | st.booleans()),
    )
    refused = refusal(case, step, NATIONAL)
    if refused is None:
        after = replay((*history, step), NATIONAL)
        assert after.history[-1] is step
        assert reckoning(after, NATIONAL).explanation
    else:
        with pytest.raises(ProcedureError) as error:
            replay((*history, step), NATIONAL)
        assert error.value.code == refused.code


@settings(max_examples=40, deadline=None)
@given(walks())
def test_some_role_can_always_move_an_open_case(history: tuple[Step, ...]) -> None:
    case = replay(history, NATIONAL)
    if case.stage is Stage.CLOSED:
        return
    duty = next_duty(case, NATIONAL, case.last_day)
    assert duty is not None
    assert any(duty.kind in allowed_steps(case, role, NATIONAL, case.last_day) for role in duty.roles)


@settings(max_examples=40, deadline=None)
@given(walks())
def test_no_history_reaches_two_stages_at_once(history: tuple[Step, ...]) -> None:
    stages = list(Stage)
    for taken in range(1, len(history) + 1):
        case = replay(history[:taken], NATIONAL)
        assert case.stage in stages
        for role in Role:
            for kind in allowed_steps(case, role, NATIONAL, case.last_day):
                assert case.stage in STEPS[kind].stages
                assert role in STEPS[kind].roles
        # The derived facts that mark a stage never contradict it.
        unsigned = case.history[-1].kind is StepKind.TAKEN_OVER
        signed = case.stage in (Stage.DELIVER, Stage.ARCHIVE, Stage.CLOSED) and not unsigned
        assert (case.signed is not None) is signed
        assert (case.turn is not None) is (case.stage is Stage.APPROVE)
        assert len(case.replies) == case.rounds - (case.delivered is None)
        assert (case.delivered is not None) is (case.stage in (Stage.ARCHIVE, Stage.CLOSED))
        assert (case.archived is not None) is case.closed


@settings(max_examples=30, deadline=None)
@given(walks(), st.sampled_from(Role))
def test_a_history_alone_says_what_may_follow(history: tuple[Step, ...], role: Role) -> None:
    case = replay(history)
    assert allowed_steps(history, role) == allowed_steps(case, role, NATIONAL, case.last_day)
