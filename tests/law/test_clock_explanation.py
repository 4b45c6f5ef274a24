"""The explanation adds up to the due date, names what was passed over, and cites an article on each line."""

from __future__ import annotations

import datetime as dt

import pytest

from gongkai.law.clock import (
    ClockEvent,
    Consultation,
    Corrected,
    CorrectionNotice,
    Extension,
    FeeNotice,
    reckon,
)
from gongkai.law.working_days import Calendar, DayChange

D = dt.date
NATIONAL = Calendar.national()

CASES: list[tuple[D, tuple[ClockEvent, ...], int]] = [
    (D(2025, 1, 20), (), 20),
    (D(2026, 1, 12), (Extension(D(2026, 2, 9), 10),), 30),
    (D(2025, 3, 3), (Consultation(D(2025, 3, 10), D(2025, 3, 12), D(2025, 3, 26)),), 20),
    (D(2025, 4, 25), (CorrectionNotice(D(2025, 5, 6)), Corrected(D(2025, 5, 20))), 20),
    (D(2025, 8, 1), (FeeNotice(D(2025, 8, 20), D(2025, 8, 22), D(2025, 9, 10)),), 20),
    (D(2025, 11, 3), (Consultation(D(2025, 11, 10), None, D(2025, 11, 24)), Extension(D(2025, 12, 15), 20)), 40),
]


@pytest.mark.parametrize(("received", "events", "days"), CASES)
def test_the_counted_spans_add_up_to_the_limit(received: D, events: tuple[ClockEvent, ...], days: int) -> None:
    result = reckon(received, events, NATIONAL)
    assert sum(line.days for line in result.explanation if line.start > result.counted_from) == days
    for line in result.explanation:
        if line.days:
            before = line.start - dt.timedelta(days=1)
            assert NATIONAL.working_days_between(before, line.end) == line.days


@pytest.mark.parametrize(("received", "events", "days"), CASES)
def test_the_spans_follow_one_another_without_a_gap(received: D, events: tuple[ClockEvent, ...], days: int) -> None:
    result = reckon(received, events, NATIONAL)
    day = received
    for line in result.explanation:
        if line.start > day:
            assert line.start == day + dt.timedelta(days=1)
            day = line.end
    assert day == result.due


@pytest.mark.parametrize(("received", "events", "days"), CASES)
def test_every_line_has_both_languages_and_an_article(received: D, events: tuple[ClockEvent, ...], days: int) -> None:
    for line in reckon(received, events, NATIONAL).explanation:
        assert line.text.zh.endswith("。")
        assert line.text.en.isascii()
        assert line.article is not None


def test_holidays_and_make_up_days_are_named() -> None:
    line = reckon(D(2025, 1, 20), (), NATIONAL).explanation[1]
    assert line.text.zh == (
        "2025年1月21日至2月21日计20个工作日，累计20个。"
        "其间2025年1月28日至2月4日放假（春节）不计；1月26日、2月8日调休上班计入。"
    )
    assert "2025-01-28 to 2025-02-04 off (Spring Festival)" in line.text.en


def test_two_holidays_in_one_block_are_both_named() -> None:
    line = reckon(D(2025, 9, 19), (), NATIONAL).explanation[1]
    assert "2025年10月1日至8日放假（国庆节、中秋节）不计" in line.text.zh


def test_a_day_changed_by_notice_is_named_by_its_notice() -> None:
    changed = NATIONAL.with_changes([DayChange(D(2025, 3, 12), False, "停电通知")])
    line = reckon(D(2025, 3, 3), (), changed).explanation[1]
    assert "2025年3月12日放假（停电通知）不计" in line.text.zh


def test_receipt_on_a_rest_day_is_still_receipt() -> None:
    line = reckon(D(2025, 3, 15), (), NATIONAL).explanation[0]
    assert "2025年3月15日（星期六）收到申请，当日不计。" in line.text.zh
    assert "仍以当日为收到之日" in line.text.zh


def test_a_silent_span_says_how_many_days_were_left_out() -> None:
    lines = reckon(D(2025, 3, 3), (Consultation(D(2025, 3, 10), None, D(2025, 3, 26)),), NATIONAL).explanation
    pause = lines[2]
    assert (pause.start, pause.end, pause.days) == (D(2025, 3, 11), D(2025, 3, 26), 0)
    assert "12个工作日不计入期限" in pause.text.zh
    assert pause.article is not None
    assert pause.article.zh == "《政府信息公开条例》第三十三条第三款"


def test_the_explanation_can_be_left_out() -> None:
    with_lines = reckon(D(2025, 3, 3), (), NATIONAL)
    without = reckon(D(2025, 3, 3), (), NATIONAL, explain=False)
    assert without.explanation == ()
    assert (without.due, without.state) == (with_lines.due, with_lines.state)
