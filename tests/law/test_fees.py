"""The processing fee: the published vectors, the bands, the month, and when none may be charged."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.errors import ClockError, FeeError
from gongkai.law.fees import (
    MOST,
    Band,
    CountedApplication,
    FeeMethod,
    FeeSettings,
    MonthFollows,
    charge,
    fee_for_items,
    fee_for_pages,
    item_rate,
    items_before,
    page_rate,
)
from gongkai.law.working_days import Calendar

D = dt.date
NATIONAL = Calendar.national()


@pytest.mark.article("条例", 42)
@pytest.mark.article("收费办法", 4)
@pytest.mark.parametrize(
    ("items", "yuan"),
    [(1, 0), (10, 0), (11, 100), (30, 2000), (31, 2200), (40, 4000), (41, 4300), (47, 6100), (100, 37000)],
)
def test_by_item(items: int, yuan: int) -> None:
    assert fee_for_items(items).amount == yuan


@pytest.mark.article("条例", 42)
@pytest.mark.article("收费办法", 5)
@pytest.mark.parametrize(
    ("pages", "yuan"),
    [(1, 0), (30, 0), (31, 10), (68, 380), (100, 700), (101, 720), (200, 2700), (201, 2740), (250, 4700)],
)
def test_by_page(pages: int, yuan: int) -> None:
    assert fee_for_pages(pages).amount == yuan


def test_the_bands_say_how_the_amount_comes_about() -> None:
    assert fee_for_items(47).bands == (Band(1, 10, 0), Band(11, 30, 100), Band(31, 40, 200), Band(41, 47, 300))
    assert fee_for_pages(201).bands == (Band(1, 30, 0), Band(31, 100, 10), Band(101, 200, 20), Band(201, 201, 40))
    assert (fee_for_items(47).method, fee_for_items(47).count) == (FeeMethod.ITEMS, 47)
    assert FeeMethod.PAGES.label.zh == "按量计收"
    assert FeeMethod.PAGES.article.number == 5


@given(st.integers(1, 3000))
def test_a_fee_is_the_sum_of_the_rates(count: int) -> None:
    assert fee_for_items(count).amount == sum(item_rate(n) for n in range(1, count + 1))
    assert fee_for_pages(count).amount == sum(page_rate(n) for n in range(1, count + 1))
    assert fee_for_items(count).count == fee_for_pages(count).count == count


@given(st.integers(1, 200), st.integers(1, 200))
def test_items_of_a_month_cost_the_same_in_one_application_or_in_two(first: int, second: int) -> None:
    together = fee_for_items(first + second).amount
    assert fee_for_items(first).amount + fee_for_items(second, before=first).amount == together


@pytest.mark.parametrize("count", [0, -1, MOST + 1, 10**30])
def test_a_count_that_is_none(count: int) -> None:
    for call in (fee_for_items, fee_for_pages):
        with pytest.raises(FeeError) as refused:
            call(count)
        assert refused.value.code == "fee_count"
        assert refused.value.article is not None
    with pytest.raises(FeeError):
        fee_for_items(1, before=-1)
    with pytest.raises(FeeError):
        fee_for_items(MOST, before=1)


# The month


def application(applicant: str, agency: str, submitted: D, received: D, items: int = 1) -> CountedApplication:
    return CountedApplication(applicant, agency, submitted, received, items)


EARLIER = [
    application("chen", "city", D(2026, 4, 30), D(2026, 5, 6), items=9),
    application("chen", "city", D(2026, 5, 7), D(2026, 5, 7), items=2),
    application("chen", "county", D(2026, 5, 8), D(2026, 5, 8), items=40),
    application("wang", "city", D(2026, 5, 8), D(2026, 5, 8), items=40),
    application("chen", "city", D(2025, 5, 8), D(2025, 5, 8), items=40),
]
NOW = application("chen", "city", D(2026, 5, 31), D(2026, 5, 31))


@pytest.mark.article("收费办法", 4)
@pytest.mark.parametrize(
    ("reading", "before"),
    [
        pytest.param(FeeSettings(), 11, id="received in May, this agency"),
        pytest.param(FeeSettings(month_follows=MonthFollows.SUBMISSION), 2, id="submitted in May"),
        pytest.param(FeeSettings(per_agency=False), 51, id="all agencies together"),
    ],
)
def test_items_of_the_same_applicant_in_the_same_natural_month(reading: FeeSettings, before: int) -> None:
    assert items_before(NOW, EARLIER, reading) == before


def test_the_default_counts_per_agency_by_receipt() -> None:
    assert items_before(NOW, EARLIER) == 11
    assert fee_for_items(NOW.items, items_before(NOW, EARLIER)).amount == 100


# Charging


@pytest.mark.article("收费办法", None)
def test_example_22_a_charge_inside_the_limit_has_its_last_day_to_pay() -> None:
    found = charge(
        fee_for_pages(68),
        notified=D(2025, 8, 20),
        received=D(2025, 8, 22),
        reply_due=D(2025, 8, 29),
        calendar=NATIONAL,
    )
    assert (found.quote.amount, found.pay_by.day) == (380, D(2025, 9, 19))


def test_without_a_known_receipt_the_day_of_the_notice_counts() -> None:
    found = charge(fee_for_items(11), notified=D(2026, 1, 30), reply_due=D(2026, 1, 30), calendar=NATIONAL)
    assert found.pay_by.day == D(2026, 3, 5)


def test_no_fee_outside_the_reply_limit() -> None:
    with pytest.raises(ClockError) as refused:
        charge(fee_for_pages(68), notified=D(2025, 9, 1), reply_due=D(2025, 8, 29), calendar=NATIONAL)
    assert refused.value.code == "fee_notice_after_limit"
    assert refused.value.article is not None


@pytest.mark.article("条例", 42)
@pytest.mark.parametrize(
    ("pages", "more", "code"),
    [
        (30, {}, "nothing_to_charge"),
        (68, {"copies": False}, "no_copies"),
        (68, {"received": D(2025, 8, 19)}, "received_before_notice"),
    ],
)
def test_no_fee(pages: int, more: dict[str, object], code: str) -> None:
    with pytest.raises(FeeError) as refused:
        charge(
            fee_for_pages(pages),
            notified=D(2025, 8, 20),
            reply_due=D(2025, 8, 29),
            calendar=NATIONAL,
            **more,  # type: ignore[arg-type]
        )
    assert refused.value.code == code
    assert refused.value.article is not None
    assert refused.value.message.en
