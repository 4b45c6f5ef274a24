"""Who may do what to a revision on its way to the public, and when."""

from __future__ import annotations

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
    possible,
)

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
