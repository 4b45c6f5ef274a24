"""Every page of the desk: nothing that axe finds in both widths, no sideways scrolling, under its own strict policy."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from gongkai.demonstration.publishing import WAITING
from tests.browser.conftest import Visitor
from tests.browser.desk import click, press, says, somebody, take_in, workday
from tests.browser.looking import by_keyboard, check, look_at
from tests.browser.test_publishing_story import begin, scanned

pytestmark = pytest.mark.browser

DESK = (
    "/desk/",
    "/desk/?view=all",
    "/desk/intake/",
    "/desk/import/",
    "/desk/publish-suggestions/",
    "/desk/feed/",
    "/desk/delegations/",
    "/desk/report/zzjk/2021/",
    "/desk/report/zzjk/2021/t3.granted.natural_person/",
    "/desk/report/zzjk/2021/t2.charges.amount/",
    "/desk/report/compare/?agency=zzjk",
    "/desk/report/zzjk/check/",
    "/desk/report/zzjk/2021/previous/",
    "/desk/counts/zzjk/2021/",
    "/desk/disputes/zzjk/",
    "/desk/ledger/?verify=1",
    "/desk/calendar/2026/",
    "/desk/agencies/",
    "/desk/notifications/",
    "/desk/preferences/",
)
OFFICE = (
    "/desk/agencies/zzjk/",
    "/desk/agencies/zzjk/edit/",
    "/desk/agencies/zzjk/units/new/",
    "/desk/agencies/zzjk/route/?outcome=internal_affairs",
    "/desk/agencies/zzjk/delegate/",
    "/desk/agencies/zzjk/letters/",
    "/desk/agencies/zzjk/letters/D02/",
    "/desk/agencies/zzjk/letters/D02/edit/",
    "/desk/people/new/",
)
EDITORS = (
    "/desk/columns/zzjk/",
    "/desk/columns/zzjk/new/",
    "/desk/columns/zzjk/guide/",
    "/desk/documents/zzjk/",
    "/desk/documents/zzjk/?validity=repealed",
    "/desk/documents/zzjk/campaigns/",
    "/desk/counts/zzjk/2021/import/",
    "/desk/monitor/zzjk/",
    "/desk/visits/zzjk/",
    "/desk/grassroots/zzjk/",
    "/desk/grassroots/zzjk/areas/work-safety/",
    "/desk/grassroots/zzjk/rows/new/",
    "/desk/grassroots/zzjk/import/",
)
#: Pages of one row of a list: where the list is, and how the address of the row begins.
ROWS = (
    ("/desk/documents/zzjk/", "/desk/documents/entry/"),
    ("/desk/columns/zzjk/", "/desk/columns/zzjk/"),
    ("/desk/grassroots/zzjk/areas/work-safety/", "/desk/grassroots-rows/"),
)


def test_the_clerks_pages(staff: Any) -> None:
    clerk = staff("jingban")
    for path in (*DESK, *case_pages(clerk)):
        check(clerk, path)
    take_in(clerk, somebody("秦时月", 8302), "经开区桥梁名录", workday(2), "平常信函")
    look_at(clerk, "the slip after intake")


def case_pages(person: Visitor) -> list[str]:
    """The pages of open cases: one for each thing that can be next."""
    person.go("/desk/?view=open")
    rows = person.page.locator("table.cases tbody tr").evaluate_all(
        "all => all.map(row => [row.querySelector('.case-next strong').innerText, row.querySelector('a').getAttribute('href')])"
    )
    return sorted(dict(reversed(rows)).values())


def test_the_drafters_and_approvers_pages(staff: Any) -> None:
    for name, extra in (("chengban", "?outcome=not_held"), ("shenpi", "")):
        person = staff(name)
        for path in case_pages(person)[::3]:
            check(person, path + extra)


def test_the_administrators_pages(staff: Any) -> None:
    administrator = staff("guanli")
    for path in OFFICE:
        check(administrator, path)


def test_the_pages_of_drafts(staff: Any) -> None:
    """An answered case becomes a draft; who edits looks at it."""
    clerk, editor = staff("jingban"), staff("bianji")
    clerk.go("/desk/report/zzjk/2021/t3.granted.natural_person/")
    click(clerk, clerk.page.locator("main a[href^='/desk/cases/']").first)
    clerk.page.get_by_text("转为主动公开草稿").click()
    press(clerk, "转为草稿")
    check(editor, "/desk/item-drafts/")
    check(editor, editor.page.locator("main a[href^='/desk/item-drafts/']").first.get_attribute("href"))


def test_the_pages_of_an_import(staff: Any, tmp_path: Path) -> None:
    """A ledger of two rows, one of them wrong: nothing is taken over."""
    clerk, ledger = staff("jingban"), tmp_path / "台账.csv"
    rows = [
        "申请人,申请人类型,收到日期,申请方式,申请内容",
        "高远,自然人,2020-03-02,当面提交,道路名录",
        ",自然人,2020-13-45,当面提交,",
    ]
    ledger.write_text("\n".join(rows), encoding="utf-8-sig")
    clerk.go("/desk/import/")
    clerk.page.get_by_label("台账文件").set_input_files(ledger)
    press(clerk, "上传并核对")
    assert "第 3 行，收到日期" in says(clerk)
    look_at(clerk, "the ledger looked through")


def test_the_pages_of_a_privacy_check(staff: Any, tmp_path: Path) -> None:
    """A list of persons: it must not go out, and the page says where and why."""
    clerk, roll = staff("jingban"), tmp_path / "名单.txt"
    roll.write_text("姓名,身份证号,联系电话\n高某,11010519491231002X,13800001234\n程某,440524188001010014,\n", "utf-8")
    check(clerk, "/desk/privacy/")
    clerk.page.get_by_label("要发出的文件").set_input_files(roll)
    press(clerk, "检查")
    clerk.page.get_by_role("heading", name="不能发出").wait_for()
    for summary in clerk.page.locator("main details > summary").all():
        summary.click()
    assert "第2段" in says(clerk)
    assert "11010519491231002X" not in says(clerk)
    look_at(clerk, "a privacy check")


def test_the_writers_pages(staff: Any) -> None:
    drafter = staff("chengban")
    check(drafter, "/desk/items/new/")
    begin(drafter, "一条草稿")
    look_at(drafter, "writing an item")
    by_keyboard(drafter, "writing an item")
    press(drafter, "保存并送审")
    look_at(drafter, "an item that lacks much")
    item = re.sub(r".*(/desk/items/\d+/).*", r"\1", drafter.page.url)
    for path in (item, f"{item}preview/", f"{item}discard/", "/desk/items/?tab=published"):
        check(drafter, path)


def test_the_reviewers_pages(staff: Any) -> None:
    head = staff("kezhang")
    check(head, "/desk/reviews/")
    review = head.page.get_by_role("link", name=WAITING.title, exact=True).get_attribute("href")
    scanned(head, review)
    look_at(head, "a review")
    check(head, f"{review}sheet/")
    check(head, "/desk/reviews/?others=1")


def test_the_editors_pages(staff: Any) -> None:
    editor = staff("bianji")
    for path in EDITORS:
        check(editor, path)
        by_keyboard(editor, path)
    for path, link in ROWS:
        check(editor, row_of(editor, path, link))


def row_of(person: Visitor, path: str, link: str) -> str:
    """The page of the first row of a list."""
    person.go(path)
    found = person.page.locator(f"main a[href^='{link}']").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    return str(next(one for one in found if re.search(r"/\d+/$", one)))


def test_charts_are_drawn_under_the_strict_policy(staff: Any) -> None:
    clerk = staff("jingban")
    clerk.go("/desk/report/zzjk/2021/")
    clerk.page.wait_for_selector("#report-chart svg")
