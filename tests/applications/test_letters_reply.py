from __future__ import annotations

import datetime as dt
import re

import pytest

from gongkai.applications.letters import (
    MissingSlotError,
    SlotKind,
    WrongSlotError,
    reasons_needed,
    required_slots,
)
from gongkai.applications.letters.templates import NOTICE, REPLY
from gongkai.applications.letters.wording import cite
from gongkai.documents.typesetting import render_pdf
from gongkai.law.applicants import ApplicantKind
from gongkai.law.citations import REG, Article
from gongkai.law.outcomes import OUTCOMES, Outcome
from tests.applications.letter_samples import REMEDY, a_reply, facts, filled, said
from tests.documents.papers import squeezed, text_of

EVERY = list(Outcome)
REFUSALS = [outcome for outcome in Outcome if OUTCOMES[outcome].refuses]

#: The articles that each reply must cite (条例 unless said otherwise), as a lawyer would list them.
BASIS = {
    "granted": "第三十六条第（二）项",
    "partially_granted": "第三十七条、第三十六条第（二）项、第（三）项",
    "state_secret": "第十四条、第三十六条第（三）项",
    "prohibited_by_law": "第十四条、第三十六条第（三）项",
    "endangers_security": "第十四条、第三十六条第（三）项",
    "third_party_rights": "第十五条、第三十二条、第三十六条第（三）项",
    "internal_affairs": "第十六条第一款、第三十六条第（三）项",
    "process_information": "第十六条第二款、第三十六条第（三）项",
    "enforcement_file": "第十六条第二款、第三十六条第（三）项",
    "administrative_query": "第三十六条第（七）项",
    "not_held": "第三十六条第（四）项",
    "needs_creation": "第三十八条",
    "still_unclear": "第三十条",
    "petition": "第三十九条第一款",
    "repeated": "第三十六条第（六）项",
    "published_material": "第三十九条第二款",
    "abusive_volume": "第三十五条",
    "reissue": "第三十六条第（六）项",
    "correction_lapsed": "第三十条",
    "fee_unpaid": "第四十二条、《政府信息公开信息处理费管理办法》",
}
DECISION = {
    "granted": "本机关决定予以公开",
    "partially_granted": "本机关决定部分公开",
    "administrative_query": "请依照上述法律、行政法规的规定办理",
    "not_held": "该政府信息不存在",
    "needs_creation": "本机关不予提供",
    "still_unclear": "补正后的申请内容仍不明确",
    "petition": "本机关不作为政府信息公开申请处理",
    "repeated": "不予重复处理",
    "published_material": "现告知获取的途径",
    "abusive_volume": "本机关不予处理",
    "reissue": "本机关不予处理",
    "correction_lapsed": "视为放弃申请，本机关不再处理该政府信息公开申请",
    "fee_unpaid": "视为放弃申请，本机关不再处理该政府信息公开申请",
    "other": "本机关不再处理该政府信息公开申请",
}


@pytest.mark.parametrize("outcome", EVERY)
def test_every_reply_as_printed_holds_what_every_reply_must(outcome: Outcome) -> None:
    text = text_of(render_pdf(a_reply(outcome)))
    for part in (
        "郑州经济技术开发区管理委员会",
        "郑经开公复〔2021〕12号",
        "王𫖯：",
        "JKQ-2021-0012",
        "本机关于2021年5月6日收到；补正后的申请，本机关于2021年5月20日收到",
        "您申请公开的政府信息为：2020年度某村征地补偿安置方案。",
        "您要求的提供形式为纸质，获取方式为邮寄。",
        "本机关对档案作了核对。",
        REMEDY,
        "2021年6月15日",
    ):
        assert squeezed(part) in text


@pytest.mark.parametrize("outcome", EVERY)
def test_every_reply_cites_its_basis_and_decides(outcome: Outcome) -> None:
    text = said(a_reply(outcome))
    if outcome is not Outcome.OTHER:
        assert f"《政府信息公开条例》{BASIS[outcome]}" in text
    assert DECISION.get(outcome, "本机关决定不予公开") in text


