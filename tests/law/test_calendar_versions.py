"""Calendars as known on a day, of a place, and what a notice does to a running case."""

from __future__ import annotations

import datetime as dt
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.calendar_notices import AMENDING_NOTICES, YEAR_NOTICES
from gongkai.law.errors import CalendarError
from gongkai.law.recalculation import recalculate
from gongkai.law.regional_calendars import DayNotice, RegionalCalendars, read_notices
from gongkai.law.working_days import Calendar, DayChange

D = dt.date
NATIONAL = Calendar.national()


@pytest.mark.article("放假办法", 6)
@pytest.mark.parametrize(
    ("known", "due"),
    [
        pytest.param(D(2020, 1, 13), D(2020, 2, 13), id="before the extension of the Spring Festival"),
        pytest.param(D(2020, 1, 25), D(2020, 2, 13), id="the day before it"),
        pytest.param(D(2020, 1, 26), D(2020, 2, 17), id="from its day on"),
        pytest.param(D(2020, 2, 17), D(2020, 2, 17), id="later"),
    ],
)
def test_x1_the_same_case_as_it_was_and_is_reckoned(known: D, due: D) -> None:
    assert NATIONAL.as_known_on(known).add_working_days(D(2020, 1, 13), 20) == (due, False)


@pytest.mark.parametrize("known", [D(2019, 3, 21), D(2019, 3, 22), D(2019, 6, 1)])
def test_x1_the_change_of_may_2019_moves_nothing_over_twenty_days(known: D) -> None:
    assert NATIONAL.as_known_on(known).add_working_days(D(2019, 4, 15), 20).day == D(2019, 5, 14)


def test_the_days_of_may_2019_before_and_after() -> None:
    before = NATIONAL.as_known_on(D(2019, 3, 21))
    days = [D(2019, 4, 28), D(2019, 5, 1), D(2019, 5, 2), D(2019, 5, 3), D(2019, 5, 5)]
    assert [before.is_working_day(day) for day in days] == [False, False, True, True, False]
    assert [NATIONAL.is_working_day(day) for day in days] == [True, False, False, False, True]


def test_the_cancelled_make_up_day_of_2020() -> None:
    before = NATIONAL.as_known_on(D(2020, 1, 20))
    assert before.is_working_day(D(2020, 2, 1))
    assert before.why(D(2020, 2, 1)).zh == "调休上班（春节）"
    assert not NATIONAL.is_working_day(D(2020, 2, 1))


def test_before_its_notice_a_year_is_provisional() -> None:
    before, after = NATIONAL.as_known_on(D(2025, 11, 3)), NATIONAL.as_known_on(D(2025, 11, 4))
    assert (before.first_unpublished_year, after.first_unpublished_year) == (2026, 2027)
    assert before.add_working_days(D(2025, 12, 20), 20).provisional
    assert not after.add_working_days(D(2025, 12, 20), 20).provisional
    assert before.add_working_days(D(2025, 12, 20), 20).day != after.add_working_days(D(2025, 12, 20), 20).day


def test_days_of_december_belong_to_the_notice_of_the_new_year() -> None:
    # 2018-12-29 was made up for New Year's Day 2019, by the notice of 2018-12-04.
    assert not NATIONAL.as_known_on(D(2018, 12, 3)).is_working_day(D(2018, 12, 29))
    assert NATIONAL.as_known_on(D(2018, 12, 4)).is_working_day(D(2018, 12, 29))


def test_knowing_everything_gives_the_very_calendar() -> None:
    assert NATIONAL.as_known_on(D(2030, 1, 1)) is NATIONAL


def test_an_overlay_is_known_from_its_day_on() -> None:
    changed = NATIONAL.with_changes([DayChange(D(2026, 11, 2), False, "防汛通知")], issued=D(2026, 10, 30))
    assert changed.add_working_days(D(2026, 10, 30), 1).day == D(2026, 11, 3)
    assert changed.as_known_on(D(2026, 10, 29)).add_working_days(D(2026, 10, 30), 1).day == D(2026, 11, 2)
    assert changed.as_known_on(D(2026, 10, 30)).add_working_days(D(2026, 10, 30), 1).day == D(2026, 11, 3)


def test_notices_are_in_order_and_complete_since_2019() -> None:
    years = [notice.year for notice in YEAR_NOTICES]
    assert years == list(range(2019, 2027))
    assert all(notice.issued.year == notice.year - 1 for notice in YEAR_NOTICES)
    for amending in AMENDING_NOTICES:
        (of_year,) = [notice for notice in YEAR_NOTICES if notice.year == amending.issued.year]
        assert of_year.issued < amending.issued < min(amending.days)


# Cutting: what would have to be guessed is refused


