"""The time limits as data."""

from __future__ import annotations

import pytest

from gongkai.law.citations import REG, Article
from gongkai.law.texts import Text
from gongkai.law.time_limits import TIME_LIMITS, Bound, TimeLimit, Unit


@pytest.mark.article("条例", 33)
@pytest.mark.parametrize(
    ("key", "wording", "article"),
    [
        ("correction_notice", "7个工作日", REG(30)),
        ("reply", "20个工作日", REG(33, 2)),
        ("extension", "不超过20个工作日", REG(33, 2)),
        ("third_party", "15个工作日", REG(32)),
        ("co_producer", "15个工作日", REG(34)),
        ("fee_payment", "20个工作日", Article("收费办法", None, certainty="M")),
        ("review", "60日", Article("行政复议法", 20)),
        ("suit_after_review", "15日", Article("行政诉讼法", 45)),
        ("suit", "6个月", Article("行政诉讼法", 46)),
    ],
)
def test_limits(key: str, wording: str, article: Article) -> None:
    limit = TIME_LIMITS[key]
    assert limit.wording.zh == wording
    assert limit.article == article


def test_rows_are_complete_and_numbered_once() -> None:
    numbers = [limit.number for limit in TIME_LIMITS.values()]
    assert numbers == sorted(set(numbers))
    assert all(1 <= number <= 36 for number in numbers)
    for key, limit in TIME_LIMITS.items():
        assert limit.key == key
        assert limit.days > 0
        for text in (limit.start, limit.consequence, limit.wording):
            assert text.zh
            assert text.en.isascii()


def row(unit: Unit, length: int | None = None, **more: object) -> TimeLimit:
    nothing = Text("无", "none")
    return TimeLimit("x", 1, nothing, unit, length, nothing, (REG(49),), **more)  # type: ignore[arg-type]


def test_the_shape_holds_limits_of_every_other_kind() -> None:
    report = row(Unit.FIXED_DATE, fixed=(1, 31))
    assert (report.wording.zh, report.wording.en) == ("1月31日前", "by 31 January")
    assert row(Unit.REASONABLE).wording.zh == "合理期限"
    assert row(Unit.YEARS, 3, bound=Bound.AT_LEAST).wording.zh == "不少于3年"
    assert row(Unit.CALENDAR_DAYS, 30, may_add=30).wording.en == "30 calendar days"
    with pytest.raises(ValueError, match="has no number"):
        _ = row(Unit.TIMELY).days


def test_every_unit_has_a_label() -> None:
    assert all(unit.label.zh and unit.label.en for unit in Unit)
