"""Every page: no accessibility fault (axe), no sideways scrolling, nothing from elsewhere, both languages."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from gongkai.agencies.selectors import today
from tests.browser.conftest import Visitor
from tests.browser.desk import (
    Case,
    apply,
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

pytestmark = pytest.mark.browser

PUBLIC = (
    "/",
    "/guide/zzjk/",
    "/apply/zzjk/",
    "/progress/",
    "/desk/login/",
    "/nothing-here/",
    "/reports/zzjk/2021/",
    "/reports/zzjk/2021/picture/",
    "/reports/compare/?agency=zzjk",
    "/agencies/zzjk/",
    "/agencies/zzjk/normative/",
    "/items/1/",
    "/search/?q=办法",
    "/sitemap/",
    "/statistics/zzjk/",
)
#: Pages of what agencies wrote and published, and of columns by their official names: Chinese, whatever language is read.
WRITTEN = frozenset(
    {
        "/",
        "/guide/zzjk/",
        "/reports/zzjk/2021/",
        "/agencies/zzjk/",
        "/agencies/zzjk/normative/",
        "/items/1/",
        "/search/?q=办法",
        "/sitemap/",
    }
)
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
    "/desk/report/zzjk/check/",
    "/desk/report/zzjk/2021/previous/",
    "/desk/documents/zzjk/",
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
NARROW, WIDE = 390, 1280
#: Where the narrow page is another one: the menu folds, the table becomes cards. Elsewhere the columns only stack.
LAID_OUT_ANEW = ("/", "/apply/zzjk/", "/desk/")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def faults(visitor: Visitor) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    response = Axe().run(visitor.page, options={"resultTypes": ["violations"]}).response
    return [f"{rule['id']}: {node['html'][:120]}" for rule in response["violations"] for node in rule["nodes"]]


def check(visitor: Visitor, path: str, *, axe: bool = True) -> None:
    """Go there and look at it in both widths."""
    visitor.page.set_viewport_size({"width": WIDE, "height": 900})
    visitor.go(path)
    look_at(visitor, path, axe=axe)


def look_at(visitor: Visitor, what: str, *, axe: bool = True) -> None:
    """The page as it stands: wide with axe, then narrow; nothing wider than the window."""
    page = visitor.page
    page.wait_for_load_state("load")
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        if axe and (width == WIDE or what in LAID_OUT_ANEW):
            assert faults(visitor) == [], f"{what} at {width}"
        across = page.evaluate("document.documentElement.scrollWidth")
        assert across <= width, f"{what} scrolls sideways: {across} px at {width}"
    page.set_viewport_size({"width": WIDE, "height": 900})


def test_public_pages(visitor: Any) -> None:
    citizen = visitor(bypass_csp=True)
    for path in PUBLIC:
        check(citizen, path)
    citizen.complaints[:] = [text for text in citizen.complaints if "404" not in text]


def test_the_application_form_unfolded_and_refused(visitor: Any) -> None:
    """With the agent's part open, and with a mistake in every field."""
    citizen = visitor(bypass_csp=True)
    citizen.go("/apply/zzjk/")
    citizen.page.get_by_text("由代理人代为申请的").click()
    citizen.page.get_by_label("代理人姓名").wait_for()
    look_at(citizen, "the form with the agent")
    press(citizen, "提交申请")
    assert "处需要更正" in says(citizen)
    look_at(citizen, "the form refused")


def test_the_clerks_pages(visitor: Any) -> None:
    clerk = visitor(bypass_csp=True)
    clerk.sign_in("jingban")
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


def test_the_drafters_and_approvers_pages(visitor: Any) -> None:
    for name, extra in (("chengban", "?outcome=not_held"), ("shenpi", "")):
        person = visitor(bypass_csp=True)
        person.sign_in(name)
        for path in case_pages(person)[::3]:
            check(person, path + extra)


def test_the_administrators_pages(visitor: Any) -> None:
    administrator = visitor(bypass_csp=True)
    administrator.sign_in("guanli")
    for path in OFFICE:
        check(administrator, path)


def test_the_pages_of_drafts(visitor: Any, staff: Any) -> None:
    """An answered case becomes a draft; who edits looks at it."""
    clerk, editor = staff("jingban"), visitor(bypass_csp=True)
    clerk.go("/desk/report/zzjk/2021/t3.granted.natural_person/")
    click(clerk, clerk.page.locator("main a[href^='/desk/cases/']").first)
    clerk.page.get_by_text("转为主动公开草稿").click()
    press(clerk, "转为草稿")
    editor.sign_in("bianji")
    check(editor, "/desk/item-drafts/")
    check(editor, editor.page.locator("main a[href^='/desk/item-drafts/']").first.get_attribute("href"))


def test_the_pages_of_an_import(visitor: Any, tmp_path: Path) -> None:
    """A ledger of two rows, one of them wrong: nothing is taken over."""
    clerk, ledger = visitor(bypass_csp=True), tmp_path / "台账.csv"
    rows = [
        "申请人,申请人类型,收到日期,申请方式,申请内容",
        "高远,自然人,2020-03-02,当面提交,道路名录",
        ",自然人,2020-13-45,当面提交,",
    ]
    ledger.write_text("\n".join(rows), encoding="utf-8-sig")
    clerk.sign_in("jingban")
    clerk.go("/desk/import/")
    clerk.page.get_by_label("台账文件").set_input_files(ledger)
    press(clerk, "上传并核对")
    assert "第 3 行，收到日期" in says(clerk)
    look_at(clerk, "the ledger looked through")


