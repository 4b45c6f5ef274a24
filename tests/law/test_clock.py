"""The reply clock against the worked examples, and what it refuses."""

from __future__ import annotations

import datetime as dt

import pytest

from gongkai.law.clock import (
    ClockEvent,
    ClockSettings,
    ClockState,
    Consultation,
    Consulted,
    Corrected,
    CorrectionNotice,
    Delivered,
    Extension,
    FeeClock,
    FeeNotice,
    LateAnswer,
    Reckoning,
    consultation_limit,
    correction_notice_limit,
    fee_payment_limit,
    reckon,
)
from gongkai.law.errors import CalendarError, ClockError
from gongkai.law.working_days import Calendar

D = dt.date
NATIONAL = Calendar.national()


def clock(received: D, *events: ClockEvent, as_of: D | None = None, settings: ClockSettings | None = None) -> Reckoning:
    return reckon(received, events, NATIONAL, as_of, settings or ClockSettings())


def words(result: Reckoning) -> str:
    return "".join(line.text.zh for line in result.explanation)


# Worked examples


@pytest.mark.article("条例", 33)
@pytest.mark.parametrize(
    ("received", "due"),
    [
        (D(2025, 1, 20), D(2025, 2, 21)),
        (D(2026, 2, 9), D(2026, 3, 13)),
        (D(2024, 2, 1), D(2024, 3, 5)),
        (D(2025, 9, 19), D(2025, 10, 23)),
        (D(2026, 9, 10), D(2026, 10, 14)),
        (D(2023, 9, 20), D(2023, 10, 24)),
        (D(2025, 3, 15), D(2025, 4, 14)),
        (D(2025, 2, 8), D(2025, 3, 7)),
        (D(2025, 4, 3), D(2025, 5, 6)),
        (D(2025, 4, 7), D(2025, 5, 7)),
        (D(2025, 6, 23), D(2025, 7, 21)),
        (D(2025, 6, 21), D(2025, 7, 18)),
    ],
)
def test_examples_1_to_10_without_events(received: D, due: D) -> None:
    result = clock(received)
    assert (result.first_due, result.due, result.counted_from) == (due, due, received)
    assert (result.state, result.days_used, result.days_left) == (ClockState.RUNNING, 0, 20)


def test_example_11_the_old_limit_is_a_setting() -> None:
    assert clock(D(2011, 6, 1), settings=ClockSettings(reply_days=15)).due == D(2011, 6, 23)


@pytest.mark.article("条例", 30)
def test_example_12_last_day_for_the_correction_notice() -> None:
    assert correction_notice_limit(D(2025, 4, 25), NATIONAL).day == D(2025, 5, 8)


@pytest.mark.article("条例", 30)
def test_example_13_a_corrected_application_starts_the_limit_anew() -> None:
    result = clock(D(2025, 4, 25), CorrectionNotice(D(2025, 5, 6)), Corrected(D(2025, 5, 20)))
    assert (result.due, result.counted_from) == (D(2025, 6, 18), D(2025, 5, 20))
    assert result.restarted
    assert not clock(D(2025, 4, 25)).restarted
    assert result.firm
    assert "此前已计的5个工作日作废" in words(result)


@pytest.mark.article("条例", 30)
def test_example_13_while_the_correction_is_awaited() -> None:
    result = clock(D(2025, 4, 25), CorrectionNotice(D(2025, 5, 6)), as_of=D(2025, 6, 30))
    assert (result.state, result.firm) == (ClockState.PAUSED, False)
    assert (result.first_due, result.due) == (D(2025, 5, 27), D(2025, 5, 27))
    assert (result.days_used, result.days_left) == (5, 15)
    assert result.on_time
    last = result.explanation[-1]
    assert "收到补正的申请后期限重新计算" in last.text.zh
    assert "only then can the due date be known" in last.text.en
    assert last.article is not None
    assert last.article.number == 30


@pytest.mark.article("条例", 33)
def test_example_15_an_extension_of_twenty() -> None:
    result = clock(D(2025, 12, 10), Extension(D(2026, 1, 8), 20))
    assert (result.first_due, result.due) == (D(2026, 1, 8), D(2026, 2, 5))


@pytest.mark.article("条例", 33)
def test_example_16_an_extension_of_ten_ends_on_a_make_up_saturday() -> None:
    result = clock(D(2026, 1, 12), Extension(D(2026, 2, 9), 10))
    assert (result.first_due, result.due) == (D(2026, 2, 9), D(2026, 2, 28))
    assert result.due.weekday() == 5


