"""What an ordinary day at the desk and at the form is made of, done as people do it."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
import segno

from tests.browser.conftest import Visitor
from tests.browser.desk import apply, click, fill_in, open_case, press, says, sent, somebody, submit, what_is_asked

pytestmark = pytest.mark.browser

#: From the list: open it, register, accept; unfold, choose (two clicks), give it out.
CLICKS = 7


def test_a_new_application_is_registered_accepted_and_given_out(visitor: Any, staff: Any) -> None:
    """The way that is gone most often, without typing and in few clicks."""
    case, clerk = apply(visitor(), somebody("方既白", 8201), "经开区停车位规划图"), staff("jingban")
    clerk.go("/desk/")
    page, clicks = clerk.page, 0
    duty, work = page.locator(".duty"), page.get_by_role("region", name="承办")
    leading = (
        page.get_by_role("link", name=case.number, exact=True),
        duty.get_by_role("button", name="登记", exact=True),
        duty.get_by_role("button", name="受理", exact=True),
    )
    for what in leading:
        click(clerk, what)
        clicks += 1
    assert "已办理：受理" in says(clerk)
    work.get_by_text("分办", exact=True).first.click()
    work.get_by_label("承办人员").select_option(label="王芳")
    click(clerk, work.get_by_role("button", name="分办"))
    clicks += 1 + 2 + 1
    assert "已分办。" in says(clerk)
    assert "王芳" in work.inner_text()
    assert clicks <= CLICKS


def test_an_application_is_sent_by_keyboard_alone(visitor: Any) -> None:
    citizen, who = visitor(), somebody("陆听澜", 8202)
    citizen.go("/apply/zzjk/")
    keys = Keys(citizen)
    keys.to("applicant_kind").press("Space")
    keys.to("applicant_name").type(who.name)
    keys.to("id_number").type(who.id_number)
    keys.to("telephone").type("13800001234")
    keys.to("content").type("经开区2025年公交线路调整方案")
    keys.to("form_wanted").press("Space")
    keys.to("way_wanted").press("Space")
    keys.on_to("提交申请").press("Enter")
    citizen.page.wait_for_url("**/apply/sent/")
    sent(citizen)


class Keys:
    """Nothing but the keyboard."""

    def __init__(self, visitor: Visitor) -> None:
        self.page = visitor.page
        self.press, self.type = visitor.page.keyboard.press, visitor.page.keyboard.type

    def to(self, name: str) -> Keys:
        """Tab to the field of this name."""
        return self._until("place => place.name", name)

    def on_to(self, words: str) -> Keys:
        """Tab to what bears these words."""
        return self._until("place => place.innerText.trim()", words)

    def _until(self, asked: str, wanted: str) -> Keys:
        for _ in range(60):
            if self.page.evaluate(f"({asked})(document.activeElement)") == wanted:
                return self
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{wanted} is not reached by the keyboard")


@pytest.mark.article("个人信息保护法", 51)
def test_identity_is_shown_whole_for_a_reason_and_the_look_is_listed(visitor: Any, staff: Any) -> None:
    who = somebody("白露晞", 8203)
    case, clerk, drafter = apply(visitor(), who, "经开区路灯数量"), staff("jingban"), staff("chengban")
    open_case(clerk, case)
    page = clerk.page
    assert who.id_number not in page.content()
    submit(clerk, "identity")
    assert who.id_number not in page.content(), "no reason, nothing shown"
    submit(clerk, "identity", {"查看的原因": "核对身份证明"})
    panel = page.get_by_role("region", name="申请人")
    assert who.id_number in panel.inner_text()
    assert who.name in panel.inner_text()
    open_case(clerk, case)
    assert who.id_number not in page.content(), "once, and no longer"
    panel.get_by_text(re.compile("查看记录：1 次")).click()
    listed = panel.get_by_role("listitem").inner_text()
    assert "核对身份证明" in listed
    assert "李明" in listed
    open_case(drafter, case)
    assert drafter.page.get_by_text("查看并留痕").count() == 0, "who only needs the content has no such button"


def test_several_cases_are_given_out_at_once(staff: Any) -> None:
    clerk = staff("jingban")
    clerk.go("/desk/?view=open")
    boxes = clerk.page.get_by_role("checkbox", name=re.compile("^选择 ")).all()[:2]
    numbers = [box.get_attribute("aria-label").removeprefix("选择 ") for box in boxes]
    assert len(numbers) == 2
    press(clerk, "分办", "#assign")
    assert "请先在列表中勾选办件。" in says(clerk)
    for number in numbers:
        clerk.page.get_by_label(f"选择 {number}", exact=True).check()
    fill_in(clerk.page.locator("#assign"), {"科室": "城市管理科", "人员": "王芳"})
    press(clerk, "分办", "#assign")
    for number in numbers:
        row = clerk.page.get_by_role("row").filter(has=clerk.page.get_by_role("link", name=number, exact=True))
        assert "王芳" in row.inner_text()
        assert "城市管理科" in row.inner_text()


def test_a_list_is_kept_under_a_name(staff: Any) -> None:
    approver = staff("shenpi")
    approver.go("/desk/?view=open")
    approver.page.get_by_text("查找和筛选").click()
    narrowed = approver.page.locator("form:has(#filter-stage)")
    fill_in(narrowed, {"环节": "报批"})
    press(approver, "筛选")
    found = approver.page.locator("table.cases tbody tr").count()
    fill_in(approver.page.locator(".inbox-keep form").first, {"名称": "等我签发的"})
    press(approver, "保存当前列表")
    approver.go("/desk/")
    click(approver, approver.page.get_by_role("navigation", name="查看范围").get_by_role("link", name="等我签发的"))
    assert approver.page.locator("table.cases tbody tr").count() == found > 0
    assert approver.page.locator("#filter-stage").input_value() == "approve"
    click(approver, approver.page.get_by_role("button", name=re.compile("^删除\\s*等我签发的$")))
    assert approver.page.get_by_role("link", name="等我签发的", exact=True).count() == 0


def test_a_renamed_file_is_refused_at_its_place_and_all_else_stays(visitor: Any) -> None:
    citizen, who = visitor(), somebody("江晚照", 8204)
    typed = what_is_asked(who, "经开区公厕分布图")
    citizen.go("/apply/zzjk/")
    form = citizen.page.locator("#application")
    fill_in(form, typed)
    picture = BytesIO()
    segno.make("图").save(picture, kind="png")
    renamed = {"name": "合同.pdf", "mimeType": "application/pdf", "buffer": picture.getvalue()}
    citizen.page.locator("input[name=attachments]").set_input_files([renamed])
    press(citizen, "提交申请")
    wrong = citizen.page.locator(".field.is-wrong")
    assert wrong.get_attribute("data-field") == "attachments"
    assert "“合同.pdf”的内容与扩展名不符" in wrong.inner_text()
    for label in ("姓名或单位名称", "证件号码", "联系电话", "您需要什么政府信息"):
        assert form.get_by_label(label).first.input_value() == typed[label]
    for choice in ("自然人", "电子文件", "网上下载（凭查询码）"):
        assert form.get_by_label(choice, exact=True).is_checked()
    press(citizen, "提交申请")
    sent(citizen)
