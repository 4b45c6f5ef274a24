"""The time limits as data, and their last days."""

from __future__ import annotations

import datetime as dt

import pytest

from gongkai.law.citations import REG, Article
from gongkai.law.errors import LawError
from gongkai.law.texts import Text
from gongkai.law.time_limits import TIME_LIMITS, Bound, TimeLimit, Unit
from gongkai.law.working_days import Calendar

D = dt.date
NATIONAL = Calendar.national()


# Typed from the statutes, row by row, not from the code.
@pytest.mark.article("条例", 12)
@pytest.mark.article("条例", 18)
@pytest.mark.article("条例", 26)
@pytest.mark.article("条例", 31)
@pytest.mark.article("条例", 33)
@pytest.mark.article("条例", 49)
@pytest.mark.parametrize(
    ("number", "key", "wording", "article"),
    [
        (1, "publication", "20个工作日", REG(26)),
        (2, "guide_update", "及时", REG(12)),
        (3, "reassessment", "定期", REG(18)),
        (4, "letter_confirmation", "当日", REG(31)),
        (5, "correction_notice", "7个工作日", REG(30)),
        (6, "correction", "合理期限", REG(30)),
        (7, "reply", "20个工作日", REG(33, 2)),
        (8, "extension", "不超过20个工作日", REG(33, 2)),
        (9, "third_party", "15个工作日", REG(32)),
        (10, "co_producer", "15个工作日", REG(34)),
        (11, "other_agency", "未规定期限", REG(33, 3)),
        (12, "agreed_delay", "合理期限", REG(35)),
        (13, "third_party_notice", "未规定期限", REG(32)),
        (14, "information_correction", "未规定期限", REG(41)),
        (15, "fee_notice", "答复期限内", Article("收费办法", None, certainty="M")),
        (16, "fee_payment", "20个工作日", Article("收费办法", None, certainty="M")),
        (17, "reply_after_fee", "20个工作日", Article("收费办法", None, certainty="U")),
        (18, "department_report", "1月31日前", REG(49)),
        (19, "government_report", "3月31日前", REG(49)),
        (20, "complaint", "15个工作日", REG(47)),
        (21, "review", "60日", Article("行政复议法", 20)),
        (22, "review_examination", "5个工作日", Article("行政复议法", 30)),
        (23, "review_supplement", "通知补正5个工作日、申请人补正10个工作日", Article("行政复议法", 31)),
        (24, "review_copy", "简易程序3个工作日、普通程序7个工作日", Article("行政复议法", 48)),
        (25, "review_answer", "简易程序5个工作日、普通程序10个工作日", Article("行政复议法", 48)),
        (26, "review_decision", "简易程序30日、普通程序60日", Article("行政复议法", 62)),
        (27, "review_opinion", "60日", Article("行政复议法", 76)),
        (28, "suit_after_review", "15日", Article("行政诉讼法", 45)),
        (29, "suit", "6个月", Article("行政诉讼法", 46)),
        (30, "suit_untold", "不超过1年", Article("行诉解释", 64)),
        (31, "suit_no_reply", "6个月", Article("行诉解释", 66)),
        (32, "court_evidence", "15日", Article("行政诉讼法", 67)),
        (33, "first_judgment", "简易程序45日、普通程序6个月", Article("行政诉讼法", 81)),
        (34, "appeal", "裁定10日、判决15日", Article("行政诉讼法", 85)),
        (35, "leak", "立即", Article("个人信息保护法", 57)),
        (36, "assessment_records", "不少于3年", Article("个人信息保护法", 56)),
    ],
)
def test_limits(number: int, key: str, wording: str, article: Article) -> None:
    limit = TIME_LIMITS[key]
    assert (limit.number, limit.wording.zh, limit.article) == (number, wording, article)


def test_all_thirty_six_rows_are_there_in_order_and_complete() -> None:
    assert sorted(limit.number for limit in TIME_LIMITS.values()) == list(range(1, 37))
    for key, limit in TIME_LIMITS.items():
        assert limit.key == key
        for text in (limit.start, limit.consequence, limit.wording, limit.interrupted_by, limit.note):
            assert text is None or text.zh
            assert text is None or text.en.isascii()
        assert (limit.length is None) or limit.days > 0


def test_what_is_not_confirmed_says_so() -> None:
    doubtful = {limit.key: limit.certainty for limit in TIME_LIMITS.values() if limit.certainty != "C"}
    assert doubtful == {
        "information_correction": "I",
        "fee_notice": "M",
        "fee_payment": "M",
        "reply_after_fee": "U",
        "complaint": "I",
    }
    assert all(TIME_LIMITS[key].note for key, mark in doubtful.items() if mark in "UI")


# Last days