def test_a_cut_calendar_refuses_what_lies_after_it() -> None:
    cut = NATIONAL.cut_after(D(2027, 12, 31))
    assert cut.last_day == D(2027, 12, 31)
    assert cut.add_working_days(D(2027, 11, 1), 20).provisional
    for call in (lambda: cut.add_working_days(D(2027, 12, 10), 20), lambda: cut.is_working_day(D(2028, 1, 3))):
        with pytest.raises(CalendarError) as refused:
            call()
        assert refused.value.code == "after_calendar"
        assert "2027年12月31日" in refused.value.message.zh
        assert refused.value.article is not None
    assert cut.with_changes([]).last_day == cut.as_known_on(D(2020, 1, 1)).last_day == cut.last_day
    assert cut.cut_after(D(2050, 1, 1)).last_day == cut.last_day


# Calendar days, months: they roll off rest days


@pytest.mark.article("行政复议法", 20)
@pytest.mark.parametrize(
    ("received", "last"),
    [
        pytest.param(D(2025, 12, 3), D(2026, 2, 2), id="25a off a Sunday"),
        pytest.param(D(2025, 12, 18), D(2026, 2, 24), id="25b off the Spring Festival"),
        pytest.param(D(2025, 8, 12), D(2025, 10, 11), id="25c a make-up Saturday is no rest day"),
    ],
)
def test_example_25_sixty_calendar_days(received: D, last: D) -> None:
    assert NATIONAL.add_calendar_days(received, 60) == (last, False)


@pytest.mark.article("行政诉讼法", 45)
def test_x4_fifteen_calendar_days_end_after_the_spring_festival() -> None:
    assert NATIONAL.add_calendar_days(D(2026, 2, 6), 15).day == D(2026, 2, 24)


@pytest.mark.article("行政复议法", 62)
def test_x5_decision_periods_of_a_review() -> None:
    assert NATIONAL.add_working_days(D(2026, 2, 11), 5).day == D(2026, 2, 25)
    assert NATIONAL.add_calendar_days(D(2026, 1, 20), 30).day == D(2026, 2, 24)
    assert NATIONAL.add_calendar_days(D(2026, 1, 20), 60).day == D(2026, 3, 23)


@pytest.mark.article("行政诉讼法", 46)
@pytest.mark.parametrize(
    ("known", "last"),
    [
        pytest.param(D(2025, 8, 29), D(2026, 2, 28), id="X6 no 29th, a make-up Saturday"),
        pytest.param(D(2025, 7, 21), D(2026, 1, 21), id="X3 the corresponding day"),
        pytest.param(D(2025, 8, 31), D(2026, 2, 28), id="no 31st"),
        pytest.param(D(2023, 8, 31), D(2024, 2, 29), id="leap year"),
        pytest.param(D(2025, 4, 1), D(2025, 10, 9), id="off the National Day week"),
        pytest.param(D(2025, 6, 28), D(2025, 12, 29), id="off a Sunday"),
    ],
)
def test_six_months(known: D, last: D) -> None:
    assert NATIONAL.add_months(known, 6).day == last


