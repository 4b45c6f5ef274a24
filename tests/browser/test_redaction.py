"""Part of a contract is given: boxes by mouse, keyboard and form, the copy made and checked, and what the citizen gets."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.applications.originals import KEPT, PERSON, PRICE, contract
from tests.browser.conftest import Visitor
from tests.browser.desk import (
    Case,
    Typed,
    click,
    fill_in,
    look_up,
    open_case,
    press,
    says,
    somebody,
    take,
    take_in,
    workday,
)
from tests.browser.looking import look_at

pytestmark = pytest.mark.browser

PATIENCE = 60_000


@pytest.mark.article("条例", 37)
def test_part_of_a_contract(visitor: Any, staff: Any) -> None:
    clerk, approver, drafter, day = staff("jingban"), staff("shenpi"), visitor(), workday(1)
    case = take_in(clerk, somebody("柳如眉", 8303), "蝶湖公园养护合同", day)
    take(clerk, case, "register", {"日期": day})
    take(clerk, case, "accept", {"日期": day})
    asked: Typed = {"向谁征求意见": "第三方", "名称": "演示园林有限公司", "所涉及的政府信息": "养护合同", "日期": day}
    take(clerk, case, "consultation", asked)
    take(clerk, case, "consultation_reply", {"对方的意见": "不同意公开", "意见内容": "含单价。", "日期": day})
    drafter.sign_in("chengban")
    add_original(drafter, case)
    wait_for_the_scan(drafter)
    draw(drafter)
    by_form(visitor(javascript=False), drafter.page.url)
    make_the_copy(drafter)
    propose(drafter, case)
    take(clerk, case, "decision", {"日期": day})
    take(approver, case, "sign", {"日期": day})
    take(clerk, case, "deliver", {"送达方式": "电子方式（网上下载或电子邮件）", "送出日期": day})
    citizen_reads(visitor(width=390), case)


def add_original(drafter: Visitor, case: Case) -> None:
    open_case(drafter, case)
    drafter.page.locator("details:has(form[action$='/papers/']) > summary").click()
    form = drafter.page.locator("form[action$='/papers/']")
    fill_in(form, {"材料类别": "拟提供信息的原件"})
    file = {"name": "养护合同.pdf", "mimeType": "application/pdf", "buffer": contract()}
    form.locator("input[type=file]").set_input_files(file)
    click(drafter, form.get_by_role("button", name="添加"))
    click(drafter, drafter.page.get_by_role("button", name=re.compile("^遮盖")))


def wait_for_the_scan(drafter: Visitor) -> None:
    """The page loads itself anew when the proposals are there."""
    drafter.page.locator("#sheet-boxes .is-proposed").first.wait_for(state="attached", timeout=PATIENCE)
    assert drafter.page.locator("#sheet-boxes .is-proposed").count() == 2
    assert "1101************38" in says(drafter)
    assert PERSON not in drafter.page.content()
    look_at(drafter, "a page with proposals")


def saved(drafter: Visitor, boxes: int) -> None:
    drafter.page.locator("#sheet-boxes .is-taken").nth(boxes - 1).wait_for(state="attached")
    drafter.page.get_by_text("已保存。").wait_for()


def draw(drafter: Visitor) -> None:
    """Proposals taken by kind; on the second page one box by mouse, one by keyboard."""
    page = drafter.page
    for kind in ("居民身份证号码", "手机号码"):
        button = page.get_by_role("button", name=re.compile(f"全部采用.*{kind}"))
        button.click()
        button.wait_for(state="detached")
    saved(drafter, 2)
    click(drafter, page.get_by_role("link", name="下一页"))
    page.get_by_label("遮盖的是什么").first.fill("单价")
    sheet = page.locator("#sheet")
    sheet.scroll_into_view_if_needed()
    place = sheet.bounding_box()
    page.mouse.move(place["x"] + 0.08 * place["width"], place["y"] + 0.10 * place["height"])
    page.mouse.down()
    page.mouse.move(place["x"] + 0.60 * place["width"], place["y"] + 0.16 * place["height"], steps=4)
    page.mouse.up()
    saved(drafter, 1)
    sheet.focus()
    for key in ("Enter", "ArrowDown", "ArrowRight", "Shift+ArrowRight", "Enter"):
        page.keyboard.press(key)
    saved(drafter, 2)
    assert page.locator("#sheet-boxes .is-new").count() == 0
    look_at(drafter, "a page with boxes")


def by_form(other: Visitor, address: str) -> None:
    """Without JavaScript: a box by numbers, and removed again."""
    other.sign_in("chengban")
    other.page.goto(address)
    other.page.locator("#new-box summary").click()
    edges = {"左边（%）": "10", "上边（%）": "80", "右边（%）": "30", "下边（%）": "85"}
    fill_in(other.page.locator("#new-box"), edges)
    click(other, other.page.locator("#new-box").get_by_role("button", name="添加"))
    assert other.page.locator("#sheet-boxes .is-taken").count() == 3
    click(other, other.page.get_by_role("button", name=re.compile("^删除.*第 3 个框")))
    assert other.page.locator("#sheet-boxes .is-taken").count() == 2


def make_the_copy(drafter: Visitor) -> None:
    """The page of before is stale by now: it says so, and shows the boxes as they are."""
    press(drafter, "生成遮盖件")
    assert "修改遮盖" in says(drafter)
    press(drafter, "生成遮盖件")
    drafter.page.get_by_text("遮盖件已经生成并通过检查").wait_for(timeout=PATIENCE)
    look_at(drafter, "a finished redaction")


def propose(drafter: Visitor, case: Case) -> None:
    drafter.go(case.path + "?outcome=partially_granted")
    form = drafter.page.locator("form[action$='/opinion/']")
    withheld = form.get_by_label(re.compile("不予公开的内容")).input_value()
    assert withheld.startswith("第1页居民身份证号码1处；第1页手机号码1处；第2页单价"), withheld
    assert form.get_by_label("养护合同（部分公开）.pdf（遮盖件）").is_checked()
    assert form.get_by_label("涉及商业秘密、个人隐私等，公开会对第三方合法权益造成损害").is_checked()
    fill_in(
        form,
        {"予以公开的内容": "养护合同除单价、个人信息以外的部分", "理由": "涉及第三方合法权益。", "日期": workday(1)},
    )
    look_at(drafter, "the opinion on a partial disclosure")
    click(drafter, form.get_by_role("button", name="提出办理意见"))
    assert "已办理：" in says(drafter), says(drafter)
    case.with_whom = None


def citizen_reads(citizen: Visitor, case: Case) -> None:
    assert "养护合同（部分公开）.pdf" in look_up(citizen, case, somebody("柳如眉", 8303).proof)
    address = citizen.page.get_by_role("link", name=re.compile("部分公开")).get_attribute("href")
    data = citizen.context.request.get(citizen.office.address + address).body()
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    assert KEPT in text
    assert PERSON not in text
    assert PRICE not in text