@pytest.mark.parametrize(
    ("key", "variant", "start", "last"),
    [
        pytest.param("publication", None, D(2026, 9, 18), D(2026, 10, 22), id="24 published within 20 working days"),
        pytest.param("letter_confirmation", None, D(2025, 4, 3), D(2025, 4, 3), id="the same day"),
        pytest.param("correction_notice", None, D(2025, 4, 25), D(2025, 5, 8), id="12"),
        pytest.param("third_party", None, D(2025, 3, 24), D(2025, 4, 15), id="18"),
        pytest.param("co_producer", None, D(2026, 4, 24), D(2026, 5, 19), id="20"),
        pytest.param("fee_payment", None, D(2026, 1, 30), D(2026, 3, 5), id="23"),
        pytest.param("department_report", None, D(2025, 12, 31), D(2026, 1, 31), id="a Saturday, and it stays"),
        pytest.param("government_report", None, D(2025, 6, 1), D(2026, 3, 31), id="of that year"),
        pytest.param("review", None, D(2025, 12, 18), D(2026, 2, 24), id="25b"),
        pytest.param("review_examination", None, D(2026, 2, 11), D(2026, 2, 25), id="X5 five working days"),
        pytest.param("review_decision", "simple", D(2026, 1, 20), D(2026, 2, 24), id="X5 simple"),
        pytest.param("review_decision", "ordinary", D(2026, 1, 20), D(2026, 3, 23), id="X5 ordinary"),
        pytest.param("suit_after_review", None, D(2026, 2, 6), D(2026, 2, 24), id="X4"),
        pytest.param("suit", None, D(2025, 8, 29), D(2026, 2, 28), id="X6"),
        pytest.param("suit_no_reply", None, D(2025, 7, 21), D(2026, 1, 21), id="X3"),
        pytest.param("suit_untold", None, D(2024, 2, 29), D(2025, 2, 28), id="a year from a 29 February"),
        pytest.param("first_judgment", "simple", D(2025, 8, 1), D(2025, 9, 15), id="45 days"),
        pytest.param("appeal", "ruling", D(2025, 8, 1), D(2025, 8, 11), id="ten days"),
    ],
)
def test_last_days(key: str, variant: str | None, start: D, last: D) -> None:
    limit = TIME_LIMITS[key] if variant is None else TIME_LIMITS[key].variant(variant)
    assert limit.last_day(start, NATIONAL).day == last


def test_an_extension_of_a_limit() -> None:
    decision = TIME_LIMITS["review_decision"].variant("ordinary")
    assert decision.last_day(D(2026, 3, 2), NATIONAL, added=30).day == D(2026, 6, 1)
    assert TIME_LIMITS["reply"].last_day(D(2025, 3, 3), NATIONAL, added=20).day == D(2025, 4, 28)
    for limit, days in ((TIME_LIMITS["reply"], 21), (decision, 31), (TIME_LIMITS["suit"], 1), (decision, -1)):
        with pytest.raises(LawError) as refused:
            limit.last_day(D(2026, 3, 2), NATIONAL, added=days)
        assert (refused.value.code, refused.value.article) == ("extension_too_long", limit.article)


@pytest.mark.parametrize("key", [key for key, limit in TIME_LIMITS.items() if limit.length is None])
def test_a_standard_is_no_number_of_days(key: str) -> None:
    limit = TIME_LIMITS[key]
    with pytest.raises(ValueError, match="has no number"):
        _ = limit.days
    if limit.fixed or limit.unit is Unit.SAME_DAY:
        return
    with pytest.raises(LawError) as refused:
        limit.last_day(D(2025, 3, 3), NATIONAL)
    assert refused.value.code == "limit_without_number"
    assert refused.value.article is not None


def test_a_variant_that_does_not_exist() -> None:
    with pytest.raises(KeyError):
        TIME_LIMITS["review_decision"].variant("summary")


def row(unit: Unit, length: int | None = None, **more: object) -> TimeLimit:
    nothing = Text("无", "none")
    return TimeLimit("x", 1, nothing, unit, length, nothing, (REG(49),), **more)  # type: ignore[arg-type]


def test_the_shape_holds_limits_of_every_kind() -> None:
    report = row(Unit.FIXED_DATE, fixed=(1, 31))
    assert (report.wording.zh, report.wording.en) == ("1月31日前", "by 31 January")
    assert row(Unit.REASONABLE).wording.zh == "合理期限"
    assert row(Unit.YEARS, 3, bound=Bound.AT_LEAST).wording.zh == "不少于3年"
    assert row(Unit.CALENDAR_DAYS, 30, may_add=30).wording.en == "30 calendar days"
    assert TIME_LIMITS["appeal"].wording.en == "ruling: 10 calendar days; judgment: 15 calendar days"


def test_every_unit_has_a_label() -> None:
    assert all(unit.label.zh and unit.label.en for unit in Unit)
