"""The remedy paragraph and the organ of review, before and since 2024-01-01."""

from __future__ import annotations

import datetime as dt

import pytest

from gongkai.law.errors import LawError
from gongkai.law.outcomes import Outcome, ReviewFirstSettings
from gongkai.law.remedies import AgencyKind, RemedyOrder, remedy_order, remedy_paragraph, review_organ_kind
from gongkai.law.texts import Text

BEFORE, SINCE = dt.date(2023, 12, 31), dt.date(2024, 1, 1)
REFUSALS = [
    Outcome.STATE_SECRET,
    Outcome.PROHIBITED_BY_LAW,
    Outcome.ENDANGERS_SECURITY,
    Outcome.THIRD_PARTY_RIGHTS,
    Outcome.INTERNAL_AFFAIRS,
    Outcome.PROCESS_INFORMATION,
    Outcome.ENFORCEMENT_FILE,
]


def paragraph(outcome: Outcome, on: dt.date = SINCE, **more: object) -> Text:
    values: dict[str, object] = {"kind": AgencyKind.DEPARTMENT, "review_organ": "郑州市人民政府", **more}
    return remedy_paragraph(outcome, on=on, **values)  # type: ignore[arg-type]


@pytest.mark.article("行政复议法", 23)
@pytest.mark.parametrize("outcome", REFUSALS)
def test_a_refusal_says_that_review_comes_first(outcome: Outcome) -> None:
    assert paragraph(outcome).zh == (
        "对本答复不服的，应当自收到本答复之日起60日内先向郑州市人民政府申请行政复议；"
        "对行政复议决定不服的，可以自收到行政复议决定书之日起15日内向有管辖权的人民法院提起行政诉讼。"
    )
    assert "must first apply" in paragraph(outcome).en


@pytest.mark.article("行政诉讼法", 46)
@pytest.mark.parametrize("outcome", REFUSALS)
def test_before_2024_a_refusal_left_the_choice(outcome: Outcome) -> None:
    assert paragraph(outcome, BEFORE).zh == (
        "对本答复不服的，可以自收到本答复之日起60日内向郑州市人民政府申请行政复议，"
        "或者自收到本答复之日起6个月内向有管辖权的人民法院提起行政诉讼。"
    )


@pytest.mark.parametrize("outcome", sorted(set(Outcome) - set(REFUSALS) - {Outcome.PARTIALLY_GRANTED}, key=str))
def test_all_other_outcomes_leave_the_choice(outcome: Outcome) -> None:
    text = paragraph(outcome)
    assert "可以自收到本答复之日起60日内" in text.zh
    assert "先向" not in text.zh
    assert "or sue" in text.en


def test_a_partial_disclosure_parts_the_remedies() -> None:
    text = paragraph(Outcome.PARTIALLY_GRANTED).zh
    assert text.startswith("对本答复中不予公开的部分不服的，应当自收到本答复之日起60日内先向")
    assert "对本答复的其他内容不服的，可以自收到本答复之日起60日内" in text


def test_settings_move_the_two_doubtful_outcomes() -> None:
    other_way = ReviewFirstSettings(partially_granted=False, administrative_query=True)
    assert "先向" not in paragraph(Outcome.PARTIALLY_GRANTED, settings=other_way).zh
    assert "先向" in paragraph(Outcome.ADMINISTRATIVE_QUERY, settings=other_way).zh


def test_the_court_and_the_online_channel_are_named_when_known() -> None:
    text = paragraph(Outcome.NOT_HELD, court="郑州铁路运输法院", online_channel="https://example.invalid/")
    assert "向郑州铁路运输法院提起行政诉讼" in text.zh
    assert text.zh.endswith("可以通过以下互联网渠道提交行政复议申请：https://example.invalid/。")
    assert "online" in text.en


