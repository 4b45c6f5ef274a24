"""The day of receipt, channel by channel."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.errors import ClockError
from gongkai.law.receipts import Arrival, Channel, Receipt, ReceiptRule, ReceiptSettings, receipt_of
from gongkai.law.working_days import Calendar

D = dt.date
NATIONAL = Calendar.national()
SYSTEM = ReceiptSettings(internet=ReceiptRule.SYSTEM, email=ReceiptRule.SYSTEM)


def receipt(
    channel: Channel, arrived: D, confirmed: D | None = None, reading: ReceiptSettings | None = None, **more: bool
) -> Receipt | None:
    return receipt_of(Arrival(channel, arrived, confirmed, **more), NATIONAL, reading)


def due(found: Receipt | None) -> D:
    assert found is not None
    return NATIONAL.add_working_days(found.day, 20).day


@pytest.mark.article("条例", 31)
def test_in_person_and_signed_mail_count_from_the_day_itself() -> None:
    assert due(receipt(Channel.IN_PERSON, D(2025, 1, 20))) == D(2025, 2, 21)
    example_7 = receipt(Channel.SIGNED_MAIL, D(2025, 3, 15))
    assert example_7 is not None
    assert (example_7.day.weekday(), due(example_7)) == (5, D(2025, 4, 14))
    assert example_7.article.zh == "《政府信息公开条例》第三十一条第（二）项"


@pytest.mark.article("条例", 31)
@pytest.mark.article("期限解释", None)
def test_example_9_an_ordinary_letter() -> None:
    same_day = receipt(Channel.ORDINARY_MAIL, D(2025, 4, 3), D(2025, 4, 3))
    assert due(same_day) == D(2025, 5, 6)
    restored = receipt(Channel.ORDINARY_MAIL, D(2025, 4, 3), D(2025, 4, 7), unreachable=True)
    assert due(restored) == D(2025, 5, 7)
    assert same_day is not None
    assert restored is not None
    assert (same_day.warning, restored.warning) == (None, None)
    assert restored.article.instrument == "期限解释"
    assert "恢复联系之日" in restored.text.zh


@pytest.mark.article("条例", 31)
def test_a_letter_confirmed_late_for_no_reason_is_warned_of_and_may_count_from_its_arrival() -> None:
    late = receipt(Channel.ORDINARY_MAIL, D(2025, 4, 3), D(2025, 4, 7))
    assert late is not None
    assert (late.day, late.warning is not None) == (D(2025, 4, 7), True)
    strict = ReceiptSettings(late_letter_from_arrival=True)
    found = receipt(Channel.ORDINARY_MAIL, D(2025, 4, 3), D(2025, 4, 7), strict)
    assert found is not None
    assert found.day == D(2025, 4, 3)


@pytest.mark.article("条例", 31)
def test_example_10_online_under_both_rules() -> None:
    both = receipt(Channel.WEB, D(2025, 6, 21), D(2025, 6, 23))
    assert due(both) == D(2025, 7, 21)
    system = receipt(Channel.WEB, D(2025, 6, 21), D(2025, 6, 23), SYSTEM)
    assert due(system) == D(2025, 7, 18)
    assert system is not None
    assert "系统提示提交成功之日" in system.text.zh


@pytest.mark.article("条例", 31)
@pytest.mark.parametrize("channel", [Channel.WEB, Channel.EMAIL, Channel.FAX, Channel.ORDINARY_MAIL])
def test_while_the_confirmation_is_awaited_there_is_no_receipt(channel: Channel) -> None:
    assert receipt(channel, D(2025, 6, 21)) is None


def test_the_two_internet_rules_are_set_apart_and_fax_always_needs_both() -> None:
    web_only = ReceiptSettings(internet=ReceiptRule.SYSTEM)
    assert receipt(Channel.WEB, D(2025, 6, 20), None, web_only) is not None
    assert receipt(Channel.EMAIL, D(2025, 6, 20), None, web_only) is None
    assert receipt(Channel.EMAIL, D(2025, 6, 20), None, SYSTEM) is not None
    assert receipt(Channel.FAX, D(2025, 6, 20), None, SYSTEM) is None


@pytest.mark.parametrize(
    ("confirmed", "warned"), [(D(2025, 6, 20), False), (D(2025, 6, 23), False), (D(2025, 6, 24), True)]
)
def test_a_confirmation_more_than_a_working_day_later_is_warned_of(confirmed: D, warned: bool) -> None:
    found = receipt(Channel.WEB, D(2025, 6, 20), confirmed)
    assert found is not None
    assert (found.warning is not None) is warned


def test_a_confirmation_before_the_arrival_is_refused() -> None:
    with pytest.raises(ClockError) as refused:
        receipt(Channel.WEB, D(2025, 6, 21), D(2025, 6, 20))
    assert refused.value.code == "confirmed_before_arrival"
    assert refused.value.article is not None
    assert refused.value.article.number == 31


@given(
    st.sampled_from(Channel),
    st.dates(D(2019, 5, 15), D(2026, 6, 1)),
    st.integers(0, 30),
    st.sampled_from([None, SYSTEM, ReceiptSettings(late_letter_from_arrival=True)]),
    st.booleans(),
)
def test_a_receipt_lies_between_arrival_and_confirmation(
    channel: Channel, arrived: D, days: int, reading: ReceiptSettings | None, unreachable: bool
) -> None:
    confirmed = arrived + dt.timedelta(days=days)
    found = receipt(channel, arrived, confirmed, reading, unreachable=unreachable)
    assert found is not None
    assert found.day in (arrived, confirmed)
    assert found.article.instrument in ("条例", "期限解释")
    assert channel.label.zh