@pytest.mark.article("条例", 33)
def test_example_17_a_third_party_that_answers() -> None:
    asked = Consultation(D(2025, 3, 10), D(2025, 3, 12), D(2025, 3, 26))
    assert clock(D(2025, 3, 3)).due == D(2025, 3, 31)
    assert clock(D(2025, 3, 3), asked).due == D(2025, 4, 17)
    limit = consultation_limit(asked.issued, asked.received, asked.who, NATIONAL)
    assert limit is not None
    assert limit.day == D(2025, 4, 2)


@pytest.mark.article("条例", 32)
@pytest.mark.parametrize(
    ("received", "issued", "arrived", "limit", "due"),
    [
        pytest.param(D(2025, 3, 17), D(2025, 3, 21), D(2025, 3, 24), D(2025, 4, 15), D(2025, 5, 9), id="18"),
        pytest.param(D(2025, 9, 15), D(2025, 9, 22), D(2025, 9, 24), D(2025, 10, 21), D(2025, 11, 11), id="19"),
    ],
)
def test_examples_18_and_19_a_silent_third_party(received: D, issued: D, arrived: D, limit: D, due: D) -> None:
    result = clock(received, Consultation(issued, arrived))
    assert result.due == due
    last_day = consultation_limit(issued, arrived, Consulted.THIRD_PARTY, NATIONAL)
    assert last_day is not None
    assert last_day.day == limit
    assert "由行政机关依照条例决定（条例第三十二条）" in words(result)


@pytest.mark.article("条例", 34)
def test_example_20_joint_makers() -> None:
    asked = Consultation(D(2026, 4, 23), D(2026, 4, 24), D(2026, 5, 12), Consulted.CO_PRODUCER)
    assert clock(D(2026, 4, 20), asked).due == D(2026, 6, 4)
    silent = Consultation(D(2026, 4, 23), D(2026, 4, 24), None, Consulted.CO_PRODUCER)
    result = clock(D(2026, 4, 20), silent)
    assert result.due == D(2026, 6, 11)
    assert "2026年5月19日届满" in words(result)
    assert "视为同意公开" in words(result)


@pytest.mark.article("条例", 33)
def test_example_21_consultation_then_extension() -> None:
    asked = Consultation(D(2025, 11, 10), None, D(2025, 11, 24))
    result = clock(D(2025, 11, 3), asked, Extension(D(2025, 12, 15), 20))
    assert (result.first_due, result.due) == (D(2025, 12, 15), D(2026, 1, 13))


@pytest.mark.article("收费办法", None)
def test_example_22_fee_restart_and_pause() -> None:
    notice = FeeNotice(D(2025, 8, 20), D(2025, 8, 22), D(2025, 9, 10))
    assert fee_payment_limit(notice, NATIONAL).day == D(2025, 9, 19)
    assert clock(D(2025, 8, 1)).due == D(2025, 8, 29)
    assert clock(D(2025, 8, 1), notice).due == D(2025, 10, 14)
    pause = ClockSettings(fee_clock=FeeClock.PAUSE)
    assert clock(D(2025, 8, 1), notice, settings=pause).due == D(2025, 9, 19)


def test_example_23_last_day_to_pay() -> None:
    notice = FeeNotice(D(2026, 1, 28), D(2026, 1, 30))
    assert fee_payment_limit(notice, NATIONAL).day == D(2026, 3, 5)


def test_x1_under_the_calendar_known_before_the_change() -> None:
    from tests.law.test_working_days import november_2019_notice

    assert reckon(D(2020, 1, 13), (), november_2019_notice()).due == D(2020, 2, 13)
    assert clock(D(2020, 1, 13)).due == D(2020, 2, 17)


def test_x2_posted_on_the_last_day_is_in_time() -> None:
    result = clock(D(2025, 9, 22), Delivered(D(2025, 10, 24)))
    assert result.due == D(2025, 10, 24)
    assert (result.state, result.days_used, result.days_left) == (ClockState.CLOSED, 20, 0)
    assert result.on_time


# State, days used and left


@pytest.mark.parametrize(
    ("as_of", "state", "used", "left"),
    [
        (D(2025, 1, 20), ClockState.RUNNING, 0, 20),
        (D(2025, 1, 26), ClockState.RUNNING, 5, 15),
        (D(2025, 2, 4), ClockState.RUNNING, 6, 14),
        (D(2025, 2, 21), ClockState.RUNNING, 20, 0),
        (D(2025, 2, 22), ClockState.LATE, 20, 0),
        (D(2025, 2, 25), ClockState.LATE, 22, -2),
    ],
)
def test_state_by_day(as_of: D, state: ClockState, used: int, left: int) -> None:
    result = clock(D(2025, 1, 20), as_of=as_of)
    assert (result.state, result.days_used, result.days_left) == (state, used, left)
    assert result.on_time is (state is not ClockState.LATE)