def test_a_last_day_in_a_year_without_schedule_is_provisional() -> None:
    assert NATIONAL.add_calendar_days(D(2026, 12, 1), 60).provisional
    assert NATIONAL.add_months(D(2026, 8, 1), 6).provisional
    assert not NATIONAL.add_months(D(2026, 6, 1), 6).provisional


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: NATIONAL.add_calendar_days(D(2025, 1, 1), 0), "days_below_one"),
        (lambda: NATIONAL.add_months(D(2025, 1, 1), 0), "days_below_one"),
        (lambda: NATIONAL.add_calendar_days(D(2003, 12, 1), 60), "before_calendar"),
        (lambda: NATIONAL.add_months(D(2003, 12, 1), 6), "before_calendar"),
        (lambda: NATIONAL.add_calendar_days(D(2099, 12, 31), 1), "after_calendar"),
        (lambda: NATIONAL.add_months(D(2099, 12, 1), 1), "after_calendar"),
        (lambda: NATIONAL.add_months(D.max, 1), "after_calendar"),
    ],
)
def test_periods_outside_the_calendar(call, code: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(CalendarError) as refused:
        call()
    assert refused.value.code == code
    assert refused.value.article is not None


@given(st.dates(D(2004, 1, 1), D(2026, 6, 30)), st.integers(1, 400))
def test_a_period_in_calendar_days_never_ends_early_or_on_a_rest_day(start: D, days: int) -> None:
    last = NATIONAL.add_calendar_days(start, days).day
    plain = start + dt.timedelta(days=days)
    assert last >= plain
    assert NATIONAL.is_working_day(last)
    assert NATIONAL.working_days_between(plain - dt.timedelta(days=1), last) == 1


# Places


MENGHUI = DayNotice("自治区2025年开斋节放假通知", (DayChange(D(2025, 3, 31), False, "开斋节"),), region="64")
CITY = DayNotice("本市抗洪补班通知", (DayChange(D(2025, 3, 29), True, "补班"),), issued=D(2025, 3, 20), region="6401")


@pytest.mark.article("放假办法", 4)
@pytest.mark.parametrize(("region", "working"), [("", True), ("41", True), ("64", False), ("640105", False)])
def test_a_local_holiday_holds_in_its_region_and_inside_it(region: str, working: bool) -> None:
    assert RegionalCalendars([MENGHUI]).of(region).is_working_day(D(2025, 3, 31)) is working


def test_notices_of_wider_and_narrower_regions_add_up() -> None:
    places = RegionalCalendars([CITY, MENGHUI])
    assert places.of("640105").add_working_days(D(2025, 3, 28), 1).day == D(2025, 3, 29)
    assert places.of("6402").add_working_days(D(2025, 3, 28), 1).day == D(2025, 4, 1)
    assert places.of("6401", known_on=D(2025, 3, 1)).add_working_days(D(2025, 3, 28), 1).day == D(2025, 4, 1)
    assert places.of("6401") is places.of("6401")


def test_a_local_holiday_stands_against_a_later_national_notice() -> None:
    local = DayNotice("地方", (DayChange(D(2026, 11, 3), False, "地方"),), region="65", issued=D(2026, 1, 1))
    national = DayNotice("全国", (DayChange(D(2026, 11, 3), True, "全国"),), issued=D(2026, 6, 1))
    places = RegionalCalendars([national, local])
    assert not places.of("65").is_working_day(D(2026, 11, 3))
    assert places.of("11").is_working_day(D(2026, 11, 3))


def test_notices_are_read_from_a_file() -> None:
    text = (
        "day,working,source,issued,region\n"
        "2027,,2027年放假通知,2026-11-05,\n"
        "2027-01-01,0,2027年放假通知,2026-11-05,\n"
        "2027-01-04,0,自治区通知,2026-12-01,65\n"
    )
    national, local = read_notices(StringIO(text))
    assert (national.publishes, national.issued, national.region) == ({2027}, D(2026, 11, 5), "")
    assert local.changes == (DayChange(D(2027, 1, 4), False, "自治区通知"),)
    places = RegionalCalendars([national, local])
    assert places.of("11").add_working_days(D(2026, 12, 1), 23) == (D(2027, 1, 4), False)
    assert places.of("65").add_working_days(D(2026, 12, 1), 23) == (D(2027, 1, 5), False)
    assert places.of("11", known_on=D(2026, 11, 4)).add_working_days(D(2026, 12, 1), 23) == (D(2027, 1, 1), True)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("date,kind\n2027-01-01,off\n", 1),
        ("day,working,source,more\n", 1),
        ("day,working,source\n2027-02-30,0,通知\n", 2),
        ("day,working,source\n2027-01-01,yes,通知\n", 2),
        ("day,working,source\n2027-01-01,0,\n", 2),
        ("day,working,source\n2027,1,通知\n", 2),
        ("day,working,source\n2027-01-01,0,甲\n20270101x,0,甲\n", 3),
        ("day,working,source,issued,region\n2027-01-01,0,甲,昨天,\n", 2),
        ("day,working,source,issued,region\n2027-01-01,0,甲,,新疆\n", 2),
    ],
)
def test_a_bad_calendar_file_names_the_line(text: str, line: int) -> None:
    with pytest.raises(CalendarError) as refused:
        read_notices(StringIO(text))
    assert refused.value.code == "bad_calendar_row"
    assert f"第{line}行" in refused.value.message.zh
    assert refused.value.article is not None


# A running case, before and after


@pytest.mark.article("放假办法", 6)
@pytest.mark.article("条例", 33)
def test_x1_both_reckonings_of_a_running_case() -> None:
    found = recalculate(D(2020, 1, 13), (), NATIONAL, D(2020, 1, 20))
    assert (found.before.due, found.after.due) == (D(2020, 2, 13), D(2020, 2, 17))
    assert (found.moved, found.needs_a_person) == (True, False)
    assert found.text.zh == "按2020年1月20日所知的工作日安排，届满日为2020年2月13日；按现行安排为2020年2月17日。"
    assert "春节" in "".join(line.text.zh for line in found.before.explanation)
    still = recalculate(D(2019, 4, 15), (), NATIONAL, D(2019, 3, 21))
    assert not still.moved
    assert still.text.zh.endswith("仍为2019年5月14日。")


def test_a_date_that_comes_nearer_is_for_a_person_to_decide() -> None:
    worked = NATIONAL.with_changes([DayChange(D(2026, 10, 17), True, "补班通知")], issued=D(2026, 10, 12))
    found = recalculate(D(2026, 10, 9), (), worked, D(2026, 10, 11))
    assert found.after.due < found.before.due
    assert found.needs_a_person
    assert "由工作人员决定" in found.text.zh
