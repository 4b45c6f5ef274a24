"""The agreed delay of art. 35, and the consent to an extension."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.clock import (
    AgreedDelay,
    ClockEvent,
    ClockSettings,
    ClockState,
    Consultation,
    Consulted,
    Corrected,
    CorrectionNotice,
    Delivered,
    Extension,
    Reckoning,
    reckon,
)
from gongkai.law.errors import ClockError
from gongkai.law.working_days import Calendar

D = dt.date
NATIONAL = Calendar.national()
RECEIVED = D(2025, 3, 3)  # first limit: 2025-03-31


def clock(*events: ClockEvent, as_of: D | None = None, settings: ClockSettings | None = None) -> Reckoning:
    return reckon(RECEIVED, events, NATIONAL, as_of, settings or ClockSettings())


def code(*events: ClockEvent, settings: ClockSettings | None = None) -> tuple[str, int | None]:
    with pytest.raises(ClockError) as refused:
        clock(*events, settings=settings)
    assert refused.value.article is not None
    return refused.value.code, refused.value.article.number


@pytest.mark.article("条例", 35)
def test_a_told_delay_fixes_the_day() -> None:
    result = clock(AgreedDelay(D(2025, 3, 20), D(2025, 6, 30)), as_of=D(2025, 4, 15))
    assert (result.first_due, result.due, result.state) == (D(2025, 3, 31), D(2025, 6, 30), ClockState.RUNNING)
    assert result.days_used == NATIONAL.working_days_between(RECEIVED, D(2025, 4, 15))
    assert result.days_left == NATIONAL.working_days_between(D(2025, 4, 15), D(2025, 6, 30))
    line = result.explanation[-2]
    assert "申请理由合理，2025年3月20日告知申请人延迟至2025年6月30日（星期一）答复" in line.text.zh
    assert "the reply comes by Mon 2025-06-30" in line.text.en
    assert line.article is not None
    assert line.article.number == 35


@pytest.mark.article("条例", 35)
def test_after_the_delay_the_case_is_late_and_a_reply_by_then_is_not() -> None:
    delay = AgreedDelay(D(2025, 3, 31), D(2025, 4, 30))
    assert clock(delay, as_of=D(2025, 4, 30)).state is ClockState.RUNNING
    assert clock(delay, as_of=D(2025, 5, 1)).state is ClockState.LATE
    assert clock(delay, Delivered(D(2025, 4, 30))).on_time
    assert not clock(delay, Delivered(D(2025, 5, 6))).on_time


@pytest.mark.article("条例", 35)
def test_a_delay_after_an_extension_runs_past_it() -> None:
    extension = Extension(D(2025, 3, 28), 10)  # until 2025-04-15
    result = clock(extension, AgreedDelay(D(2025, 4, 14), D(2025, 5, 30)))
    assert (result.first_due, result.due) == (D(2025, 3, 31), D(2025, 5, 30))
    words = "".join(line.text.zh for line in result.explanation)
    assert "延期10个工作日" in words
    assert "原届满日为2025年4月15日（星期二）。申请理由合理" in words
    assert code(extension, AgreedDelay(D(2025, 4, 14), D(2025, 4, 15))) == ("agreed_delay_not_later", 35)


def test_a_later_consultation_does_not_move_a_day_that_was_told() -> None:
    delay = AgreedDelay(D(2025, 3, 20), D(2025, 6, 30))
    asked = Consultation(D(2025, 4, 1), None, D(2025, 4, 30), Consulted.OTHER)
    result = clock(delay, asked, as_of=D(2025, 4, 15))
    assert (result.due, result.state) == (D(2025, 6, 30), ClockState.PAUSED)


def test_a_long_consultation_after_the_delay_moves_the_limit_past_the_day_told() -> None:
    delay = AgreedDelay(D(2025, 3, 20), D(2025, 4, 10))
    asked = Consultation(D(2025, 3, 24), None, D(2025, 5, 30), Consulted.OTHER)
    result = clock(delay, asked)
    assert result.due == result.first_due == clock(asked).due
    assert result.days_left == 5
    assert "其后征求意见所需时间不计入期限" in result.explanation[-2].text.zh


@pytest.mark.article("条例", 35)
def test_a_delay_is_judged_by_what_was_known_on_its_day() -> None:
    """An answer that came in later moves the limit past the day told, and does not make what was told unlawful."""
    delay = AgreedDelay(D(2025, 3, 20), D(2025, 4, 10))
    for who in Consulted:
        asked = Consultation(D(2025, 3, 10), None, D(2025, 5, 30), who)
        assert clock(asked, delay).due == clock(asked).due
    answered = Consultation(D(2025, 3, 10), None, D(2025, 3, 19), Consulted.OTHER)  # until 2025-04-10
    assert code(answered, delay) == ("agreed_delay_not_later", 35)


@pytest.mark.article("条例", 35)
def test_a_correction_voids_a_delay_told_before() -> None:
    events = (CorrectionNotice(D(2025, 3, 10)), AgreedDelay(D(2025, 3, 11), D(2025, 6, 30)), Corrected(D(2025, 3, 20)))
    assert clock(*events).due == clock(events[0], events[2]).due


@pytest.mark.article("条例", 35)
@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ((AgreedDelay(D(2025, 4, 1), D(2025, 6, 30)),), ("agreed_delay_after_limit", 35)),
        ((AgreedDelay(D(2025, 3, 20), D(2025, 3, 31)),), ("agreed_delay_not_later", 35)),
        ((AgreedDelay(D(2025, 3, 20), D(2025, 1, 1)),), ("agreed_delay_not_later", 35)),
        (
            (AgreedDelay(D(2025, 3, 20), D(2025, 5, 30)), AgreedDelay(D(2025, 3, 21), D(2025, 6, 30))),
            ("second_agreed_delay", 35),
        ),
        ((AgreedDelay(D(2025, 3, 20), D(2025, 5, 30)), Extension(D(2025, 3, 21), 5)), ("extension_after_delay", 35)),
        ((AgreedDelay(D(2025, 3, 2), D(2025, 5, 30)),), ("dates_out_of_order", 33)),
        (
            (Delivered(D(2025, 3, 20)), AgreedDelay(D(2025, 3, 21), D(2025, 5, 30))),
            ("after_delivery", 33),
        ),
    ],
)
def test_what_is_refused_about_a_delay(events: tuple[ClockEvent, ...], expected: tuple[str, int]) -> None:
    assert code(*events) == expected


@given(st.integers(0, 28), st.integers(-60, 200), st.integers(0, 300))
def test_a_delay_is_late_after_its_day_and_never_before(told: int, until: int, later: int) -> None:
    first_due = D(2025, 3, 31)
    last = first_due + dt.timedelta(days=until)
    delay = AgreedDelay(RECEIVED + dt.timedelta(days=told), last)
    if until <= 0:
        assert code(delay)[0] == "agreed_delay_not_later"
        return
    day = delay.on + dt.timedelta(days=later)
    result = clock(delay, as_of=day)
    assert (result.state is ClockState.LATE) is (day > last)
    assert result.days_used + result.days_left == NATIONAL.working_days_between(RECEIVED, last)


# Consent to an extension


@pytest.mark.article("条例", 33)
def test_a_recorded_consent_stands_in_the_explanation() -> None:
    result = clock(Extension(D(2025, 3, 31), 5, consented=D(2025, 3, 28)))
    words = "".join(line.text.zh for line in result.explanation)
    assert "政府信息公开工作机构负责人于2025年3月28日同意，2025年3月31日告知延期5个工作日" in words
    assert "负责人" not in "".join(line.text.zh for line in clock(Extension(D(2025, 3, 31), 5)).explanation)


@pytest.mark.article("条例", 33)
@pytest.mark.parametrize("consented", [D(2025, 4, 1), D(2025, 3, 2)])
def test_consent_comes_after_receipt_and_before_the_notice(consented: D) -> None:
    assert code(Extension(D(2025, 3, 31), 5, consented)) == ("extension_without_consent", 33)


def test_that_consent_is_on_record_can_be_required() -> None:
    strict = ClockSettings(consent_is_recorded=True)
    assert code(Extension(D(2025, 3, 31), 5), settings=strict) == ("extension_without_consent", 33)
    assert clock(Extension(D(2025, 3, 31), 5, D(2025, 3, 31)), settings=strict).due == D(2025, 4, 8)
