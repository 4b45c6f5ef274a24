"""From the form to the archive, played by people: citizen, clerk, drafter, approver. The letters are read."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pypdfium2
import pytest

from gongkai.agencies.selectors import today
from tests.browser.conftest import Visitor

pytestmark = pytest.mark.browser

REQUEST = "经开区2024年度公园绿地养护合同及付款情况"
CORRECTION = "所需信息为蝶湖公园2024年度的养护合同。"
FINDINGS = "经查，本机关保存有蝶湖公园2024年度养护合同，属于可以公开的政府信息。"


def fill_application(citizen: Visitor, **changes: str) -> None:
    page = citizen.page
    typed = {
        "applicant_name": "章晓",
        "id_number": "11010519491231002X",
        "telephone": "13800001234",
        "content": REQUEST,
        **changes,
    }
    page.check("input[name=applicant_kind][value=natural_person]")
    for name, value in typed.items():
        page.fill(f"[name={name}]", value)
    page.check("input[name=form_wanted][value=electronic]")
    page.check("input[name=way_wanted][value=online]")


def send(page: Any) -> None:
    page.locator("form:has([name=content]) button[type=submit]").click()
    page.wait_for_load_state()


def apply(citizen: Visitor) -> tuple[str, str]:
    """Send an application; returns its number and query code as the page shows them."""
    citizen.go("/apply/zzjk/")
    fill_application(citizen)
    send(citizen.page)
    assert citizen.page.url.endswith("/apply/sent/")
    text = citizen.page.inner_text("main")
    number = re.search(r"郑经开公开申〔\d{4}〕\d+号", text)
    code = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b", text)
    assert number, text
    assert code, text
    assert "答复期限" in text
    return number.group(), code.group()


def read_letter(visitor: Visitor, link: str) -> str:
    """The text of the letter behind a link with these words."""
    address = visitor.page.get_by_role("link", name=re.compile(link)).first.get_attribute("href")
    answer = visitor.context.request.get(visitor.office.address + address)
    assert answer.headers["content-type"] == "application/pdf"
    with pypdfium2.PdfDocument(answer.body()) as document:
        return "".join(page.get_textpage().get_text_range() for page in document).replace("\r\n", "").replace(" ", "")


def open_case(person: Visitor, number: str) -> None:
    person.go("/desk/?view=open")
    person.page.get_by_role("link", name=number, exact=True).click()
    person.page.wait_for_load_state()


def take(person: Visitor, number: str, kind: str, **typed: str) -> None:
    """Open the case, fill the form of the step, send it, and see that it was taken."""
    open_case(person, number)
    submit(person, kind, **typed)
    assert "已办理" in person.page.inner_text("main"), person.page.inner_text("main")


def submit(person: Visitor, kind: str, **typed: str) -> None:
    form = person.page.locator(f"form[action$='/{kind}/']")
    panel = person.page.locator(f"details:has(form[action$='/{kind}/']):not([open]) > summary")
    if panel.count():
        panel.first.click()
    for name, value in typed.items():
        field = form.locator(f"[name={name}]")
        if field.first.get_attribute("type") == "radio":
            form.locator(f"[name={name}][value={value}]").check()
        else:
            field.fill(value)
    form.locator("button[type=submit]:not([formaction])").first.click()
    person.page.wait_for_load_state()


@pytest.mark.article("条例", 33)
@pytest.mark.article("条例", 36)
@pytest.mark.article("条例", 45)
def test_from_form_to_archive(visitor: Any) -> None:
    citizen, clerk, drafter, approver = visitor(), visitor(), visitor(), visitor()
    number, code = apply(citizen)
    receipt = read_letter(citizen, "回执")
    assert number in receipt
    assert "第三十三条" in receipt
    assert "章晓" in receipt

    for person, name in ((clerk, "jingban"), (drafter, "chengban"), (approver, "shenpi")):
        person.sign_in(name)
    take(clerk, number, "register")
    take(clerk, number, "accept")
    take(
        clerk,
        number,
        "correction_notice",
        points="请写明是哪一座公园",
        correct_by=(today() + timedelta(days=14)).isoformat(),
    )
    citizen_corrects(visitor(width=390), code)
    open_case(clerk, number)
    take(clerk, number, "consultation", consulted="third_party", addressee="演示园林有限公司", text="蝶湖公园养护合同")
    take(clerk, number, "consultation_reply", objected="no", text="同意公开。")
    propose(drafter, number)
    take(clerk, number, "decision")
    take(approver, number, "sign")
    before = visitor()
    look_up(before, code)
    assert "申请答复书" not in before.page.inner_text("main"), "signed is not yet sent"
    take(clerk, number, "deliver", way="online")
    take(clerk, number, "archive")

    reader = visitor(javascript=False)
    look_up(reader, code)
    assert "予以公开" in reader.page.inner_text("main")
    reply = read_letter(reader, "申请答复书")
    for words in ("章晓", "郑经开公开答〔", FINDINGS, "行政复议", "六十日", "六个月", "郑州市人民政府"):
        assert words in reply or words.replace("六十日", "60日").replace("六个月", "6个月") in reply, words
    report_counts_it(clerk, number)


def citizen_corrects(citizen: Visitor, code: str) -> None:
    look_up(citizen, code)
    assert "请写明是哪一座公园" in citizen.page.inner_text("main")
    notice = read_letter(citizen, "补正告知书")
    assert "第三十条" in notice
    assert "视为放弃申请" in notice
    citizen.page.fill("[name=text]", CORRECTION)
    citizen.page.locator("form:has([name=text]) button[type=submit]").click()
    citizen.page.wait_for_load_state()
    assert "收到您的补正" in citizen.page.inner_text("main")


def look_up(person: Visitor, code: str) -> None:
    person.go("/progress/")
    person.page.locator("main [name=query_code]").fill(code.lower().replace("-", " "))
    person.page.locator("main [name=proof]").fill("002x")
    person.page.locator("main form:has([name=query_code]) button[type=submit]").click()
    person.page.wait_for_load_state()
    assert person.page.url.endswith("/progress/case/")


def propose(drafter: Visitor, number: str) -> None:
    open_case(drafter, number)
    drafter.go(drafter.page.url.removeprefix(drafter.office.address).split("?")[0] + "?outcome=granted")
    submit(
        drafter, "opinion", findings=FINDINGS, slot_provision="stated", slot_information="合同金额为人民币贰拾万元。"
    )
    assert "已办理" in drafter.page.inner_text("main"), drafter.page.inner_text("main")


def report_counts_it(clerk: Visitor, number: str) -> None:
    """The number that the report of this year counts opens the list where this case stands."""
    year = re.search(r"〔(\d{4})〕", number)
    assert year
    clerk.go(f"/desk/report/zzjk/{year.group(1)}/t3.granted.natural_person/")
    assert number in clerk.page.inner_text("main")


def test_wrong_moves_are_refused_with_the_reason(visitor: Any) -> None:
    citizen, clerk, drafter = visitor(), visitor(), visitor()
    number, _ = apply(citizen)
    clerk.sign_in("jingban")
    open_case(clerk, number)
    clerk.page.get_by_text("现在不能办理的步骤和原因").click()
    text = clerk.page.inner_text("main")
    assert "答复送达" in text
    assert "条例" in text
    case = clerk.page.url
    token = clerk.page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    answer = clerk.context.request.post(
        f"{case}deliver/",
        form={"csrfmiddlewaretoken": token, "seen": "1", "on": today().isoformat(), "way": "post"},
        headers={"Referer": case},
    )
    assert answer.status == 200
    assert "须先“登记”" in answer.text(), "what must happen first is named"
    assert "《政府信息公开条例》第三十三条" in answer.text()
    drafter.sign_in("chengban")
    drafter.go(case.removeprefix(drafter.office.address))
    assert drafter.page.locator("form[action$='/register/']").count() == 0


def test_nothing_typed_is_lost(visitor: Any) -> None:
    citizen = visitor()
    citizen.go("/apply/zzjk/")
    fill_application(citizen, id_number="110105194912310021")
    send(citizen.page)
    text = citizen.page.inner_text("main")
    assert "身份证号码不正确" in text
    assert citizen.page.input_value("[name=content]") == REQUEST
    assert citizen.page.input_value("[name=applicant_name]") == "章晓"
    described = citizen.page.get_attribute("[name=id_number]", "aria-describedby")
    assert described
    citizen.page.fill("[name=id_number]", "11010519491231002x")
    send(citizen.page)
    assert citizen.page.url.endswith("/apply/sent/")


def test_a_wrong_query_code_tells_nothing(visitor: Any) -> None:
    stranger = visitor()
    stranger.go("/progress/")
    stranger.page.locator("main [name=query_code]").fill("AAAA-BBBB-CCCC")
    stranger.page.locator("main [name=proof]").fill("章晓")
    stranger.page.locator("main form:has([name=query_code]) button[type=submit]").click()
    stranger.page.wait_for_load_state()
    assert "没有找到" in stranger.page.inner_text("main")
    answer = stranger.context.request.get(stranger.office.address + "/progress/case/", max_redirects=0)
    assert answer.status == 302
    assert stranger.context.request.get(stranger.office.address + "/progress/letters/1.pdf").status == 404


def test_back_and_send_again_gives_one_application(visitor: Any) -> None:
    citizen = visitor()
    number, code = apply(citizen)
    citizen.page.go_back()
    send(citizen.page)
    text = citizen.page.inner_text("main")
    assert number in text
    assert code in text


def test_the_ledger_holds_after_all_this(visitor: Any) -> None:
    clerk = visitor()
    clerk.sign_in("jingban")
    clerk.go("/desk/ledger/?verify=1")
    assert "全部完好" in clerk.page.inner_text("main")
    verified = clerk.office.gongkai("ledger", "verify")
    assert verified.returncode == 0, verified.stdout
