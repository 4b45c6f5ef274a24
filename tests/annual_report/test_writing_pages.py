"""The pages of the writer and of the approver."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from gongkai.agencies.models import Agency, Person
from gongkai.annual_report import figures
from gongkai.annual_report.actions.return_ import return_
from gongkai.annual_report.actions.write_section import write_section
from gongkai.annual_report.content import cells_as_data
from gongkai.annual_report.models import Publication, Report
from gongkai.law.report_form import Tables
from gongkai.law.report_procedure import ReportState
from tests.annual_report.sample_reports import clean_tables
from tests.annual_report.written_reports import WORDS, YEAR, begun, brought_to
from tests.cast import Cast
from tests.portal.pages import text_of, value_of

pytestmark = pytest.mark.django_db


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def at(report: Report, more: str = "") -> str:
    return f"/desk/report-writing/{report.pk}/{more}"


def newest(report: Report, section: str) -> str:
    row = report.texts.filter(section=section).last()
    return row.text if row else ""


def doubtful(cast: Cast, report: Report) -> None:
    """Two numbers that the table contradicts: asked about, but no bar."""
    text = "2024年，我局收到政府信息公开申请9999件，结转下年度继续办理8888件。"
    write_section(actor=cast.clerk, report_id=report.pk, section="1.2", text=text, seen=1)


@pytest.fixture
def report(cast: Cast) -> Report:
    """With figures that differ from each other, frozen."""
    report = begun(cast)
    Report.objects.filter(pk=report.pk).update(frozen=cells_as_data(clean_tables()))
    return Report.objects.get(pk=report.pk)


def test_a_page_counts_live_figures_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = []
    count = figures.compile_tables

    def counting(agency: Agency, year: int) -> Tables:
        counted.append(year)
        return count(agency, year)

    monkeypatch.setattr(figures, "compile_tables", counting)
    page = signed_in(cast.clerk).get(at(begun(cast), "1.2/"))
    assert "加入建议稿" in text_of(page)
    assert counted == [YEAR]


def test_the_overview_shows_words_figures_notes_and_what_can_be_done(cast: Cast, report: Report) -> None:
    write_section(
        actor=cast.clerk, report_id=report.pk, section="1.2", text="2024年，我局未收到政府信息公开申请。", seen=1
    )
    page = signed_in(cast.clerk).get(at(report))
    text = text_of(page)
    assert page.status_code == 200
    for words in (
        "（一）主动公开",
        WORDS["1.1"],
        "我局未收到政府信息公开申请",
        "（改正后才能报批）",
        "开始编制",
        "报批",
    ):
        assert words in text, words
    assert at(report, "1.2/") in page.content.decode()
    assert at(report, "act/submit/") in page.content.decode()


def test_who_does_not_write_reads_only(cast: Cast, report: Report) -> None:
    client = signed_in(cast.supervisor)
    assert at(report, "1.2/") not in client.get(at(report)).content.decode()
    page = client.get(at(report, "1.2/"))
    assert page.status_code == 200
    assert b"<textarea" not in page.content


@pytest.mark.parametrize("more", ["", "read/", "1.2/", "act/submit/"])
def test_for_strangers_there_is_nothing(cast: Cast, report: Report, more: str) -> None:
    for person in (cast.other_clerk, cast.stranger):
        assert signed_in(person).get(at(report, more)).status_code == 404
    assert Client().get(at(report, more)).status_code == 302


@pytest.mark.parametrize("more", ["7/", "1.6/", "act/freeze/", "act/nothing/"])
def test_addresses_that_are_none(cast: Cast, report: Report, more: str) -> None:
    assert signed_in(cast.clerk).get(at(report, more)).status_code == 404


# --- One section --------------------------------------------------------------------------------------------


def post(client: Client, report: Report, section: str, text: str, **more: Any) -> Any:
    return client.post(at(report, f"{section}/"), {"text": text, "seen": 1, **more})


def test_words_are_saved_as_they_were_typed(cast: Cast, report: Report) -> None:
    client = signed_in(cast.clerk)
    said = "新收{{ t3.received.total }}件。<b>&\n\n第二段。"
    assert post(client, report, "1.2", said.replace("\n", "\r\n")).status_code == 302
    assert newest(report, "1.2") == said
    page = client.get(at(report, "1.2/"))
    assert value_of(page, "text") == said
    assert f"新收{clean_tables()['t3.received.total']}件。" in text_of(page)
    assert "第 2 版" in text_of(page)


def test_a_figure_is_put_in_and_looked_at_without_being_saved(cast: Cast, report: Report) -> None:
    chosen = {"quantity": "t3.granted.total", "manner": "share", "whole": "t3.total.total", "insert": "1"}
    page = post(signed_in(cast.clerk), report, "1.2", "予以公开占", **chosen)
    assert value_of(page, "text") == "予以公开占{{ share t3.granted.total of t3.total.total }}"
    assert re.search(r"予以公开占\d+(\.\d+)?%", text_of(page))
    assert "尚未保存" in text_of(page)
    assert "第三部分表格「（一）予以公开」的「总计」、第三部分表格「（七）总计」的「总计」" in text_of(page)
    assert newest(report, "1.2") == WORDS["1.2"]


def test_a_preview_says_what_is_wrong_with_words_that_are_not_saved(cast: Cast, report: Report) -> None:
    page = post(signed_in(cast.clerk), report, "1.2", "新收{{ t3.nix.total }}件。", preview="1")
    assert "t3.nix.total" in text_of(page).partition("检查")[2]
    assert value_of(page, "text") == "新收{{ t3.nix.total }}件。"
    assert newest(report, "1.2") == WORDS["1.2"]


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ("1", "统计期限"),
        ("1.1", "{{ t2.normative_documents.made }}"),
        ("1.2", "{{ t3.received.total }}"),
        ("1.3", "〔请填写"),
        ("6", "未收取信息处理费"),
    ],
)
def test_a_suggested_text_comes_behind_what_is_typed_and_is_not_saved(
    cast: Cast, report: Report, section: str, said: str
) -> None:
    page = post(signed_in(cast.clerk), report, section, "已经写的。", suggest="1")
    assert value_of(page, "text").startswith("已经写的。\n")
    assert said in value_of(page, "text")
    assert newest(report, section) == WORDS[section]


def test_of_two_writers_the_later_sees_both_texts_and_loses_nothing(cast: Cast, report: Report) -> None:
    write_section(actor=cast.editor, report_id=report.pk, section="6", text="编辑写的话。", seen=1)
    client = signed_in(cast.clerk)
    page = post(client, report, "6", "经办人写的话。")
    assert page.status_code == 200
    assert value_of(page, "text") == "经办人写的话。"
    assert "编辑写的话。" in text_of(page)
    assert post(client, report, "6", "两个人的话。", seen=value_of(page, "seen")).status_code == 302
    assert newest(report, "6") == "两个人的话。"


def test_what_cannot_be_saved_stays_in_the_form(cast: Cast, report: Report) -> None:
    page = post(signed_in(cast.supervisor), report, "6", "不该写的话。")
    assert "由经办人、编辑起草" in text_of(page)
    assert newest(report, "6") == WORDS["6"]
    report = brought_to(cast, ReportState.APPROVAL, report)
    assert "不能修改文字" in text_of(post(signed_in(cast.clerk), report, "6", "晚了的话。"))


def test_last_years_text_stands_beside_with_how_much_is_the_same(cast: Cast, report: Report) -> None:
    content = {
        "agency": cast.agency.name, "year": YEAR - 1, "scope": "own", "form": "2021", "signed_by": "",
        "cells": cells_as_data(clean_tables()), "sections": {**WORDS, "5": WORDS["5"] + "\n另有去年的一句话没有再写。"},
    }  # fmt: skip
    before = Report.objects.create(agency=cast.agency, year=YEAR - 1, state=ReportState.PUBLISHED)
    Publication.objects.create(report=before, number=1, by=cast.clerk, content=content, digest="0" * 64)
    client = signed_in(cast.clerk)
    text = text_of(client.get(at(report, "5/")))
    assert "另有去年的一句话没有再写。" in text
    assert "100% 的文字与上年相同" in text
    assert "% 与上年相同" in text_of(client.get(at(report)))
    page = post(client, report, "1.2", "比上年{{ change t3.received.total }}。", preview="1")
    assert "比上年持平。" in text_of(page)


# --- Acts ---------------------------------------------------------------------------------------------------


def filled_in(client: Client, path: str, **changes: str) -> Any:
    """The form of the page with every question answered, sent."""
    form = client.get(path).context["form"]
    values = {name: form[name].value() or "已核对。" for name in form.fields}
    return client.post(path, {**values, **changes})


def test_from_the_submission_to_the_publication(cast: Cast, report: Report) -> None:
    doubtful(cast, report)
    clerk, approver = signed_in(cast.clerk), signed_in(cast.approver)
    assert filled_in(clerk, at(report, "act/submit/")).status_code == 302
    read = text_of(approver.get(at(report, "read/")))
    assert WORDS["1.4"] in read
    assert "已核对。" in read  # the answers
    assert filled_in(approver, at(report, "act/sign/")).status_code == 302
    assert filled_in(clerk, at(report, "act/publish/")).status_code == 302
    report.refresh_from_db()
    assert report.state == ReportState.PUBLISHED
    assert "公布" in text_of(clerk.get(at(report)))


def test_the_approver_sees_what_is_new_since_he_sent_it_back(cast: Cast, report: Report) -> None:
    report = brought_to(cast, ReportState.APPROVAL, report)
    return_(actor=cast.approver, report_id=report.pk, reason="请补充。")
    write_section(actor=cast.clerk, report_id=report.pk, section="6", text=f"{WORDS['6']}无其他事项。", seen=1)
    brought_to(cast, ReportState.APPROVAL, Report.objects.get(pk=report.pk))
    page = signed_in(cast.approver).get(at(report, "read/")).content.decode()
    assert "<ins>无其他事项。</ins>" in page
    assert "<del>" not in page


def test_doubts_without_an_answer_come_back_with_the_others_kept(cast: Cast, report: Report) -> None:
    doubtful(cast, report)
    client, path = signed_in(cast.clerk), at(report, "act/submit/")
    asked = [note.key for note in client.get(path).context["form"].asked]
    assert len(asked) > 1
    page = filled_in(client, path, **{asked[0]: "", asked[1]: "另一处已核对。"})
    assert page.status_code == 200
    assert value_of(page, asked[1]) == "另一处已核对。"
    assert "请改正，或者写明保留的理由" in text_of(page)
    report.refresh_from_db()
    assert report.state == ReportState.WRITING


def test_what_changed_meanwhile_is_not_signed(cast: Cast, report: Report) -> None:
    report = brought_to(cast, ReportState.APPROVAL, report)
    client, path = signed_in(cast.approver), at(report, "act/sign/")
    page = filled_in(client, path, revision=str(report.revision - 1))
    assert "已有改动" in text_of(page)
    assert "wrong_role" not in text_of(page)
    report.refresh_from_db()
    assert report.state == ReportState.APPROVAL


def test_an_act_that_is_not_for_this_person_is_refused_with_words(cast: Cast, report: Report) -> None:
    report = brought_to(cast, ReportState.APPROVAL, report)
    page = filled_in(signed_in(cast.clerk), at(report, "act/sign/"))
    assert "由审批人办理" in text_of(page)


def test_whatever_was_typed_can_be_read_and_mended(cast: Cast, report: Report) -> None:
    """A text that no page could show would lock its writer out."""
    client = signed_in(cast.clerk)
    for seen, text in enumerate(("{{{{ t3.received.total }}}}", "收到" + "1" * 5000 + "件", "<script>x()</script>"), 1):
        write_section(actor=cast.clerk, report_id=report.pk, section="1.2", text=text, seen=seen)
        pages = [client.get(at(report, path)) for path in ("", "1.2/", "read/", "act/submit/")]
        assert [page.status_code for page in pages] == [200] * 4
        assert not any("<script>x()" in page.content.decode() for page in pages)