@pytest.mark.parametrize(
    ("as_of", "state", "used"),
    [
        (D(2025, 3, 7), ClockState.RUNNING, 4),
        (D(2025, 3, 10), ClockState.PAUSED, 5),
        (D(2025, 3, 25), ClockState.PAUSED, 5),
        (D(2025, 3, 26), ClockState.RUNNING, 5),
        (D(2025, 3, 27), ClockState.RUNNING, 6),
        (D(2025, 4, 18), ClockState.LATE, 21),
    ],
)
def test_state_around_a_consultation(as_of: D, state: ClockState, used: int) -> None:
    asked = Consultation(D(2025, 3, 10), D(2025, 3, 12), D(2025, 3, 26))
    result = clock(D(2025, 3, 3), asked, as_of=as_of)
    assert (result.state, result.days_used) == (state, used)


def test_a_silent_third_party_pauses_up_to_and_including_its_last_day() -> None:
    asked = Consultation(D(2025, 3, 21), D(2025, 3, 24))
    assert clock(D(2025, 3, 17), asked, as_of=D(2025, 4, 15)).state is ClockState.PAUSED
    assert clock(D(2025, 3, 17), asked, as_of=D(2025, 4, 16)).state is ClockState.RUNNING


def test_a_silent_third_party_without_known_receipt_is_counted_from_the_issue() -> None:
    # 15 working days after 03-21 end on 04-14 (04-04 is 清明); 16 are left.
    assert clock(D(2025, 3, 17), Consultation(D(2025, 3, 21))).due == D(2025, 5, 8)


def test_a_reply_sent_late_is_closed_and_not_on_time() -> None:
    result = clock(D(2025, 1, 20), Delivered(D(2025, 2, 24)))
    assert (result.state, result.on_time, result.days_left) == (ClockState.CLOSED, False, -1)
    assert result.delivered == D(2025, 2, 24)


def test_on_a_day_before_the_reply_the_case_was_still_open() -> None:
    result = clock(D(2025, 1, 20), Delivered(D(2025, 2, 20)), as_of=D(2025, 2, 10))
    assert (result.state, result.days_used) == (ClockState.RUNNING, 11)


def test_on_a_day_before_the_correction_the_old_limit_stood_still() -> None:
    events = (CorrectionNotice(D(2025, 5, 6)), Corrected(D(2025, 5, 20)))
    result = clock(D(2025, 4, 25), *events, as_of=D(2025, 5, 12))
    assert (result.state, result.days_used) == (ClockState.PAUSED, 5)
    assert clock(D(2025, 4, 25), *events, as_of=D(2025, 5, 21)).days_used == 1


# Consultation


@pytest.mark.article("条例", 33)
def test_overlapping_consultations_count_once() -> None:
    first = Consultation(D(2025, 3, 10), None, D(2025, 3, 26))
    inside = Consultation(D(2025, 3, 12), None, D(2025, 3, 20), Consulted.OTHER)
    assert clock(D(2025, 3, 3), first, inside).due == clock(D(2025, 3, 3), first).due
    overlapping = Consultation(D(2025, 3, 20), None, D(2025, 3, 31), Consulted.OTHER)
    longer = Consultation(D(2025, 3, 10), None, D(2025, 3, 31))
    assert clock(D(2025, 3, 3), first, overlapping).due == clock(D(2025, 3, 3), longer).due


def test_consultations_one_after_the_other_add_up() -> None:
    first = Consultation(D(2025, 3, 5), None, D(2025, 3, 7))
    second = Consultation(D(2025, 3, 10), None, D(2025, 3, 12))
    # 03-06, 07 and 03-11, 12 do not count: four working days after 03-31.
    assert clock(D(2025, 3, 3), first, second).due == D(2025, 4, 7)


def test_another_agency_that_has_not_answered_pauses_up_to_the_day_asked_about() -> None:
    asked = Consultation(D(2025, 8, 20), D(2025, 8, 22), None, Consulted.OTHER)
    earlier = clock(D(2025, 8, 1), asked, as_of=D(2025, 9, 12))
    later = clock(D(2025, 8, 1), asked, as_of=D(2025, 9, 20))
    assert (earlier.due, later.due) == (D(2025, 9, 23), D(2025, 9, 29))
    assert later.state is ClockState.PAUSED
    assert not later.firm
    assert "尚未收到意见，暂推算至2025年9月20日" in words(later)


