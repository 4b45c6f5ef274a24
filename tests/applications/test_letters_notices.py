from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from gongkai.applications.letters import (
    LetterError,
    MissingSlotError,
    consultation_letter,
    consultation_notice,
    correction_notice,
    receipt,
)
from gongkai.documents.letter import LetterContent, ListBlock
from gongkai.documents.typesetting import render_pdf
from gongkai.law.applicants import ApplicantKind
from gongkai.law.clock import Consulted
from tests.applications.letter_samples import FACTS, facts, said
from tests.documents.papers import text_of

ON = dt.date(2021, 5, 10)


def correction(**changes: Any) -> LetterContent:
    arguments: dict[str, Any] = {
        "number": "郑经开公补〔2021〕3号",
        "on": ON,
        "what": ["信息的名称或者文号", "信息的起止时间"],
        "correct_by": dt.date(2021, 5, 25),
    }
    arguments |= changes
    return correction_notice(arguments.pop("facts", facts(corrected_on=None)), **arguments)


def consultation(consulted: Consulted, **changes: Any) -> LetterContent:
    arguments: dict[str, Any] = {
        "number": "郑经开公征〔2021〕3号",
        "on": ON,
        "consulted": consulted,
        "addressee": "河南某建设工程有限公司",
        "content": "《某村安置房建设项目施工合同》",
    }
    arguments |= changes
    return consultation_letter(arguments.pop("facts", FACTS), **arguments)


# --- P02 ---


@pytest.mark.article("条例", 33)
def test_receipt_says_when_received_when_due_why_and_where_to_ask() -> None:
    letter = receipt(FACTS)
    text = said(letter)
    for part in (
        "登记编号：JKQ-2021-0012",
        "申请人：王𫖯",
        "收到日期：2021年5月6日",
        "提交方式：网上提交",
        "申请内容：2020年度某村征地补偿安置方案",
        "提供形式：纸质",
        "获取方式：邮寄",
        "《政府信息公开条例》第三十三条",
        "20个工作日",
        "答复期限至2021年6月18日止（自2021年5月21日起第20个工作日，端午节放假不计）",
        "查询码",
        "郑州市航海东路1508号",
        "450016",
        "0371-66781234",
        "xxgk@example.gov.cn",
    ):
        assert part in text
    assert (letter.number, letter.addressee, letter.date) == ("JKQ-2021-0012", "王𫖯", dt.date(2021, 5, 6))


def test_receipt_of_a_later_day() -> None:
    assert receipt(FACTS, on=ON).date == ON


def test_receipt_leaves_out_what_is_not_known() -> None:
    text = said(receipt(facts(form="", way="", email="", postcode="")))
    assert "提供形式" not in text
    assert "获取方式" not in text
    assert "电子邮箱" not in text
    assert "邮政编码" not in text


def test_receipt_names_the_page_of_progress() -> None:
    assert "登录https://a.example/p查询办理进度" in said(receipt(facts(progress="https://a.example/p")))


@pytest.mark.article("条例", 29)
def test_no_letter_asks_for_the_purpose() -> None:
    for letter in (receipt(FACTS), correction(), *(consultation(who) for who in Consulted)):
        for word in ("用途", "目的", "生产、生活", "科研"):
            assert word not in said(letter)


# --- P03 ---


@pytest.mark.article("条例", 30)
def test_correction_notice_says_what_by_when_and_what_follows() -> None:
    letter = correction()
    text = said(letter)
    assert ListBlock(("信息的名称或者文号", "信息的起止时间")) in letter.body
    for part in (
        "《政府信息公开条例》第三十条",
        "一次性告知您",
        "请于2021年5月25日前（含当日）",
        "答复期限自本机关收到补正的申请之日起计算",
        "无正当理由逾期不补正的，视为放弃申请，本机关不再处理该政府信息公开申请",
        "指导、释明",
        "2020年度某村征地补偿安置方案",
        "JKQ-2021-0012",
    ):
        assert part in text


@pytest.mark.article("条例", 30)
@pytest.mark.parametrize("what", [[], ["", "  "]])
def test_correction_notice_needs_a_point(what: list[str]) -> None:
    with pytest.raises(MissingSlotError) as refused:
        correction(what=what)
    assert refused.value.slot == "what"
    assert refused.value.article is not None
    assert refused.value.article.number == 30


def test_empty_points_are_left_out() -> None:
    assert ListBlock(("甲",)) in correction(what=["", " 甲 "]).body


# --- P06, P10, P11 ---


@pytest.mark.article("条例", 32)
def test_silence_of_a_third_party_leaves_the_decision_to_the_agency() -> None:
    text = said(consultation(Consulted.THIRD_PARTY))
    assert "《政府信息公开条例》第十五条、第三十二条" in text
    assert "自收到本征求意见书之日起15个工作日内" in text
    assert "逾期未提出意见的，由本机关依照《政府信息公开条例》的规定决定是否公开" in text
    assert "不同意公开且有合理理由的，本机关不予公开" in text
    assert "公共利益" in text
    assert "视为同意" not in text


