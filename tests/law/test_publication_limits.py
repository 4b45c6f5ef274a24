"""What the words of a standard catalogue say about when to publish."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.publication_limits import LimitKind, PublicationLimit, read_limit
from gongkai.law.working_days import Calendar

WORDS = [
    ("信息形成或者变更之日起20个工作日内", LimitKind.WORKING_DAYS, 20),
    ("自信息形成（变更）之日起３个工作日内", LimitKind.WORKING_DAYS, 3),
    ("二十个工作日内", LimitKind.WORKING_DAYS, 20),
    ("作出行政处罚决定之日起7个工作日内，公示期限3年", LimitKind.WORKING_DAYS, 7),
    ("自批准后20日内", LimitKind.CALENDAR_DAYS, 20),
    ("24小时内", LimitKind.CALENDAR_DAYS, 1),
    ("实时公开", LimitKind.PROMPTLY, 0),
    ("按进展情况及时公开", LimitKind.PROMPTLY, 0),
    ("每年1月31日前", LimitKind.INTERVAL, 366),
    ("每季度公开", LimitKind.INTERVAL, 92),
    ("按月公开", LimitKind.INTERVAL, 31),
    ("每半年", LimitKind.INTERVAL, 184),
    ("长期公开", LimitKind.LASTING, 0),
]


@pytest.mark.parametrize(("words", "kind", "days"), WORDS)
def test_the_words_in_use(words: str, kind: LimitKind, days: int) -> None:
    assert read_limit(words) == PublicationLimit(kind, days)


def test_the_shortest_of_several_holds() -> None:
    assert read_limit("变更之日起20个工作日内，其中结果2个工作日内") == PublicationLimit(LimitKind.WORKING_DAYS, 2)


@pytest.mark.parametrize("words", ["", "从其规定", "征地公告不少于30日", "公示期5日", "十百个工作日"])
def test_what_sets_no_limit_is_not_guessed(words: str) -> None:
    assert read_limit(words) is None


@given(st.text(alphabet="0123456789０９一二十百两每年月季度日天个工作半按及时期内起（） ", max_size=40))
def test_any_words_are_read_or_not_and_never_break(words: str) -> None:
    limit = read_limit(words)
    assert limit is None or limit.days >= 0


@pytest.mark.article("条例", 26)
def test_no_number_means_the_twenty_working_days_of_the_regulation() -> None:
    calendar, formed = Calendar.national(), dt.date(2025, 9, 26)
    twenty = calendar.add_working_days(formed, 20).day
    assert PublicationLimit(LimitKind.PROMPTLY).last_day(formed, calendar) == twenty
    assert PublicationLimit(LimitKind.LASTING).last_day(formed, calendar) == twenty
    # Sunday the 28th was a working day.
    assert PublicationLimit(LimitKind.WORKING_DAYS, 3).last_day(formed, calendar) == dt.date(2025, 9, 30)
    assert PublicationLimit(LimitKind.CALENDAR_DAYS, 20).last_day(formed, calendar) == dt.date(2025, 10, 16)
