"""An office takes over an old ledger, and its annual report comes from it: counted, written with linked figures, held back
by what is not so, signed, published, read by a stranger; its file is checked like anybody's.

The clerk's browser runs no script: every page of the report works without.
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest

from gongkai.agencies.selectors import today
from tests.browser.conftest import Visitor
from tests.browser.desk import click, press, says

pytestmark = pytest.mark.browser

#: The demonstration has nothing of this year, and no other story tells of it.
YEAR = today().year - 2
ASKED = ("东湖路雨水管网图纸", "东湖路改造招标结果", "东湖路改造会议记录")
LEDGER = (
    "申请人,申请人类型,收到日期,申请方式,申请内容,答复日期,办理结果",
    f"高云山,自然人,{YEAR}-03-04,当面提交,{ASKED[0]},{YEAR}-03-18,予以公开",
    f"程水流,自然人,{YEAR}-05-06,当面提交,{ASKED[1]},{YEAR}-05-20,予以公开",
    f"演示市绿野工程有限公司,商业企业,{YEAR}-09-02,当面提交,{ASKED[2]},{YEAR}-09-18,不予公开-属于四类过程性信息",
)
WORDS = {
    "1": f"根据《中华人民共和国政府信息公开条例》要求，现编制本机关{YEAR}年政府信息公开工作年度报告。"
    f"数据的统计期限为{YEAR}年1月1日至{YEAR}年12月31日。",
    "1.1": "重点公开城市更新项目的批准、招标和验收结果，附有图纸说明。",
    "1.3": "清理东湖路片区的旧文件，逐件标明效力。",
    "1.4": "门户网站增加城市更新专题，附有项目地图。",
    "1.5": "组织公开业务培训一次。工作考核结果为良好，社会评议没有收到批评意见，没有发生责任追究。",
    "5": "存在的问题：城市更新专题的检索不便。改进措施：按道路名称编排目录，由规划科每月核对。",
    "6": f"{YEAR}年，本机关未收取信息处理费。\n本年无其他需要报告的事项。",
}
NONE_CAME = f"{YEAR}年，本机关未收到政府信息公开申请。"


@pytest.mark.article("条例", 49)
def test_from_an_old_ledger_to_the_published_report(visitor: Any, staff: Any, tmp_path: Path) -> None:
    clerk, approver, stranger = visitor(javascript=False), staff("shenpi"), visitor()
    clerk.sign_in("jingban")
    ledger_taken_over(clerk, tmp_path)
    here = begun_and_frozen(clerk)
    for section, words in {**WORDS, "1.2": NONE_CAME}.items():
        written(clerk, f"{here}{section}/", words)
    held_back(clerk, here)
    mended_with_figures_from_the_list(clerk, f"{here}1.2/")
    submitted(clerk, here)
    signed(approver, here)
    clerk.go(f"{here}act/publish/")
    press(clerk, "公布")
    report = read_by_a_stranger(stranger, tmp_path)
    a_number_opens_its_records(clerk)
    checked_as_anybodys(clerk, report)


def ledger_taken_over(clerk: Visitor, folder: Path) -> None:
    ledger = folder / "旧台账.csv"
    ledger.write_text("\n".join(LEDGER), encoding="utf-8-sig")
    clerk.go("/desk/import/")
    clerk.page.get_by_label("台账文件").set_input_files(ledger)
    press(clerk, "上传并核对")
    press(clerk, f"确认导入 {len(ASKED)} 件")
    clerk.page.get_by_role("heading", name="导入完成").wait_for()


def begun_and_frozen(clerk: Visitor) -> str:
    """The address of the report's pages."""
    clerk.go(f"/desk/report/zzjk/{YEAR}/")
    press(clerk, "开始编制")
    click(clerk, clerk.page.get_by_role("link", name="冻结数据"))
    clerk.page.locator("main textarea").fill("与旧台账核对无误。")
    press(clerk, "冻结数据")
    click(clerk, clerk.page.get_by_role("link", name="编写、报批"))
    address: str = clerk.page.url
    return address.removeprefix(clerk.office.address)


def written(clerk: Visitor, address: str, words: str) -> None:
    if not clerk.page.url.endswith(address):
        clerk.go(address)
    clerk.page.locator("main textarea").fill(words)
    press(clerk, "保存")
    assert "已保存" in says(clerk)


def held_back(clerk: Visitor, here: str) -> None:
    """The table counts three; a report that says none came does not reach the approver, whatever is answered."""
    clerk.go(f"{here}act/submit/")
    said = says(clerk)
    assert "必须改正，才能报批" in said
    assert "P-1" in said
    answered(clerk)
    press(clerk, "报批")
    assert "已办理" not in says(clerk)
    click(clerk, clerk.page.locator("main .note-error").filter(has_text="P-1").get_by_role("link"))
    assert clerk.page.url.endswith(f"{here}1.2/"), "the finding leads to where it is mended"


