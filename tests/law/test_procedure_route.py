"""The approval route (报批路线): who reviews before the signature, in which order, and who may return."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gongkai.law.procedure import (
    ProcedureSettings,
    Role,
    Stage,
    Step,
    allowed_steps,
    next_duty,
    public_progress,
    refusal,
)
from tests.law.histories import (
    ACCEPTED,
    DECISION,
    NATIONAL,
    OPINION,
    SIGN,
    SIGNED,
    K,
    O,
    R,
    case,
    code,
    day,
    refused,
    step,
)

LONG = (R.UNIT_HEAD, R.LEGAL_REVIEWER, R.APPROVER)
DECIDED = (*ACCEPTED, OPINION, replace(DECISION, route=LONG))
BY_UNIT = step(K.REVIEW, 11, R.UNIT_HEAD, actor="zhao")
BY_LEGAL = step(K.REVIEW, 12, R.LEGAL_REVIEWER, actor="sun")


@pytest.mark.article("条例", 45)
def test_each_role_of_the_route_reviews_in_turn_and_the_approver_signs() -> None:
    turns = [case(*DECIDED, *(BY_UNIT, BY_LEGAL)[:done]) for done in range(3)]
    assert [found.turn for found in turns] == list(LONG)
    assert [(found.stage, found.reviewed) for found in turns] == [(Stage.APPROVE, done) for done in range(3)]
    signed = case(*DECIDED, BY_UNIT, BY_LEGAL, SIGN)
    assert (signed.stage, signed.signed, signed.turn, signed.route) == (Stage.DELIVER, day(12), None, LONG)


def test_without_a_route_the_approver_signs_alone() -> None:
    assert case(*ACCEPTED, OPINION, DECISION).route == (R.APPROVER,)
    assert case(*SIGNED).stage is Stage.DELIVER
    assert case(*SIGNED[:5]).turn is R.APPROVER
    assert code(SIGNED[:5], BY_UNIT) == "not_your_turn"


@pytest.mark.parametrize(
    "route",
    [
        (R.UNIT_HEAD,),
        (R.APPROVER, R.UNIT_HEAD),
        (R.UNIT_HEAD, R.UNIT_HEAD, R.APPROVER),
        (R.APPROVER, R.APPROVER),
        (R.CLERK, R.APPROVER),
        (R.DRAFTER, R.LEGAL_REVIEWER, R.APPROVER),
    ],
)
def test_a_bad_route_is_refused(route: tuple[Role, ...]) -> None:
    found = refused((*ACCEPTED, OPINION), replace(DECISION, route=route))
    assert found.code == "bad_route"
    assert "业务科室负责人、法制审核人、审批人" in found.message.zh


@pytest.mark.parametrize("route", [(R.APPROVER,), LONG, (R.LEGAL_REVIEWER, R.UNIT_HEAD, R.APPROVER)])
def test_any_order_that_ends_with_the_approver_is_a_route(route: tuple[Role, ...]) -> None:
    assert case(*ACCEPTED, OPINION, replace(DECISION, route=route)).route == route


@pytest.mark.parametrize(
    ("done", "wanted", "expected", "named"),
    [
        (0, BY_LEGAL, "not_your_turn", "业务科室负责人"),
        (0, step(K.RETURN, 12, R.LEGAL_REVIEWER), "not_your_turn", "业务科室负责人"),
        (0, step(K.RETURN, 12, R.APPROVER), "not_your_turn", "业务科室负责人"),
        (0, SIGN, "review_first", "业务科室负责人"),
        (1, replace(BY_UNIT, on=day(12)), "not_your_turn", "法制审核人"),
        (1, step(K.RETURN, 12, R.UNIT_HEAD), "not_your_turn", "法制审核人"),
        (1, SIGN, "review_first", "法制审核人"),
        (2, BY_LEGAL, "not_your_turn", "审批人"),
        (2, step(K.RETURN, 12, R.UNIT_HEAD), "not_your_turn", "审批人"),
    ],
)
def test_out_of_turn_the_refusal_names_whose_turn_it_is(done: int, wanted: Step, expected: str, named: str) -> None:
    found = refused((*DECIDED, *(BY_UNIT, BY_LEGAL)[:done]), wanted)
    assert found.code == expected
    assert named in found.message.zh


def test_only_in_approval_and_only_by_reviewers() -> None:
    assert code((*ACCEPTED, OPINION), BY_UNIT) == "too_early"
    assert code((*DECIDED, BY_UNIT, BY_LEGAL, SIGN), replace(BY_LEGAL, on=day(13))) == "too_late"
    assert code(DECIDED, replace(BY_UNIT, role=R.APPROVER)) == "wrong_role"


def test_nobody_reviews_his_own_draft() -> None:
    own = replace(BY_UNIT, actor=OPINION.actor)
    assert code(DECIDED, own) == "reviewer_is_drafter"
    assert code((*DECIDED, BY_UNIT, BY_LEGAL), replace(SIGN, actor=OPINION.actor)) == "signer_is_drafter"
    drawn_up = (*ACCEPTED, OPINION, replace(DECISION, route=LONG, actor="qian"))
    assert code(drawn_up, replace(BY_UNIT, actor="qian")) == "reviewer_is_drafter"
    assert code((*drawn_up, BY_UNIT, BY_LEGAL), replace(SIGN, actor="qian")) == "signer_is_drafter"
    one_person_office = ProcedureSettings(signer_is_not_drafter=False)
    assert refusal(case(*DECIDED), own, NATIONAL, settings=one_person_office) is None


@pytest.mark.parametrize("done", [0, 1, 2])
def test_whose_turn_it_is_may_return_and_the_route_starts_anew(done: int) -> None:
    history = (*DECIDED, *(BY_UNIT, BY_LEGAL)[:done], step(K.RETURN, 12, LONG[done]))
    returned = case(*history)
    assert (returned.stage, returned.outcome, returned.route, returned.reviewed) == (Stage.OPINE, None, (), 0)
    again = (
        *history,
        step(K.OPINION, 13, outcome=O.PARTIALLY_GRANTED, actor="li"),
        step(K.DECISION, 13, route=(R.LEGAL_REVIEWER, R.APPROVER)),
    )
    assert case(*again).turn is R.LEGAL_REVIEWER
    assert code(again, step(K.SIGN, 14, actor="wang")) == "review_first"


def test_a_withdrawal_leaves_the_route() -> None:
    withdrawn = case(*DECIDED, BY_UNIT, step(K.WITHDRAWAL, 12))
    assert (withdrawn.stage, withdrawn.turn, withdrawn.route, withdrawn.reviewed) == (Stage.OPINE, None, (), 0)


def test_the_next_duty_is_the_open_review_and_then_the_signature() -> None:
    first, second, third = (
        next_duty(case(*DECIDED, *(BY_UNIT, BY_LEGAL)[:done]), NATIONAL, day(12)) for done in range(3)
    )
    assert first is not None
    assert (first.kind, first.roles) == (K.REVIEW, (R.UNIT_HEAD,))
    assert "业务科室负责人" in first.text.zh
    assert second is not None
    assert (second.kind, second.roles) == (K.REVIEW, (R.LEGAL_REVIEWER,))
    assert "legal reviewer" in second.text.en
    assert third is not None
    assert (third.kind, third.roles) == (K.SIGN, (R.APPROVER,))


def test_what_each_role_of_the_route_may_do() -> None:
    waiting = case(*DECIDED)
    assert allowed_steps(waiting, R.UNIT_HEAD, NATIONAL, day(12)) == (K.REVIEW, K.RETURN)
    assert allowed_steps(waiting, R.LEGAL_REVIEWER, NATIONAL, day(12)) == ()
    assert allowed_steps(waiting, R.APPROVER, NATIONAL, day(12)) == (K.EXTENSION,)
    reviewed = case(*DECIDED, BY_UNIT, BY_LEGAL)
    assert allowed_steps(reviewed, R.APPROVER, NATIONAL, day(12)) == (K.EXTENSION, K.RETURN, K.SIGN)
    assert allowed_steps(reviewed, R.UNIT_HEAD, NATIONAL, day(12)) == ()


def test_the_applicant_sees_approval_only() -> None:
    assert "正在审批" in public_progress(case(*DECIDED, BY_UNIT)).zh