def test_an_open_consultation_stops_moving_with_the_reply() -> None:
    asked = Consultation(D(2025, 8, 20), None, None, Consulted.OTHER)
    events = (asked, Delivered(D(2025, 9, 1)))
    assert clock(D(2025, 8, 1), *events, as_of=D(2025, 12, 1)).due == clock(D(2025, 8, 1), *events).due


def test_a_letter_sent_after_the_limit_stops_nothing() -> None:
    asked = Consultation(D(2025, 3, 1), None, D(2025, 3, 20))
    result = clock(D(2025, 1, 20), asked, as_of=D(2025, 3, 10))
    assert (result.due, result.state) == (D(2025, 2, 21), ClockState.LATE)
    assert result.days_used == clock(D(2025, 1, 20), as_of=D(2025, 3, 10)).days_used


def test_a_letter_sent_on_the_last_day_stops_nothing_either() -> None:
    asked = Consultation(D(2025, 2, 21), None, D(2025, 3, 20))
    assert clock(D(2025, 1, 20), asked).due == D(2025, 2, 21)
    after = clock(D(2025, 1, 20), asked, as_of=D(2025, 3, 3))
    assert (after.state, after.days_used) == (ClockState.LATE, 26)


def test_an_answer_after_the_limit_of_the_party_is_a_setting() -> None:
    asked = Consultation(D(2025, 3, 21), D(2025, 3, 24), D(2025, 4, 30))
    assert clock(D(2025, 3, 17), asked).due == D(2025, 5, 27)
    strict = clock(D(2025, 3, 17), asked, settings=ClockSettings(late_answer=LateAnswer.LIMIT))
    assert strict.due == D(2025, 5, 9)
    assert "2025年4月30日才收到意见" in words(strict)


# Restart


def test_a_restart_voids_an_extension_told_before() -> None:
    notice = FeeNotice(D(2025, 8, 20), D(2025, 8, 22), D(2025, 9, 10))
    before = clock(D(2025, 8, 1), Extension(D(2025, 8, 18), 5), notice)
    assert (before.first_due, before.due) == (D(2025, 10, 14), D(2025, 10, 14))
    assert "此前的延期随之失效" in words(before)
    after = clock(D(2025, 8, 1), notice, Extension(D(2025, 10, 14), 5))
    assert (after.first_due, after.due) == (D(2025, 10, 14), D(2025, 10, 21))


def test_a_pause_runs_on_through_a_restart() -> None:
    asked = Consultation(D(2025, 4, 28), None, D(2025, 5, 23), Consulted.OTHER)
    result = clock(D(2025, 4, 25), asked, CorrectionNotice(D(2025, 5, 6)), Corrected(D(2025, 5, 20)))
    # Without the pause 06-18 (example 13); 05-21, 22, 23 do not count.
    assert result.due == D(2025, 6, 23)


def test_a_correction_notice_after_seven_days_says_so() -> None:
    events = (CorrectionNotice(D(2025, 5, 12)), Corrected(D(2025, 5, 20)))
    restarted = clock(D(2025, 4, 25), *events)
    assert restarted.due == D(2025, 6, 18)
    assert "超过收到申请之日起7个工作日" in words(restarted)
    kept = clock(D(2025, 4, 25), *events, settings=ClockSettings(late_correction_restarts=False))
    assert kept.due == D(2025, 5, 27)
    assert "不重新计算答复期限" in words(kept)


def test_an_unpaid_fee_leaves_the_due_date_open() -> None:
    notice = FeeNotice(D(2025, 8, 20), D(2025, 8, 22))
    result = clock(D(2025, 8, 1), notice, as_of=D(2025, 9, 1))
    assert (result.state, result.firm, result.days_used) == (ClockState.PAUSED, False, 13)
    pause = ClockSettings(fee_clock=FeeClock.PAUSE)
    paused = clock(D(2025, 8, 1), notice, as_of=D(2025, 9, 1), settings=pause)
    # Paused to the last day to pay, 09-19; 7 of 20 are left.
    assert (paused.state, paused.due) == (ClockState.PAUSED, D(2025, 9, 29))


def test_a_case_closed_for_want_of_correction_was_not_late() -> None:
    result = clock(D(2025, 4, 25), CorrectionNotice(D(2025, 5, 8)), Delivered(D(2025, 7, 1)))
    assert (result.state, result.on_time, result.days_used) == (ClockState.CLOSED, True, 7)


# Provisional


def test_a_due_date_in_a_year_without_schedule_is_provisional_and_says_so() -> None:
    result = clock(D(2026, 12, 20))
    assert result.provisional
    assert "放假安排尚未公布" in result.explanation[-1].text.zh
    assert not clock(D(2026, 12, 1)).provisional