@pytest.mark.parametrize("outcome", [outcome for outcome in EVERY if OUTCOMES[outcome].articles])
def test_the_basis_is_that_of_the_law_package(outcome: Outcome) -> None:
    chosen = [filled(outcome)]
    if outcome is Outcome.NOT_HELD:
        chosen.append(filled(outcome, not_held_ground="elsewhere"))
    if outcome is Outcome.GRANTED:
        chosen.append(filled(outcome, provision="published"))
    text = "".join(said(a_reply(outcome, extra=extra)) for extra in chosen)
    for article in OUTCOMES[outcome].articles:
        assert article.zh.partition("》")[2].split("第（")[0] in text
        if article.item:
            assert article.zh[-5:].lstrip("条") in text


@pytest.mark.parametrize("outcome", EVERY)
def test_the_order_is_facts_decision_reasons_remedy(outcome: Outcome) -> None:
    text = said(a_reply(outcome))
    decision = DECISION.get(outcome, "本机关决定不予公开")
    places = [text.index(part) for part in ("本机关对档案", decision, "理由如下：公开后", REMEDY)]
    assert places == sorted(places)


@pytest.mark.parametrize("outcome", EVERY)
def test_what_is_written_in_a_place_is_said(outcome: Outcome) -> None:
    values = filled(outcome)
    text = said(a_reply(outcome))
    for slot in required_slots(outcome):
        # These two choose which clause is used; the clause has its own words.
        if slot.name in values and slot.name not in ("provision", "not_held_ground"):
            assert slot.worded(values) in text


@pytest.mark.parametrize("outcome", EVERY)
def test_no_place_of_the_template_stays_open(outcome: Outcome) -> None:
    text = said(a_reply(outcome))
    assert not re.search(r"[{}]", text)
    assert "。。" not in text
    assert "：。" not in text
    assert "，。" not in text


REQUIRED = [
    pytest.param(outcome, slot.name, id=f"{outcome}-{slot.name}")
    for outcome in Outcome
    for slot in required_slots(outcome)
    if slot.required and slot.applies(filled(outcome))
]


@pytest.mark.parametrize(("outcome", "name"), REQUIRED)
def test_a_required_place_left_empty_is_named(outcome: Outcome, name: str) -> None:
    slot = next(slot for slot in required_slots(outcome) if slot.name == name)
    with pytest.raises(MissingSlotError) as refused:
        a_reply(outcome, extra={**filled(outcome), name: "  "})
    assert refused.value.slot == name
    assert slot.label.zh in refused.value.message.zh
    assert slot.label.en in refused.value.message.en


CHOICES = [
    pytest.param(outcome, slot.name, choice.value, id=f"{outcome}-{slot.name}-{choice.value}")
    for outcome in Outcome
    for slot in required_slots(outcome)
    for choice in slot.choices
]


@pytest.mark.parametrize(("outcome", "name", "value"), CHOICES)
def test_every_choice_makes_a_letter(outcome: Outcome, name: str, value: str) -> None:
    content = a_reply(outcome, extra=filled(outcome, **{name: value}))
    assert not re.search(r"[{}]", said(content))
    assert render_pdf(content).startswith(b"%PDF")


@pytest.mark.parametrize("outcome", EVERY)
def test_remedy_is_never_left_out(outcome: Outcome) -> None:
    with pytest.raises(MissingSlotError) as refused:
        a_reply(outcome, remedy=" \n")
    assert refused.value.slot == "remedy"


@pytest.mark.article("条例", 36)
@pytest.mark.parametrize("outcome", EVERY)
def test_reasons_are_given_where_the_law_wants_them(outcome: Outcome) -> None:
    if not reasons_needed(outcome):
        assert "理由如下" not in said(a_reply(outcome, reasons=""))
        return
    with pytest.raises(MissingSlotError) as refused:
        a_reply(outcome, reasons="")
    assert refused.value.slot == "reasons"


