"""P04, P05, P09, P12 and what a reply says of the one it replaces: what they say, and what they refuse."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from gongkai.applications.letters import (
    Asked,
    LetterError,
    MissingSlotError,
    Replaced,
    delay_notice,
    extension_notice,
    fee_notice,
    reasons_request,
    third_party_notice,
)
from gongkai.documents.letter import LetterContent
from gongkai.law.applicants import ApplicantKind
from gongkai.law.fees import FeeQuote, fee_for_items, fee_for_pages
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure_replies import ReopenGround
from tests.applications.letter_samples import FACTS, REMEDY, a_reply, facts, said

ON = dt.date(2021, 6, 1)
UNIT = facts(applicant_kind=ApplicantKind.BUSINESS, applicant_name="演示贸易有限公司")


def extension(**changes: Any) -> LetterContent:
    arguments: dict[str, Any] = {
        "number": "郑经开公延〔2021〕3号",
        "on": ON,
        "days": 10,
        "consented": dt.date(2021, 5, 31),
        "reason": "所涉档案数量大。",
        "before": dt.date(2021, 6, 18),
        "until": dt.date(2021, 7, 2),
    }
    arguments |= changes
    return extension_notice(arguments.pop("facts", FACTS), **arguments)


def fee(quote: FeeQuote, **changes: Any) -> LetterContent:
    arguments: dict[str, Any] = {"number": "郑经开公费〔2021〕3号", "on": ON, "how_to_pay": "到演示银行缴纳"}
    arguments |= changes
    return fee_notice(arguments.pop("facts", FACTS), quote=quote, **arguments)


def third_party(**changes: Any) -> LetterContent:
    asked = {"number": 4, "on": dt.date(2021, 5, 10), "addressee": "演示建设", "content": "合同", "objected": True}
    arguments: dict[str, Any] = {
        "number": "郑经开公知〔2021〕3号",
        "on": ON,
        "asked": Asked(**{**asked, **changes.pop("asked", {})}),
        "disclosed": "",
        "reasons": "涉及公共安全。",
        "remedy": REMEDY,
    }
    return third_party_notice(FACTS, **{**arguments, **changes})


# --- P05, P04 ---


@pytest.mark.article("条例", 33)
@pytest.mark.parametrize(
    "reason", ["所涉档案数量大。", "因所涉档案数量大", "因为所涉档案数量大；", " 所涉档案\n数量大 "]
)
def test_the_reason_of_an_extension_stands_in_its_sentence(reason: str) -> None:
    text = said(extension(reason=reason)).replace("档案 数量", "档案数量")
    assert "因所涉档案数量大，本机关不能在原答复期限内（至2021年6月18日止）作出答复。" in text


def test_a_day_that_is_not_certain_is_not_told() -> None:
    text = said(extension(before=None, until=None))
    assert "不能在原答复期限内作出答复" in text
    assert "延长10个工作日，自原答复期限届满的次日起算。" in text


@pytest.mark.parametrize("reason", ["", " ", "。", "因"])
def test_an_extension_gives_its_reason(reason: str) -> None:
    with pytest.raises(MissingSlotError) as refused:
        extension(reason=reason)
    assert refused.value.slot == "reason"


@pytest.mark.article("条例", 35)
def test_an_organisation_is_addressed_as_one() -> None:
    asked = said(reasons_request(UNIT, number="1", on=ON, volume="本年已申请62件。", until=dt.date(2021, 6, 10)))
    assert "贵单位申请公开政府信息的数量、频次明显超过合理范围：本年已申请62件。" in asked
    assert "请贵单位说明申请的理由，于2021年6月10日前（含当日）" in asked
    days = {"asked": dt.date(2021, 5, 25), "given": dt.date(2021, 5, 30), "until": dt.date(2021, 8, 20)}
    told = said(delay_notice(UNIT, number="1", on=ON, reason="档案数量大", **days))
    assert "要求贵单位说明理由，贵单位于2021年5月30日说明了理由" in told
    assert "您" not in asked + told


def test_a_request_says_what_is_beyond_reason() -> None:
    with pytest.raises(MissingSlotError) as refused:
        reasons_request(FACTS, number="1", on=ON, volume="。", until=dt.date(2021, 6, 10))
    assert refused.value.slot == "volume"


# --- P12 ---


@pytest.mark.article("条例", 42)
def test_the_fee_by_item_shows_each_band_and_the_sum() -> None:
    text = said(fee(fee_for_items(25, before=8), pay_by=dt.date(2021, 6, 30)))
    for part in (
        "计收方式：按件计收",
        "计收数量：25件（同一申请人一个自然月内累计申请的第9件至第33件）",
        "第9至10件：不收费",
        "第11至30件：每件100元，计2000元",
        "第31至33件：每件200元，计600元",
        "应缴金额：人民币2600元",
        "缴费期限：自收到本通知书次日起20个工作日内，至2021年6月30日止",
        "第四条",
    ):
        assert part in text, part


def test_the_fee_by_page_and_a_clock_that_runs_on() -> None:
    text = said(fee(fee_for_pages(31), restarts=False))
    for part in ("计收数量：31页\n", "第31页：每页10元，计10元", "完成缴费的次日起继续计算", "第五条"):
        assert part in text, part
    assert "缴费期限：自收到本通知书次日起20个工作日内\n" in text


def test_a_fee_says_how_to_pay() -> None:
    with pytest.raises(MissingSlotError) as refused:
        fee(fee_for_pages(31), how_to_pay="\n")
    assert refused.value.slot == "how_to_pay"


# --- P09 ---


@pytest.mark.article("条例", 32)
def test_the_third_party_is_told_content_reasons_and_remedy() -> None:
    letter = third_party(disclosed="合同总价、工期。", reasons="第一段。\n第二段。")
    text = said(letter)
    assert letter.addressee == "演示建设"
    for part in (
        "合同\n",
        "您（单位）不同意公开。",
        "决定公开的内容为：合同总价、工期。",
        "理由为：第一段。\n第二段。",
        REMEDY,
    ):
        assert part in text, part
    assert FACTS.applicant_name not in text


def test_after_silence_no_reasons_are_needed() -> None:
    text = said(third_party(asked={"objected": False}, reasons=""))
    assert "在规定的期限内未提出意见" in text
    assert "依法由本机关决定是否公开" in text
    with pytest.raises(MissingSlotError) as refused:
        third_party(reasons=" ")
    assert refused.value.slot == "third_party_reasons"


@pytest.mark.parametrize(("field", "slot"), [("reasons", "third_party_reasons"), ("disclosed", "given")])
def test_no_word_of_who_applied(field: str, slot: str) -> None:
    with pytest.raises(LetterError) as refused:
        third_party(**{field: f"{FACTS.applicant_name}要求的部分"})
    assert (refused.value.code, refused.value.slot) == ("applicant_named", slot)


# --- a reply in place of another ---


def test_a_reply_made_elsewhere_is_named_by_its_day() -> None:
    replaced = Replaced(number="", on=dt.date(2020, 5, 12), ground=ReopenGround.ERROR)
    text = said(a_reply(Outcome.GRANTED, replaces=replaced))
    assert "经核查，本机关2020年5月12日作出的答复有误，现予更正" in text
    assert "文号：）" not in text
