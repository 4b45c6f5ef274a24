"""Hints about applications that come again and again: what they say, and from which number on."""

from __future__ import annotations

import datetime as dt

import pytest

from gongkai.law.fees import fee_for_items, fee_for_pages
from gongkai.law.repeated import (
    PublicationSettings,
    VolumeSettings,
    month_counts,
    pages_hint,
    publication_hint,
    volume_hint,
)

D = dt.date


def test_days_are_counted_by_natural_month_and_in_order() -> None:
    days = [D(2025, 4, 30), D(2025, 3, 1), D(2025, 3, 31), D(2024, 4, 1)]
    assert list(month_counts(days).items()) == [((2024, 4), 1), ((2025, 3), 2), ((2025, 4), 1)]
    assert month_counts([]) == {}


@pytest.mark.article("条例", 35)
def test_more_than_ten_in_a_month_is_worth_a_look_and_no_more_than_that() -> None:
    assert volume_hint({(2025, 3): 10, (2025, 4): 10}) is None
    hint = volume_hint({(2025, 4): 12, (2025, 2): 3, (2025, 3): 11})
    assert hint is not None
    assert "2025年3月11件、2025年4月12件" in hint.zh
    assert "2025年2月" not in hint.zh
    assert "条例没有规定具体数量" in hint.zh
    assert "可以要求申请人说明理由" in hint.zh
    assert "11 in 2025-03, 12 in 2025-04" in hint.en
    assert volume_hint({}) is None


def test_an_office_may_set_another_number() -> None:
    strict = VolumeSettings(items_a_month=2, pages_an_application=5)
    assert volume_hint({(2025, 3): 2}, strict) is None
    assert "超过每月2件" in str(volume_hint({(2025, 3): 3}, strict))
    assert pages_hint(5, strict) is None
    assert "涉及6页，超过5页" in str(pages_hint(6, strict))


@pytest.mark.article("收费办法", 4)
def test_the_numbers_are_those_free_of_fee() -> None:
    usual = VolumeSettings()
    assert fee_for_items(usual.items_a_month).amount == 0 < fee_for_items(usual.items_a_month + 1).amount
    pages = usual.pages_an_application
    assert fee_for_pages(pages).amount == 0 < fee_for_pages(pages + 1).amount
    assert pages_hint(pages) is None
    assert "第四十二条" in str(pages_hint(pages + 1))


@pytest.mark.article("条例", 44)
def test_three_applicants_for_the_same_suggest_publication() -> None:
    assert publication_hint(2) is None
    hint = publication_hint(3)
    assert hint is not None
    assert "3个申请人就相同政府信息提出申请" in hint.zh
    assert "可以纳入主动公开的范围" in hint.zh
    assert hint.en.isascii()
    assert publication_hint(3, PublicationSettings(applicants=4)) is None
    assert publication_hint(2, PublicationSettings(applicants=2)) is not None
