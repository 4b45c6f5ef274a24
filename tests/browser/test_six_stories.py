"""Five more stories of the office (the first, plain disclosure, is `test_story`), each played by the people it happens to.

Their days lie on past working days, so that limits are over when the story needs them to be.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest

from gongkai.agencies.selectors import today
from tests.browser.conftest import Visitor
from tests.browser.desk import (
    DAYS,
    Case,
    Typed,
    apply,
    click,
    fill_in,
    handed_over,
    look_up,
    open_case,
    press,
    read_letter,
    read_letters,
    refused,
    says,
    shown,
    somebody,
    submit,
    take,
    take_in,
    taken,
    text_of,
    what_came,
    workday,
)

pytestmark = pytest.mark.browser

ONLINE = "电子方式（网上下载或电子邮件）"


def begin(clerk: Visitor, case: Case, on: date) -> None:
    take(clerk, case, "register", {"日期": on})
    take(clerk, case, "accept", {"日期": on})


def close(clerk: Visitor, approver: Visitor, case: Case, on: date) -> None:
    """From the opinion to the archive."""
    take(clerk, case, "decision", {"日期": on})
    take(approver, case, "sign", {"日期": on})
    take(clerk, case, "deliver", {"送达方式": ONLINE, "送出日期": on})
    take(clerk, case, "archive", {"日期": on})


def due_day(person: Visitor) -> str:
    """The due date as the case page shows it large."""
    text: str = person.page.locator(".due-big").inner_text()
    return text


# 2. A correction that lapses


@pytest.mark.article("条例", 30)
@pytest.mark.article("条例", 31)
def test_a_correction_lapses(visitor: Any, staff: Any) -> None:
    clerk, drafter, approver = staff("jingban"), staff("chengban"), staff("shenpi")
    who, arrived, correct_by = somebody("林知夏", 8101), workday(40), workday(27)
    case = letter_taken_in(clerk, arrived)
    begin(clerk, case, arrived)
    due = due_day(clerk)
    assert due == shown(DAYS.add_working_days(arrived, 20).day)

    points: Typed = {"需要补正的事项": "请写明是哪一项工程", "补正期限": correct_by}
    open_case(clerk, case)
    said = refused(clerk, "correction_notice", {**points, "日期": workday(32)})
    assert "7个工作日内发出" in said, "the eighth working day is too late"
    assert "《政府信息公开条例》第三十条" in said
    assert "晚于今天" in refused(clerk, "correction_notice", {"日期": today() + timedelta(days=1)})
    assert "早于前一步骤" in refused(clerk, "correction_notice", {"日期": workday(41)})
    assert clerk.page.get_by_label("需要补正的事项").input_value() == "请写明是哪一项工程"
    open_case(clerk, case)
    assert due_day(clerk) == due, "none of the wrong dates stopped the clock"
    assert "暂停计时" not in says(clerk)
    open_case(clerk, case)
    submit(clerk, "correction_notice", {**points, "日期": workday(37)})
    taken(clerk, case)

    citizen = visitor()
    assert "请写明是哪一项工程" in look_up(citizen, case, who.proof)
    assert asked_for(citizen, "请您补正")
    open_case(drafter, case, "?outcome=correction_lapsed")
    assert "届满之前不能认定" in refused(drafter, "opinion", {"日期": correct_by})
    differs = refused(drafter, "opinion", {"日期": workday(26), "补正期限": workday(28)})
    assert "与办理记录不一致" in differs, "a date that the steps know is not typed otherwise"
    submit(drafter, "opinion", {"日期": workday(26), "补正期限": correct_by})
    taken(drafter, case)
    close(clerk, approver, case, workday(26))

    reader = visitor(javascript=False)
    assert "逾期不补正" in look_up(reader, case, who.proof)
    assert not asked_for(reader, "请您补正"), "closed: nothing is asked any more"
    reply = read_letter(reader, "申请答复书")
    for words in (shown(workday(37)), f"补正期限至{shown(correct_by)}止", "逾期未补正", "第三十条", "视为放弃申请"):
        assert words in reply, words
    counted(clerk, case, "correction_lapsed", workday(26))


def letter_taken_in(clerk: Visitor, arrived: date) -> Case:
    """A letter that was signed for. A day that has not come is refused at its field; what was typed stays."""
    clerk.go("/desk/intake/")
    form = clerk.page.locator("main form")
    who, asked = somebody("林知夏", 8101), "门口那个工程的全部材料"
    fill_in(form, what_came(who, asked, today() + timedelta(days=1), "邮寄（签收）"))
    press(clerk, "保存，取得编号")
    wrong = clerk.page.locator(".field.is-wrong")
    assert wrong.count() == 1
    assert "到达日期" in wrong.inner_text()
    assert clerk.page.get_by_label("所需政府信息的名称或者描述").input_value() == asked
    fill_in(form, {"到达日期": arrived})
    press(clerk, "保存，取得编号")
    assert shown(arrived) in says(clerk)
    return handed_over(clerk)


def asked_for(citizen: Visitor, heading: str) -> bool:
    """Whether the progress page asks the applicant to do this."""
    return bool(citizen.page.get_by_role("heading", name=heading).count())


def counted(clerk: Visitor, case: Case, row: str, on: date) -> None:
    """The cell of the annual report that counts it opens the list where it stands."""
    clerk.go(f"/desk/report/zzjk/{on.year}/t3.{row}.natural_person/")
    assert case.number in says(clerk)


# 3. Third parties: one objects, one is silent; a co-producer is silent, too

OBJECTS, SILENT, CO_PRODUCER = "碧水演示环境有限公司", "青山演示建材有限公司", "演示市住房保障局"
SUBSTANCE = "滨河公园二期施工合同的单价表"


@pytest.mark.article("条例", 32)
@pytest.mark.article("条例", 34)
def test_third_parties_object_and_stay_silent(visitor: Any, staff: Any) -> None:
    clerk, drafter, approver = staff("jingban"), staff("chengban"), staff("shenpi")
    who = somebody("顾念慈", 8102)
    case = take_in(clerk, who, "滨河公园二期施工合同", workday(30))
    begin(clerk, case, workday(30))
    for kind, name in (("第三方", OBJECTS), ("第三方", SILENT), ("共同制作机关", CO_PRODUCER)):
        asked: Typed = {"向谁征求意见": kind, "名称": name, "所涉及的政府信息": SUBSTANCE, "日期": workday(28)}
        take(clerk, case, "consultation", {**asked, "对方收到的日期": workday(27)})
    answer: Typed = {"对方的意见": "不同意公开", "意见内容": "单价属于本公司商业秘密。", "日期": workday(20)}
    answered: Typed = {"答复的是哪一次征求意见": f"{OBJECTS}（{workday(28)}）", **answer}
    take(clerk, case, "consultation_reply", answered)

    opinion = granted_against_objection()
    open_case(drafter, case, "?outcome=granted")
    early = refused(drafter, "opinion", {**opinion, "日期": workday(12)})
    assert f"答复期限至{shown(workday(12))}" in early, "15 working days from the day after it arrived"
    assert "第三十二条" in early
    refused(drafter, "opinion", {"日期": workday(11), "决定公开的理由（告知第三方）": ""})
    assert "决定公开的理由" in drafter.page.locator(".field.is-wrong").inner_text(), "an objector is told why"
    said = refused(drafter, "opinion", {"决定公开的理由（告知第三方）": f"{who.name}申请，应当公开。"})
    assert "申请人" in said, "the third party never learns who applied"
    submit(drafter, "opinion", opinion)
    taken(drafter, case)
    close(clerk, approver, case, workday(10))

    letters_to_others(clerk, case, who.name)
    nothing_of_others(visitor(), case, who.proof)


def granted_against_objection() -> dict[str, str]:
    return {
        "提供方式": "写在答复书中",
        "政府信息的内容": "单价表见正文。",
        "决定公开的理由（告知第三方）": "不公开会对公共利益造成重大影响：该工程使用财政资金。",
    }


def letters_to_others(clerk: Visitor, case: Case, applicant: str) -> None:
    """The opposite defaults stand in the letters; who did not consent is told of the decision, and nobody who applied."""
    open_case(clerk, case)
    asked = {name: text for text in read_letters(clerk, "^征求意见书") for name in NAMES if name in text}
    for name in (OBJECTS, SILENT):
        assert "逾期未提出意见的，由本机关依照《政府信息公开条例》的规定决定是否公开" in asked[name]
    assert "逾期未提出意见的视为同意公开" in asked[CO_PRODUCER]
    told = {name: text for text in read_letters(clerk, "^决定公开告知书") for name in NAMES if name in text}
    assert told.keys() == {OBJECTS, SILENT}, "the co-producer agreed by silence"
    assert "不同意公开" in told[OBJECTS]
    assert "该工程使用财政资金" in told[OBJECTS]
    assert "未提出意见" in told[SILENT]
    assert not any(applicant in text for text in (*asked.values(), *told.values()))


NAMES = (OBJECTS, SILENT, CO_PRODUCER)


def nothing_of_others(reader: Visitor, case: Case, proof: str) -> None:
    """Page, reckoning and every letter to the applicant: none names whoever was asked, or what they said."""
    look_up(reader, case, proof)
    page = reader.page.content()
    links = reader.page.locator("a[href^='/progress/letters/'][href$='.pdf']").all()
    letters = [text_of(reader, link.get_attribute("href")) for link in links]
    assert len(letters) >= 5, "receipt, three notices that opinions are sought, the reply"
    for text in (page, *letters):
        assert not any(name in text for name in (*NAMES, "商业秘密。"))
    assert "决定公开告知书" not in page
    assert "征求意见书" not in page
    assert "单价表见正文" in letters[-1]


# 4. A refusal: reconsideration comes first


@pytest.mark.article("行政复议法", 23)
@pytest.mark.article("条例", 16)
def test_a_refusal_names_reconsideration_first(visitor: Any, staff: Any) -> None:
    clerk, drafter, legal, approver = (staff(name) for name in ("jingban", "chengban", "fazhi", "shenpi"))
    route_is_set(staff("guanli"))
    citizen, who = visitor(), somebody("沈星河", 8104)
    case = apply(citizen, who, "关于滨河路改造方案的内部讨论记录")
    take(clerk, case, "register")
    take(clerk, case, "accept")
    written = {
        "过程性信息的种类": "讨论记录",
        "理由": "该记录是作出决定之前的内部讨论，尚未形成结论，不对外发生效力。",
    }
    take(drafter, case, "opinion", written, "?outcome=process_information")
    open_case(clerk, case)
    assert re.search(r"报批路线：\s*法制审核人\s*→\s*审批人", says(clerk))
    submit(clerk, "decision")

    open_case(approver, case)
    assert approver.page.get_by_role("button", name="签发").count() == 0, "not before the legal review"
    assert "法制审核人" in approver.page.locator(".duty").inner_text()
    assert next_in_list(legal, case)
    take(legal, case, "review", {"审核意见": "依据和理由成立。"})
    open_case(approver, case)
    assert "法制审核人（已审核）" in says(approver)
    take(approver, case, "sign")
    take(clerk, case, "deliver", {"送达方式": ONLINE})

    assert "不予公开" in look_up(citizen, case, who.proof)
    reply = read_letter(citizen, "申请答复书")
    first = "应当自收到本答复之日起60日内先向郑州市人民政府申请行政复议"
    for words in ("第十六条", "尚未形成结论", first, "自收到行政复议决定书之日起15日内", "提起行政诉讼"):
        assert words in reply, words
    assert "6个月" not in reply, "no suit without a review"
    take(clerk, case, "archive")


def route_is_set(administrator: Visitor) -> None:
    """What is refused as internal discussion goes past the legal reviewer, from now on."""
    administrator.go("/desk/agencies/zzjk/")
    click(administrator, administrator.page.get_by_role("link", name="设置报批路线"))
    route = {
        "办理结果": "不予公开（属于四类过程性信息）",
        "第一个岗位": "法制审核人",
        "第二个岗位": "审批人",
    }
    fill_in(administrator.page.locator("main form"), route)
    press(administrator, "保存")
    assert "已保存报批路线" in says(administrator)


def next_in_list(person: Visitor, case: Case) -> bool:
    """Whether the case waits for this person."""
    person.go("/desk/")
    return bool(person.page.get_by_role("link", name=case.number, exact=True).count())


# 5. A fee that is not paid

HOW_TO_PAY = "演示银行经开支行，户名演示财政专户，账号1234 5678"


@pytest.mark.article("条例", 42)
@pytest.mark.article("收费办法", 5)
def test_a_fee_is_not_paid(visitor: Any, staff: Any) -> None:
    clerk, drafter, approver = staff("jingban"), staff("chengban"), staff("shenpi")
    who, asked, received = somebody("许知远", 8105), workday(30), workday(29)
    last = DAYS.add_working_days(received, 20).day
    case = take_in(clerk, who, "2015年至2025年历次绿化验收报告全文", workday(35))
    begin(clerk, case, workday(35))
    fee: Typed = {"计收方式": "按量计收", "件数或者页数": "30", "缴纳方式": HOW_TO_PAY, "日期": asked}
    open_case(clerk, case)
    assert "不收取信息处理费" in refused(clerk, "fee_notice", fee), "thirty pages are free"
    submit(clerk, "fee_notice", {"件数或者页数": "120", "申请人收到通知的日期": received})
    taken(clerk, case)

    citizen = visitor(width=390)
    page = look_up(citizen, case, who.proof)
    assert asked_for(citizen, "请您缴纳信息处理费")
    for words in ("1100元", shown(last), HOW_TO_PAY, "视为放弃申请"):
        assert words in page, words
    notice = read_letter(citizen, "收费通知书")
    for words in ("第31至100页每页10元，计700元", "第101至120页每页20元，计400元", "人民币1100元", "20个工作日"):
        assert words in notice, words

    open_case(drafter, case, "?outcome=fee_unpaid")
    assert "届满之前不能认定逾期未缴费" in refused(drafter, "opinion", {"日期": last})
    submit(drafter, "opinion", {"日期": workday(8)})
    taken(drafter, case)
    close(clerk, approver, case, workday(8))
    look_up(citizen, case, who.proof)
    assert not asked_for(citizen, "请您缴纳信息处理费"), "closed: nothing is asked any more"
    reply = read_letter(citizen, "申请答复书")
    for words in (shown(asked), f"缴费期限至{shown(last)}止", "逾期未缴纳", "视为放弃申请"):
        assert words in reply, words
    counted(clerk, case, "fee_unpaid", workday(8))


# 6. Late, and extended in time


@pytest.mark.article("条例", 33)
def test_late_is_seen_and_extension_comes_in_time_or_not(visitor: Any, staff: Any) -> None:
    clerk, approver = staff("jingban"), staff("shenpi")
    late = take_in(clerk, somebody("周行远", 8106), "经开区消防栓分布图", workday(28))
    begin(clerk, late, workday(28))
    due = DAYS.add_working_days(workday(28), 20).day
    row = in_list(clerk, "late", late)
    over = DAYS.working_days_between(due, today())
    badge = row.locator(".state-late")
    assert badge.inner_text().strip() == f"已超期 {over} 个工作日"
    red, green, blue = colour(badge)
    assert red > 150 > max(green, blue), "red"
    clerk.page.get_by_text(re.compile(r"\d+ 件已超期")).wait_for()

    longer = {"延长的工作日数": "10", "延期的理由": "需要向多个单位调取档案"}
    open_case(approver, late)
    assert approver.page.get_by_text("补录：延期").count() == 1, "only one told in time may still be entered"
    said = why_not(approver, "延期")
    assert "届满" in said
    assert "《政府信息公开条例》第三十三条" in said
    said = refused(approver, "extension", {**longer, "告知申请人的日期": today(), "同意延期的日期": today()})
    assert "届满" in said

    who = somebody("叶清和", 8107)
    case = take_in(clerk, who, "经开区加油站分布图", workday(15))
    begin(clerk, case, workday(15))
    before, after = (DAYS.add_working_days(workday(15), days) for days in (20, 30))
    citizen = visitor()
    assert shown(before.day) in look_up(citizen, case, who.proof)
    open_case(clerk, case)
    assert clerk.page.locator("form[action$='/extension/']").count() == 0, "the head consents, not the clerk"
    take(approver, case, "extension", {**longer, "告知申请人的日期": workday(0), "同意延期的日期": workday(0)})
    look_up(citizen, case, who.proof)
    assert shown(after.day) in citizen.page.locator(".due-card .due-day").inner_text()
    notice = read_letter(citizen, "延期答复告知书")
    told = f"至{shown(after.day)}止" if not after.provisional else "自原答复期限届满的次日起算"
    for words in ("第三十三条", "负责人", "需要向多个单位调取档案", "延长10个工作日", told):
        assert words in notice, words


def in_list(person: Visitor, view: str, case: Case) -> Any:
    """The row of the case in a view of the inbox."""
    person.go(f"/desk/?view={view}")
    row = person.page.get_by_role("row").filter(has=person.page.get_by_role("link", name=case.number, exact=True))
    row.wait_for()
    return row


def colour(place: Any) -> tuple[int, int, int]:
    """The ground it stands on, red, green, blue."""
    red, green, blue = re.findall(r"\d+", place.evaluate("place => getComputedStyle(place).backgroundColor"))[:3]
    return int(red), int(green), int(blue)


def why_not(person: Visitor, step: str) -> str:
    """What the page says of a step under „现在不能办理的步骤和原因“."""
    person.page.get_by_text("现在不能办理的步骤和原因").click()
    said: str = person.page.locator(".refusals li").filter(has_text=step).first.inner_text()
    return said
