"""The column 政府信息公开年报: what was published, every version of it, and nothing else."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.agencies.models import Agency
from gongkai.annual_report.models import Report, Scope
from gongkai.annual_report.public import selectors
from gongkai.annual_report.reading import read_bytes
from gongkai.config import answers
from gongkai.law.report_form import cells
from gongkai.law.report_procedure import ReportState
from tests.annual_report.published import a_report, publish
from tests.annual_report.sample_reports import clean_tables
from tests.cast import Cast, make_agency
from tests.portal.pages import addresses_of, text_of

PAGE = "/reports/ours/2022/"
MOST_QUERIES = 6


@pytest.fixture
def report(cast: Cast) -> Report:
    found = a_report(cast.agency, 2022)
    publish(found, cast.clerk)
    return found


@pytest.mark.article("条例", 49)
def test_the_column_lists_what_was_published_by_year(client: Client, cast: Cast, report: Report) -> None:
    publish(a_report(cast.other_agency, 2022), cast.clerk)
    publish(a_report(cast.agency, 2022, scope=Scope.WHOLE), cast.clerk)
    publish(a_report(cast.agency, 2021), cast.clerk)
    response = client.get("/reports/")
    links = addresses_of(response)
    for address in (PAGE, "/reports/theirs/2022/", "/reports/ours/2022/whole/", "/reports/?year=2021"):
        assert address in links
    assert "/reports/ours/2021/" not in links
    assert "/reports/ours/2021/" in addresses_of(client.get("/reports/?year=2021"))
    page = response.content.decode()
    assert page.index("2022年汇总报告") < page.index("/reports/ours/2022/whole/") < page.index("2022年各机关报告")
    assert '<meta name="ColumnType" content="信息公开年报">' in page
    assert '<meta name="ColumnName" content="政府信息公开年报">' in page


def test_the_reports_of_an_agency_newest_first(client: Client, cast: Cast, report: Report) -> None:
    publish(a_report(cast.agency, 2023), cast.clerk)
    links = addresses_of(client.get("/reports/ours/"))
    assert links.index("/reports/ours/2023/") < links.index(PAGE)
    assert "目前没有公布的年度报告" in text_of(client.get("/reports/theirs/"))
    assert client.get("/reports/nobody/").status_code == 404


def test_a_column_without_reports_says_so(client: Client, cast: Cast) -> None:
    a_report(cast.agency, 2022)
    response = client.get("/reports/?year=2022")
    assert response.status_code == 200
    assert "目前没有公布的年度报告" in text_of(response)


@pytest.mark.parametrize("state", [state for state in ReportState if state is not ReportState.PUBLISHED])
def test_what_was_not_published_is_not_there(client: Client, cast: Cast, state: ReportState) -> None:
    Report.objects.filter(pk=a_report(cast.agency, 2022).pk).update(state=state)
    client.force_login(cast.clerk)
    for tail in ("", "v1/", "picture/", "report.pdf", "report.json", "v1/report.docx", "whole/"):
        assert client.get(PAGE + tail).status_code == 404, tail
    assert PAGE not in addresses_of(client.get("/reports/"))
    assert "ours" not in json.dumps(addresses_of(client.get("/reports/compare/?agency=ours")))


def test_own_report_and_that_of_everybody_are_two(client: Client, cast: Cast, report: Report) -> None:
    assert client.get(PAGE + "whole/").status_code == 404
    publish(a_report(cast.agency, 2022, scope=Scope.WHOLE), cast.clerk)
    assert "汇总，含所属各机关" in text_of(client.get(PAGE + "whole/"))
    assert "汇总，含所属各机关" not in text_of(client.get(PAGE))
    assert PAGE + "whole/report.docx" in addresses_of(client.get(PAGE + "whole/"))


def test_the_page_tells_the_report_and_when_it_was_published(client: Client, report: Report) -> None:
    response = client.get(PAGE)
    text = text_of(response)
    for words in (
        "演示市城市管理局2022年政府信息公开工作年度报告",
        "六、其他需要报告的事项",
        "未收取信息处理费",
        "首次公布时间",
    ):
        assert words in text
    page = response.content.decode()
    assert '<meta name="ArticleTitle" content="演示市城市管理局2022年政府信息公开工作年度报告">' in page
    assert '<meta name="ContentSource" content="演示市城市管理局">' in page
    assert '<meta name="PubDate" content="20' in page
    assert "公布后的变更" not in text
    read = read_bytes(response.content, "page.html")
    assert dict(read.tables.cells) == dict(clean_tables().cells)


def test_every_later_change_is_told_and_the_older_version_stays(client: Client, cast: Cast, report: Report) -> None:
    changed = clean_tables().with_cells({"t2.licences.decisions": 713})
    publish(report, cast.clerk, reason="更正行政许可数量", tables=changed, words={"5": "另一段。"})
    # Being worked at again: what was published stays.
    Report.objects.filter(pk=report.pk).update(state=ReportState.WRITING)
    newest = text_of(client.get(PAGE))
    assert "更正行政许可数量" in newest
    assert "「行政许可」的「本年处理决定数量」：712 改为 713" in newest
    assert "文字有变更的部分：1、5、6" in newest
    older = client.get(PAGE + "v1/")
    assert "以后有变更" in text_of(older)
    assert "栏目分类不细" in text_of(older)
    assert PAGE + "v1/report.pdf" in addresses_of(older)
    assert json.loads(client.get(PAGE + "v1/report.json").content)["cells"]["t2.licences.decisions"] == 712
    assert json.loads(client.get(PAGE + "report.json").content)["cells"]["t2.licences.decisions"] == 713
    assert client.get(PAGE + "v3/").status_code == 404
    assert "有变更" in text_of(client.get("/reports/"))


def test_the_files_are_the_report(client: Client, report: Report) -> None:
    for form in ("docx", "pdf", "xlsx"):
        response = client.get(f"{PAGE}report.{form}")
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert f".{form}" in response.headers["Content-Disposition"]
        assert read_bytes(response.content, f"report.{form}").tables["t3.received.total"] == 1397
    assert client.get(f"{PAGE}report.exe").status_code == 404


def test_the_data_hold_every_cell(client: Client, cast: Cast) -> None:
    tables = clean_tables().with_cells({"t2.charges.amount": Decimal("4166.241619")})
    publish(a_report(cast.agency, 2022), cast.clerk, tables=tables)
    data = json.loads(client.get(PAGE + "report.json").content)
    assert list(data["cells"]) == list(cells())
    assert data["cells"]["t2.charges.amount"] == "4166.241619"
    assert data["tables"]["t3"]["received"][-1] == 1397
    assert (data["version"], data["scope"], data["form"]) == (1, "own", "2021")


def test_nothing_is_sent_again_that_has_not_changed(
    client: Client,
    cast: Cast,
    report: Report,
    django_capture_on_commit_callbacks: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(answers, "SETTLED", dt.timedelta())
    for path in ("/reports/", PAGE, PAGE + "report.json"):
        first = client.get(path)
        tags = {"if-none-match": first.headers["ETag"]}
        assert client.get(path, headers=tags).status_code == 304
        assert client.get(path, headers={"if-modified-since": first.headers["Last-Modified"]}).status_code == 304
    tag = client.get(PAGE).headers["ETag"]
    with django_capture_on_commit_callbacks(execute=True):
        publish(report, cast.clerk, reason="更正")
    assert client.get(PAGE, headers={"if-none-match": tag}).status_code == 200
    assert client.get(PAGE, headers={"if-none-match": tag, "accept-language": "en"}).status_code == 200


def test_the_pictures_have_their_tables(client: Client, report: Report) -> None:
    response = client.get(PAGE + "picture/")
    page, text = response.content.decode(), text_of(response)
    data = json.loads(page.partition('id="chart-data" type="application/json">')[2].partition("</script>")[0])
    assert set(data) == {"documents", "decisions", "applicants", "outcomes", "disputes"}
    assert page.count('role="img"') == page.count("<table") == len(data)
    assert data["applicants"]["series"][0]["data"] == [230, 225, 220, 238, 233, 251]
    assert "不予公开" in text
    assert sum(sum(one["data"]) for one in data["outcomes"]["series"]) == 1370


def test_a_year_of_nothing_has_nothing_to_draw(client: Client, cast: Cast) -> None:
    empty = clean_tables().with_cells(dict.fromkeys(cells(), 0))
    publish(a_report(cast.agency, 2022), cast.clerk, tables=empty)
    assert "没有可以画的图" in text_of(client.get(PAGE + "picture/"))


@pytest.mark.parametrize(
    "path", ["/reports/", "/reports/ours/", PAGE, PAGE + "picture/", "/reports/compare/?agency=ours"]
)
def test_the_pages_are_light(client: Client, report: Report, path: str, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get(path)
    assert response.status_code == 200
    assert len(response.content) <= 60_000
    assert client.post(path).status_code == 405


def test_a_long_list_is_paged_without_losing_anybody(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selectors, "MOST", 2)
    for number in range(5):
        agency = make_agency(f"bureau-{number}", f"演示市第{number}局", f"演{number}公开")
        publish(a_report(agency, 2022), cast.clerk)
        publish(a_report(agency, 2022, scope=Scope.WHOLE), cast.clerk)
    path, seen = "?year=2022", []
    while path:
        response = client.get(f"/reports/{path}")
        seen += [row.report.agency.slug for row in response.context["own"]]
        assert [row.report.agency.slug for row in response.context["whole"]] == seen[-len(response.context["own"]) :]
        path = response.context["next_url"]
    assert seen == [agency.slug for agency in Agency.objects.filter(slug__startswith="bureau").order_by("path")]


def test_every_page_leads_to_the_column(client: Client, cast: Cast) -> None:
    page = client.get("/").content.decode()
    assert page.count(f'href="{reverse("portal:reports")}"') == 2


@pytest.mark.parametrize("year", ["9" * 5000, "²", "-1", "x"])
def test_whatever_is_asked_for_as_a_year_is_answered(client: Client, report: Report, year: str) -> None:
    response = client.get("/reports/", {"year": year})
    assert response.status_code == 200
    assert PAGE in addresses_of(response)
