"""After the reply: the proof of service, handling again, and cases that an earlier register answered."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from gongkai.law.clock import ClockState, Consulted, Delivered, Extension
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import (
    Correction,
    ReopenGround,
    Reply,
    Stage,
    Step,
    allowed_outcomes,
    allowed_steps,
    clock_events,
    next_duty,
    public_progress,
    reckoning,
    refusal,
)
from tests.law.histories import (
    ACCEPTED,
    ARCHIVE,
    CLOSED,
    DELIVER,
    DELIVERED,
    NATIONAL,
    OPINION,
    RECEIPT,
    SIGNED,
    D,
    K,
    O,
    R,
    case,
    code,
    day,
    refused,
    reply,
    step,
)

SERVED = step(K.SERVED, 20, received=day(18))
BY_COURT = step(K.REOPEN, 42, R.CLERK, ground=ReopenGround.COURT)  # 2025-05-12, a Monday
BY_REVIEW = replace(BY_COURT, ground=ReopenGround.RECONSIDERATION)
OWN_ERROR = step(K.REOPEN, 42, R.APPROVER, ground=ReopenGround.ERROR)
REOPENED = (*CLOSED, BY_COURT)
TAKEN = step(K.TAKEN_OVER, 20, outcome=O.PARTIALLY_GRANTED)


# Service


@pytest.mark.article("送达解释", None)
def test_the_proof_of_service_comes_back_days_later() -> None:
    sent = case(*DELIVERED)
    assert (sent.delivered, sent.served, sent.replies) == (day(14), None, (Reply(O.GRANTED, day(14)),))
    served = case(*DELIVERED, SERVED)
    assert (served.stage, served.served) == (Stage.ARCHIVE, day(18))
    assert served.replies == (Reply(O.GRANTED, day(14), day(18)),)
    assert clock_events(served) == (Delivered(day(14)),)
    assert case(*DELIVERED, SERVED, replace(ARCHIVE, on=day(21))).served == day(18)


def test_a_reply_handed_over_is_served_with_its_delivery() -> None:
    handed = (*SIGNED, replace(DELIVER, received=day(14)))
    assert case(*handed).served == day(14)
    found = refused(handed, SERVED)
    assert found.code == "already_served"
    assert "2025年4月14日" in found.message.zh
    assert code((*DELIVERED, SERVED), replace(SERVED, on=day(21))) == "already_served"


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        (None, "received_missing"),
        (day(13), "received_out_of_order"),
        (day(21), "received_out_of_order"),
        (day(14), None),
        (day(20), None),
    ],
)
def test_the_day_of_service_lies_between_delivery_and_its_proof(received: D | None, expected: str | None) -> None:
    found = refusal(case(*DELIVERED), replace(SERVED, received=received), NATIONAL)
    assert (found.code if found else None) == expected


def test_a_delivery_is_not_received_before_it_went_out_nor_tomorrow() -> None:
    assert code(SIGNED, replace(DELIVER, received=day(13))) == "received_out_of_order"
    assert code(SIGNED, replace(DELIVER, received=day(16)), today=day(15)) == "in_the_future"


def test_service_is_recorded_between_delivery_and_archive() -> None:
    assert code(SIGNED, SERVED) == "too_early"
    assert code(CLOSED, SERVED) == "too_late"
    assert code(DELIVERED, replace(SERVED, role=R.APPROVER)) == "wrong_role"
    assert K.SERVED not in allowed_steps(case(*DELIVERED, SERVED), R.CLERK, NATIONAL, day(21))
    for history in (DELIVERED, (*DELIVERED, SERVED)):
        duty = next_duty(case(*history), NATIONAL, day(20))
        assert duty is not None
        assert duty.kind is K.ARCHIVE


# Reopening


@pytest.mark.parametrize("before", [DELIVERED, CLOSED])
@pytest.mark.parametrize("reopening", [BY_COURT, BY_REVIEW, OWN_ERROR])
def test_an_answered_case_is_at_work_again_and_the_first_reply_stays_on_record(
    before: tuple[Step, ...], reopening: Step
) -> None:
    again = case(*before, reopening)
    assert (again.stage, again.rounds, again.reopening) == (Stage.OPINE, 2, reopening)
    assert (again.outcome, again.drafter, again.signed, again.delivered) == (None,) * 4
    assert (again.archived, again.served, again.route, again.turn) == (None, None, (), None)
    assert again.replies == (Reply(O.GRANTED, day(14)),)
    assert (again.first_outcome, again.first_delivered, again.received) == (O.GRANTED, day(14), day(1))
    duty = next_duty(again, NATIONAL, day(42))
    assert duty is not None
    assert duty.kind is K.OPINION


def test_each_round_has_its_reply_and_the_first_is_counted() -> None:
    second = (*REOPENED, *reply(50), step(K.SERVED, 53, received=day(52)), step(K.ARCHIVE, 54))
    answered = case(*second)
    assert (answered.stage, answered.outcome, answered.delivered) == (Stage.CLOSED, O.PARTIALLY_GRANTED, day(50))
    assert answered.replies == (Reply(O.GRANTED, day(14)), Reply(O.PARTIALLY_GRANTED, day(50), day(52)))
    assert (answered.first_outcome, answered.first_delivered) == (O.GRANTED, day(14))
    third = case(*second, replace(BY_REVIEW, on=day(60)))
    assert (third.rounds, third.clock_start, len(third.replies)) == (3, day(60), 2)
    assert case(*ACCEPTED).first_outcome is case(*ACCEPTED).first_delivered is None


def test_a_reopening_says_why_and_own_errors_are_for_the_approver() -> None:
    assert code(CLOSED, replace(BY_COURT, ground=None)) == "ground_missing"
    found = refused(CLOSED, replace(OWN_ERROR, role=R.CLERK))
    assert found.code == "wrong_role"
    assert "由审批人决定" in found.message.zh
    assert code(CLOSED, replace(BY_COURT, role=R.DRAFTER)) == "wrong_role"
    assert case(*CLOSED, replace(BY_COURT, role=R.APPROVER)).rounds == 2


@pytest.mark.parametrize("history", [SIGNED, ACCEPTED, REOPENED])
def test_only_what_was_answered_is_reopened(history: tuple[Step, ...]) -> None:
    assert code(history, replace(BY_COURT, on=day(43))) == "too_early"


def test_the_day_ordered_is_later_and_nobody_orders_it_of_himself() -> None:
    assert code(CLOSED, replace(BY_COURT, until=day(42))) == "until_not_after_reopening"
    assert case(*CLOSED, replace(BY_COURT, until=day(43))).rounds == 2
    assert code(CLOSED, replace(OWN_ERROR, until=day(60))) == "until_without_order"


@pytest.mark.article("条例", 33)
def test_the_limit_runs_anew_from_the_reopening() -> None:
    # 05-13…16 (4), 19…23 (9), 26…30 (14); 端午 off until 06-02; 06-03…06 (18), 06-09, 06-10 (20).
    result = reckoning(case(*REOPENED), NATIONAL, D(2025, 5, 20))
    assert (result.due, result.counted_from, result.received) == (D(2025, 6, 10), D(2025, 5, 12), day(1))
    assert (result.state, result.days_used, result.days_left) == (ClockState.RUNNING, 6, 14)
    assert result.restarted
    first = result.explanation[0]
    assert "2025年5月12日（星期一）重新办理（人民法院判决重新答复）" in first.text.zh
    assert "judgment of the court" in first.text.en
    assert first.article is not None
    assert (first.article.number, first.article.certainty) == (33, "I")
    assert "收到申请，当日不计" not in "".join(line.text.zh for line in result.explanation)
    assert reckoning(case(*REOPENED), NATIONAL, D(2025, 6, 11)).state is ClockState.LATE
    assert reckoning(case(*REOPENED), NATIONAL, D(2025, 5, 20), explain=False).explanation == ()


def test_only_what_happened_since_counts_for_the_new_limit() -> None:
    first_round = (*ACCEPTED, step(K.EXTENSION, 5, days=10, consented=day(5)), *reply(14), ARCHIVE)
    again = (*first_round, BY_COURT)
    assert clock_events(case(*again)) == ()
    extension = step(K.EXTENSION, 44, days=5, consented=day(44))
    assert clock_events(case(*again, extension)) == (Extension(day(44), 5, day(44)),)
    assert reckoning(case(*again, extension), NATIONAL).due == D(2025, 6, 17)
    assert code((*again, extension), replace(extension, on=day(45))) == "second_extension"
    late = replace(extension, on=D(2025, 6, 11), consented=D(2025, 6, 11))
    assert code(again, late) == "extension_after_limit"
    answered = case(*again, *reply(50))
    assert clock_events(answered) == (Delivered(day(50)),)
    assert reckoning(answered, NATIONAL, D(2025, 7, 1)).state is ClockState.CLOSED


def test_a_consultation_of_the_new_round_is_found_by_its_place_in_the_whole_history() -> None:
    ask = step(K.CONSULTATION, 43, R.CLERK, consulted=Consulted.OTHER)
    place = len(REOPENED)
    answered = case(*REOPENED, ask, step(K.CONSULTATION_REPLY, 49, R.CLERK, consultation=place))
    assert answered.open_consultations == ()
    # Paused from 05-14 to 05-19: four working days later than 06-10.
    assert reckoning(answered, NATIONAL).due == D(2025, 6, 16)


def test_the_day_that_the_court_set_holds_as_it_is() -> None:
    ordered = (*CLOSED, replace(BY_COURT, until=D(2025, 5, 30)))
    result = reckoning(case(*ordered), NATIONAL, D(2025, 5, 20))
    assert (result.due, result.first_due, result.counted_from) == (D(2025, 5, 30), D(2025, 5, 30), D(2025, 5, 12))
    assert (result.state, result.days_used, result.days_left, result.firm) == (ClockState.RUNNING, 6, 8, True)
    assert [line.text.zh for line in result.explanation] == [
        "2025年5月12日（星期一）重新办理（人民法院判决重新答复）。当日不计。",
        "所定的重新答复期限于2025年5月30日（星期五）届满。",
    ]
    assert reckoning(case(*ordered), NATIONAL, D(2025, 5, 31)).state is ClockState.LATE
    ask = step(K.CONSULTATION, 43, R.CLERK, consulted=Consulted.OTHER)
    assert reckoning(case(*ordered, ask), NATIONAL, D(2025, 5, 20)).state is ClockState.RUNNING
    answered = reckoning(case(*ordered, *reply(61)), NATIONAL, D(2025, 7, 1))
    assert (answered.state, answered.on_time, answered.delivered) == (ClockState.CLOSED, False, D(2025, 5, 31))
    assert reckoning(case(*ordered, *reply(60)), NATIONAL, D(2025, 7, 1)).on_time


def test_the_day_that_the_court_set_is_not_the_agencys_to_move() -> None:
    reasoned = (*ACCEPTED, step(K.REASONS_ASKED, 3, until=day(9)), step(K.REASONS_GIVEN, 5), *reply(14), ARCHIVE)
    ordered = (*reasoned, replace(BY_COURT, until=day(60)))
    found = refused(ordered, step(K.EXTENSION, 44, days=5, consented=day(44)))
    assert found.code == "day_set_by_order"
    assert "2025年5月30日" in found.message.zh
    assert code(ordered, step(K.AGREED_DELAY, 44, until=day(90))) == "day_set_by_order"
    free = (*reasoned, BY_COURT)
    assert allowed_steps(case(*free), R.APPROVER, NATIONAL, day(44)) == (K.EXTENSION, K.AGREED_DELAY)


def test_the_applicant_reads_that_the_case_is_handled_again() -> None:
    text = public_progress(case(*REOPENED))
    assert text.zh == "您的申请自2025年5月12日起重新办理（人民法院判决重新答复）。您的申请正在办理。"
    assert text.en.isascii()
    assert "2025年5月20日答复，办理结果：部分公开" in public_progress(case(*REOPENED, *reply(50))).zh
    assert "重新办理" not in public_progress(case(*CLOSED)).zh


# What the first round leaves behind

NOTICE = step(K.CORRECTION_NOTICE, 3, correct_by=day(9))
LAPSED = (*ACCEPTED, NOTICE, *reply(10, O.CORRECTION_LAPSED), ARCHIVE, BY_COURT)
FEE = step(K.FEE_NOTICE, 3, received=day(3))
UNPAID = (*ACCEPTED, FEE, *reply(40, O.FEE_UNPAID), replace(BY_COURT, on=day(42)))


def outcomes(history: tuple[Step, ...], on: int) -> set[Outcome]:
    return set(allowed_outcomes(case(*history), NATIONAL, day(on)))


@pytest.mark.article("条例", 30)
def test_a_lapsed_correction_is_awaited_no_more_and_not_asked_again() -> None:
    again = case(*LAPSED)
    assert (again.stage, again.correction, again.correction_awaited) == (Stage.OPINE, Correction.UNANSWERED, False)
    assert reckoning(again, NATIONAL).firm
    assert code(LAPSED, replace(NOTICE, on=day(43), correct_by=day(60))) == "second_correction_notice"
    # A letter with an error may be replaced with the same outcome, a wrong lapse by any other.
    assert {O.CORRECTION_LAPSED, O.GRANTED} <= outcomes(LAPSED, 43)
    assert O.STILL_UNCLEAR not in outcomes(LAPSED, 43)
    assert K.CORRECTED not in allowed_steps(again, R.CLERK, NATIONAL, day(43))


@pytest.mark.article("条例", 30)
def test_a_correction_that_came_stays_received_and_is_not_asked_again() -> None:
    history = (*ACCEPTED, NOTICE, step(K.CORRECTED, 5), *reply(10), ARCHIVE, BY_COURT)
    assert case(*history).correction is Correction.RECEIVED
    assert code(history, replace(NOTICE, on=day(43), correct_by=day(60))) == "second_correction_notice"
    assert O.STILL_UNCLEAR in outcomes(history, 43)
    assert O.CORRECTION_LAPSED not in outcomes(history, 43)


@pytest.mark.article("条例", 30)
def test_the_seven_days_for_a_notice_run_from_the_receipt_not_from_the_reopening() -> None:
    assert code(REOPENED, replace(NOTICE, on=day(42), correct_by=day(60))) == "correction_notice_late"


@pytest.mark.article("收费办法", None)
def test_an_unpaid_fee_is_awaited_no_more_and_may_be_asked_anew() -> None:
    again = case(*UNPAID)
    assert (again.stage, again.fee_awaited, again.fee_closed) == (Stage.OPINE, False, True)
    assert {O.FEE_UNPAID, O.GRANTED} <= outcomes(UNPAID, 43)
    assert code(UNPAID, step(K.FEE_PAID, 43)) == "no_fee_awaited"
    asked = (*UNPAID, step(K.FEE_NOTICE, 43))
    assert case(*asked).fee_awaited
    assert outcomes(asked, 44) == set()
    paid = case(*asked, step(K.FEE_PAID, 45))
    assert (paid.fee_awaited, reckoning(paid, NATIONAL).counted_from) == (False, day(45))


@pytest.mark.article("收费办法", None)
def test_a_fee_that_was_paid_is_not_asked_again() -> None:
    history = (*ACCEPTED, FEE, step(K.FEE_PAID, 5), *reply(10), ARCHIVE, BY_COURT)
    assert not case(*history).fee_awaited
    assert O.FEE_UNPAID not in outcomes(history, 43)
    assert code(history, step(K.FEE_NOTICE, 43)) == "second_fee_notice"


def test_consultations_of_the_first_round_are_closed() -> None:
    ask = step(K.CONSULTATION, 3, R.CLERK, consulted=Consulted.THIRD_PARTY)
    history = (*ACCEPTED, ask, *reply(30), ARCHIVE)
    again = (*history[:-1], replace(ARCHIVE, on=day(31)), BY_COURT)
    assert case(*again).open_consultations == ()
    assert code(again, step(K.CONSULTATION_REPLY, 43, R.CLERK, consultation=3)) == "no_open_consultation"
    # Whoever was asked once was asked.
    assert O.THIRD_PARTY_RIGHTS in outcomes(again, 43)


def test_a_withdrawal_ends_with_its_round() -> None:
    history = (*ACCEPTED, NOTICE, step(K.WITHDRAWAL, 4), *reply(5, O.OTHER), ARCHIVE, BY_COURT)
    again = case(*history)
    assert (again.withdrawn, again.stage, again.correction) == (None, Stage.OPINE, Correction.UNANSWERED)
    assert {O.OTHER, O.GRANTED} <= outcomes(history, 43)


def test_reasons_once_asked_stay_asked() -> None:
    history = (*ACCEPTED, step(K.REASONS_ASKED, 3, until=day(9)), *reply(10, O.ABUSIVE_VOLUME), ARCHIVE, BY_COURT)
    assert code(history, step(K.REASONS_ASKED, 43, until=day(50))) == "second_request_for_reasons"
    assert O.ABUSIVE_VOLUME in outcomes(history, 43)


def test_a_new_reply_is_not_sent_before_a_day_the_case_knows() -> None:
    history = (*SIGNED, replace(DELIVER, received=day(50)), BY_COURT)
    assert code((*history, *reply(45)[:-1]), step(K.DELIVER, 45)) == "before_previous_step"


# Taking over


def test_a_case_of_an_earlier_register_is_closed_without_pretending_an_approval() -> None:
    taken = case(RECEIPT, TAKEN)
    assert (taken.stage, taken.outcome, taken.delivered, taken.archived) == (
        Stage.CLOSED,
        O.PARTIALLY_GRANTED,
        day(20),
        day(20),
    )
    assert (taken.signed, taken.drafter, taken.route, taken.rounds) == (None, None, (), 1)
    assert taken.replies == (Reply(O.PARTIALLY_GRANTED, day(20)),)
    assert clock_events(taken) == (Delivered(day(20)),)
    assert next_duty(taken, NATIONAL, day(21)) is None
    assert "2025年4月20日答复，办理结果：部分公开" in public_progress(taken).zh
    served = case(RECEIPT, replace(TAKEN, received=day(22)))
    assert served.served == day(22)


@pytest.mark.parametrize(("on", "in_time"), [(29, True), (30, False)])
def test_whether_it_was_answered_in_time_is_reckoned(on: int, in_time: bool) -> None:
    assert reckoning(case(RECEIPT, replace(TAKEN, on=day(on))), NATIONAL).on_time is in_time


def test_taking_over_needs_an_outcome_and_comes_directly_after_the_receipt() -> None:
    assert code((RECEIPT,), replace(TAKEN, outcome=None)) == "outcome_missing"
    assert code((RECEIPT,), replace(TAKEN, received=day(19))) == "received_out_of_order"
    assert code((RECEIPT,), replace(TAKEN, on=RECEIPT.on - dt.timedelta(days=1))) == "before_previous_step"
    assert code(ACCEPTED[:2], TAKEN) == "too_late"
    assert code((RECEIPT, TAKEN), replace(TAKEN, on=day(21))) == "too_late"
    assert code((RECEIPT,), replace(TAKEN, role=R.APPROVER)) == "wrong_role"
    assert case(RECEIPT, replace(TAKEN, role=R.SYSTEM)).closed


def test_a_case_taken_over_can_be_reopened() -> None:
    assert allowed_steps(case(RECEIPT, TAKEN), R.CLERK, NATIONAL, day(42)) == (K.REOPEN,)
    again = case(RECEIPT, TAKEN, BY_REVIEW, *reply(50))
    assert (again.first_outcome, again.first_delivered) == (O.PARTIALLY_GRANTED, day(20))
    assert (again.stage, again.rounds, len(again.replies)) == (Stage.ARCHIVE, 2, 2)


def test_the_grounds_are_told_in_both_languages() -> None:
    assert [ground.label.zh for ground in ReopenGround] == [
        "答复有误，自行更正",
        "行政复议决定重新答复",
        "人民法院判决重新答复",
    ]
    assert all(ground.label.en.isascii() for ground in ReopenGround)
    assert OPINION.ground is None
