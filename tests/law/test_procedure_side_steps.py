"""The steps that few cases have: extension, reasons, agreed delay, fee, withdrawal (条例 33, 35, 42)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from gongkai.law.clock import (
    AgreedDelay,
    ClockSettings,
    ClockState,
    Consulted,
    Extension,
    FeeClock,
    FeeNotice,
    LateAnswer,
)
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import (
    STEPS,
    Case,
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
    payment_limit,
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
    """The ``number``-th of April 2025, running on: received on the 1st, the first limit ends on the 29th."""
    return D(2025, 4, 1) + dt.timedelta(days=number - 1)


def step(kind: StepKind, on: int, role: Role | None = None, **more: Any) -> Step:
    return Step(kind, day(on), role or STEPS[kind].roles[-1], **more)


RECEIPT = step(K.RECEIPT, 1, R.APPLICANT)
ACCEPTED = (RECEIPT, step(K.REGISTER, 1), step(K.ACCEPT, 2))
NOTICE = step(K.CORRECTION_NOTICE, 3, correct_by=day(15))
ASK = step(K.CONSULTATION, 3, R.DRAFTER, consulted=Consulted.OTHER)
OPINION = step(K.OPINION, 10, outcome=O.GRANTED, actor="chen")
DECISION = step(K.DECISION, 11)
SIGN = step(K.SIGN, 12, actor="wang")
DELIVER = step(K.DELIVER, 14)
EXTENSION = step(K.EXTENSION, 10, days=10, consented=day(9))
REASONS = step(K.REASONS_ASKED, 3, until=day(13))
GIVEN = step(K.REASONS_GIVEN, 8, R.APPLICANT)
DELAY = step(K.AGREED_DELAY, 9, until=day(80))
FEE = step(K.FEE_NOTICE, 8, received=day(10))  # the 20 working days end on 2025-05-12 (day 42)
PAID = step(K.FEE_PAID, 20)
WITHDRAWAL = step(K.WITHDRAWAL, 8, R.APPLICANT)
REASONED = (*ACCEPTED, REASONS, GIVEN)
NEW = (EXTENSION, REASONS, GIVEN, DELAY, FEE, PAID, WITHDRAWAL)


def case(*history: Step) -> Case:
    return replay(history, NATIONAL)


def refused(history: tuple[Step, ...], wanted: Step, **more: Any) -> Refusal:
    found = refusal(case(*history), wanted, NATIONAL, **more)
    assert found is not None, f"{wanted.kind} was allowed"
    assert found.message.zh
    assert found.message.en
    assert found.article is not None or "内部办理规则" in found.message.zh
    return found


def code(history: tuple[Step, ...], wanted: Step, **more: Any) -> tuple[str, int | None]:
    found = refused(history, wanted, **more)
    return found.code, found.article.number if found.article else None


def outcomes(history: tuple[Step, ...], on: int, settings: ProcedureSettings | None = None) -> set[Outcome]:
    return set(allowed_outcomes(case(*history), NATIONAL, day(on), settings))


ORDINARY = set(O) - {O.CORRECTION_LAPSED, O.FEE_UNPAID, O.STILL_UNCLEAR, O.THIRD_PARTY_RIGHTS, O.ABUSIVE_VOLUME}


# All of them: state


@pytest.mark.parametrize("wanted", NEW)
@pytest.mark.parametrize("taken", [0, 1, 5, 6])
def test_not_before_acceptance_and_not_after_the_signature(wanted: Step, taken: int) -> None:
    straight = (*ACCEPTED, OPINION, DECISION, SIGN, DELIVER)
    history = straight[:1] if taken == 0 else straight[: taken + 1]
    if taken == 1:
        history = straight[:2]
        if wanted is WITHDRAWAL:
            assert case(*history, wanted).stage is Stage.OPINE
            return
    found = refused(history, replace(wanted, on=max(wanted.on, history[-1].on)))
    assert found.code == ("too_early" if taken < 2 else "too_late")


@pytest.mark.parametrize("wanted", [EXTENSION, REASONS, DELAY, FEE])
def test_not_while_a_correction_is_awaited(wanted: Step) -> None:
    assert code((*ACCEPTED, NOTICE), wanted) == ("correction_awaited", 30)


# Extension


@pytest.mark.article("条例", 33)
def test_an_extension_moves_the_due_date_and_nothing_else() -> None:
    before, after = case(*ACCEPTED), case(*ACCEPTED, EXTENSION)
    assert after.stage is Stage.OPINE
    assert clock_events(after) == (Extension(day(10), 10, day(9)),)
    assert reckoning(before, NATIONAL).due == reckoning(after, NATIONAL).first_due == day(29)
    assert reckoning(after, NATIONAL).due == NATIONAL.add_working_days(day(29), 10).day
    assert case(*ACCEPTED, OPINION, DECISION, replace(EXTENSION, on=day(11))).stage is Stage.APPROVE
    assert case(*ACCEPTED, ASK, EXTENSION).stage is Stage.CONSULT


@pytest.mark.article("条例", 33)
@pytest.mark.parametrize("on", [29, 30])
def test_an_extension_is_told_before_the_first_limit_ends(on: int) -> None:
    wanted = replace(EXTENSION, on=day(on))
    if on == 29:
        assert refusal(case(*ACCEPTED), wanted, NATIONAL) is None
    else:
        assert code(ACCEPTED, wanted) == ("extension_after_limit", 33)
    assert (K.EXTENSION in allowed_steps(case(*ACCEPTED), R.APPROVER, NATIONAL, day(on))) is (on == 29)


@pytest.mark.article("条例", 33)
@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"days": None}, "extension_days"),
        ({"days": 0}, "extension_days"),
        ({"days": 21}, "extension_days"),
        ({"consented": None}, "extension_without_consent"),
        ({"consented": day(11)}, "extension_without_consent"),
        ({"consented": D(2025, 3, 31)}, "extension_without_consent"),
    ],
)
def test_an_extension_has_one_to_twenty_days_and_a_consent_before_it(wrong: dict[str, Any], expected: str) -> None:
    assert code(ACCEPTED, replace(EXTENSION, **wrong)) == (expected, 33)


def test_the_ends_of_what_an_extension_may_have() -> None:
    for right in ({"days": 1}, {"days": 20}, {"consented": day(1)}, {"consented": day(10)}):
        assert refusal(case(*ACCEPTED), replace(EXTENSION, **right), NATIONAL) is None


def test_an_extension_is_given_once_and_not_after_a_delay() -> None:
    assert code((*ACCEPTED, EXTENSION), EXTENSION) == ("second_extension", 33)
    assert code((*REASONED, DELAY), EXTENSION) == ("extension_after_delay", 35)


# Reasons


@pytest.mark.article("条例", 35)
def test_asking_for_reasons_does_nothing_to_the_clock() -> None:
    for history in ((*ACCEPTED, REASONS), REASONED):
        assert clock_events(case(*history)) == ()
        assert reckoning(case(*history), NATIONAL).due == day(29)
        assert case(*history).stage is Stage.OPINE


@pytest.mark.article("条例", 35)
def test_a_refusal_for_volume_needs_the_reasons_or_their_silence() -> None:
    wanted = replace(OPINION, outcome=O.ABUSIVE_VOLUME)
    assert code(ACCEPTED, wanted) == ("reasons_not_asked", 35)
    assert code((*ACCEPTED, REASONS), replace(wanted, on=day(13))) == ("reasons_awaited", 35)
    assert case(*ACCEPTED, REASONS, replace(wanted, on=day(14))).outcome is O.ABUSIVE_VOLUME
    assert case(*REASONED, wanted).outcome is O.ABUSIVE_VOLUME
    loose = ProcedureSettings(reasons_are_asked=False)
    assert refusal(case(*ACCEPTED), wanted, NATIONAL, settings=loose) is None


def test_while_reasons_are_awaited_the_case_may_still_be_answered() -> None:
    assert outcomes((*ACCEPTED, REASONS), 5) == ORDINARY
    assert outcomes(REASONED, 8) == ORDINARY | {O.ABUSIVE_VOLUME}


def test_reasons_are_asked_once_with_a_period_and_given_once() -> None:
    assert code(ACCEPTED, replace(REASONS, until=None)) == ("until_missing", 35)
    assert code(ACCEPTED, replace(REASONS, until=day(3))) == ("until_not_after_request", 35)
    assert code((*ACCEPTED, REASONS), replace(REASONS, on=day(4))) == ("second_request_for_reasons", 35)
    assert code(ACCEPTED, GIVEN) == ("no_reasons_awaited", 35)
    assert code(REASONED, GIVEN) == ("no_reasons_awaited", 35)
    assert case(*ACCEPTED, REASONS, replace(GIVEN, on=day(20))).reasons_given == day(20)
    assert case(*ACCEPTED, REASONS, NOTICE, GIVEN).stage is Stage.CORRECT


# Agreed delay


@pytest.mark.article("条例", 35)
def test_a_delay_fixes_the_day_after_the_reasons_were_given() -> None:
    told = case(*REASONED, DELAY)
    assert told.stage is Stage.OPINE
    assert clock_events(told) == (AgreedDelay(day(9), day(80)),)
    assert reckoning(told, NATIONAL).due == day(80)
    assert code(ACCEPTED, DELAY) == ("no_reasons_given", 35)
    assert code((*ACCEPTED, REASONS), DELAY) == ("no_reasons_given", 35)


@pytest.mark.article("条例", 35)
def test_a_delay_is_told_once_in_time_and_to_a_later_day() -> None:
    assert code((*REASONED, DELAY), DELAY) == ("second_agreed_delay", 35)
    assert code(REASONED, replace(DELAY, on=day(30))) == ("agreed_delay_after_limit", 35)
    assert refusal(case(*REASONED), replace(DELAY, on=day(29)), NATIONAL) is None
    assert code(REASONED, replace(DELAY, until=day(29))) == ("agreed_delay_not_later", 35)
    assert refusal(case(*REASONED), replace(DELAY, until=day(30)), NATIONAL) is None
    assert code(REASONED, replace(DELAY, until=None)) == ("until_missing", 35)
    assert code(REASONED, replace(DELAY, until=D.max)) == ("after_calendar", 2)
    later = reckoning(case(*REASONED, EXTENSION), NATIONAL).due
    assert code((*REASONED, EXTENSION), replace(DELAY, on=day(10), until=later))[0] == "agreed_delay_not_later"


@pytest.mark.parametrize("late_answer", list(LateAnswer))
@pytest.mark.parametrize("who", list(Consulted))
def test_an_answer_that_comes_late_does_not_undo_a_delay_told_before(who: Consulted, late_answer: LateAnswer) -> None:
    """What was told by what could be known on its day stays; if the limit then ends later, that later day holds."""
    asked = step(K.CONSULTATION, 4, R.CLERK, consulted=who)
    history = (*ACCEPTED, REASONS, asked, GIVEN)
    settings = ClockSettings(late_answer=late_answer)
    for on in (9, 28, 30, 35):
        due = reckoning(case(*history), NATIONAL, day(on), settings).due
        told = (*history, replace(DELAY, on=day(on), until=due + dt.timedelta(days=1)))
        for after in (on, on + 1, on + 40):
            received = {"consultation": 4, "received": day(8)}
            answered = case(*told, step(K.CONSULTATION_REPLY, after, R.CLERK, **received))
            assert reckoning(answered, NATIONAL, settings=settings).due > due


# The fee


@pytest.mark.article("收费办法", None)
@pytest.mark.article("条例", 42)
def test_a_fee_asked_and_paid_starts_the_limit_anew() -> None:
    waiting = case(*ACCEPTED, FEE)
    assert (waiting.stage, waiting.fee_awaited) == (Stage.OPINE, True)
    limit = payment_limit(waiting, NATIONAL)
    assert limit is not None
    assert limit.day == NATIONAL.add_working_days(day(10), 20).day == day(42)
    assert clock_events(waiting) == (FeeNotice(day(8), day(10)),)
    stands = reckoning(waiting, NATIONAL, day(40))
    assert (stands.state, stands.firm) == (ClockState.PAUSED, False)
    paid = case(*ACCEPTED, FEE, PAID)
    assert (paid.fee_awaited, paid.fee_paid) == (False, day(20))
    assert payment_limit(paid, NATIONAL) is None
    assert clock_events(paid) == (FeeNotice(day(8), day(10), day(20)),)
    assert reckoning(paid, NATIONAL).due == NATIONAL.add_working_days(day(20), 20).day
    pausing = ClockSettings(fee_clock=FeeClock.PAUSE)
    assert reckoning(paid, NATIONAL, settings=pausing).due < reckoning(paid, NATIONAL).due


@pytest.mark.article("收费办法", None)
def test_a_fee_unpaid_for_twenty_working_days_closes_the_case() -> None:
    history = (*ACCEPTED, FEE)
    wanted = replace(OPINION, outcome=O.FEE_UNPAID)
    assert code(history, replace(wanted, on=day(42)))[0] == "fee_not_lapsed"
    assert outcomes(history, 42) == set()
    assert outcomes(history, 43) == {O.FEE_UNPAID}
    closing = (replace(wanted, on=day(43)), replace(DECISION, on=day(43)), replace(SIGN, on=day(44)))
    closed = case(*history, *closing, replace(DELIVER, on=day(45)))
    assert closed.outcome is O.FEE_UNPAID
    assert reckoning(closed, NATIONAL).on_time
    # Without a known receipt the period runs from the notice: one that is received later ends later.
    assert outcomes((*ACCEPTED, replace(FEE, received=None)), 40) == {O.FEE_UNPAID}


def test_no_fee_was_asked_or_it_was_paid() -> None:
    wanted = replace(OPINION, outcome=O.FEE_UNPAID)
    found = refused(ACCEPTED, wanted)
    assert (found.code, found.article and found.article.instrument) == ("no_fee_notice", "收费办法")
    assert code((*ACCEPTED, FEE, PAID), replace(wanted, on=day(60)))[0] == "no_fee_notice"
    assert code(ACCEPTED, PAID)[0] == code((*ACCEPTED, FEE, PAID), PAID)[0] == "no_fee_awaited"


def test_a_late_payment_is_taken_while_nothing_was_closed() -> None:
    late = replace(PAID, on=day(60))
    assert outcomes((*ACCEPTED, FEE, late), 60) == ORDINARY
    lapsed = replace(OPINION, on=day(43), outcome=O.FEE_UNPAID)
    assert code((*ACCEPTED, FEE, lapsed), late)[0] == "too_late"
    returned = (*ACCEPTED, FEE, lapsed, replace(DECISION, on=day(44)), step(K.RETURN, 45))
    assert case(*returned, late).fee_paid == day(60)


@pytest.mark.article("收费办法", None)
def test_a_fee_is_asked_once_and_inside_the_reply_limit() -> None:
    assert refusal(case(*ACCEPTED), replace(FEE, on=day(29), received=None), NATIONAL) is None
    assert code(ACCEPTED, replace(FEE, on=day(30), received=None))[0] == "fee_notice_after_limit"
    assert code((*ACCEPTED, FEE), replace(FEE, on=day(11), received=None))[0] == "second_fee_notice"
    assert code((*ACCEPTED, FEE, PAID), replace(FEE, on=day(21), received=None))[0] == "second_fee_notice"


def test_the_fee_notice_is_received_after_its_issue_and_before_payment() -> None:
    assert code(ACCEPTED, replace(FEE, received=day(7)))[0] == "received_out_of_order"
    assert code((*ACCEPTED, FEE), replace(PAID, received=day(7)))[0] == "received_out_of_order"
    assert code((*ACCEPTED, FEE), replace(PAID, received=day(21)))[0] == "received_out_of_order"
    assert code((*ACCEPTED, FEE), replace(PAID, on=day(9)))[0] == "received_out_of_order"
    told_late = case(*ACCEPTED, replace(FEE, received=None), replace(PAID, received=day(9)))
    assert clock_events(told_late) == (FeeNotice(day(8), day(9), day(20)),)


@pytest.mark.parametrize("wanted", [OPINION, replace(EXTENSION, on=day(11)), replace(DELAY, on=day(11))])
def test_while_a_fee_is_awaited_the_case_waits(wanted: Step) -> None:
    found = refused((*REASONED, FEE), wanted)
    assert found.code == "fee_awaited"
    assert "2025年5月12日" in found.message.zh


def test_where_the_fee_only_pauses_the_limit_may_be_extended_meanwhile() -> None:
    pausing = ProcedureSettings(clock=ClockSettings(fee_clock=FeeClock.PAUSE))
    wanted = replace(EXTENSION, on=day(11))
    assert refusal(case(*ACCEPTED, FEE), wanted, NATIONAL, settings=pausing) is None


def test_an_abandoned_application_waits_neither_for_a_fee_nor_for_an_opinion() -> None:
    both = (*ACCEPTED, replace(FEE, on=day(3), received=None), NOTICE)
    assert outcomes(both, 16) == {O.CORRECTION_LAPSED}
    assert case(*both, replace(PAID, on=day(10))).stage is Stage.CORRECT
    assert outcomes((*ACCEPTED, ASK, FEE), 43) == {O.FEE_UNPAID}


# Withdrawal


@pytest.mark.parametrize(
    "history",
    [
        ACCEPTED[:2],
        ACCEPTED,
        (*ACCEPTED, NOTICE),
        (*ACCEPTED, ASK),
        (*ACCEPTED, replace(FEE, on=day(3), received=None)),
        (*ACCEPTED, REASONS),
        (*ACCEPTED, replace(OPINION, on=day(3))),
        (*ACCEPTED, replace(OPINION, on=day(3)), replace(DECISION, on=day(4))),
    ],
)
def test_a_withdrawn_application_closes_as_other_with_a_letter(history: tuple[Step, ...]) -> None:
    gone = (*history, WITHDRAWAL)
    withdrawn = case(*gone)
    assert (withdrawn.stage, withdrawn.withdrawn, withdrawn.outcome) == (Stage.OPINE, day(8), None)
    assert outcomes(gone, 10) == {O.OTHER}
    assert code(gone, OPINION) == ("withdrawn", None)
    assert allowed_steps(withdrawn, R.APPROVER, NATIONAL, day(10)) == ()
    duty = next_duty(withdrawn, NATIONAL, day(10))
    assert duty is not None
    assert (duty.kind, "撤回" in duty.text.zh) == (K.OPINION, True)
    assert "您已于2025年4月8日撤回申请" in public_progress(withdrawn).zh
    closed = case(*gone, replace(OPINION, outcome=O.OTHER), DECISION, SIGN, DELIVER, step(K.ARCHIVE, 15))
    assert (closed.closed, closed.outcome) == (True, O.OTHER)
    assert "办理结果：其他处理（其他）" in public_progress(closed).zh


@pytest.mark.parametrize(
    "wanted",
    [replace(NOTICE, on=day(8)), replace(ASK, on=day(8)), EXTENSION, replace(REASONS, on=day(8)), FEE, WITHDRAWAL],
)
def test_after_a_withdrawal_nothing_is_asked(wanted: Step) -> None:
    assert code((*ACCEPTED, WITHDRAWAL), wanted) == ("withdrawn", None)


def test_an_answer_that_comes_in_after_a_withdrawal_is_recorded() -> None:
    history = (*ACCEPTED, ASK, WITHDRAWAL, step(K.CONSULTATION_REPLY, 9, R.CLERK, consultation=3))
    assert (case(*history).stage, case(*history).open_consultations) == (Stage.OPINE, ())


def test_a_withdrawal_leaves_the_clock_as_it_is() -> None:
    assert clock_events(case(*ACCEPTED, WITHDRAWAL)) == ()
    assert reckoning(case(*ACCEPTED, WITHDRAWAL), NATIONAL).due == day(29)


# Duty and progress


@pytest.mark.parametrize(
    ("history", "today", "kind", "zh"),
    [
        ((*ACCEPTED, FEE), 42, K.FEE_PAID, "等待申请人于2025年5月12日（含）前缴费"),
        ((*ACCEPTED, FEE), 43, K.OPINION, "缴费期限已于2025年5月12日届满"),
        ((*ACCEPTED, ASK, FEE), 42, K.FEE_PAID, "缴费"),
        ((*ACCEPTED, FEE, PAID), 20, K.OPINION, "提出办理意见"),
        ((*ACCEPTED, REASONS), 13, K.REASONS_GIVEN, "等待申请人于2025年4月13日（含）前说明理由"),
        ((*ACCEPTED, REASONS), 14, K.OPINION, "提出办理意见"),
        (REASONED, 9, K.OPINION, "提出办理意见"),
        ((*ACCEPTED, EXTENSION), 10, K.OPINION, "提出办理意见"),
    ],
)
def test_next_duty(history: tuple[Step, ...], today: int, kind: StepKind, zh: str) -> None:
    duty = next_duty(case(*history), NATIONAL, day(today))
    assert duty is not None
    assert (duty.kind, duty.roles) == (kind, STEPS[kind].roles)
    assert zh in duty.text.zh
    assert any(kind in allowed_steps(case(*history), role, NATIONAL, day(today)) for role in duty.roles)


@pytest.mark.parametrize(
    ("history", "zh"),
    [
        ((*ACCEPTED, FEE), "缴纳信息处理费"),
        ((*ACCEPTED, FEE, PAID), "正在办理"),
        ((*ACCEPTED, REASONS), "请于2025年4月13日（含）前说明申请的理由"),
        (REASONED, "正在办理"),
        ((*ACCEPTED, REASONS, NOTICE), "需要补正"),
        ((*ACCEPTED, REASONS, OPINION), "正在拟制"),
    ],
)
def test_progress_tells_what_the_applicant_has_to_do(history: tuple[Step, ...], zh: str) -> None:
    text = public_progress(case(*history))
    assert zh in text.zh
    assert text.en.isascii()


# Transfer


@pytest.mark.article("条例", 36)
def test_transfer_is_an_outcome_and_no_step() -> None:
    assert "transfer" not in list(StepKind)
    assert "名称、联系方式" in O.NOT_HELD.rule.reply.zh