def mended_with_figures_from_the_list(clerk: Visitor, address: str) -> None:
    """Each figure goes to the end of what is written."""
    text = clerk.page.locator("main textarea")
    text.fill(f"{YEAR}年，新收政府信息公开申请")
    for cell, unit in (
        ("t3.received.total", "件，办结"),
        ("t3.total.total", "件，予以公开"),
        ("t3.granted.total", "件。"),
    ):
        clerk.page.get_by_label("数据", exact=True).select_option(cell)
        press(clerk, "插入")
        text.fill(text.input_value() + unit)
    words: str = text.input_value()
    assert words.count("{{ t3.") == 3, words
    written(clerk, address, words)
    assert f"{YEAR}年，新收政府信息公开申请3件，办结3件，予以公开2件。" in says(clerk)


def submitted(clerk: Visitor, here: str) -> None:
    clerk.go(f"{here}act/submit/")
    answered(clerk)
    press(clerk, "报批")
    assert "已办理" in says(clerk), says(clerk)
    assert clerk.page.get_by_role("link", name="签发").count() == 0, "nobody signs what he wrote"


def answered(clerk: Visitor) -> None:
    for field in clerk.page.locator("main form input[type=text]").all():
        field.fill("已与旧台账核对，情况属实。")


def signed(approver: Visitor, here: str) -> None:
    approver.go(f"{here}read/")
    assert "新收政府信息公开申请3件" in says(approver)
    click(approver, approver.page.get_by_role("link", name="签发"))
    press(approver, "签发")
    assert "已办理" in says(approver)


def read_by_a_stranger(stranger: Visitor, folder: Path) -> Path:
    """From the list of the agency to the page and every file; the Word file is kept."""
    stranger.go("/reports/zzjk/")
    click(stranger, stranger.page.locator(f"main a[href='/reports/zzjk/{YEAR}/']").first)
    said = says(stranger)
    assert "新收政府信息公开申请3件，办结3件，予以公开2件。" in said
    assert "首次公布时间" in said
    assert "{{" not in said
    word = folder / "年度报告.docx"
    for form, begins in (("docx", b"PK"), ("xlsx", b"PK"), ("pdf", b"%PDF"), ("json", b"{")):
        answer = stranger.context.request.get(f"{stranger.office.address}/reports/zzjk/{YEAR}/report.{form}")
        assert answer.body().startswith(begins), form
        if form == "docx":
            word.write_bytes(answer.body())
    click(stranger, stranger.page.get_by_role("link", name="图解年报"))
    assert "图解" in says(stranger)
    refused = stranger.context.request.get(f"{stranger.office.address}/desk/report/zzjk/{YEAR}/", max_redirects=0)
    assert refused.status == 302, "the records are not everybody's"
    return word


def a_number_opens_its_records(clerk: Visitor) -> None:
    clerk.go(f"/desk/report/zzjk/{YEAR}/")
    cell = clerk.page.locator("main table a[href$='/t3.granted.natural_person/']")
    assert cell.inner_text().strip().startswith("2")
    click(clerk, cell)
    said = says(clerk)
    assert ASKED[0] in said
    assert ASKED[1] in said
    assert ASKED[2] not in said
    assert clerk.page.locator("main tbody a[href^='/desk/cases/']").count() == 2


def checked_as_anybodys(clerk: Visitor, report: Path) -> None:
    """Beside the published file one in which a number was changed: that one has an error, the other has none."""
    changed = report.with_name("改过的年度报告.docx")
    with zipfile.ZipFile(report) as there, zipfile.ZipFile(changed, "w") as made:
        for name in there.namelist():
            made.writestr(name, there.read(name).replace("申请3件".encode(), "申请5件".encode()))
    clerk.go("/desk/report/zzjk/check/")
    clerk.page.get_by_label("年度报告").set_input_files([report, changed])
    press(clerk, "检查")
    clerk.page.get_by_role("link", name="下载检查结果").wait_for()
    wrong, right = (section.inner_text() for section in clerk.page.locator("#under-way section").all())
    assert changed.name in wrong, "files with more errors come first"
    assert report.name in right
    assert "文中说新收 5 件，第三部分表格的本年新收是 3 件" in wrong
    late = "晚于法定期限"
    assert late in wrong, "published long after March: so much is true of both"
    assert late in right
    assert "文中说" not in right
    assert "无法读取" not in says(clerk)