def test_who_reviews_its_own_acts_adds_the_final_ruling() -> None:
    text = paragraph(Outcome.NOT_HELD, kind=AgencyKind.PROVINCIAL_GOVERNMENT, review_organ="河南省人民政府")
    assert "也可以向国务院申请裁决" in text.zh
    assert "国务院" not in paragraph(Outcome.NOT_HELD).zh


@pytest.mark.article("条例", 56)
def test_what_cannot_be_written_is_refused() -> None:
    with pytest.raises(LawError) as early:
        paragraph(Outcome.GRANTED, dt.date(2019, 5, 14))
    assert early.value.code == "before_regulation"
    assert paragraph(Outcome.GRANTED, dt.date(2019, 5, 15)).zh
    with pytest.raises(LawError) as nameless:
        paragraph(Outcome.GRANTED, review_organ=" ")
    assert nameless.value.code == "review_organ_missing"


@pytest.mark.article("条例", 54)
@pytest.mark.article("行政复议法", 24)
@pytest.mark.parametrize(
    ("kind", "organ", "article", "choice"),
    [
        (AgencyKind.DEPARTMENT, "本级人民政府", 24, None),
        (AgencyKind.GOVERNMENT, "上一级人民政府", 24, None),
        (AgencyKind.PROVINCIAL_GOVERNMENT, "本机关", 24, None),
        (AgencyKind.STATE_COUNCIL_DEPARTMENT, "本机关", 25, None),
        (AgencyKind.VERTICAL, "上一级主管部门", 27, None),
        (AgencyKind.JUSTICE, "本级人民政府", 28, "上一级司法行政部门"),
        (AgencyKind.DISPATCHED_ORGAN, "设立该派出机关的人民政府", 24, None),
        (AgencyKind.DISPATCHED_OFFICE, "设立该派出机构的部门的本级人民政府", 24, "派出机构所在地人民政府"),
        (AgencyKind.AUTHORISED, "管理该组织的人民政府", 24, None),
    ],
)
def test_review_organ_since_2024(kind: AgencyKind, organ: str, article: int, choice: str | None) -> None:
    rule = review_organ_kind(kind, SINCE)
    assert rule.organ.zh.startswith(organ)
    assert rule.article.number == article
    assert (rule.alternative.zh if rule.alternative else "").startswith(choice or "")
    assert (rule.alternative is None) is (choice is None)


def test_before_2024_the_superior_department_could_be_chosen() -> None:
    old, new = review_organ_kind(AgencyKind.DEPARTMENT, BEFORE), review_organ_kind(AgencyKind.DEPARTMENT, SINCE)
    assert old.alternative is not None
    assert old.alternative.zh == "上一级主管部门"
    assert new.alternative is None


@pytest.mark.parametrize("kind", list(AgencyKind))
@pytest.mark.parametrize("on", [BEFORE, SINCE])
def test_every_kind_has_its_organ_and_label(kind: AgencyKind, on: dt.date) -> None:
    assert review_organ_kind(kind, on).organ.en.isascii()
    assert kind.label.zh
    assert kind.label.en.isascii()


@pytest.mark.article("条例", 51)
@pytest.mark.article("行政复议法", 23)
@pytest.mark.article("信息公开司法解释", 1)
@pytest.mark.parametrize("outcome", list(Outcome))
@pytest.mark.parametrize("on", [BEFORE, SINCE])
def test_the_order_of_remedies_by_outcome_and_date(outcome: Outcome, on: dt.date) -> None:
    expected = RemedyOrder.CHOICE
    if on == SINCE and outcome in REFUSALS:
        expected = RemedyOrder.REVIEW_FIRST
    if on == SINCE and outcome is Outcome.PARTIALLY_GRANTED:
        expected = RemedyOrder.REVIEW_FIRST_IN_PART
    assert remedy_order(outcome, on) is expected
    assert ("先向" in paragraph(outcome, on).zh) is (expected is not RemedyOrder.CHOICE)


def test_every_order_has_a_label() -> None:
    assert all(order.label.zh and order.label.en.isascii() for order in RemedyOrder)