@pytest.mark.article("条例", 36)
def test_refusals_and_partial_disclosure_need_reasons() -> None:
    needing = {outcome for outcome in Outcome if reasons_needed(outcome)}
    # 36(7) refers to another law; it is no refusal under 36(3) [I].
    assert needing == {*REFUSALS, Outcome.PARTIALLY_GRANTED, Outcome.ABUSIVE_VOLUME} - {Outcome.ADMINISTRATIVE_QUERY}


# --- single outcomes ---


@pytest.mark.article("条例", 36)
def test_granted_attached_needs_the_attachment() -> None:
    with pytest.raises(MissingSlotError) as refused:
        a_reply(Outcome.GRANTED, attachments=())
    assert refused.value.slot == "attachments"
    assert a_reply(Outcome.GRANTED).attachments == ("征地补偿安置方案",)


@pytest.mark.article("条例", 36)
def test_granted_in_the_letter_itself() -> None:
    extra = {"provision": "stated", "information": "共12户。\n合计300万元。"}
    text = said(a_reply(Outcome.GRANTED, extra=extra, attachments=()))
    assert "该政府信息的内容如下：\n共12户。\n合计300万元。" in text


@pytest.mark.article("条例", 36)
def test_granted_by_way_and_time() -> None:
    extra = {"provision": "arranged", "obtain_way": "到本机关领取", "obtain_time": "2021年6月20日上午。"}
    text = said(a_reply(Outcome.GRANTED, extra=extra, attachments=()))
    assert "方式、途径为：到本机关领取；时间为：2021年6月20日上午。" in text


@pytest.mark.article("条例", 36)
def test_already_published_says_where() -> None:
    extra = {"provision": "published", "published_at": "https://www.example.gov.cn/zwgk"}
    text = said(a_reply(Outcome.GRANTED, extra=extra, attachments=()))
    assert "已经主动公开" in text
    assert "第三十六条第（一）项" in text
    assert "第（二）项" not in text
    assert "https://www.example.gov.cn/zwgk" in text


@pytest.mark.article("条例", 37)
@pytest.mark.parametrize(
    ("ground", "basis"),
    [("state_secret", "第十四条"), ("third_party_rights", "第十五条"), ("internal_affairs", "第十六条第一款"),
     ("process_information", "第十六条第二款"), ("not_government_information", "第三十七条")],
)  # fmt: skip
def test_partial_disclosure_says_what_is_given_what_not_and_why(ground: str, basis: str) -> None:
    extra = filled(Outcome.PARTIALLY_GRANTED, given="合同正文", withheld="附件三", withheld_ground=ground)
    text = said(a_reply(Outcome.PARTIALLY_GRANTED, extra=extra))
    assert "予以公开的内容为：合同正文。" in text
    assert "不予公开的内容为：附件三。" in text
    assert f"依据为《政府信息公开条例》{basis}" in text
    assert "理由如下：" in text


@pytest.mark.article("条例", 36)
def test_not_held_needs_the_search() -> None:
    with pytest.raises(MissingSlotError) as refused:
        a_reply(Outcome.NOT_HELD, extra={"not_held_ground": "absent"})
    assert refused.value.slot == "search"
    assert refused.value.article is not None
    assert (refused.value.article.number, refused.value.article.item) == (36, 4)


@pytest.mark.article("条例", 36)
def test_not_held_here_needs_the_reason_and_names_the_right_agency_where_known() -> None:
    ground = {"not_held_ground": "elsewhere"}
    with pytest.raises(MissingSlotError) as refused:
        a_reply(Outcome.NOT_HELD, extra=ground)
    assert refused.value.slot == "not_ours_because"
    unknown = said(a_reply(Outcome.NOT_HELD, extra={**ground, "not_ours_because": "属自然资源部门职责"}))
    assert "第三十六条第（五）项" in unknown
    assert "负责公开该政府信息的行政机关" not in unknown
    known = {**ground, "not_ours_because": "职责不同", "competent_agency": "郑州市自然资源局"}
    with pytest.raises(MissingSlotError) as refused:
        a_reply(Outcome.NOT_HELD, extra=known)
    assert refused.value.slot == "competent_contact"
    text = said(a_reply(Outcome.NOT_HELD, extra={**known, "competent_contact": "0371-1"}))
    assert "行政机关为：郑州市自然资源局，联系方式为：0371-1。" in text


