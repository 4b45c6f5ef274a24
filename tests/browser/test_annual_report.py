"""An annual report from the first word to the public page: written, checked, signed, published; a number opens its records."""

from __future__ import annotations

from typing import Any

import pytest

from gongkai.agencies.selectors import today
from tests.browser.conftest import Visitor
from tests.browser.desk import click, fill_in, press, says
from tests.browser.test_pages import look_at

pytestmark = pytest.mark.browser

#: The demonstration publishes nothing of it.
YEAR = today().year - 1
WORDS = {
    "1.1": "全年通过门户网站主动公开政府信息310条，其中办事指南120条，执法公示190条。",
    "1.3": "按季度核对门户网站栏目，更正失效链接16处。",
    "1.4": "改版政府信息公开专栏，增设执法公示栏目2个。",
    "1.5": "组织业务培训2次，参加60人次。工作考核结果为良好，社会评议满意率为96%，未发生责任追究。",
    "5": "存在的问题：一是执法公示栏目更新较慢。二是解读材料以文字为主。\n"
    "改进措施：一是每周一核对执法公示栏目的更新。二是为重点文件配发图解。",
}


def test_written_checked_signed_and_published(visitor: Any) -> None:
    clerk, approver, citizen = visitor(bypass_csp=True), visitor(bypass_csp=True), visitor()
    clerk.sign_in("jingban")
    clerk.go(f"/desk/report/zzjk/{YEAR}/")
    press(clerk, "开始编制")
    freeze(clerk)
    clerk.go(f"/desk/report/zzjk/{YEAR}/")
    click(clerk, clerk.page.get_by_role("link", name="编写、报批"))
    here = clerk.page.url.removeprefix(clerk.office.address)
    write_all(clerk, here)
    a_figure_goes_where_the_cursor_stands(clerk, here)
    clerk.go(here)
    look_at(clerk, "the report being written")
    a_wrong_number_keeps_it_from_the_approver(clerk, here)
    submit(clerk, here)
    approver.sign_in("shenpi")
    approver.go(f"{here}read/")
    assert WORDS["1.4"] in says(approver)
    look_at(approver, "the report before the approver")
    click(approver, approver.page.get_by_role("link", name="签发"))
    press(approver, "签发")
    clerk.go(f"{here}act/publish/")
    press(clerk, "公布")
    citizen.go(f"/reports/zzjk/{YEAR}/")
    assert WORDS["1.4"] in says(citizen)
    clerk.go(f"/desk/report/zzjk/{YEAR}/")
    click(clerk, clerk.page.locator(".report-figures a").first)
    assert "本年新收" in says(clerk)


def freeze(clerk: Visitor) -> None:
    click(clerk, clerk.page.get_by_role("link", name="冻结数据"))
    clerk.page.locator("main textarea").fill("演示数据，已核对。")
    press(clerk, "冻结数据")


def write_all(clerk: Visitor, here: str) -> None:
    """The suggested text where no record leaves a gap, own words elsewhere."""
    for section in ("1", "1.2", "6"):
        clerk.go(f"{here}{section}/")
        press(clerk, "加入建议稿（不保存）")
        press(clerk, "保存")
    for section, words in WORDS.items():
        clerk.go(f"{here}{section}/")
        clerk.page.locator("main textarea").fill(words)
        press(clerk, "保存")
    assert "已保存" in says(clerk)


def a_figure_goes_where_the_cursor_stands(clerk: Visitor, here: str) -> None:
    clerk.go(f"{here}1.2/")
    look_at(clerk, "a section being written")
    text = clerk.page.locator("main textarea")
    written = text.input_value()
    text.fill(f"上年结转件。{written}")
    text.evaluate("area => area.setSelectionRange(4, 4)")
    clerk.page.get_by_label("数据", exact=True).select_option("t3.carried_in.total")
    clerk.page.get_by_role("button", name="插入", exact=True).click()
    assert text.input_value() == f"上年结转{{{{ t3.carried_in.total }}}}件。{written}"
    text.fill(written)


def a_wrong_number_keeps_it_from_the_approver(clerk: Visitor, here: str) -> None:
    clerk.go(f"{here}6/")
    right = clerk.page.locator("main textarea").input_value()
    fill_in(clerk.page.locator("main"), {"六、其他需要报告的事项": f"{right}\n〔请填写：其他事项〕"})
    press(clerk, "保存")
    clerk.go(f"{here}act/submit/")
    assert "还没有填写" in says(clerk)
    answer_all(clerk)
    press(clerk, "报批")
    assert "还有必须改正的错误" in says(clerk)
    look_at(clerk, "the submission refused")
    clerk.go(f"{here}6/")
    clerk.page.locator("main textarea").fill(right)
    press(clerk, "保存")


def submit(clerk: Visitor, here: str) -> None:
    clerk.go(f"{here}act/submit/")
    answer_all(clerk)
    press(clerk, "报批")
    assert "已办理" in says(clerk)


def answer_all(clerk: Visitor) -> None:
    for field in clerk.page.locator("main input[type=text]").all():
        field.fill("已核对，情况属实。")
