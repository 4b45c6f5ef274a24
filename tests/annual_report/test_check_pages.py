"""检查年度报告 at the desk: files in, findings by file and severity, the workbook; never another agency's."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.test import Client
from django.urls import reverse

from gongkai.agencies.errors import Invalid
from gongkai.annual_report.actions import check_reports as act
from gongkai.annual_report.actions.check_reports import check_reports, work_off
from gongkai.annual_report.content import cells_as_data
from gongkai.annual_report.models import CheckRun, ReadReport
from gongkai.annual_report.rendering import render_html_document
from gongkai.documents.store import keep
from gongkai.law.agency_levels import AgencyLevel
from gongkai.ledger.models import Entry
from tests.annual_report.sample_reports import clean_tables, report_text
from tests.at_once import at_once
from tests.cast import Cast
from tests.run_jobs import run_jobs

pytestmark = pytest.mark.django_db
NONE = "（二）依申请公开\n2022年未收到政府信息公开申请。"


def text(agency: str = "江湾县水务局", **prose: Any) -> bytes:
    return report_text(title=f"{agency}2022年政府信息公开工作年度报告", **prose).encode()


def given(cast: Cast, *files: tuple[str, bytes], **options: Any) -> CheckRun:
    kept = [(keep(data, name=name, media_type="text/plain"), name) for name, data in files]
    return check_reports(actor=cast.clerk, agency=cast.agency, files=kept, **options)


def results(run: CheckRun) -> list[dict[str, Any]]:
    run.refresh_from_db()
    found: list[dict[str, Any]] = run.result
    return found


def rules(result: dict[str, Any]) -> set[str]:
    return {finding["rule"] for finding in result["findings"] if finding["severity"] == "error"}


# --- The act and its job ------------------------------------------------------------------------------------


def test_files_are_checked_one_by_one_and_a_bad_one_stops_none(cast: Cast) -> None:
    run = given(cast, ("好.txt", text()), ("坏.pdf", b"%PDF-1.7 x"), ("错.txt", text(applications=NONE)))
    assert (run.done, run.total) == (0, 3)
    run_jobs()
    good, bad, faulty = results(run)
    assert (good["agency"], good["year"], good["complete"], rules(good)) == ("江湾县水务局", 2022, True, set())
    assert bad["error"][1]
    assert rules(faulty) == {"P-1"}
    assert run.done == 3
    assert run.finished_at is not None
    entry = Entry.objects.get(act="annual_report.check")
    assert (entry.actor, entry.facts) == (cast.clerk.username, {"files": 3})


def test_the_level_is_heeded(cast: Cast) -> None:
    data = report_text(clean_tables().with_cells({"t2.rules.in_force": 6})).encode()
    town = given(cast, ("a.txt", data), level=AgencyLevel.TOWN)
    run_jobs()
    assert rules(results(town)[0]) == {"T2-1"}


def test_our_own_report_is_held_against_last_years(cast: Cast) -> None:
    document = keep(b"last year", name="a", media_type="text/plain")
    ReadReport.objects.create(
        agency=cast.agency,
        year=2021,
        form="2021",
        document=document,
        by=cast.clerk,
        cells=cells_as_data(clean_tables()),
    )
    run = given(cast, ("ours.txt", text(cast.agency.name)), ("theirs.txt", text()))
    run_jobs()
    ours, theirs = results(run)
    assert (ours["compared"], theirs["compared"]) == (True, False)
    assert "X-1" in rules(ours)
    assert "X-1" not in rules(theirs)


def test_who_may_not_and_nothing_given(cast: Cast) -> None:
    with pytest.raises(Http404):
        check_reports(actor=cast.stranger, agency=cast.agency, files=[])
    with pytest.raises(Invalid):
        given(cast)
    assert not CheckRun.objects.exists()


def test_a_fault_of_ours_is_told_and_stops_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(act, "audited", lambda *_: 1 / 0)
    run = given(cast, ("a.txt", text()))
    run_jobs()
    assert results(run)[0]["error"][0] == "broken"


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrent
def test_worked_off_twice_at_once_each_file_stands_once(cast: Cast) -> None:
    run = given(cast, ("a.txt", text()), ("b.txt", text(applications=NONE)))
    at_once(lambda: work_off(run.pk), lambda: work_off(run.pk))
    assert [one["file"] for one in results(run)] == ["a.txt", "b.txt"]


# --- Pages --------------------------------------------------------------------------------------------------


def test_from_the_form_to_the_workbook(cast: Cast, client: Client) -> None:
    client.force_login(cast.clerk)
    page = reverse("desk:report_check", args=[cast.agency.slug])
    files = [SimpleUploadedFile("错.txt", text(applications=NONE)), SimpleUploadedFile("好.txt", text())]
    answer = client.post(page, {"reports": files, "level": ""})
    run = CheckRun.objects.get()
    assert answer["Location"] == reverse("desk:report_check_run", args=[run.pk])
    assert 'http-equiv="refresh"' in client.get(answer["Location"]).content.decode()
    assert client.get(reverse("desk:report_check_workbook", args=[run.pk])).status_code == 404
    run_jobs()
    shown = client.get(answer["Location"]).content.decode()
    assert "两处必有一处不对" in shown
    assert shown.index("错.txt</h2>") < shown.index("好.txt</h2>")
    assert 'http-equiv="refresh"' not in shown
    book = openpyxl.load_workbook(io.BytesIO(client.get(reverse("desk:report_check_workbook", args=[run.pk])).content))
    assert "P-1" in [row[4] for row in book["发现"].iter_rows(values_only=True)]
    assert "错.txt" in client.get(page).content.decode()


def test_a_report_saved_as_a_web_page(cast: Cast, client: Client) -> None:
    client.force_login(cast.clerk)
    page = reverse("desk:report_check", args=[cast.agency.slug])
    assert ".html" in client.get(page).content.decode()
    saved = (
        b"<!-- saved from url=(0014)about:internet -->\n<script>x()</script>"
        + render_html_document(clean_tables(), agency="江湾县水务局", year=2022).encode()
    )
    client.post(page, {"reports": [SimpleUploadedFile("报告.html", saved)]})
    run_jobs()
    run = CheckRun.objects.get()
    (found,) = results(run)
    assert (found["agency"], found["year"], rules(found) & {"T3-1", "T3-2", "T3-3"}) == ("江湾县水务局", 2022, set())
    shown = client.get(reverse("desk:report_check_run", args=[run.pk])).content.decode()
    assert "<script>x()" not in shown


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", b"<html><body>x</body></html>"),
        ("a.html", b"no page"),
        ("a.html", b"<html>\x00"),
        ("a.svg", b"<svg/>"),
    ],
)
def test_what_is_no_page_by_name_and_content_stays_outside(cast: Cast, client: Client, name: str, data: bytes) -> None:
    client.force_login(cast.clerk)
    page = reverse("desk:report_check", args=[cast.agency.slug])
    assert client.post(page, {"reports": [SimpleUploadedFile(name, data)]}).status_code == 200
    assert not CheckRun.objects.exists()


def test_a_stranger_sees_neither_form_nor_result(cast: Cast, client: Client) -> None:
    run = given(cast, ("a.txt", text()))
    client.force_login(cast.stranger)
    for name, argument in (
        ("report_check", cast.agency.slug),
        ("report_check_run", run.pk),
        ("report_check_workbook", run.pk),
    ):
        assert client.get(reverse(f"desk:{name}", args=[argument])).status_code == 404
