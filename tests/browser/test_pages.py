"""Every kind of public page: nothing that axe finds in both widths, no sideways scrolling, everything by the Tab key,
nothing from elsewhere, both languages. The pages of the desk: test_desk_pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest

from gongkai.agencies.selectors import today
from gongkai.demonstration.publishing import CORRECTED, NEW_RULES, OLD_RULES, WITHDRAWN
from tests.browser import earlier_site
from tests.browser.conftest import Office, Visitor, arrive, leave
from tests.browser.desk import Case, apply, fill_in, look_up, open_case, press, says, somebody, take
from tests.browser.looking import by_keyboard, check, look_at

pytestmark = pytest.mark.browser

#: Kinds of pages, by name; in braces what `addresses` finds out.
PUBLIC = {
    "home": "/",
    "guide": "/guide/zzjk/",
    "agencies": "/agencies/",
    "column landing": "/agencies/zzjk/",
    "folder": "/agencies/zzjk/policy/",
    "list": "/agencies/zzjk/normative/",
    "list filtered": "/agencies/zzjk/normative/?validity=repealed&words=办法",
    "list with nothing left": "/agencies/zzjk/normative/?words=无此文件",
    "empty list": "/agencies/zzjk/housing/",
    "policy": "{policy}",
    "policy repealed": "{repealed}",
    "interpretation": "{interpretation}",
    "item corrected": "{corrected}",
    "item with table, picture and files": "{everything}",
    "withdrawn": "{withdrawn}",
    "not found": "/nothing-here/",
    "leaving": "{leaving}",
    "leaving refused": "/leaving/?to=https://example.org/",
    "search": "/search/",
    "search with results": "/search/?q=道路",
    "search filtered": "/search/?q=道路&validity=in_force&order=newest",
    "search without results": "/search/?q=无此内容",
    "search of nonsense": "/search/?q=%22(*",
    "site map": "/sitemap/",
    "statistics": "/statistics/zzjk/",
    "reports": "/reports/",
    "reports of an agency": "/reports/zzjk/",
    "report": "/reports/zzjk/2021/",
    "report in pictures": "/reports/zzjk/2021/picture/",
    "report compared": "/reports/compare/?agency=zzjk",
    "grass-roots grid": "/grassroots/zzjk/",
    "grass-roots table": "/grassroots/zzjk/areas/work-safety/",
    "grass-roots department": "/grassroots/zzjk/bodies/zzjk/",
    "application": "/apply/zzjk/",
    "progress": "/progress/",
    "sign in": "/desk/login/",
}
#: Larger type moves everything: the main kinds once more.
OLDER = (
    "home", "column landing", "list", "item with table, picture and files", "policy repealed", "search with results",
    "guide", "report", "statistics", "grass-roots table", "application", "not found",
)  # fmt: skip
#: Pages with no words of an agency's own on them but a few: in English all else is English.
ENGLISH = (
    "application", "progress", "sign in", "not found", "report in pictures", "report compared", "statistics",
)  # fmt: skip
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def reader(chromium: Any, office: Office) -> Iterator[Visitor]:
    """Somebody who reads one page after the other. That some are not there is no complaint."""
    one = arrive(chromium, office)
    yield one
    forgiven(one)
    leave([one])


def forgiven(one: Visitor) -> None:
    one.complaints[:] = [text for text in one.complaints if not re.search("404|410", text)]


@pytest.fixture(scope="module")
def addresses(
    reader: Visitor, office: Office, staff: Any, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, str]:
    earlier_site.taken_over(office, tmp_path_factory.mktemp("earlier"))
    found = {
        "policy": item(reader, NEW_RULES, "normative"),
        "repealed": item(reader, OLD_RULES, "normative"),
        "interpretation": item(reader, f"《{NEW_RULES}》解读", "interpretation"),
        "corrected": item(reader, CORRECTED, "procurement"),
        "everything": item(reader, earlier_site.TITLE, earlier_site.COLUMN),
    }
    reader.go(found["everything"])
    found["leaving"] = address_of(reader, "说明")
    clerk = staff("jingban")
    clerk.go("/desk/items/?tab=withdrawn")
    return {**found, "withdrawn": address_of(clerk, WITHDRAWN).removeprefix("/desk")}


def item(person: Visitor, title: str, column: str) -> str:
    person.go(f"/agencies/zzjk/{column}/")
    return address_of(person, title)


def address_of(person: Visitor, name: str) -> str:
    return str(person.page.locator("main").get_by_role("link", name=name, exact=True).first.get_attribute("href"))


@pytest.mark.parametrize("kind", PUBLIC)
def test_a_kind_of_page(reader: Visitor, addresses: Mapping[str, str], kind: str) -> None:
    check(reader, PUBLIC[kind].format(**addresses))
    by_keyboard(reader, kind)


@pytest.fixture(scope="module")
def older_reader(chromium: Any, office: Office) -> Iterator[Visitor]:
    one = arrive(chromium, office)
    one.go("/preferences/?older=1")
    yield one
    forgiven(one)
    leave([one])


@pytest.mark.parametrize("kind", OLDER)
def test_a_kind_of_page_for_older_readers(older_reader: Visitor, addresses: Mapping[str, str], kind: str) -> None:
    check(older_reader, PUBLIC[kind].format(**addresses))
    assert older_reader.page.locator("html.older").count() == 1
    by_keyboard(older_reader, kind)


def test_the_skip_link_leads_to_the_text(reader: Visitor) -> None:
    for path in ("/agencies/zzjk/", "/apply/zzjk/"):
        reader.go(path)
        reader.page.keyboard.press("Tab")
        reader.page.keyboard.press("Enter")
        assert reader.page.evaluate("document.activeElement.id") == "main", path


def test_the_box_at_the_head_offers_what_there_is(visitor: Any) -> None:
    """Two characters, the arrow, Enter: the document itself. Escape leaves the box as it was."""
    citizen = visitor(width=390)
    citizen.go("/guide/zzjk/")
    box, offers = citizen.page.locator("#site-search"), citizen.page.locator("#site-search-offers [role=option]")
    box.press_sequentially("临时占用")
    offers.first.wait_for()
    look_at(citizen, "what the box offers")
    assert box.get_attribute("aria-expanded") == "true"
    citizen.page.keyboard.press("Escape")
    assert citizen.page.locator("#site-search-offers").is_hidden()
    box.press_sequentially("管理")
    offers.first.wait_for()
    citizen.page.keyboard.press("ArrowDown")
    chosen = offers.first.locator(".offer-title").inner_text()
    with citizen.page.expect_navigation():
        citizen.page.keyboard.press("Enter")
    assert citizen.page.locator("h1").inner_text() == chosen


def test_the_application_form_unfolded_and_refused(visitor: Any) -> None:
    """With the agent's part open, and with a mistake in every field."""
    citizen = visitor()
    citizen.go("/apply/zzjk/")
    citizen.page.get_by_text("由代理人代为申请的").click()
    citizen.page.get_by_label("代理人姓名").wait_for()
    look_at(citizen, "the form with the agent")
    press(citizen, "提交申请")
    assert "处需要更正" in says(citizen)
    look_at(citizen, "the form refused")
    by_keyboard(citizen, "the form refused")


def test_what_the_applicant_sees_at_each_turn(visitor: Any, staff: Any) -> None:
    """Sent, to be corrected, asked for reasons and for a fee, to be withdrawn, answered and rated: each its own page."""
    citizen, clerk, drafter, approver = visitor(), staff("jingban"), staff("chengban"), staff("shenpi")
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


def test_english_is_complete(visitor: Any) -> None:
    """In English no Chinese is left but what people and agencies wrote themselves, and the language's own name."""
    reader = visitor(language="en")
    for kind in ENGLISH:
        reader.go(PUBLIC[kind])
        forgiven(reader)
        # The emblem's two characters (hidden from readers), the language's own name, what to write on an envelope, the agency's words.
        own_words = ("中文", "郑州", "演示", "工作日 9:00", "郑经开", "“政府信息公开申请”")
        left = [
            line for line in reader.page.inner_text("body").splitlines()
            if CHINESE.search(line) and line.strip() not in {"公", "开"} and not any(words in line for words in own_words)
        ]  # fmt: skip
        assert left == [], kind