def test_what_belongs_to_a_choice_given_up_is_passed_over() -> None:
    extra = {
        "not_held_ground": "absent",
        "search": "检索了档案室目录",
        "not_ours_because": "旧",
        "competent_agency": "旧机关",
        "competent_contact": "",
    }
    text = said(a_reply(Outcome.NOT_HELD, extra=extra))
    assert "检索了档案室目录" in text
    assert "旧" not in text


@pytest.mark.article("条例", 30)
def test_still_unclear_needs_a_correction() -> None:
    with pytest.raises(MissingSlotError) as refused:
        a_reply(Outcome.STILL_UNCLEAR, facts=facts(corrected_on=None))
    assert refused.value.slot == "corrected_on"


@pytest.mark.article("条例", 36)
def test_repeated_names_the_earlier_reply() -> None:
    extra = {"earlier_number": "郑经开公复〔2021〕3号", "earlier_on": "2021-03-09"}
    assert "已于2021年3月9日就您提出的相同申请作出答复（文号：郑经开公复〔2021〕3号）" in said(
        a_reply(Outcome.REPEATED, extra=extra)
    )


@pytest.mark.article("条例", 39)
def test_petition_may_name_the_channel() -> None:
    without = said(a_reply(Outcome.PETITION, extra={"activity": "complaint"}))
    assert "投诉活动" in without
    assert "渠道" not in without
    assert "渠道提出：12345。" in said(
        a_reply(Outcome.PETITION, extra={"activity": "report", "proper_channel": "12345"})
    )


def test_reissue_stands_on_the_nearest_article_unless_another_is_given() -> None:
    assert "参照《政府信息公开条例》第三十六条第（六）项" in said(
        a_reply(Outcome.REISSUE, extra={"obtained": "2020年已领取"})
    )
    other = {"obtained": "2020年已领取", "legal_basis": "《某办法》第二条"}
    assert "参照《某办法》第二条的规定" in said(a_reply(Outcome.REISSUE, extra=other))


def test_other_closing_has_a_basis_only_where_there_is_one() -> None:
    reason = {"closing_reason": "您于2021年6月1日书面撤回申请。"}
    assert "撤回申请。本机关不再处理" in said(a_reply(Outcome.OTHER, extra=reason))
    assert "撤回申请。根据《某法》第一条的规定，本机关不再处理" in said(
        a_reply(Outcome.OTHER, extra={**reason, "legal_basis": "《某法》第一条"})
    )


# --- wrong values ---


@pytest.mark.parametrize("value", ["2021-13-01", "昨天", "2021/05/07", "20210229"])
def test_a_date_must_be_one(value: str) -> None:
    with pytest.raises(WrongSlotError) as refused:
        a_reply(Outcome.REPEATED, extra={"earlier_number": "x", "earlier_on": value})
    assert (refused.value.code, refused.value.slot) == ("slot_not_a_date", "earlier_on")
    assert value in refused.value.message.zh


def test_a_choice_must_be_one_of_those_offered() -> None:
    with pytest.raises(WrongSlotError) as refused:
        a_reply(Outcome.INTERNAL_AFFAIRS, extra={"internal_kind": "secret"})
    assert (refused.value.code, refused.value.slot) == ("slot_not_a_choice", "internal_kind")


@pytest.mark.parametrize("outcome", EVERY)
def test_words_for_a_place_that_is_not_there_are_not_lost_in_silence(outcome: Outcome) -> None:
    with pytest.raises(WrongSlotError) as refused:
        a_reply(outcome, extra={**filled(outcome), "nowhere": "x"})
    assert (refused.value.code, refused.value.slot) == ("slot_unknown", "nowhere")


