"""The 21 outcomes: order, codes, official labels, articles, and when review comes first."""

from __future__ import annotations

import datetime as dt

import pytest

from gongkai.law.citations import REG
from gongkai.law.errors import LawError
from gongkai.law.outcome_rows import outcome_row, outcome_rows
from gongkai.law.outcomes import OUTCOMES, REVIEW_FIRST_SINCE, Outcome, ReviewFirstSettings
from gongkai.law.report_form import form_for_year, table_3_rows

BEFORE, SINCE = dt.date(2023, 12, 31), dt.date(2024, 1, 1)

# Typed from the official form of 国办公开办函〔2021〕30号, not from the code.
ROWS = [
    ("A1", "granted", "（一）予以公开"),
    ("A2", "partially_granted", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
    ("B1", "state_secret", "1.属于国家秘密"),
    ("B2", "prohibited_by_law", "2.其他法律行政法规禁止公开"),
    ("B3", "endangers_security", "3.危及“三安全一稳定”"),
    ("B4", "third_party_rights", "4.保护第三方合法权益"),
    ("B5", "internal_affairs", "5.属于三类内部事务信息"),
    ("B6", "process_information", "6.属于四类过程性信息"),
    ("B7", "enforcement_file", "7.属于行政执法案卷"),
    ("B8", "administrative_query", "8.属于行政查询事项"),
    ("C1", "not_held", "1.本机关不掌握相关政府信息"),
    ("C2", "needs_creation", "2.没有现成信息需要另行制作"),
    ("C3", "still_unclear", "3.补正后申请内容仍不明确"),
    ("D1", "petition", "1.信访举报投诉类申请"),
    ("D2", "repeated", "2.重复申请"),
    ("D3", "published_material", "3.要求提供公开出版物"),
    ("D4", "abusive_volume", "4.无正当理由大量反复申请"),
    ("D5", "reissue", "5.要求行政机关确认或重新出具已获取信息"),
    ("E1", "correction_lapsed", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    ("E2", "fee_unpaid", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
    ("E3", "other", "3.其他"),
]
GROUPS = {"B": "（三）不予公开", "C": "（四）无法提供", "D": "（五）不予处理", "E": "（六）其他处理"}


@pytest.mark.article("条例", 36)
def test_rows_are_the_official_ones_in_official_order() -> None:
    assert [(rule.code, outcome.value, rule.row.zh) for outcome, rule in OUTCOMES.items()] == ROWS
    assert list(OUTCOMES) == list(Outcome)


def test_groups() -> None:
    for rule in OUTCOMES.values():
        assert rule.group.zh == (GROUPS.get(rule.code[0]) or rule.row.zh)


def test_names_stand_alone() -> None:
    assert Outcome.GRANTED.label.zh == "予以公开"
    assert Outcome.STATE_SECRET.label.zh == "不予公开（属于国家秘密）"
    assert Outcome.NOT_HELD.label.en == "Unable to provide: information not held by this agency"
    assert len({rule.name.zh for rule in OUTCOMES.values()}) == 21


def test_every_outcome_is_complete() -> None:
    for outcome, rule in OUTCOMES.items():
        assert outcome.rule is rule
        assert rule.outcome is outcome
        for text in (rule.row, rule.group, rule.name, rule.reply):
            assert text.zh
            assert text.en.isascii()
        assert rule.articles or outcome is Outcome.OTHER


@pytest.mark.article("条例", 14)
@pytest.mark.article("条例", 15)
@pytest.mark.article("条例", 16)
@pytest.mark.article("条例", 35)
@pytest.mark.article("条例", 37)
@pytest.mark.article("条例", 38)
@pytest.mark.article("条例", 39)
@pytest.mark.parametrize(
    ("outcome", "article"),
    [
        (Outcome.GRANTED, REG(36, item=2)),
        (Outcome.PARTIALLY_GRANTED, REG(37)),
        (Outcome.STATE_SECRET, REG(14)),
        (Outcome.THIRD_PARTY_RIGHTS, REG(15)),
        (Outcome.INTERNAL_AFFAIRS, REG(16, 1)),
        (Outcome.PROCESS_INFORMATION, REG(16, 2)),
        (Outcome.ENFORCEMENT_FILE, REG(16, 2)),
        (Outcome.NOT_HELD, REG(36, item=4)),
        (Outcome.NEEDS_CREATION, REG(38)),
        (Outcome.STILL_UNCLEAR, REG(30)),
        (Outcome.PETITION, REG(39, 1)),
        (Outcome.REPEATED, REG(36, item=6)),
        (Outcome.PUBLISHED_MATERIAL, REG(39, 2)),
        (Outcome.ABUSIVE_VOLUME, REG(35)),
        (Outcome.CORRECTION_LAPSED, REG(30)),
        (Outcome.FEE_UNPAID, REG(42)),
    ],
)
def test_basis(outcome: Outcome, article: object) -> None:
    assert article in OUTCOMES[outcome].articles


@pytest.mark.article("行政复议法", 23)
def test_review_comes_first_for_refusals_since_2024() -> None:
    first = [rule.code for rule in OUTCOMES.values() if rule.review_first(SINCE)]
    assert first == ["A2", "B1", "B2", "B3", "B4", "B5", "B6", "B7"]
    assert [rule.code for rule in OUTCOMES.values() if rule.review_first(BEFORE)] == []
    assert REVIEW_FIRST_SINCE == SINCE


def test_partial_disclosure_and_administrative_query_are_settings() -> None:
    other_way = ReviewFirstSettings(partially_granted=False, administrative_query=True)
    assert not OUTCOMES[Outcome.PARTIALLY_GRANTED].review_first(SINCE, other_way)
    assert OUTCOMES[Outcome.ADMINISTRATIVE_QUERY].review_first(SINCE, other_way)
    assert not OUTCOMES[Outcome.ADMINISTRATIVE_QUERY].review_first(BEFORE, other_way)
    assert OUTCOMES[Outcome.STATE_SECRET].review_first(SINCE, other_way)


@pytest.mark.article("条例", 10)
@pytest.mark.article("条例", 36)
def test_a_reply_that_the_information_is_not_held_names_who_holds_it() -> None:
    reply = OUTCOMES[Outcome.NOT_HELD].reply
    assert "能够确定负责机关的，告知其名称、联系方式" in reply.zh
    assert "name and contact" in reply.en


@pytest.mark.article("条例", 14)
@pytest.mark.article("条例", 15)
@pytest.mark.article("条例", 16)
def test_every_refusal_must_state_its_ground() -> None:
    for rule in OUTCOMES.values():
        if rule.refuses:
            assert rule.reply.zh.startswith(("说明", "写明")), rule.code
            assert rule.articles


@pytest.mark.article("条例", 38)
def test_what_would_have_to_be_made_need_not_be_made() -> None:
    assert "加工、分析" in OUTCOMES[Outcome.NEEDS_CREATION].reply.zh
    assert OUTCOMES[Outcome.NEEDS_CREATION].articles == (REG(38),)


def test_what_discloses_and_what_refuses() -> None:
    assert [r.code for r in OUTCOMES.values() if r.discloses] == ["A1", "A2"]
    assert [r.code for r in OUTCOMES.values() if r.refuses] == [f"B{n}" for n in range(1, 9)]


# The rows of the annual report


@pytest.mark.article("条例", 50)
@pytest.mark.article("年度报告格式", None)
@pytest.mark.parametrize("year", [2021, 2025])
def test_since_2021_each_outcome_has_its_row(year: int) -> None:
    rows = outcome_rows(year)
    assert [row.label.zh for row in rows] == [label for _, _, label in ROWS]
    assert [row.outcomes for row in rows] == [(outcome,) for outcome in Outcome]


@pytest.mark.article("年度报告格式2019", None)
@pytest.mark.parametrize("year", [2019, 2020])
def test_in_2019_and_2020_there_are_nineteen_rows_and_a_total(year: int) -> None:
    rows = outcome_rows(year)
    assert len(rows) == 19
    assert [row.label.zh for row in rows[:18]] == [label for code, _, label in ROWS if code[0] != "E"]
    assert (rows[18].label.zh, rows[18].group) == ("（六）其他处理", None)
    assert [OUTCOMES[outcome].code for outcome in rows[18].outcomes] == ["E1", "E2", "E3"]
    assert outcome_row(Outcome.FEE_UNPAID, year) is outcome_row(Outcome.OTHER, year) is rows[18]


@pytest.mark.parametrize("year", range(2019, 2027))
def test_every_outcome_is_counted_once_and_in_a_row_of_the_form(year: int) -> None:
    rows = outcome_rows(year)
    assert [outcome for row in rows for outcome in row.outcomes] == list(Outcome)
    form = form_for_year(year)
    assert form is not None
    leaves = [row for row in table_3_rows(form) if row.part and row.key != "total"]
    assert [(row.key, row.label, row.group) for row in leaves] == [(row.key, row.label, row.group) for row in rows]


def test_before_2019_there_was_no_form() -> None:
    with pytest.raises(LawError) as refused:
        outcome_rows(2018)
    assert refused.value.code == "no_national_form"
    assert refused.value.article is not None
