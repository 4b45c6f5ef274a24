"""The procedure: the whole way, each side way, and every refusal with its reason and article."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from gongkai.law.clock import ClockState, Consultation, Consulted, Corrected, CorrectionNotice, Delivered
from gongkai.law.errors import ProcedureError
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import (
    STEPS,
    Case,
    Correction,
    ProcedureSettings,
    Refusal,
    Role,
    Stage,
    Step,
    StepKind,
    allowed_outcomes,
    allowed_steps,
    clock_events,
    next_duty,
    public_progress,
    reckoning,
    refusal,
    replay,
)
from gongkai.law.working_days import Calendar

D = dt.date
NATIONAL = Calendar.national()
K, R, O = StepKind, Role, Outcome  # noqa: E741  (short names for the tables below)


def day(number: int) -> D:
    """The ``number``-th of April 2025 (may run into May): received on the 1st, notice limit on the 11th."""
    return D(2025, 4, 1) + dt.timedelta(days=number - 1)


def step(kind: StepKind, on: int, role: Role | None = None, **more: Any) -> Step:
    return Step(kind, day(on), role or STEPS[kind].roles[-1], **more)


RECEIPT = step(K.RECEIPT, 1, R.APPLICANT)
REGISTER = step(K.REGISTER, 1)
ACCEPT = step(K.ACCEPT, 2)
NOTICE = step(K.CORRECTION_NOTICE, 3, correct_by=day(15))
CORRECTED = step(K.CORRECTED, 10, R.APPLICANT)
ASK = step(K.CONSULTATION, 3, R.DRAFTER, consulted=Consulted.THIRD_PARTY)
ANSWER = step(K.CONSULTATION_REPLY, 9, R.CLERK, consultation=3, received=day(7), objected=True)
OPINION = step(K.OPINION, 10, outcome=O.GRANTED, actor="chen")
DECISION = step(K.DECISION, 11)
SIGN = step(K.SIGN, 12, actor="wang")
DELIVER = step(K.DELIVER, 14)
ARCHIVE = step(K.ARCHIVE, 15)

ACCEPTED = (RECEIPT, REGISTER, ACCEPT)
ASKING = (K.REASONS_ASKED, K.FEE_NOTICE)
STRAIGHT = (*ACCEPTED, OPINION, DECISION, SIGN, DELIVER, ARCHIVE)


def case(*history: Step) -> Case:
    return replay(history, NATIONAL)


def refused(history: tuple[Step, ...], wanted: Step, **more: Any) -> Refusal:
    found = refusal(case(*history) if history else None, wanted, NATIONAL, **more)
    assert found is not None, f"{wanted.kind} was allowed"
    assert found.message.zh
    assert found.message.en
    assert found.article is not None or "内部办理规则" in found.message.zh
    return found


# The whole way


@pytest.mark.article("条例", 45)
@pytest.mark.parametrize(
    ("taken", "stage"),
    [
        (1, Stage.REGISTER),
        (2, Stage.ACCEPT),
        (3, Stage.OPINE),
        (4, Stage.DECIDE),
        (5, Stage.APPROVE),
        (6, Stage.DELIVER),
        (7, Stage.ARCHIVE),
        (8, Stage.CLOSED),
    ],
)
def test_the_straight_way_stage_by_stage(taken: int, stage: Stage) -> None:
    assert case(*STRAIGHT[:taken]).stage is stage


def test_the_closed_case_knows_all() -> None:
    closed = case(*STRAIGHT)
    assert closed.closed
    assert (closed.received, closed.signed, closed.delivered, closed.archived) == (
        day(1),
        day(12),
        day(14),
        day(15),
    )
    assert (closed.outcome, closed.drafter, closed.correction) == (O.GRANTED, "chen", Correction.NONE)
    assert closed.history == STRAIGHT
    assert next_duty(closed, NATIONAL, day(30)) is None


@pytest.mark.article("条例", 31)
def test_the_clock_runs_from_receipt_and_ignores_acceptance() -> None:
    late_acceptance = replace(ACCEPT, on=day(20))
    waiting = case(RECEIPT, REGISTER, late_acceptance)
    assert reckoning(waiting, NATIONAL).due == reckoning(case(RECEIPT), NATIONAL).due == D(2025, 4, 29)


def test_the_reply_closes_the_clock() -> None:
    result = reckoning(case(*STRAIGHT), NATIONAL, as_of=day(60))
    assert (result.state, result.on_time) == (ClockState.CLOSED, True)


@pytest.mark.article("条例", 29)
def test_a_paper_application_is_received_by_the_clerk() -> None:
    assert case(replace(RECEIPT, role=R.CLERK)).stage is Stage.REGISTER


def test_an_empty_history_is_no_case() -> None:
    with pytest.raises(ProcedureError) as error:
        replay((), NATIONAL)
    assert error.value.code == "no_receipt"


def test_replay_refuses_with_the_words_of_the_refusal() -> None:
    expected = refused(ACCEPTED, DECISION)
    with pytest.raises(ProcedureError) as error:
        case(*ACCEPTED, DECISION)
    assert (error.value.code, error.value.message, error.value.article) == (
        expected.code,
        expected.message,
        expected.article,
    )


def test_a_history_and_a_role_are_enough_to_ask() -> None:
    assert allowed_steps((), R.APPLICANT) == allowed_steps(None, R.CLERK) == (K.RECEIPT,)
    assert allowed_steps(STRAIGHT[:3], R.DRAFTER) == (K.CONSULTATION, K.OPINION)
    assert allowed_steps(STRAIGHT, R.DRAFTER) == ()
    assert allowed_steps(STRAIGHT[:3], R.APPROVER) == (K.EXTENSION,)
    with pytest.raises(ProcedureError):
        allowed_steps((RECEIPT, ACCEPT), R.CLERK)


# Who


@pytest.mark.parametrize("kind", list(StepKind))
@pytest.mark.parametrize("role", list(Role))
def test_only_the_roles_of_the_table_may_take_a_step(kind: StepKind, role: Role) -> None:
    if role in STEPS[kind].roles:
        return
    assert refused((), step(kind, 1, role)).code == "wrong_role"


def test_the_message_names_who_may() -> None:
    found = refused(STRAIGHT[:5], replace(SIGN, role=R.CLERK))
    assert found.message.zh == "“签发”只能由审批人办理，经办人不能办理。（内部办理规则）"


# When: order of the steps


@pytest.mark.parametrize(
    ("history", "wanted", "code", "first"),
    [
        ((), REGISTER, "no_receipt", "尚未收到申请"),
        (STRAIGHT[:1], RECEIPT, "already_received", "只登记收到一次"),
        (STRAIGHT[:1], ACCEPT, "too_early", "登记"),
        (STRAIGHT[:1], NOTICE, "too_early", "登记"),
        (STRAIGHT[:2], OPINION, "too_early", "受理"),
        (STRAIGHT[:2], ASK, "too_early", "受理"),
        (STRAIGHT[:3], DECISION, "too_early", "提出办理意见"),
        (STRAIGHT[:3], SIGN, "too_early", "提出办理意见"),
        (STRAIGHT[:4], SIGN, "too_early", "作出决定"),
        (STRAIGHT[:4], step(K.RETURN, 12), "too_early", "作出决定"),
        (STRAIGHT[:5], DELIVER, "too_early", "签发"),
        (STRAIGHT[:6], ARCHIVE, "too_early", "答复送达"),
        (STRAIGHT[:4], replace(OPINION, on=day(11)), "too_late", "作出决定"),
        (STRAIGHT[:4], replace(ASK, on=day(11)), "too_late", "作出决定"),
        (STRAIGHT[:4], replace(NOTICE, on=day(11)), "too_late", "作出决定"),
        (STRAIGHT[:4], replace(CORRECTED, on=day(11)), "too_late", "作出决定"),
        (STRAIGHT[:6], replace(SIGN, on=day(13)), "too_late", "答复送达"),
        (STRAIGHT[:6], step(K.RETURN, 13), "too_late", "答复送达"),
        (STRAIGHT, replace(DELIVER, on=day(20)), "too_late", "已归档"),
        (STRAIGHT, replace(ARCHIVE, on=day(20)), "too_late", "已归档"),
        (STRAIGHT[:3], CORRECTED, "no_correction_awaited", "须先发出补正通知"),
        (STRAIGHT[:3], ANSWER, "no_open_consultation", "须先发出征求意见书"),
    ],
)
def test_a_step_out_of_order_says_what_comes_first(
    history: tuple[Step, ...], wanted: Step, code: str, first: str
) -> None:
    found = refused(history, wanted)
    assert found.code == code
    assert first in found.message.zh


# When: dates


def test_no_step_before_the_previous_one() -> None:
    found = refused(ACCEPTED, replace(OPINION, on=day(1)))
    assert found.code == "before_previous_step"
    assert "2025年4月2日" in found.message.zh


def test_no_step_in_the_future_when_today_is_known() -> None:
    assert refused(ACCEPTED, OPINION, today=day(9)).code == "in_the_future"
    assert refusal(case(*ACCEPTED), OPINION, NATIONAL, day(10)) is None
    assert refused((), RECEIPT, today=D(2025, 3, 31)).code == "in_the_future"
    assert refused(ACCEPTED, replace(ASK, received=day(9)), today=day(8)).code == "in_the_future"
    with pytest.raises(ProcedureError):
        replay(STRAIGHT, NATIONAL, day(14))
    assert replay(STRAIGHT, NATIONAL, day(15)).closed


# Correction


@pytest.mark.article("条例", 30)
def test_correction_asked_and_received() -> None:
    waiting = case(*ACCEPTED, NOTICE)
    assert (waiting.stage, waiting.correction, waiting.correct_by) == (
        Stage.CORRECT,
        Correction.AWAITED,
        day(15),
    )
    assert not reckoning(waiting, NATIONAL).firm
    corrected = case(*ACCEPTED, NOTICE, CORRECTED)
    assert (corrected.stage, corrected.correction) == (Stage.OPINE, Correction.RECEIVED)
    assert reckoning(corrected, NATIONAL).counted_from == day(10)
    assert clock_events(corrected) == (CorrectionNotice(day(3)), Corrected(day(10)))


@pytest.mark.article("条例", 30)
def test_correction_is_asked_once() -> None:
    again = replace(NOTICE, on=day(10), correct_by=day(20))
    assert refused((*ACCEPTED, NOTICE), again).code == "second_correction_notice"
    found = refused((*ACCEPTED, NOTICE, CORRECTED), again)
    assert found.code == "second_correction_notice"
    assert found.article is not None
    assert found.article.number == 30


@pytest.mark.article("条例", 30)
def test_correction_is_asked_within_seven_working_days_of_receipt() -> None:
    # Received 04-01; 清明 04-04 is off: the seventh working day is 04-11.
    assert refusal(case(*ACCEPTED), replace(NOTICE, on=day(11)), NATIONAL) is None
    found = refused(ACCEPTED, replace(NOTICE, on=day(12)))
    assert found.code == "correction_notice_late"
    assert "2025年4月11日" in found.message.zh


def test_a_correction_notice_gives_a_period_after_its_date() -> None:
    assert refused(ACCEPTED, replace(NOTICE, correct_by=None)).code == "correct_by_missing"
    assert refused(ACCEPTED, replace(NOTICE, correct_by=day(3))).code == "correct_by_not_after_notice"


@pytest.mark.parametrize("wanted", [replace(ASK, on=day(4)), OPINION, DECISION, SIGN, DELIVER, ARCHIVE])
def test_while_a_correction_is_awaited_nothing_else_moves(wanted: Step) -> None:
    found = refused((*ACCEPTED, NOTICE), wanted)
    assert found.code == "correction_awaited"
    assert "2025年4月15日" in found.message.zh


@pytest.mark.article("条例", 30)
def test_a_lapsed_correction_closes_from_the_day_after_its_last_day() -> None:
    lapsed = step(K.OPINION, 15, outcome=O.CORRECTION_LAPSED)
    assert refused((*ACCEPTED, NOTICE), lapsed).code == "correction_not_lapsed"
    history = (
        *ACCEPTED,
        NOTICE,
        replace(lapsed, on=day(16)),
        replace(DECISION, on=day(17)),
        replace(SIGN, on=day(18)),
        replace(DELIVER, on=day(60)),
    )
    closed = case(*history)
    assert closed.outcome is O.CORRECTION_LAPSED
    assert reckoning(closed, NATIONAL).on_time


def test_example_14_lapse_from_2025_05_23() -> None:
    history = (
        Step(K.RECEIPT, D(2025, 4, 25), R.APPLICANT),
        Step(K.REGISTER, D(2025, 4, 25), R.CLERK),
        Step(K.ACCEPT, D(2025, 4, 25), R.CLERK),
        Step(K.CORRECTION_NOTICE, D(2025, 5, 6), R.CLERK, correct_by=D(2025, 5, 22)),
    )
    waiting = replay(history, NATIONAL)
    assert allowed_outcomes(waiting, NATIONAL, D(2025, 5, 22)) == ()
    assert allowed_outcomes(waiting, NATIONAL, D(2025, 5, 23)) == (O.CORRECTION_LAPSED,)


def test_a_late_correction_is_taken_while_nothing_was_closed() -> None:
    late = replace(CORRECTED, on=day(25))
    assert case(*ACCEPTED, NOTICE, late).stage is Stage.OPINE
    lapsed = step(K.OPINION, 16, outcome=O.CORRECTION_LAPSED)
    assert refused((*ACCEPTED, NOTICE, lapsed), late).code == "too_late"
    returned = (*ACCEPTED, NOTICE, lapsed, replace(DECISION, on=day(17)), step(K.RETURN, 18))
    assert case(*returned).stage is Stage.CORRECT
    assert case(*returned, late).correction is Correction.RECEIVED


def test_a_lapse_needs_a_notice_and_unclear_needs_a_correction() -> None:
    lapsed, unclear = replace(OPINION, outcome=O.CORRECTION_LAPSED), replace(OPINION, outcome=O.STILL_UNCLEAR)
    assert refused(ACCEPTED, lapsed).code == "correction_not_awaited"
    assert refused((*ACCEPTED, NOTICE, CORRECTED), lapsed).code == "correction_not_awaited"
    assert refused(ACCEPTED, unclear).code == "no_correction_received"
    assert case(*ACCEPTED, NOTICE, CORRECTED, unclear).outcome is O.STILL_UNCLEAR


# Consultation


@pytest.mark.article("条例", 32)
def test_a_third_party_is_asked_and_answers() -> None:
    waiting = case(*ACCEPTED, ASK)
    assert (waiting.stage, waiting.open_consultations) == (Stage.CONSULT, (3,))
    answered = case(*ACCEPTED, ASK, ANSWER)
    assert (answered.stage, answered.open_consultations) == (Stage.OPINE, ())
    assert clock_events(answered) == (Consultation(day(3), day(7), day(9), Consulted.THIRD_PARTY),)


@pytest.mark.article("条例", 32)
def test_the_opinion_waits_for_the_third_party_or_its_fifteen_days() -> None:
    # Issued 04-03, receipt unknown: 15 working days end on 04-25 (清明 off, Sunday 04-27 not reached).
    waiting = (*ACCEPTED, ASK)
    found = refused(waiting, OPINION)
    assert found.code == "consultation_open"
    assert "2025年4月25日" in found.message.zh
    assert found.article is not None
    assert found.article.number == 32
    assert refused(waiting, replace(OPINION, on=day(25))).code == "consultation_open"
    assert case(*waiting, replace(OPINION, on=day(26))).stage is Stage.DECIDE


def test_the_fifteen_days_run_from_receipt_of_the_letter() -> None:
    waiting = (*ACCEPTED, replace(ASK, received=day(7)))
    assert refused(waiting, replace(OPINION, on=day(26))).code == "consultation_open"
    # Received 04-07: the make-up Sunday 04-27 is the 15th working day.
    assert refused(waiting, replace(OPINION, on=day(27))).code == "consultation_open"
    assert case(*waiting, replace(OPINION, on=day(28))).outcome is O.GRANTED


@pytest.mark.article("条例", 34)
def test_a_co_producer_lapses_with_its_own_article() -> None:
    found = refused((*ACCEPTED, replace(ASK, consulted=Consulted.CO_PRODUCER)), OPINION)
    assert found.article is not None
    assert found.article.number == 34


@pytest.mark.article("条例", 33)
def test_another_agency_has_no_limit_and_must_answer() -> None:
    waiting = (*ACCEPTED, replace(ASK, consulted=Consulted.OTHER))
    assert refused(waiting, replace(OPINION, on=day(300))).code == "consultation_open"
    assert case(*waiting, ANSWER, OPINION).stage is Stage.DECIDE


def test_several_consultations_run_at_once() -> None:
    second = replace(ASK, on=day(4), role=R.CLERK, consulted=Consulted.CO_PRODUCER)
    both = (*ACCEPTED, ASK, second)
    assert case(*both).open_consultations == (3, 4)
    answered_second = replace(ANSWER, consultation=4, received=None)
    assert case(*both, answered_second).open_consultations == (3,)
    assert refused((*both, answered_second), OPINION).code == "consultation_open"
    assert case(*both, answered_second, replace(ANSWER, on=day(10)), OPINION).stage is Stage.DECIDE


def test_a_consultation_is_answered_once_and_by_its_index() -> None:
    assert refused((*ACCEPTED, ASK, ANSWER), replace(ANSWER, on=day(10))).code == "no_open_consultation"
    assert refused((*ACCEPTED, ASK), replace(ANSWER, consultation=None)).code == "no_open_consultation"
    assert refused((*ACCEPTED, ASK), replace(ANSWER, consultation=0)).code == "no_open_consultation"


def test_a_consultation_names_its_party_and_its_dates_in_order() -> None:
    assert refused(ACCEPTED, replace(ASK, consulted=None)).code == "consulted_missing"
    assert refused(ACCEPTED, replace(ASK, received=day(2))).code == "received_out_of_order"
    assert refused((*ACCEPTED, ASK), replace(ANSWER, received=day(2))).code == "received_out_of_order"
    assert refused((*ACCEPTED, ASK), replace(ANSWER, received=day(10))).code == "received_out_of_order"
    received_later = (*ACCEPTED, replace(ASK, received=day(10)))
    assert refused(received_later, replace(ANSWER, received=None)).code == "received_out_of_order"


def test_an_answer_that_comes_in_during_a_correction_is_recorded() -> None:
    history = (*ACCEPTED, ASK, replace(NOTICE, on=day(4)), ANSWER)
    assert case(*history).stage is Stage.CORRECT
    assert case(*history[:-1], replace(CORRECTED, on=day(5))).stage is Stage.CONSULT


def test_an_abandoned_application_waits_for_no_opinion() -> None:
    asked = replace(ASK, consulted=Consulted.OTHER)
    lapsed = step(K.OPINION, 16, outcome=O.CORRECTION_LAPSED)
    assert case(*ACCEPTED, asked, replace(NOTICE, on=day(4)), lapsed).stage is Stage.DECIDE


# Opinion, decision, signature


def test_an_opinion_names_an_outcome() -> None:
    assert refused(ACCEPTED, replace(OPINION, outcome=None)).code == "outcome_missing"


@pytest.mark.article("条例", 32)
def test_a_refusal_for_a_third_party_needs_its_consultation() -> None:
    protecting = replace(OPINION, outcome=O.THIRD_PARTY_RIGHTS)
    assert refused(ACCEPTED, protecting).code == "third_party_not_asked"
    assert case(*ACCEPTED, ASK, ANSWER, protecting).outcome is O.THIRD_PARTY_RIGHTS
    other = replace(ASK, consulted=Consulted.CO_PRODUCER)
    assert refused((*ACCEPTED, other, ANSWER), protecting).code == "third_party_not_asked"
    loose = ProcedureSettings(third_party_is_asked=False)
    assert refusal(case(*ACCEPTED), protecting, NATIONAL, settings=loose) is None


def test_outcomes_open_to_an_ordinary_case() -> None:
    closed = {O.CORRECTION_LAPSED, O.FEE_UNPAID, O.STILL_UNCLEAR, O.THIRD_PARTY_RIGHTS, O.ABUSIVE_VOLUME}
    assert set(allowed_outcomes(case(*ACCEPTED), NATIONAL, day(10))) == set(O) - closed


def test_the_decision_keeps_the_outcome_of_the_opinion() -> None:
    assert case(*STRAIGHT[:4], replace(DECISION, outcome=O.GRANTED)).outcome is O.GRANTED
    differing = replace(DECISION, outcome=O.PARTIALLY_GRANTED)
    assert refused(STRAIGHT[:4], differing).code == "outcome_differs"


def test_the_signer_is_not_the_drafter() -> None:
    found = refused(STRAIGHT[:5], replace(SIGN, actor="chen"))
    assert found.code == "signer_is_drafter"
    one_person_office = ProcedureSettings(signer_is_not_drafter=False)
    signed = replace(SIGN, actor="chen")
    assert refusal(case(*STRAIGHT[:5]), signed, NATIONAL, settings=one_person_office) is None


def test_a_returned_reply_needs_a_new_opinion() -> None:
    history = (*STRAIGHT[:5], step(K.RETURN, 12))
    returned = case(*history)
    assert (returned.stage, returned.outcome) == (Stage.OPINE, None)
    assert refused(history, replace(SIGN, on=day(13))).code == "too_early"
    again = replace(OPINION, on=day(13), outcome=O.PARTIALLY_GRANTED, actor="li")
    assert case(*history, again).outcome is O.PARTIALLY_GRANTED
    assert case(*history, again).drafter == "li"
    assert case(*history, replace(ASK, on=day(13))).stage is Stage.CONSULT


def test_the_reply_is_not_delivered_before_a_date_the_case_knows() -> None:
    asked = replace(ASK, consulted=Consulted.OTHER, received=day(30))
    lapsed = step(K.OPINION, 16, outcome=O.CORRECTION_LAPSED)
    history = (
        *ACCEPTED,
        asked,
        replace(NOTICE, on=day(4)),
        lapsed,
        replace(DECISION, on=day(17)),
        replace(SIGN, on=day(18)),
    )
    assert refused(history, replace(DELIVER, on=day(20))).code == "before_previous_step"
    assert reckoning(case(*history, replace(DELIVER, on=day(30))), NATIONAL).delivered == day(30)


# What may happen next


@pytest.mark.parametrize(
    ("history", "role", "kinds"),
    [
        ((), R.APPLICANT, (K.RECEIPT,)),
        ((), R.CLERK, (K.RECEIPT,)),
        ((), R.APPROVER, ()),
        (STRAIGHT[:1], R.CLERK, (K.REGISTER, K.TAKEN_OVER)),
        (STRAIGHT[:1], R.SYSTEM, (K.TAKEN_OVER, K.RECOUNT)),
        (STRAIGHT[:2], R.CLERK, (K.ACCEPT, K.WITHDRAWAL)),
        (STRAIGHT[:3], R.CLERK, (K.CORRECTION_NOTICE, K.CONSULTATION, *ASKING, K.WITHDRAWAL)),
        (STRAIGHT[:3], R.DRAFTER, (K.CONSULTATION, K.OPINION)),
        (STRAIGHT[:3], R.APPLICANT, (K.WITHDRAWAL,)),
        (STRAIGHT[:3], R.APPROVER, (K.EXTENSION,)),
        ((*ACCEPTED, NOTICE), R.APPLICANT, (K.CORRECTED, K.WITHDRAWAL)),
        ((*ACCEPTED, NOTICE), R.DRAFTER, ()),
        ((*ACCEPTED, ASK), R.DRAFTER, (K.CONSULTATION, K.CONSULTATION_REPLY)),
        (STRAIGHT[:4], R.CLERK, (K.WITHDRAWAL, K.DECISION)),
        (STRAIGHT[:5], R.APPROVER, (K.EXTENSION, K.RETURN, K.SIGN)),
        (STRAIGHT[:6], R.CLERK, (K.DELIVER,)),
        (STRAIGHT[:5], R.UNIT_HEAD, ()),
        (STRAIGHT[:7], R.CLERK, (K.SERVED, K.ARCHIVE, K.REOPEN)),
        (STRAIGHT, R.CLERK, (K.REOPEN,)),
        (STRAIGHT, R.APPROVER, (K.REOPEN,)),
        (STRAIGHT, R.SYSTEM, ()),
    ],
)
def test_allowed_steps(history: tuple[Step, ...], role: Role, kinds: tuple[StepKind, ...]) -> None:
    today = max(day(11), history[-1].on) if history else day(1)
    assert allowed_steps(case(*history) if history else None, role, NATIONAL, today) == kinds


def test_after_the_seventh_day_correction_may_no_longer_be_asked() -> None:
    assert allowed_steps(case(*ACCEPTED), R.CLERK, NATIONAL, day(12)) == (K.CONSULTATION, *ASKING, K.WITHDRAWAL)


@pytest.mark.parametrize(
    ("history", "today", "kind", "roles", "zh"),
    [
        (STRAIGHT[:1], 1, K.REGISTER, (R.CLERK,), "登记申请"),
        (STRAIGHT[:2], 2, K.ACCEPT, (R.CLERK,), "审查申请内容并受理"),
        (STRAIGHT[:3], 3, K.OPINION, (R.DRAFTER,), "提出办理意见"),
        ((*ACCEPTED, NOTICE), 15, K.CORRECTED, (R.APPLICANT, R.CLERK), "等待申请人于2025年4月15日（含）前补正"),
        ((*ACCEPTED, NOTICE), 16, K.OPINION, (R.DRAFTER,), "补正期限已于2025年4月15日届满"),
        ((*ACCEPTED, ASK), 25, K.CONSULTATION_REPLY, (R.CLERK, R.DRAFTER), "2025年4月25日（含）前答复意见"),
        ((*ACCEPTED, ASK), 26, K.OPINION, (R.DRAFTER,), "征求意见期限已届满"),
        (STRAIGHT[:4], 10, K.DECISION, (R.CLERK,), "拟制答复书"),
        (STRAIGHT[:5], 11, K.SIGN, (R.APPROVER,), "审核并签发"),
        (STRAIGHT[:6], 12, K.DELIVER, (R.CLERK,), "送达答复书"),
        (STRAIGHT[:7], 14, K.ARCHIVE, (R.CLERK,), "整理材料归档"),
    ],
)
def test_next_duty(history: tuple[Step, ...], today: int, kind: StepKind, roles: tuple[Role, ...], zh: str) -> None:
    duty = next_duty(case(*history), NATIONAL, day(today))
    assert duty is not None
    assert (duty.kind, duty.roles) == (kind, roles)
    assert zh in duty.text.zh
    assert duty.text.en


def test_an_agency_without_limit_is_waited_for() -> None:
    waiting = case(*ACCEPTED, replace(ASK, consulted=Consulted.OTHER))
    duty = next_duty(waiting, NATIONAL, day(200))
    assert duty is not None
    assert (duty.kind, duty.text.zh) == (K.CONSULTATION_REPLY, "等待其他机关答复意见")


@pytest.mark.parametrize(
    ("history", "zh"),
    [
        (STRAIGHT[:1], "正在登记"),
        (STRAIGHT[:2], "正在审查"),
        (STRAIGHT[:3], "正在办理"),
        ((*ACCEPTED, NOTICE), "2025年4月15日（含）前补正"),
        ((*ACCEPTED, ASK), "征求有关方面的意见"),
        (STRAIGHT[:4], "正在拟制"),
        (STRAIGHT[:5], "正在审批"),
        (STRAIGHT[:6], "正在送达"),
        (STRAIGHT[:7], "2025年4月14日答复，办理结果：予以公开"),
        (STRAIGHT, "2025年4月14日答复"),
    ],
)
def test_public_progress_is_plain(history: tuple[Step, ...], zh: str) -> None:
    text = public_progress(case(*history))
    assert zh in text.zh
    assert text.en.isascii()


def test_progress_does_not_tell_the_outcome_before_delivery() -> None:
    assert "予以公开" not in public_progress(case(*STRAIGHT[:6])).zh


def test_the_clock_sees_the_delivery() -> None:
    assert clock_events(case(*STRAIGHT)) == (Delivered(day(14)),)


# The table


def test_the_table_is_complete_and_in_both_languages() -> None:
    assert list(STEPS) == list(StepKind)
    for kind, rule in STEPS.items():
        assert kind.rule is rule
        assert rule.roles
        for text in (rule.label, rule.needs, rule.clock, kind.label):
            assert text.zh
            assert text.en.isascii()


def test_labels_of_roles_and_stages() -> None:
    assert [stage.label.zh for stage in Stage] == (
        "登记 受理 补正 征求意见 提出办理意见 作出决定 报批 答复送达 归档 已归档".split()
    )
    assert all(role.label.zh and role.label.en for role in Role)


@pytest.mark.article("条例", 30)
@pytest.mark.parametrize(
    ("days", "code"), [(1, None), (90, None), (91, "correct_by_too_far"), (365_000, "correct_by_too_far")]
)
def test_the_period_to_correct_is_bounded(days: int, code: str | None) -> None:
    """A mistyped year must not hold a case for ever."""
    day = dt.date(2025, 3, 3)
    history = [Step(kind, day, Role.CLERK) for kind in (StepKind.RECEIPT, StepKind.REGISTER, StepKind.ACCEPT)]
    case = replay(history, Calendar.national())
    notice = Step(StepKind.CORRECTION_NOTICE, day, Role.CLERK, correct_by=day + dt.timedelta(days=days))
    refused = refusal(case, notice, Calendar.national())
    assert (refused.code if refused else None) == code
