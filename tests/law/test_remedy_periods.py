"""Until when a person may go to review or to court."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.errors import LawError
from gongkai.law.outcomes import Outcome, ReviewFirstSettings
from gongkai.law.remedy_periods import (
    Remedy,
    absolute_bar,
    after_reply,
    review_period,
    silence,
    suit_after_review,
    suit_period,
)
from gongkai.law.working_days import Calendar

D = dt.date
NATIONAL = Calendar.national()


@pytest.mark.article("行政复议法", 20)
@pytest.mark.parametrize(
    ("received", "last"),
    [
        pytest.param(D(2025, 12, 3), D(2026, 2, 2), id="25a"),
        pytest.param(D(2025, 12, 18), D(2026, 2, 24), id="25b"),
        pytest.param(D(2025, 8, 12), D(2025, 10, 11), id="25c"),
    ],
)
def test_example_25_a_refusal_can_only_go_to_review_first(received: D, last: D) -> None:
    (review,) = after_reply(Outcome.PROCESS_INFORMATION, received, NATIONAL)
    assert (review.remedy, review.last_day.day) == (Remedy.REVIEW, last)
    assert review.text.zh.endswith(f"最后一日为{last.year}年{last.month}月{last.day}日。")


@pytest.mark.article("送达解释", None)
def test_x2_the_periods_run_from_receipt_and_not_from_dispatch() -> None:
    # Posted on Fri 2025-10-24, the last day of the limit; signed for on 10-28.
    review, suit = after_reply(Outcome.NOT_HELD, D(2025, 10, 28), NATIONAL, replied=D(2025, 10, 24))
    assert (review.start, review.last_day.day) == (D(2025, 10, 28), D(2025, 12, 29))
    assert suit.last_day.day == D(2026, 4, 28)


@pytest.mark.article("行诉解释", 66)
@pytest.mark.article("行政复议法实施条例", 16)
def test_x3_silence() -> None:
    review, suit = silence(D(2025, 7, 21), NATIONAL)
    assert (review.last_day.day, suit.last_day.day) == (D(2025, 9, 19), D(2026, 1, 21))
    assert "未答复" in review.text.zh
    assert suit.article.zh.endswith("第六十六条")


@pytest.mark.article("行政诉讼法", 45)
def test_x4_a_suit_after_review() -> None:
    assert suit_after_review(NATIONAL, decision_received=D(2026, 2, 6)).last_day.day == D(2026, 2, 24)
    assert suit_after_review(NATIONAL, review_ended=D(2026, 2, 6)).last_day.day == D(2026, 2, 24)
    untold = suit_after_review(NATIONAL, decision_received=D(2026, 2, 6), told=False)
    assert (untold.last_day.day, untold.article.number) == (D(2027, 2, 8), 64)


@pytest.mark.article("行政诉讼法", 46)
def test_x6_six_months() -> None:
    assert suit_period(D(2025, 8, 29), NATIONAL).last_day.day == D(2026, 2, 28)


@pytest.mark.article("行政复议法", 23)
@pytest.mark.parametrize(
    ("outcome", "replied", "open_"),
    [
        (Outcome.STATE_SECRET, D(2024, 1, 2), [Remedy.REVIEW]),
        (Outcome.STATE_SECRET, D(2023, 12, 29), [Remedy.REVIEW, Remedy.SUIT]),
        (Outcome.PARTIALLY_GRANTED, D(2024, 1, 2), [Remedy.REVIEW, Remedy.SUIT]),
        (Outcome.NOT_HELD, D(2024, 1, 2), [Remedy.REVIEW, Remedy.SUIT]),
        (Outcome.CORRECTION_LAPSED, D(2024, 1, 2), [Remedy.REVIEW, Remedy.SUIT]),
        (Outcome.ADMINISTRATIVE_QUERY, D(2024, 1, 2), [Remedy.REVIEW, Remedy.SUIT]),
    ],
)
def test_what_is_open_after_a_reply(outcome: Outcome, replied: D, open_: list[Remedy]) -> None:
    periods = after_reply(outcome, replied + dt.timedelta(days=5), NATIONAL, replied=replied)
    assert [period.remedy for period in periods] == open_


def test_the_setting_of_administrative_queries_closes_the_way_to_court() -> None:
    strict = ReviewFirstSettings(administrative_query=True)
    assert len(after_reply(Outcome.ADMINISTRATIVE_QUERY, D(2025, 1, 2), NATIONAL, settings=strict)) == 1


# Never told


@pytest.mark.article("行政复议法", 20)
@pytest.mark.article("行诉解释", 64)
@pytest.mark.parametrize(
    ("told_on", "review", "suit"),
    [
        pytest.param(None, D(2026, 3, 3), D(2026, 3, 3), id="never: a year from knowing the content"),
        pytest.param(D(2025, 4, 1), D(2025, 6, 3), D(2025, 10, 9), id="from knowing the period"),
        pytest.param(D(2025, 12, 1), D(2026, 1, 30), D(2026, 3, 3), id="at most a year"),
        pytest.param(D(2026, 2, 1), D(2026, 3, 3), D(2026, 3, 3), id="both at most a year"),
        pytest.param(D(2027, 1, 1), D(2026, 3, 3), D(2026, 3, 3), id="told after the year"),
    ],
)
def test_not_told_of_the_period(told_on: D | None, review: D, suit: D) -> None:
    known = D(2025, 3, 3)
    assert review_period(known, NATIONAL, told=False, told_on=told_on).last_day.day == review
    assert suit_period(known, NATIONAL, told=False, told_on=told_on).last_day.day == suit


def test_after_a_reply_that_told_nothing() -> None:
    review, suit = after_reply(Outcome.NOT_HELD, D(2025, 3, 3), NATIONAL, told=False)
    assert (review.last_day.day, suit.last_day.day) == (D(2026, 3, 3), D(2026, 3, 3))
    assert (review.article.number, suit.article.number) == (20, 64)


@pytest.mark.article("行政复议法", 21)
@pytest.mark.parametrize("remedy", list(Remedy))
def test_the_absolute_bar(remedy: Remedy) -> None:
    found = absolute_bar(remedy, D(2024, 2, 29), NATIONAL)
    assert (found.last_day.day, found.last_day.provisional) == (D(2029, 2, 28), True)
    assert found.article.number in (21, 46)


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: suit_after_review(NATIONAL), "one_day_needed"),
        (
            lambda: suit_after_review(NATIONAL, decision_received=D(2026, 2, 6), review_ended=D(2026, 2, 6)),
            "one_day_needed",
        ),
        (lambda: review_period(D(2026, 2, 6), NATIONAL, told=False, told_on=D(2026, 2, 5)), "dates_out_of_order"),
        (lambda: suit_period(D(2003, 2, 6), NATIONAL), "before_calendar"),
    ],
)
def test_what_cannot_be_reckoned(call, code: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(LawError) as refused:
        call()
    assert refused.value.code == code
    assert refused.value.article is not None


@given(st.dates(D(2019, 5, 15), D(2026, 6, 1)), st.none() | st.integers(0, 800))
def test_who_was_not_told_has_never_less_time(known: D, told_after: int | None) -> None:
    told_on = None if told_after is None else known + dt.timedelta(days=told_after)
    for period in (review_period, suit_period):
        told = period(known, NATIONAL)
        untold = period(known, NATIONAL, told=False, told_on=told_on)
        assert told.last_day.day <= untold.last_day.day <= NATIONAL.add_months(known, 12).day
        assert untold.text.en.isascii()
