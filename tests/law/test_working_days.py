"""Working days: the data against an independent source, the counting against the worked examples."""

from __future__ import annotations

import datetime as dt

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.errors import CalendarError
from gongkai.law.working_days import FIRST_DAY, LAST_DAY, Calendar, DayChange

D = dt.date
NATIONAL = Calendar.national()
KNOWN = st.dates(D(2004, 1, 1), D(2025, 12, 31))


def test_every_day_of_2004_to_2026_agrees_with_chinesecalendar() -> None:
    day, wrong = D(2004, 1, 1), []
    while day.year <= 2026:
        if NATIONAL.is_working_day(day) != chinese_calendar.is_workday(day):
            wrong.append(day)
        day += dt.timedelta(days=1)
    assert wrong == []


@pytest.mark.parametrize(
    ("year", "days"),
    [(2019, 250), (2020, 249), (2021, 250), (2022, 249), (2023, 249), (2024, 251), (2025, 248), (2026, 248)],
)
def test_working_days_of_a_year(year: int, days: int) -> None:
    assert NATIONAL.working_days_between(D(year - 1, 12, 31), D(year, 12, 31)) == days


@pytest.mark.article("条例", 33)
@pytest.mark.parametrize(
    ("received", "due"),
    [
        pytest.param(D(2025, 1, 20), D(2025, 2, 21), id="1 spring festival 2025"),
        pytest.param(D(2026, 2, 9), D(2026, 3, 13), id="2 spring festival 2026"),
        pytest.param(D(2024, 2, 1), D(2024, 3, 5), id="3 new year's eve 2024 is a working day"),
        pytest.param(D(2025, 9, 19), D(2025, 10, 23), id="4 national day 2025"),
        pytest.param(D(2026, 9, 10), D(2026, 10, 14), id="5 mid-autumn and national day 2026"),
        pytest.param(D(2023, 9, 20), D(2023, 10, 24), id="6 eight days off 2023"),
        pytest.param(D(2025, 3, 15), D(2025, 4, 14), id="7 signed for on a Saturday"),
        pytest.param(D(2025, 2, 8), D(2025, 3, 7), id="8 received on a make-up Saturday"),
        pytest.param(D(2025, 4, 3), D(2025, 5, 6), id="9a letter confirmed the same day"),
        pytest.param(D(2025, 4, 7), D(2025, 5, 7), id="9b letter confirmed on Monday"),
        pytest.param(D(2025, 6, 23), D(2025, 7, 21), id="10 online, confirmed by both"),
        pytest.param(D(2025, 6, 21), D(2025, 7, 18), id="10 online, confirmed by the system"),
        pytest.param(D(2019, 4, 15), D(2019, 5, 14), id="X1 may 2019"),
        pytest.param(D(2026, 9, 18), D(2026, 10, 22), id="24 publication within 20 working days"),
    ],
)
def test_twenty_working_days(received: D, due: D) -> None:
    assert NATIONAL.add_working_days(received, 20) == (due, False)


@pytest.mark.article("条例", 30)
def test_example_12_seven_working_days_for_the_correction_notice() -> None:
    assert NATIONAL.add_working_days(D(2025, 4, 25), 7).day == D(2025, 5, 8)


def test_example_14_ten_working_days_to_correct() -> None:
    assert NATIONAL.add_working_days(D(2025, 5, 8), 10).day == D(2025, 5, 22)


@pytest.mark.article("收费办法", None)
@pytest.mark.parametrize(("notified", "last"), [(D(2025, 8, 22), D(2025, 9, 19)), (D(2026, 1, 30), D(2026, 3, 5))])
def test_examples_22_and_23_twenty_working_days_to_pay(notified: D, last: D) -> None:
    assert NATIONAL.add_working_days(notified, 20).day == last


def test_example_11_guiding_case_26_under_the_old_fifteen_days() -> None:
    assert NATIONAL.add_working_days(D(2011, 6, 1), 15).day == D(2011, 6, 23)


def november_2019_notice() -> Calendar:
    """2020 as first announced: back to work on Friday 01-31, Saturday 02-01 made up."""
    notice = "国办发明电〔2019〕16号"
    return NATIONAL.with_changes([DayChange(D(2020, 1, 31), True, notice), DayChange(D(2020, 2, 1), True, notice)])


def test_x1_a_notice_moves_a_running_due_date() -> None:
    assert november_2019_notice().add_working_days(D(2020, 1, 13), 20).day == D(2020, 2, 13)
    assert NATIONAL.add_working_days(D(2020, 1, 13), 20).day == D(2020, 2, 17)


def test_a_later_overlay_wins_and_the_older_calendar_stays_as_it_was() -> None:
    before = november_2019_notice()
    source = "国办发明电〔2020〕1号"
    after = before.with_changes([DayChange(D(2020, 1, 31), False, source), DayChange(D(2020, 2, 1), False, source)])
    assert after.add_working_days(D(2020, 1, 13), 20).day == D(2020, 2, 17)
    assert before.add_working_days(D(2020, 1, 13), 20).day == D(2020, 2, 13)
    assert after.why(D(2020, 1, 31)).zh == "按通知放假（国办发明电〔2020〕1号）"


def test_contradictory_changes_are_refused() -> None:
    day = D(2026, 11, 2)
    with pytest.raises(CalendarError) as refused:
        NATIONAL.with_changes([DayChange(day, True, "甲"), DayChange(day, False, "乙")])
    assert refused.value.code == "contradictory_change"


def test_a_local_holiday_is_an_overlay() -> None:
    local = NATIONAL.with_changes([DayChange(D(2025, 3, 31), False, "自治区开斋节放假通知")])
    assert local.add_working_days(D(2025, 3, 28), 1).day == D(2025, 4, 1)
    assert NATIONAL.add_working_days(D(2025, 3, 28), 1).day == D(2025, 3, 31)


