"""When the working days change: a date told to the applicant stands until a person decides."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from gongkai.law.clock import ClockSettings, ClockState, FeeClock, reckon
from gongkai.law.procedure import (
    ProcedureSettings,
    ReopenGround,
    Stage,
    Step,
    allowed_steps,
    clock_events,
    reckoning,
    refusal,
    replay,
)
from gongkai.law.recalculation import recalculate
from gongkai.law.working_days import DayChange
from tests.law.histories import (
    ACCEPTED,
    DECISION,
    NATIONAL,
    OPINION,
    RECEIPT,
    SIGN,
    SIGNED,
    D,
    K,
    O,
    R,
    day,
    reply,
    step,
)

# Received on 04-01, due on 04-29. On 04-08 a notice makes Saturday 04-19 a working day: 04-28.
NOTICE = DayChange(day(19), True, "补班通知")
CHANGED = NATIONAL.with_changes([NOTICE], issued=day(8))
TOLD, NEARER = day(29), day(28)
RECOUNT = step(K.RECOUNT, 9, until=TOLD)
KEEP, NEAR = step(K.DUE_DECISION, 10, kept=True), step(K.DUE_DECISION, 10, kept=False)
ASKED = (*ACCEPTED, RECOUNT)


def code(history: tuple[Step, ...], wanted: Step, settings: ProcedureSettings | None = None) -> str | None:
    found = refusal(replay(history, CHANGED, settings=settings), wanted, CHANGED, settings=settings)
    if found is None:
        return None
    assert found.message.en.isascii()
    assert found.article is not None or "内部办理规则" in found.message.zh
    return found.code


def test_the_recount_is_the_one_that_recalculation_asks_a_person_about() -> None:
    moved = recalculate(day(1), clock_events(replay(ACCEPTED, CHANGED)), CHANGED, day(7), day(9))
    assert (moved.before.due, moved.after.due, moved.needs_a_person) == (TOLD, NEARER, True)


@pytest.mark.article("条例", 33)
def test_a_date_told_stands_until_a_person_decides() -> None:
    asked = replay(ASKED, CHANGED)
    assert (asked.due_kept, asked.due_question, asked.stage) == (TOLD, True, Stage.OPINE)
    result, counted = reckoning(asked, CHANGED, day(9)), reckon(day(1), (), CHANGED, day(9))
    assert (counted.due, counted.days_left) == (NEARER, 15)
    assert (result.due, result.days_left, result.days_used) == (TOLD, 16, counted.days_used)
    assert result.explanation[:-1] == counted.explanation
    line = result.explanation[-1]
    assert (line.start, line.end, line.days) == (NEARER, TOLD, 0)
    assert "2025年4月28日" in line.text.zh
    assert "2025年4月29日（星期二），在工作人员决定是否变更之前不变" in line.text.zh
    assert "until a person decides" in line.text.en
    assert line.article is not None
    assert line.article.certainty == "I"


@pytest.mark.parametrize(("on", "state"), [(28, ClockState.RUNNING), (29, ClockState.RUNNING), (30, ClockState.LATE)])
def test_it_is_late_after_the_date_told(on: int, state: ClockState) -> None:
    result = reckoning(replay(ASKED, CHANGED), CHANGED, day(on))
    assert (result.state, result.days_left) == (state, 29 - on)


def test_a_reply_by_the_date_told_is_in_time() -> None:
    for on, in_time in ((29, True), (30, False)):
        answered = replay((*ASKED, *reply(on)), CHANGED)
        result = reckoning(answered, CHANGED, day(40))
        assert (result.state, result.on_time, answered.due_question) == (ClockState.CLOSED, in_time, False)
        assert "至答复送达时未决定变更" in result.explanation[-1].text.zh


def test_the_person_keeps_the_date_or_takes_the_nearer_one() -> None:
    kept, near = replay((*ASKED, KEEP), CHANGED), replay((*ASKED, NEAR), CHANGED)
    assert (kept.due_kept, kept.due_question) == (TOLD, False)
    result = reckoning(kept, CHANGED, day(10))
    assert (result.due, "经决定予以保留" in result.explanation[-1].text.zh) == (TOLD, True)
    assert (near.due_kept, near.due_question) == (None, False)
    assert reckoning(near, CHANGED, day(10)) == reckon(day(1), (), CHANGED, day(10))


def test_a_recount_that_brings_nothing_nearer_is_a_note_only() -> None:
    plain = replay((*ACCEPTED, replace(RECOUNT, until=None)), CHANGED)
    assert replace(plain, history=ACCEPTED) == replay(ACCEPTED, CHANGED)
    assert code(ACCEPTED, replace(RECOUNT, until=NEARER)) == "until_not_later"
    later = NATIONAL.with_changes([DayChange(day(8), False, "停工通知")])
    refused = refusal(replay(ACCEPTED, later), RECOUNT, later)
    assert refused is not None
    assert (refused.code, "2025年4月30日" in refused.message.zh) == ("until_not_later", True)


def test_the_later_of_both_dates_holds() -> None:
    extended = replay((*ASKED, step(K.EXTENSION, 10, days=5, consented=day(10))), CHANGED)
    result = reckoning(extended, CHANGED, day(10))
    assert (extended.due_kept, result.due) == (TOLD, D(2025, 5, 8))
    assert "在工作人员决定" not in result.explanation[-1].text.zh


def test_who_decides_and_when() -> None:
    assert code(ACCEPTED, KEEP) == "no_due_question"
    assert code((*ASKED, KEEP), NEAR) == "no_due_question"
    assert code(ASKED, replace(KEEP, kept=None)) == "kept_missing"
    assert code(ASKED, replace(KEEP, role=R.DRAFTER)) == "wrong_role"
    assert code(ASKED, replace(KEEP, role=R.CLERK)) is None
    assert code(ASKED, replace(KEEP, on=day(8))) == "before_previous_step"
    assert code(ACCEPTED, replace(RECOUNT, role=R.CLERK)) == "wrong_role"
    assert code((*SIGNED, *reply(14)[-1:]), replace(RECOUNT, on=day(20))) == "too_late"
    assert code((*ASKED, *reply(14)), replace(KEEP, on=day(20))) == "too_late"
    asked = replay(ASKED, CHANGED)
    assert K.DUE_DECISION in allowed_steps(asked, R.CLERK, CHANGED, day(10))
    assert K.DUE_DECISION not in allowed_steps(replay(ACCEPTED, CHANGED), R.CLERK, CHANGED, day(10))


NOTES = (replace(RECOUNT, on=day(20)), replace(KEEP, on=day(21)))


@pytest.mark.parametrize(
    ("history", "stage"),
    [
        ((RECEIPT,), Stage.REGISTER),
        (ACCEPTED[:2], Stage.ACCEPT),
        (ACCEPTED, Stage.OPINE),
        ((*ACCEPTED, OPINION), Stage.DECIDE),
        ((*ACCEPTED, OPINION, DECISION), Stage.APPROVE),
        (SIGNED, Stage.DELIVER),
        ((*ACCEPTED, step(K.CORRECTION_NOTICE, 3, correct_by=day(12))), Stage.CORRECT),
    ],
)
def test_at_every_stage_before_the_reply(history: tuple[Step, ...], stage: Stage) -> None:
    noted = replay((*history, *NOTES), CHANGED)
    assert (noted.stage, noted.due_kept) == (stage, TOLD)


def test_notes_do_not_stand_in_the_way_of_an_act_dated_before_them() -> None:
    noted = replay((*ACCEPTED, *NOTES), CHANGED)
    assert (noted.last_day, noted.latest_day) == (day(2), day(2))
    # Recorded late, but done on the 10th.
    history = (*ACCEPTED, NOTES[0], OPINION, NOTES[1], DECISION, SIGN, step(K.DELIVER, 14))
    assert replay(history, CHANGED).delivered == day(14)
    assert code((*ACCEPTED, *NOTES), replace(OPINION, on=day(1))) == "before_previous_step"
    assert code((*ACCEPTED, OPINION), RECOUNT) == "before_previous_step"


CORRECT = (*ACCEPTED, step(K.CORRECTION_NOTICE, 3, correct_by=day(12)), RECOUNT)
FEE = (*ACCEPTED, step(K.FEE_NOTICE, 8, received=day(8)), RECOUNT)
PAID = step(K.FEE_PAID, 10)


@pytest.mark.article("条例", 30)
@pytest.mark.parametrize(
    ("history", "restart", "due"),
    [
        (CORRECT, step(K.CORRECTED, 10), D(2025, 5, 9)),
        (FEE, PAID, D(2025, 5, 9)),
        ((*ASKED, *reply(14)), step(K.REOPEN, 14, ground=ReopenGround.ERROR), D(2025, 5, 13)),
    ],
)
def test_a_new_start_of_the_limit_ends_the_date_told_of_the_old_one(
    history: tuple[Step, ...], restart: Step, due: dt.date
) -> None:
    before, after = replay(history, CHANGED), replay((*history, restart), CHANGED)
    assert before.due_kept == TOLD
    assert (after.due_kept, after.due_question) == (None, False)
    assert reckoning(after, CHANGED, day(14)).due == due


def test_a_payment_that_starts_nothing_anew_leaves_the_date_told() -> None:
    pausing = ProcedureSettings(clock=ClockSettings(fee_clock=FeeClock.PAUSE))
    told = replace(RECOUNT, until=D(2025, 5, 30))  # beyond what the fee pauses
    paid = replay((*FEE[:-1], told, PAID), CHANGED, settings=pausing)
    assert (paid.due_kept, paid.due_question) == (D(2025, 5, 30), True)
    assert replay((*FEE[:-1], told, PAID), CHANGED).due_kept is None


def test_what_is_paused_or_awaited_stays_so() -> None:
    result = reckoning(replay(CORRECT, CHANGED), CHANGED, day(10))
    assert (result.state, result.firm, result.due) == (ClockState.PAUSED, False, TOLD)
    assert result.explanation[-1].end == TOLD
    assert reckoning(replay(CORRECT, CHANGED), CHANGED, day(10), explain=False).explanation == ()


def test_a_returned_reply_keeps_the_question() -> None:
    history = (*ASKED, OPINION, DECISION, step(K.RETURN, 12, R.APPROVER))
    assert replay(history, CHANGED).due_question
    assert replay((*history, step(K.OPINION, 13, outcome=O.GRANTED, actor="li")), CHANGED).due_kept == TOLD
