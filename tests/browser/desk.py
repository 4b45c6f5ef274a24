"""What people do at this office, in the words that stand on its pages: apply, look up, take in, take a step."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pypdfium2

from gongkai.agencies.selectors import today
from gongkai.demonstration.applicants import resident_id
from gongkai.law.dates import day_text
from gongkai.law.working_days import Calendar
from tests.browser.conftest import Visitor

REQUEST = "经开区2024年度公园绿地养护合同及付款情况"
NUMBER = re.compile(r"郑经开公开申〔\d{4}〕\d+号")
CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b")
DAYS = Calendar.national()

Typed = Mapping[str, str | date | bool]


def workday(back: int) -> date:
    """The working day that lies so many working days back; 0 is today, or the last one before it."""
    return DAYS.working_days(today() - timedelta(days=2 * back + 20), today())[-1 - back]


def shown(day: date) -> str:
    """A day as pages and letters write it."""
    return day_text(day).zh


@dataclass(frozen=True)
class Somebody:
    """An applicant of the stories."""

    name: str
    id_number: str

    @property
    def proof(self) -> str:
        return self.id_number[-4:]


ZHANG = Somebody("章晓", "11010519491231002X")


def somebody(name: str, serial: int) -> Somebody:
    return Somebody(name, resident_id(serial))


@dataclass
class Case:
    """An application as its applicant and the office know it. `with_whom`: who took the last step, and so has its page
    before them as it is now."""

    number: str
    code: str
    path: str = ""
    with_whom: Visitor | None = None


# Forms


def _named(label: str) -> re.Pattern[str]:
    """The label, with or without the mark that it must be filled in."""
    return re.compile(rf"^\s*{re.escape(label)}\s*(\*|（必填）|（选填）)*\s*$")


def fill_in(form: Any, typed: Typed) -> None:
    """Fill in a form, or a page with one form, by the labels of its fields."""
    for label, value in typed.items():
        group = form.locator("fieldset").filter(has=form.page.locator("legend", has_text=_named(label)))
        if group.count():
            group.get_by_label(str(value), exact=True).check()
            continue
        field = form.get_by_label(_named(label))
        if isinstance(value, bool):
            field.set_checked(value)
        elif field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(label=str(value))
        else:
            field.fill(value.isoformat() if isinstance(value, date) else value)


def click(person: Visitor, what: Any) -> None:
    """Click what leads to another page, and wait until that is there."""
    with person.page.expect_navigation(wait_until="domcontentloaded"):
        what.click()


def press(person: Visitor, button: str, within: str = "main") -> None:
    click(person, person.page.locator(within).get_by_role("button", name=button, exact=True))


def says(person: Visitor) -> str:
    """What the page says."""
    text: str = person.page.inner_text("main")
    return text


# The citizen


def what_is_asked(who: Somebody, request: str = REQUEST) -> dict[str, str]:
    return {
        "申请人类型": "自然人",
        "姓名或单位名称": who.name,
        "证件号码": who.id_number,
        "联系电话": "13800001234",
        "您需要什么政府信息": request,
        "希望得到的形式": "电子文件",
        "希望如何得到": "网上下载（凭查询码）",
    }


def apply(citizen: Visitor, who: Somebody = ZHANG, request: str = REQUEST) -> Case:
    """Send an application; number and query code as the page shows them."""
    citizen.go("/apply/zzjk/")
    fill_in(citizen.page.locator("#application"), what_is_asked(who, request))
    press(citizen, "提交申请")
    return sent(citizen)


def sent(citizen: Visitor) -> Case:
    """The page after sending."""
    text = says(citizen)
    assert citizen.page.url.endswith("/apply/sent/"), text
    number, code = NUMBER.search(text), CODE.search(text)
    assert number, text
    assert code, text
    assert "答复期限" in text
    return Case(number.group(), code.group())


def look_up(person: Visitor, case: Case, proof: str = "002x") -> str:
    """What the progress page says to whoever has the code. Hyphens and capitals do not matter."""
    person.go("/progress/")
    typed = {"查询码": case.code.lower().replace("-", " "), "姓名或者证件号码后4位": proof}
    fill_in(person.page.locator("main"), typed)
    press(person, "查询")
    assert person.page.url.endswith("/progress/case/"), says(person)
    return says(person)


# Letters


def read_letter(visitor: Visitor, link: str, which: int = 0) -> str:
    """The text of the letter behind a link with these words."""
    return text_of(visitor, visitor.page.get_by_role("link", name=re.compile(link)).nth(which).get_attribute("href"))


def read_letters(visitor: Visitor, link: str) -> list[str]:
    """All letters of a kind."""
    links = visitor.page.get_by_role("link", name=re.compile(link)).all()
    return [text_of(visitor, each.get_attribute("href")) for each in links]


def text_of(visitor: Visitor, address: str) -> str:
    answer = visitor.context.request.get(visitor.office.address + address)
    assert answer.headers["content-type"] == "application/pdf"
    with pypdfium2.PdfDocument(answer.body()) as document:
        return "".join(page.get_textpage().get_text_range() for page in document).replace("\r\n", "").replace(" ", "")


# The desk


def take_in(clerk: Visitor, who: Somebody, request: str, on: date, channel: str = "当面提交") -> Case:
    """Type in what came on paper."""
    clerk.go("/desk/intake/")
    fill_in(clerk.page.locator("main form"), what_came(who, request, on, channel))
    press(clerk, "保存，取得编号")
    return handed_over(clerk)


def what_came(who: Somebody, request: str, on: date, channel: str) -> dict[str, str | date]:
    return {
        "提交方式": channel,
        "到达日期": on,
        "申请人类型": "自然人",
        "姓名或单位名称": who.name,
        "证件类型": "居民身份证",
        "证件号码": who.id_number,
        "联系电话": "13800001234",
        "所需政府信息的名称或者描述": request,
        "希望得到的形式": "电子文件",
        "希望如何得到": "网上下载（凭查询码）",
    }


def handed_over(clerk: Visitor) -> Case:
    """The slip after intake."""
    text = says(clerk)
    assert clerk.page.url.endswith("/desk/intake/done/"), text
    number, code = NUMBER.search(text), CODE.search(text)
    assert number, text
    assert code, text
    path = clerk.page.get_by_role("link", name="打开办件页").get_attribute("href")
    return Case(number.group(), code.group(), path)


def open_case(person: Visitor, case: Case, query: str = "") -> None:
    """The first who opens it finds it in the list; who took the last step goes on from there."""
    if case.with_whom is person and person.page.url == person.office.address + case.path + query:
        return
    case.with_whom = None
    if case.path:
        person.go(case.path + query)
        return
    person.go(f"/desk/?view=open&q={case.number}")
    click(person, person.page.get_by_role("link", name=case.number, exact=True))
    case.path = person.page.url.removeprefix(person.office.address)
    if query:
        person.go(case.path + query)


def take(person: Visitor, case: Case, kind: str, typed: Typed | None = None, query: str = "") -> None:
    """Open the case, fill in the form of the step, send it, and see that it was taken."""
    open_case(person, case, query)
    submit(person, kind, typed)
    taken(person, case)


def taken(person: Visitor, case: Case) -> None:
    """The step that was sent is done, and its page shows the case as it is now."""
    assert "已办理：" in says(person), says(person)
    case.with_whom = person


def refused(person: Visitor, kind: str, typed: Typed) -> str:
    """Send the form on this page, and see that the step is not taken: what the page says."""
    submit(person, kind, typed)
    text = says(person)
    assert "已办理：" not in text, text
    return text


def submit(person: Visitor, kind: str, typed: Typed | None = None) -> None:
    """Send the form of this address; where it is folded away it is opened first."""
    form = person.page.locator(f"main form[action$='/{kind}/']")
    folded = person.page.locator(f"main details:not([open]):has(form[action$='/{kind}/']) > summary")
    if folded.count():
        folded.first.click()
    fill_in(form, typed or {})
    click(person, form.locator("button[type=submit]:not([formaction])").first)