def test_a_year_without_a_schedule_makes_the_date_provisional() -> None:
    assert not NATIONAL.published(2027)
    assert NATIONAL.add_working_days(D(2026, 12, 1), 20) == (D(2026, 12, 29), False)
    # 2026-12-02 … 12-31 hold 22 working days; the first of 2027, a Friday, is no holiday until it is announced.
    assert NATIONAL.add_working_days(D(2026, 12, 1), 23) == (D(2027, 1, 1), True)


def test_publishing_a_year_makes_its_dates_firm() -> None:
    known = NATIONAL.with_changes([DayChange(D(2027, 1, 1), False, "2027年放假通知")], publish=[2027])
    assert known.published(2027)
    assert known.add_working_days(D(2026, 12, 1), 23) == (D(2027, 1, 4), False)


def test_a_local_change_alone_does_not_publish_the_year() -> None:
    local = NATIONAL.with_changes([DayChange(D(2027, 1, 1), False, "本地通知")])
    assert local.add_working_days(D(2026, 12, 1), 23) == (D(2027, 1, 4), True)


def test_a_published_year_after_an_unpublished_one() -> None:
    later = NATIONAL.with_changes([], publish=[2028])
    assert later.add_working_days(D(2028, 3, 1), 20).provisional is False
    assert later.add_working_days(D(2027, 12, 20), 20).provisional is True


@pytest.mark.parametrize(
    ("day", "zh", "en"),
    [
        (D(2025, 1, 26), "调休上班（春节）", "make-up working day (Spring Festival)"),
        (D(2025, 1, 28), "法定节假日（春节）", "public holiday (Spring Festival)"),
        (D(2025, 2, 3), "调休放假（春节）", "day off in lieu (Spring Festival)"),
        (D(2025, 2, 15), "周末", "weekend"),
        (D(2025, 2, 17), "工作日", "working day"),
    ],
)
def test_why(day: D, zh: str, en: str) -> None:
    assert (NATIONAL.why(day).zh, NATIONAL.why(day).en) == (zh, en)


def test_why_says_when_the_schedule_is_not_out() -> None:
    assert "2027年放假安排尚未公布" in NATIONAL.why(D(2027, 2, 1)).zh
    assert "not published" in NATIONAL.why(D(2027, 2, 6)).en


def test_why_names_the_notice_that_makes_a_day_a_working_day() -> None:
    changed = NATIONAL.with_changes([DayChange(D(2025, 3, 1), True, "防汛通知")])
    assert changed.is_working_day(D(2025, 3, 1))
    assert changed.why(D(2025, 3, 1)).zh == "按通知调整为上班（防汛通知）"


def test_the_basis_of_a_day() -> None:
    basis = {day: NATIONAL.basis(day) for day in (D(2025, 1, 28), D(2025, 1, 26), D(2025, 2, 15))}
    assert [article.zh if article else None for article in basis.values()] == [
        "《全国年节及纪念日放假办法》第二条",
        "《全国年节及纪念日放假办法》第六条",
        "《国务院关于职工工作时间的规定》第七条",
    ]
    assert NATIONAL.basis(D(2025, 2, 17)) is None


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: NATIONAL.add_working_days(D(2003, 12, 31), 20), "before_calendar"),
        (lambda: NATIONAL.is_working_day(D(1999, 5, 4)), "before_calendar"),
        (lambda: NATIONAL.add_working_days(D(2099, 12, 30), 20), "after_calendar"),
        (lambda: NATIONAL.add_working_days(D.max, 1), "after_calendar"),
        (lambda: NATIONAL.with_changes([DayChange(D(2003, 1, 1), True, "x")]), "before_calendar"),
        (lambda: NATIONAL.add_working_days(D(2025, 1, 2), 0), "days_below_one"),
        (lambda: NATIONAL.add_working_days(D(2025, 1, 2), -3), "days_below_one"),
    ],
)
def test_outside_the_calendar_is_a_named_error(call, code: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(CalendarError) as refused:
        call()
    assert refused.value.code == code
    assert refused.value.message.zh
    assert refused.value.message.en


def test_first_and_last_day_are_inside() -> None:
    assert NATIONAL.is_working_day(FIRST_DAY) is False
    assert NATIONAL.is_working_day(LAST_DAY) is True


@given(KNOWN, st.integers(1, 60))
def test_the_result_is_a_working_day_and_the_count_agrees(start: D, days: int) -> None:
    due = NATIONAL.add_working_days(start, days).day
    assert chinese_calendar.is_workday(due)
    assert NATIONAL.working_days_between(start, due) == days
    assert len(chinese_calendar.get_workdays(start + dt.timedelta(days=1), due)) == days


@given(KNOWN, KNOWN)
def test_counting_back_is_the_negative_of_counting_on(first: D, last: D) -> None:
    assert NATIONAL.working_days_between(first, last) == -NATIONAL.working_days_between(last, first)


@given(KNOWN, st.integers(1, 40), st.integers(1, 40))
def test_due_dates_are_monotone(start: D, days: int, later: int) -> None:
    due = NATIONAL.add_working_days(start, days).day
    assert NATIONAL.add_working_days(start + dt.timedelta(days=later), days).day >= due
    assert NATIONAL.add_working_days(start, days + later).day > due


def test_national_is_one_calendar() -> None:
    assert Calendar.national() is Calendar.national()


@given(KNOWN, KNOWN)
def test_the_working_days_of_a_span(first: D, last: D) -> None:
    found = NATIONAL.working_days(first, last)
    assert found == (chinese_calendar.get_workdays(first, last) if first <= last else [])