HOSTILE = ["#panic", "*x* $x$ @ref", '#read("/etc/passwd")', "{you} {facts} {0} {{", "%s %(x)s", "</w:t>"]


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("outcome", EVERY)
def test_hostile_words_stay_words(outcome: Outcome, words: str) -> None:
    extra = {name: words if value.startswith("此处") else value for name, value in filled(outcome).items()}
    content = a_reply(
        outcome,
        extra=extra,
        facts=facts(requested=words, applicant_name=words),
        findings=words,
        reasons=words,
        remedy=words,
    )
    assert text_of(render_pdf(content)).count(squeezed(words)) >= 5


# --- form ---


@pytest.mark.parametrize("outcome", EVERY)
def test_the_name_of_the_paper(outcome: Outcome) -> None:
    notices = {"administrative_query", "petition", "repeated", "published_material", "abusive_volume", "reissue"}
    notices |= {"correction_lapsed", "fee_unpaid", "other"}
    paper = NOTICE if outcome in notices else REPLY
    assert a_reply(outcome).title_line == f"郑州经济技术开发区管理委员会{paper}"


def test_a_short_title_stays_in_one_line() -> None:
    assert a_reply(Outcome.GRANTED, facts=facts(agency="郑州市教育局")).title == "郑州市教育局政府信息公开申请答复书"


@pytest.mark.parametrize("kind", list(ApplicantKind))
def test_people_and_organisations_are_addressed_differently(kind: ApplicantKind) -> None:
    text = said(a_reply(Outcome.STATE_SECRET, facts=facts(applicant_kind=kind)))
    assert ("贵单位" in text) is kind.is_organisation
    assert ("您" in text) is not kind.is_organisation


def test_a_request_of_several_lines_keeps_them() -> None:
    text = said(a_reply(Outcome.GRANTED, facts=facts(requested="方案\n\n明细表")))
    assert "您申请公开的政府信息为：\n方案\n明细表\n" in text


def test_without_correction_none_is_mentioned() -> None:
    assert "补正" not in said(a_reply(Outcome.GRANTED, facts=facts(corrected_on=None)))


def test_a_draft_has_no_number_yet() -> None:
    content = a_reply(Outcome.GRANTED, number=None, draft=True)
    text = text_of(render_pdf(content))
    assert "草稿" in text
    assert "（文号待编）" in text


def test_date_is_that_of_the_reply() -> None:
    assert a_reply(Outcome.GRANTED, on=dt.date(2021, 12, 1)).date_line == "2021年12月1日"


@pytest.mark.parametrize("outcome", EVERY)
def test_every_place_explains_itself_in_both_languages(outcome: Outcome) -> None:
    names = [slot.name for slot in required_slots(outcome)]
    assert len(names) == len(set(names))
    for slot in required_slots(outcome):
        for text in (slot.label, slot.help, *(choice.label for choice in slot.choices)):
            assert text.zh
            assert text.en
        assert bool(slot.choices) is (slot.kind in (SlotKind.CHOICE, SlotKind.CHOICES))


@pytest.mark.parametrize(
    ("articles", "text"),
    [
        ((REG(33),), "《政府信息公开条例》第三十三条"),
        ((REG(15), REG(32)), "《政府信息公开条例》第十五条、第三十二条"),
        ((REG(36, item=2), REG(36, item=3)), "《政府信息公开条例》第三十六条第（二）项、第（三）项"),
        ((REG(16, 1), REG(16, 2)), "《政府信息公开条例》第十六条第一款、第十六条第二款"),
        ((REG(42), Article("收费办法", None)), "《政府信息公开条例》第四十二条、《政府信息公开信息处理费管理办法》"),
    ],
)
def test_citing_several_articles(articles: tuple[Article, ...], text: str) -> None:
    assert cite(*articles) == text