# What is refused


RECEIVED = D(2025, 4, 25)  # first limit: 2025-05-27


@pytest.mark.parametrize(
    ("events", "code", "article"),
    [
        ((Extension(D(2025, 4, 24), 5),), "dates_out_of_order", 33),
        ((CorrectionNotice(D(2025, 5, 6)), Corrected(D(2025, 5, 5))), "dates_out_of_order", 33),
        ((Consultation(D(2025, 5, 6), D(2025, 5, 5)),), "dates_out_of_order", 33),
        ((Consultation(D(2025, 5, 6), D(2025, 5, 8), D(2025, 5, 7)),), "dates_out_of_order", 33),
        ((FeeNotice(D(2025, 5, 6), D(2025, 5, 8), D(2025, 5, 7)),), "dates_out_of_order", None),
        ((Consultation(D(2025, 5, 6), None, D(2025, 5, 20)), Delivered(D(2025, 5, 19))), "dates_out_of_order", 33),
        ((CorrectionNotice(D(2025, 5, 6)), CorrectionNotice(D(2025, 5, 7))), "second_correction_notice", 30),
        ((CorrectionNotice(D(2025, 5, 28)),), "correction_notice_after_limit", 30),
        ((Corrected(D(2025, 5, 6)),), "correction_without_notice", 30),
        (
            (CorrectionNotice(D(2025, 5, 6)), Corrected(D(2025, 5, 7)), Corrected(D(2025, 5, 8))),
            "correction_without_notice",
            30,
        ),
        ((Extension(D(2025, 5, 28), 5),), "extension_after_limit", 33),
        ((Extension(D(2025, 5, 12), 0),), "extension_days", 33),
        ((Extension(D(2025, 5, 12), 21),), "extension_days", 33),
        ((Extension(D(2025, 5, 12), 5), Extension(D(2025, 5, 13), 5)), "second_extension", 33),
        ((FeeNotice(D(2025, 5, 28)),), "fee_notice_after_limit", None),
        ((FeeNotice(D(2025, 5, 6)), FeeNotice(D(2025, 5, 7))), "second_fee_notice", None),
        ((Delivered(D(2025, 5, 6)), Extension(D(2025, 5, 7), 5)), "after_delivery", 33),
        ((Delivered(D(2025, 5, 6)), Delivered(D(2025, 5, 6))), "after_delivery", 33),
    ],
)
def test_refusals_have_a_code_and_an_article(events: tuple[ClockEvent, ...], code: str, article: int | None) -> None:
    with pytest.raises(ClockError) as refused:
        clock(RECEIVED, *events)
    error = refused.value
    assert error.code == code
    assert error.message.zh
    assert error.message.en
    assert error.article is not None
    if article is not None:
        assert error.article.number == article


def test_the_last_day_is_still_inside_the_limit() -> None:
    assert clock(RECEIVED, Extension(D(2025, 5, 27), 1)).due == D(2025, 5, 28)
    assert clock(RECEIVED, FeeNotice(D(2025, 5, 27), None, D(2025, 5, 28))).counted_from == D(2025, 5, 28)


def test_an_extension_counts_its_limit_with_the_pauses() -> None:
    asked = Consultation(D(2025, 5, 20), None, D(2025, 5, 23))
    assert clock(RECEIVED, asked, Extension(D(2025, 5, 30), 1)).first_due == D(2025, 5, 30)


def test_a_fee_may_be_asked_inside_the_extended_limit() -> None:
    events = (Extension(D(2025, 5, 27), 5), FeeNotice(D(2025, 5, 30), None, D(2025, 6, 5)))
    assert clock(RECEIVED, *events).counted_from == D(2025, 6, 5)


def test_a_question_about_a_day_before_receipt() -> None:
    with pytest.raises(ClockError) as refused:
        clock(RECEIVED, as_of=D(2025, 4, 24))
    assert refused.value.code == "as_of_before_receipt"


@pytest.mark.parametrize(
    ("received", "code"), [(D(2003, 12, 31), "before_calendar"), (D(2099, 12, 25), "after_calendar")]
)
def test_outside_the_calendar(received: D, code: str) -> None:
    with pytest.raises(CalendarError) as refused:
        clock(received)
    assert refused.value.code == code


def test_an_error_reads_as_a_sentence_with_its_article() -> None:
    with pytest.raises(ClockError, match="《政府信息公开条例》第三十三条第二款"):
        clock(RECEIVED, Extension(D(2025, 5, 28), 5))