@pytest.mark.article("条例", 34)
def test_silence_of_a_co_producer_is_consent() -> None:
    text = said(consultation(Consulted.CO_PRODUCER))
    assert "《政府信息公开条例》第三十四条" in text
    assert "15个工作日内提出意见，逾期未提出意见的视为同意公开" in text
    assert "决定是否公开" not in text


@pytest.mark.article("条例", 33)
def test_another_organ_gets_no_limit_that_the_law_does_not_know() -> None:
    text = said(consultation(Consulted.OTHER))
    assert "《政府信息公开条例》第三十三条第三款" in text
    assert "工作日" not in text
    assert "视为同意" not in text


@pytest.mark.parametrize("consulted", list(Consulted))
def test_a_consultation_does_not_tell_who_applied(consulted: Consulted) -> None:
    name, number = "欧阳某某", "JKQ-2021-7788"
    case = facts(applicant_name=name, case_number=number, requested=f"{name}家的拆迁档案")
    text = text_of(render_pdf(consultation(consulted, facts=case)))
    for secret in (name, number, "拆迁档案", "网上提交"):
        assert secret not in text
    assert "河南某建设工程有限公司：" in text
    assert "《某村安置房建设项目施工合同》" in text
    assert "郑经开公征〔2021〕3号" in text


@pytest.mark.parametrize("consulted", list(Consulted))
def test_a_content_that_names_the_applicant_is_refused(consulted: Consulted) -> None:
    with pytest.raises(LetterError) as refused:
        consultation(consulted, facts=facts(applicant_name="欧阳某某"), content="与欧阳某某有关的合同")
    assert refused.value.code == "applicant_named"
    assert refused.value.slot == "content"
    assert "欧阳" not in refused.value.message.zh


def test_a_name_of_one_character_is_no_reason_to_refuse() -> None:
    assert "合同" in said(consultation(Consulted.THIRD_PARTY, facts=facts(applicant_name="合"), content="合同"))


@pytest.mark.parametrize("empty", ["addressee", "content"])
def test_a_consultation_needs(empty: str) -> None:
    with pytest.raises(MissingSlotError) as refused:
        consultation(Consulted.THIRD_PARTY, **{empty: " \n"})
    assert refused.value.slot == empty


def test_a_content_of_several_lines_stays_in_lines() -> None:
    assert "\n甲\n乙\n" in said(consultation(Consulted.THIRD_PARTY, content="甲\n乙"))


def test_braces_in_the_content_are_text() -> None:
    assert "{contact} {0}" in said(consultation(Consulted.THIRD_PARTY, content="{contact} {0}"))


# --- P08 ---


@pytest.mark.article("条例", 33)
@pytest.mark.parametrize(("consulted", "article"), [("third_party", "二"), ("co_producer", "四"), ("other", "三")])
def test_the_applicant_is_told_that_the_time_does_not_count(consulted: str, article: str) -> None:
    letter = consultation_notice(FACTS, number="郑经开公告〔2021〕3号", on=ON, consulted=Consulted(consulted))
    text = said(letter)
    assert "征求意见所需时间不计算在答复期限内" in text
    assert "《政府信息公开条例》第三十三条第三款" in text
    assert f"《政府信息公开条例》第三十{article}条" in text
    assert "2021年5月10日书面征求" in text
    assert letter.addressee == "王𫖯"


# --- all ---


def test_an_organisation_is_addressed_as_one() -> None:
    letter = correction(facts=facts(applicant_kind=ApplicantKind.BUSINESS, corrected_on=None))
    assert "贵单位" in said(letter)
    assert "您" not in said(letter)


@pytest.mark.parametrize("draft", [True, False])
def test_every_notice_can_be_a_draft(draft: bool) -> None:
    number = None if draft else "X〔2021〕1号"
    for letter in (
        receipt(FACTS, draft=draft),
        correction(number=number, draft=draft),
        *(consultation(who, number=number, draft=draft) for who in Consulted),
        consultation_notice(FACTS, number=number, on=ON, consulted=Consulted.THIRD_PARTY, draft=draft),
    ):
        assert letter.draft is draft
        assert ("草稿" in text_of(render_pdf(letter))) is draft


@pytest.mark.parametrize("make", [receipt, lambda case: correction(facts=case)])
def test_hostile_words_of_an_applicant_stay_words(make: Any) -> None:
    words = '{you} #panic *x* $x$ @ref #read("/etc/passwd") {0} %s'
    text = text_of(render_pdf(make(facts(requested=words, corrected_on=None))))
    assert words.replace(" ", "") in text