def test_the_pages_of_a_privacy_check(visitor: Any, tmp_path: Path) -> None:
    """A list of persons: it must not go out, and the page says where and why."""
    clerk, roll = visitor(bypass_csp=True), tmp_path / "名单.txt"
    roll.write_text("姓名,身份证号,联系电话\n高某,11010519491231002X,13800001234\n程某,440524188001010014,\n", "utf-8")
    clerk.sign_in("jingban")
    check(clerk, "/desk/privacy/")
    clerk.page.get_by_label("要发出的文件").set_input_files(roll)
    press(clerk, "检查")
    clerk.page.get_by_role("heading", name="不能发出").wait_for()
    for summary in clerk.page.locator("main details > summary").all():
        summary.click()
    assert "第2段" in says(clerk)
    assert "11010519491231002X" not in says(clerk)
    look_at(clerk, "a privacy check")


def test_what_the_applicant_sees_at_each_turn(visitor: Any, staff: Any) -> None:
    """Sent, to be corrected, asked for reasons and for a fee, to be withdrawn, answered and rated: each its own page."""
    citizen, clerk, drafter, approver = visitor(bypass_csp=True), staff("jingban"), staff("chengban"), staff("shenpi")
    case = apply(citizen, somebody("程门雪", 8301), "经开区树木名录")
    look_at(citizen, "sent")
    take(clerk, case, "register")
    take(clerk, case, "accept")
    day = today() + timedelta(days=10)
    take(clerk, case, "correction_notice", {"需要补正的事项": "请写明年份", "补正期限": day})
    look_up(citizen, case, "程门雪")
    look_at(citizen, "to be corrected")
    fill_in(citizen.page.locator("main"), {"补正内容": "2025年。"})
    press(citizen, "提交补正")
    open_anew(clerk, case)
    take(clerk, case, "reasons_asked", {"数量、频次为何明显超过合理范围": "本月已申请十二件", "说明理由的期限": day})
    fee = {"计收方式": "按量计收", "件数或者页数": "120", "缴纳方式": "演示银行"}
    take(clerk, case, "fee_notice", fee)
    check(citizen, "/progress/case/")
    assert citizen.page.get_by_role("heading", name="请您缴纳信息处理费").count() == 1
    assert citizen.page.get_by_role("heading", name="请您说明申请的理由").count() == 1
    check(citizen, "/progress/case/withdraw/")
    take(clerk, case, "fee_paid", {"缴费票据号码": "演示0001"})
    take(drafter, case, "opinion", {"提供方式": "写在答复书中", "政府信息的内容": "见下。"}, "?outcome=granted")
    take(clerk, case, "decision")
    take(approver, case, "sign")
    take(clerk, case, "deliver", {"送达方式": "电子方式（网上下载或电子邮件）"})
    check(citizen, "/progress/case/")
    assert citizen.page.get_by_role("button", name="提交评价").count() == 1


def open_anew(person: Visitor, case: Case) -> None:
    """Somebody else has done something in it since."""
    case.with_whom = None
    open_case(person, case)


def test_the_strict_policy_is_not_hurt(visitor: Any) -> None:
    """The pages work under their own Content-Security-Policy: the browser complains of nothing (see `visitor`)."""
    clerk = visitor()
    clerk.sign_in("jingban")
    for path in ("/", "/apply/zzjk/", *DESK):
        clerk.go(path)
        clerk.page.wait_for_load_state("load")
    clerk.go("/desk/report/zzjk/2021/")
    clerk.page.wait_for_selector("#report-chart svg")


def test_english_is_complete(visitor: Any) -> None:
    """In English no Chinese is left but what people and agencies wrote themselves, and the language's own name."""
    reader = visitor(language="en")
    for path in (path for path in PUBLIC if path not in WRITTEN):
        reader.go(path)
        # The emblem's two characters (hidden from readers), the language's own name, what to write on an envelope, the agency's words.
        own_words = ("中文", "郑州", "演示", "工作日 9:00", "郑经开", "“政府信息公开申请”")
        left = [
            line for line in reader.page.inner_text("body").splitlines()
            if CHINESE.search(line) and line.strip() not in {"公", "开"} and not any(words in line for words in own_words)
        ]  # fmt: skip
        assert left == [], path
    reader.complaints[:] = [text for text in reader.complaints if "404" not in text]


def test_every_control_is_reached_by_keyboard(visitor: Any) -> None:
    citizen = visitor()
    citizen.go("/apply/zzjk/")
    reached: set[str] = set()
    for _ in range(60):
        citizen.page.keyboard.press("Tab")
        reached.add(citizen.page.evaluate("document.activeElement.name || document.activeElement.className"))
    wanted = {
        "applicant_kind",
        "applicant_name",
        "id_type",
        "id_number",
        "telephone",
        "content",
        "form_wanted",
        "way_wanted",
    }
    assert wanted <= reached
    assert "skip-link" in " ".join(reached)
