"""The pages of the agency above: who has submitted, files, the parent's word, the sum and who gave what."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongkai.agencies.models import Agency, Person
from gongkai.annual_report import aggregating
from gongkai.annual_report.actions.freeze import freeze
from gongkai.annual_report.aggregating import MISSING, OUTSIDE, members, page_of
from gongkai.annual_report.audit import Finding, Severity
from gongkai.annual_report.content import cells_as_data
from gongkai.annual_report.figure_page import FigurePage
from gongkai.annual_report.incoming import as_kept
from gongkai.annual_report.models import IncomingFile, Report, Scope, Submission
from gongkai.law.report_form import broken_identities
from gongkai.law.report_procedure import ReportRefused
from gongkai.law.texts import Text
from tests.annual_report.county import YEAR, County, make_child, signed_report, submission, tables_with, text_of
from tests.annual_report.sample_reports import clean_tables
from tests.cast import Cast
from tests.run_jobs import run_jobs

LIST = f"/desk/report/ours/{YEAR}/children/"
WHOLE = f"/desk/report/ours/{YEAR}/whole/"
CELL = "t3.received.total"


@pytest.fixture
def county(cast: Cast) -> County:
    return County.assemble(cast)


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(person: Person, address: str) -> str:
    response = signed_in(person).get(address)
    assert response.status_code == 200
    return response.content.decode()


# --- Who has submitted --------------------------------------------------------------------------------------


def test_every_child_and_its_state(county: County) -> None:
    submission(county.parent, county.water, errors=3)
    outside = submission(county.parent, county.water, number=2)
    Submission.objects.filter(pk=outside.pk).update(child=None, child_name="丙市气象局")
    found = page_of(county.parent, YEAR)
    assert [(row.name, row.newest.state if row.newest else None) for row in found.rows] == [
        ("江湾县公路局", None),
        ("江湾县水务局", "received"),
    ]
    assert found.counts == {MISSING: 1, "received": 1, "sent_back": 0, "accepted": 0, OUTSIDE: 1}
    assert [row.name for row in page_of(county.parent, YEAR, only=MISSING).rows] == ["江湾县公路局"]
    assert [row.name for row in page_of(county.parent, YEAR, only="received").rows] == ["江湾县水务局"]
    assert [row.name for row in page_of(county.parent, YEAR, only=OUTSIDE).rows] == ["丙市气象局"]


@pytest.mark.article("条例", 49)
def test_the_days_to_its_date(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aggregating, "today", lambda: date(2023, 2, 2))
    make_child(county.water, "pond", "塘站")
    Agency.objects.filter(pk=county.water.pk).update(level="county")
    roads, water = page_of(county.parent, YEAR).rows
    assert (roads.due, roads.days_left, roads.days_late) == (date(2023, 1, 31), -2, 2)
    assert (water.due, water.days_left) == (date(2023, 2, 20), 18)  # a 汇总 of a county


def test_the_list_pages_on_with_few_queries(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aggregating, "PAGE", 2)
    for number in range(3):
        make_child(county.parent, f"zz-{number}", f"某局{number}")
    submission(county.parent, county.water)
    seen, after = [], ""
    for _ in range(3):
        found = page_of(county.parent, YEAR, after=after)
        seen += [row.name for row in found.rows]
        after = found.after
    assert seen == ["江湾县公路局", "江湾县水务局", "某局0", "某局1", "某局2"]
    assert after == ""
    client = signed_in(county.cast.supervisor)
    client.get(LIST)
    with CaptureQueriesContext(connection) as asked:
        content = client.get(LIST).content.decode()
    assert len(asked) <= 10, [query["sql"][:200] for query in asked]
    assert "江湾县水务局" in content
    assert "下一页" in content


def test_whose_pages_they_are(county: County) -> None:
    row = submission(county.parent, county.water)
    addresses = [LIST, WHOLE, f"{WHOLE}{CELL}/", f"/desk/report/ours/{YEAR}/children/files/"]
    for person in (county.cast.stranger, county.cast.other_clerk, county.water_clerk):
        assert {signed_in(person).get(address).status_code for address in addresses} == {404}
    assert signed_in(county.roads_clerk).get(f"/desk/report-submissions/{row.pk}/").status_code == 404
    assert "第 1 次报送" in page(county.water_clerk, f"/desk/report-submissions/{row.pk}/")
    for name in ("accept", "send-back"):
        address = f"/desk/report-submissions/{row.pk}/{name}/"
        assert signed_in(county.water_clerk).post(address, {"remark": "x"}).status_code == 404
    row.refresh_from_db()
    assert row.state == "received"
    assert signed_in(county.cast.clerk).get(f"/desk/report/ours/{YEAR + 9}/children/").status_code == 404


def test_who_does_other_work_is_told_so(county: County) -> None:
    file = county.upload(text_of("某水利站"))
    for address in (f"/desk/report/ours/{YEAR}/children/files/", f"/desk/report-files/{file.pk}/"):
        for person in (county.cast.approver, county.cast.editor, county.cast.administrator):
            assert signed_in(person).get(address).status_code == 403
        assert signed_in(county.cast.clerk).get(address).status_code == 200


def test_odd_addresses_are_answered(county: County) -> None:
    client = signed_in(county.cast.clerk)
    for address in (LIST, f"{LIST}?only=outside", f"{WHOLE}{CELL}/"):
        for after in ("%00", "%00%F0%9F%98%80", "9" * 3000):
            joined = "&" if "?" in address else "?"
            assert client.get(f"{address}{joined}after={after}").status_code == 200


# --- Acts by the pages --------------------------------------------------------------------------------------


def test_from_the_file_to_the_sum(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.annual_report.incoming.bounded", lambda act, *given, **limits: act(*given))
    client = signed_in(county.cast.clerk)
    files = [
        SimpleUploadedFile("水.txt", text_of("江湾县水务局").encode()),
        SimpleUploadedFile("路.txt", text_of("甲省江湾县公路局").encode()),
    ]
    batch = client.post(f"{LIST}files/", {"reports": files})["Location"]
    assert "已读取 0 个，共 2 个" in client.get(batch).content.decode()
    run_jobs()
    told = client.get(batch).content.decode()
    assert "请确认机关" in told
    file = IncomingFile.objects.get(name="路.txt")
    ask = f"/desk/report-files/{file.pk}/"
    assert "可能是" in client.get(ask).content.decode()
    assert client.post(ask, {"child": str(county.roads.pk)})["Location"] == batch
    run_jobs()
    for row in Submission.objects.all():
        assert client.post(f"/desk/report-submissions/{row.pk}/accept/")["Location"].endswith(f"/{row.pk}/")
    shown = client.get(WHOLE).content.decode()
    assert "2 个下级机关已采用的报告" in shown
    assert "没有计入" not in shown
    total = 2 * (clean_tables()[CELL] or 0)
    cell = client.get(f"{WHOLE}{CELL}/").content.decode()
    assert f"：{total}</p>" in cell
    assert "江湾县水务局" in cell


def test_findings_fill_the_form_and_what_is_missing_is_asked(county: County) -> None:
    place = Text("第三部分", "part 3")
    found = as_kept([Finding("T3-1", Severity.ERROR, place, Text("总计不等", "differs"), (2, 3))])
    row = submission(county.parent, county.water, errors=1, findings=found)
    address = f"/desk/report-submissions/{row.pk}/"
    shown = page(county.cast.clerk, address)
    assert "1. 第三部分：总计不等</textarea>" in shown
    client = signed_in(county.cast.clerk)
    assert "采用要写明理由" in client.post(f"{address}accept/", {"reason": ""}).content.decode()
    assert client.post(f"{address}send-back/", {"remark": "总计不等"}).status_code == 302
    assert "总计不等" in page(county.water_clerk, f"/desk/report/water/{YEAR}/up/")
    refused = client.post(f"{address}send-back/", {"remark": "再退"}).content.decode()
    assert "这次报送已经退回" in refused


def test_up_and_what_became_of_it(county: County) -> None:
    address = f"/desk/report/water/{YEAR}/up/"
    assert "尚未开始编制" in page(county.water_clerk, address)
    report = signed_report(county.water)
    client = signed_in(county.water_clerk)
    assert client.post(address)["Location"] == address
    assert "第 1 次" in client.get(address).content.decode()
    assert "这份报告已经报送" in client.post(address).content.decode()
    assert Submission.objects.get().report == report


def test_a_file_of_a_browser_is_no_report(county: County) -> None:
    client = signed_in(county.cast.clerk)
    file = SimpleUploadedFile("x.html", b"<html><body>x</body></html>")
    assert client.post(f"{LIST}files/", {"reports": [file]}).status_code == 200
    assert IncomingFile.objects.count() == 0


# --- The sum ------------------------------------------------------------------------------------------------


def test_the_sum_and_every_number_of_it(county: County) -> None:
    own = signed_report(
        county.parent, tables_with({"t2.charges.amount": Decimal("0.5"), "t4.reconsideration.upheld": 1})
    )
    water = tables_with({"t2.charges.amount": Decimal("1.25"), "t4.reconsideration.upheld": 2})
    submission(county.parent, county.water, state="accepted", cells=cells_as_data(water))
    submission(county.parent, county.roads, state="accepted", cells=cells_as_data(tables_with({})))
    found = FigurePage(county.cast.clerk, county.parent, YEAR, Scope.WHOLE)
    assert (found.tables["t2.charges.amount"], found.tables["t4.reconsideration.total"]) == (Decimal("1.75"), 3)
    assert broken_identities(found.tables) == ()
    cell = aggregating.cell_of_whole(found, "t2.charges.amount")
    assert (cell.value, cell.own) == (Decimal("1.75"), Decimal("0.5"))
    assert [(share.name, share.value) for share in cell.shares] == [("江湾县水务局", Decimal("1.25"))]
    assert own.scope == Scope.OWN


def test_the_audit_is_told_who_is_in_it_and_who_is_not(county: County) -> None:
    submission(county.parent, county.water, state="accepted")
    submission(county.parent, county.roads)
    found = members(county.parent, YEAR)
    assert {name: tables is not None for name, tables in found.items()} == {
        county.parent.name: True,
        "江湾县水务局": True,
        "江湾县公路局": False,
    }


def test_frozen_it_keeps_who_gave_what(county: County) -> None:
    accepted = submission(county.parent, county.water, state="accepted", cells=cells_as_data(tables_with({})))
    given = cells_as_data(tables_with({"t2.licences.decisions": 7}))
    submission(county.parent, county.roads, state="accepted", cells=given)
    report = Report.objects.create(agency=county.parent, year=YEAR, scope=Scope.WHOLE)
    freeze(actor=county.cast.clerk, report_id=report.pk, explanation="首次汇总")
    submission(county.parent, county.roads, number=2)
    Submission.objects.filter(pk=accepted.pk).update(state="sent_back", decided_at=timezone.now())
    found = FigurePage(county.cast.clerk, county.parent, YEAR, Scope.WHOLE)
    cell = aggregating.cell_of_whole(found, "t2.licences.decisions")
    assert (cell.value, cell.own, [share.value for share in cell.shares]) == (7, 0, [7])
    assert found.now["t2.licences.decisions"] == 0
    assert "与冻结数据不同" in page(county.cast.clerk, WHOLE)


@pytest.mark.article("年度报告格式", None)
def test_frozen_without_somebody_only_for_a_reason(county: County) -> None:
    submission(county.parent, county.water, state="accepted")
    submission(county.parent, county.roads)
    report = Report.objects.create(agency=county.parent, year=YEAR, scope=Scope.WHOLE)
    with pytest.raises(ReportRefused, match="江湾县公路局"):
        freeze(actor=county.cast.clerk, report_id=report.pk)
    freeze(actor=county.cast.clerk, report_id=report.pk, explanation="公路局已撤销")
    step = report.steps.get(kind="freeze")
    assert (len(step.facts["submissions"]), step.facts["missing"]) == (1, ["江湾县公路局"])


def test_a_cell_that_is_none(county: County) -> None:
    assert signed_in(county.cast.clerk).get(f"{WHOLE}t3.received.nobody/").status_code == 404


def test_who_gives_nothing_is_not_listed_and_the_list_pages_on(county: County, monkeypatch: Any) -> None:
    monkeypatch.setattr(aggregating, "PAGE", 1)
    for child in (county.water, county.roads):
        submission(county.parent, child, state="accepted")
    found = FigurePage(county.cast.clerk, county.parent, YEAR, Scope.WHOLE)
    first = aggregating.cell_of_whole(found, CELL)
    second = aggregating.cell_of_whole(found, CELL, after=first.after)
    assert [share.name for share in (*first.shares, *second.shares)] == sorted(["江湾县公路局", "江湾县水务局"])
    assert second.after == ""
