"""Random walks through what is allowed: every one can be replayed, reckoned and brought to one end."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.law.clock import Consulted
from gongkai.law.errors import ProcedureError
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import (
    STEPS,
    Case,
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
from gongkai.law.working_days import Calendar

D = dt.date
NATIONAL = Calendar.national()
ONCE = (
    StepKind.CORRECTION_NOTICE,
    StepKind.EXTENSION,
    StepKind.AGREED_DELAY,
    StepKind.FEE_NOTICE,
    StepKind.FEE_PAID,
    StepKind.REASONS_ASKED,
    StepKind.WITHDRAWAL,
)
PEOPLE = ("chen", "wang", "li")


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
    if case is not None and kind is StepKind.SIGN:
        signer = next(person for person in PEOPLE if person != case.drafter)
        return Step(kind, today, role, signer)
    return Step(kind, today, role, actor)


@st.composite
def walks(draw: st.DrawFn) -> tuple[Step, ...]:
    """Up to 25 allowed steps, days apart, by whoever may take one."""
    today = draw(st.dates(D(2019, 5, 15), D(2025, 12, 31)))
    history: tuple[Step, ...] = ()
    for _ in range(draw(st.integers(1, 25))):
        case = replay(history, NATIONAL) if history else None
        allowed = {role: allowed_steps(case, role, NATIONAL, today) for role in Role}
        kinds = [kind for kind in StepKind if any(kind in found for found in allowed.values())]
        # Few applicants withdraw: of those who do, no other step would be seen.
        if len(kinds) > 1 and StepKind.WITHDRAWAL in kinds and draw(st.integers(0, 19)):
            kinds.remove(StepKind.WITHDRAWAL)
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
        wanted = Step(duty.kind, today, duty.roles[-1], actor="boss" if duty.kind is StepKind.SIGN else "chen")
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


@settings(max_examples=60, deadline=None)
@given(walks())
def test_a_walk_ends_in_exactly_one_outcome(history: tuple[Step, ...]) -> None:
    case = finished(history)
    assert case.stage is Stage.CLOSED
    assert isinstance(case.outcome, Outcome)
    standing = [step.outcome for step in case.history if step.kind is StepKind.OPINION][-1]
    assert case.outcome is standing
    kinds = [step.kind for step in case.history]
    assert kinds.count(StepKind.DELIVER) == kinds.count(StepKind.SIGN) == kinds.count(StepKind.RECEIPT) == 1
    assert all(allowed_steps(case, role, NATIONAL, case.last_day) == () for role in Role)
    assert not case.correction_awaited or case.outcome is Outcome.CORRECTION_LAPSED
    assert not case.fee_awaited or case.outcome in (Outcome.FEE_UNPAID, Outcome.CORRECTION_LAPSED)
    assert case.withdrawn is None or case.outcome is Outcome.OTHER
    assert all(kinds.count(kind) <= 1 for kind in ONCE)


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
        assert (case.signed is not None) is (case.stage in (Stage.DELIVER, Stage.ARCHIVE, Stage.CLOSED))
        assert (case.delivered is not None) is (case.stage in (Stage.ARCHIVE, Stage.CLOSED))
        assert (case.archived is not None) is case.closed


@settings(max_examples=30, deadline=None)
@given(walks(), st.sampled_from(Role))
def test_a_history_alone_says_what_may_follow(history: tuple[Step, ...], role: Role) -> None:
    case = replay(history)
    assert allowed_steps(history, role) == allowed_steps(case, role, NATIONAL, case.last_day)
