"""From the form to the archive, played by people: citizen, clerk, drafter, approver. The letters are read."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from gongkai.agencies.selectors import today
from tests.browser.conftest import Visitor
from tests.browser.desk import (
    REQUEST,
    ZHANG,
    Case,
    Typed,
    apply,
    fill_in,
    look_up,
    open_case,
    press,
    read_letter,
    says,
    sent,
    take,
    taken,
    what_is_asked,
)

pytestmark = pytest.mark.browser

CORRECTION = "所需信息为蝶湖公园2024年度的养护合同。"
FINDINGS = "经查，本机关保存有蝶湖公园2024年度养护合同，属于可以公开的政府信息。"


@pytest.mark.article("条例", 33)
@pytest.mark.article("条例", 36)
@pytest.mark.article("条例", 45)
def test_from_form_to_archive(visitor: Any, staff: Any, tmp_path: Path) -> None:
    citizen, clerk, drafter, approver = visitor(), staff("jingban"), staff("chengban"), staff("shenpi")
    case = apply(citizen)
    receipt = read_letter(citizen, "回执")
    assert case.number in receipt
    assert "第三十三条" in receipt
    assert "章晓" in receipt

    take(clerk, case, "register")
    take(clerk, case, "accept")
    points: Typed = {"需要补正的事项": "请写明是哪一座公园", "补正期限": today() + timedelta(days=14)}
    take(clerk, case, "correction_notice", points)
    citizen_corrects(visitor(width=390), case)
    asked = {"向谁征求意见": "第三方", "名称": "演示园林有限公司", "所涉及的政府信息": "蝶湖公园养护合同"}
    take(clerk, case, "consultation", asked)
    take(clerk, case, "consultation_reply", {"对方的意见": "同意公开", "意见内容": "同意公开。"})
    propose(drafter, case)
    take(clerk, case, "decision")
    take(approver, case, "sign")
    before = look_up(visitor(), case)
    assert "申请答复书" not in before, "signed is not yet sent"
    take(clerk, case, "deliver", {"送达方式": "电子方式（网上下载或电子邮件）"})
    take(clerk, case, "archive")

    citizen_reads_and_rates(visitor(javascript=False), case)
    case_file_is_whole(clerk, case, tmp_path)
    report_counts_it(clerk, case)


def citizen_corrects(citizen: Visitor, case: Case) -> None:
    assert "请写明是哪一座公园" in look_up(citizen, case)
    notice = read_letter(citizen, "补正告知书")
    assert "第三十条" in notice
    assert "视为放弃申请" in notice
    fill_in(citizen.page.locator("main"), {"补正内容": CORRECTION})
    press(citizen, "提交补正")
    assert "收到您的补正" in says(citizen)
    case.with_whom = None


def propose(drafter: Visitor, case: Case) -> None:
    """The outcome is chosen first, then the form is what the reply to it must say."""
    open_case(drafter, case)
    drafter.page.get_by_label("（一）予以公开", exact=True).check()
    press(drafter, "下一步")
    written = {"查明的情况": FINDINGS, "提供方式": "写在答复书中", "政府信息的内容": "合同金额为人民币贰拾万元。"}
    fill_in(drafter.page.locator("form[action$='/opinion/']"), written)
    press(drafter, "提出办理意见")
    taken(drafter, case)


def citizen_reads_and_rates(reader: Visitor, case: Case) -> None:
    """Without JavaScript, by name and code."""
    assert "予以公开" in look_up(reader, case, proof="章晓")
    reply = read_letter(reader, "申请答复书")
    for words in ("章晓", "郑经开公开答〔", FINDINGS, "行政复议", "60日", "6个月", "郑州市人民政府"):
        assert words in reply, words
    press(reader, "提交评价")
    assert "请选择是否满意。" in says(reader), "an empty judgement is none"
    fill_in(reader.page.locator("main"), {"您对这份申请的办理是否满意": "非常满意", "您的意见": "答复清楚。"})
    press(reader, "提交评价")
    look_up(reader, case)
    assert "评价，谢谢" in says(reader)
    assert reader.page.get_by_role("button", name="提交评价").count() == 0, "once"


def case_file_is_whole(clerk: Visitor, case: Case, folder: Path) -> None:
    """The closed case file is downloaded and checked by the command that anyone can run; one byte is enough to fail."""
    open_case(clerk, case)
    link = clerk.page.get_by_role("link", name=re.compile(r"第\s*1\s*卷")).get_attribute("href")
    answer = clerk.context.request.get(clerk.office.address + link)
    assert answer.status == 200
    kept, changed = folder / "卷宗.zip", folder / "改过.zip"
    kept.write_bytes(answer.body())
    changed.write_bytes(answer.body().replace("章晓".encode(), "章昭".encode()))
    assert changed.read_bytes() != kept.read_bytes()
    verified = clerk.office.gongkai("archive", "verify", str(kept))
    assert verified.returncode == 0, verified.stdout + verified.stderr
    assert "与本机留痕中归档时的记录一致" in verified.stdout
    assert clerk.office.gongkai("archive", "verify", str(changed)).returncode != 0


def report_counts_it(clerk: Visitor, case: Case) -> None:
    """The number that the report of this year counts opens the list where this case stands."""
    year = re.search(r"〔(\d{4})〕", case.number)
    assert year
    clerk.go(f"/desk/report/zzjk/{year.group(1)}/t3.granted.natural_person/")
    assert case.number in says(clerk)


def test_wrong_moves_are_refused_with_the_reason(visitor: Any, staff: Any) -> None:
    case, clerk, drafter = apply(visitor()), staff("jingban"), staff("chengban")
    open_case(clerk, case)
    clerk.page.get_by_text("现在不能办理的步骤和原因").click()
    text = says(clerk)
    assert "答复送达" in text
    assert "条例" in text
    address = clerk.page.url
    token = clerk.page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    answer = clerk.context.request.post(
        f"{address}deliver/",
        form={"csrfmiddlewaretoken": token, "seen": "1", "on": today().isoformat(), "way": "post"},
        headers={"Referer": address},
    )
    assert answer.status == 200
    assert "须先“登记”" in answer.text(), "what must happen first is named"
    assert "《政府信息公开条例》第三十三条" in answer.text()
    open_case(drafter, case)
    assert drafter.page.locator("form[action$='/register/']").count() == 0


def test_nothing_typed_is_lost(visitor: Any) -> None:
    citizen = visitor()
    citizen.go("/apply/zzjk/")
    form = citizen.page.locator("#application")
    fill_in(form, {**what_is_asked(ZHANG), "证件号码": "110105194912310021"})
    press(citizen, "提交申请")
    assert "身份证号码不正确" in says(citizen)
    assert citizen.page.get_by_label("您需要什么政府信息").input_value() == REQUEST
    assert citizen.page.get_by_label("姓名或单位名称").input_value() == "章晓"
    assert citizen.page.get_attribute("[name=id_number]", "aria-describedby")
    fill_in(form, {"证件号码": "11010519491231002x"})
    press(citizen, "提交申请")
    sent(citizen)


def test_a_wrong_query_code_tells_nothing(visitor: Any) -> None:
    stranger = visitor()
    stranger.go("/progress/")
    fill_in(stranger.page.locator("main"), {"查询码": "AAAA-BBBB-CCCC", "姓名或者证件号码后4位": "章晓"})
    press(stranger, "查询")
    assert "没有找到" in says(stranger)
    answer = stranger.context.request.get(stranger.office.address + "/progress/case/", max_redirects=0)
    assert answer.status == 302
    assert stranger.context.request.get(stranger.office.address + "/progress/letters/1.pdf").status == 404


def test_back_and_send_again_gives_one_application(visitor: Any) -> None:
    citizen = visitor()
    case = apply(citizen)
    citizen.page.go_back()
    press(citizen, "提交申请")
    again = sent(citizen)
    assert (again.number, again.code) == (case.number, case.code)


def test_the_ledger_holds_after_all_this(staff: Any) -> None:
    clerk = staff("jingban")
    clerk.go("/desk/ledger/?verify=1")
    assert "全部完好" in says(clerk)
    verified = clerk.office.gongkai("ledger", "verify")
    assert verified.returncode == 0, verified.stdout
