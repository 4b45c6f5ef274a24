"""Who may do what to a revision on its way to the public, and when."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from gongkai.law.procedure_table import Role
from gongkai.law.publication import (
    ACTS,
    ROUNDS,
    PublicationAct,
    PublicationRefused,
    RevisionState,
    check_act,
    check_suspension,
    decide_by,
    possible,
)
from gongkai.law.working_days import Calendar

EVERYBODY = frozenset(Role)
STATES: list[RevisionState | None] = [None, *RevisionState]
WAY = [
    (PublicationAct.BEGIN, Role.DRAFTER),
    (PublicationAct.SUBMIT, Role.DRAFTER),
    (PublicationAct.FIRST_REVIEW, Role.UNIT_HEAD),
    (PublicationAct.SECOND_REVIEW, Role.EDITOR),
    (PublicationAct.FINAL_REVIEW, Role.APPROVER),
    (PublicationAct.PUBLISH, Role.CLERK),
]


@pytest.mark.article("条例", 17)
def test_the_way_of_a_revision() -> None:
    state: RevisionState | None = None
    for act, role in WAY:
        assert check_act(act, state=state, roles=frozenset({role})) is role
        state = ACTS[act].after
    assert state is RevisionState.PUBLISHED


@pytest.mark.parametrize("act", list(PublicationAct))
def test_an_act_is_possible_from_its_states_alone(act: PublicationAct) -> None:
    own = ACTS[act].own is True
    for state in STATES:
        offered = possible(state=state, roles=EVERYBODY, wrote=own)
        assert (act in offered) == (state in ACTS[act].before), state


@pytest.mark.parametrize(("act", "role"), list(product(PublicationAct, Role)))
def test_each_act_has_its_posts(act: PublicationAct, role: Role) -> None:
    """Sending back is for who holds the round that is due."""
    state = next(iter(sorted(ACTS[act].before, key=lambda one: one or "")))
    roles = ACTS[ROUNDS[RevisionState.FINAL_REVIEW]].roles if act is PublicationAct.RETURN else ACTS[act].roles
    state = RevisionState.FINAL_REVIEW if act is PublicationAct.RETURN else state
    offered = possible(state=state, roles=frozenset({role}), wrote=ACTS[act].own is True)
    assert (act in offered) == (role in roles)


@pytest.mark.parametrize("state", list(ROUNDS))
@pytest.mark.parametrize(("wrote", "signed", "code"), [(True, False, "own_work"), (False, True, "signed_before")])
def test_nobody_passes_their_own_work_or_two_rounds(state: RevisionState, wrote: bool, signed: bool, code: str) -> None:
    with pytest.raises(PublicationRefused) as refused:
        check_act(ROUNDS[state], state=state, roles=EVERYBODY, wrote=wrote, signed=signed)
    assert refused.value.code == code


def test_the_rounds_lead_one_to_the_next() -> None:
    states = list(ROUNDS)
    assert [ACTS[act].after for act in ROUNDS.values()] == [*states[1:], RevisionState.APPROVED]


def test_what_is_public_is_not_touched() -> None:
    for state in (RevisionState.PUBLISHED, RevisionState.ABANDONED):
        assert possible(state=state, roles=EVERYBODY) == ()


def test_sending_back_and_giving_up_need_a_reason() -> None:
    for act, state in ((PublicationAct.RETURN, RevisionState.APPROVED), (PublicationAct.ABANDON, RevisionState.DRAFT)):
        with pytest.raises(PublicationRefused) as refused:
            check_act(act, state=state, roles=EVERYBODY, reason=" ")
        assert refused.value.code == "no_reason"
        check_act(act, state=state, roles=EVERYBODY, reason="另行安排")


# --- 紧急下线 ------------------------------------------------------------------------------------------------


def test_taking_down_at_once_is_for_its_posts_with_a_reason_and_of_what_is_public() -> None:
    told = {"public": True, "roles": frozenset({Role.APPROVER}), "reason": "泄露隐私"}
    assert check_suspension(**told) is Role.APPROVER  # type: ignore[arg-type]
    wrong = (
        ("wrong_state", {"public": False}),
        ("wrong_role", {"roles": frozenset({Role.EDITOR})}),
        ("no_reason", {"reason": " "}),
    )
    for code, changes in wrong:
        with pytest.raises(PublicationRefused) as refused:
            check_suspension(**{**told, **changes})  # type: ignore[arg-type]
        assert refused.value.code == code
    own = frozenset({Role.EDITOR})
    assert check_suspension(public=True, roles=own, reason="x", holders=own) is Role.EDITOR


def test_it_is_decided_on_within_working_days() -> None:
    """Friday 2025-09-26: five working days on lies behind the National Day holiday; the 28th is worked."""
    assert decide_by(date(2025, 9, 26), Calendar.national()) == date(2025, 10, 10)
    assert decide_by(date(2025, 9, 26), Calendar.national(), 1) == date(2025, 9, 28)
