"""The pages of the figures: begin, correct, freeze, open again, last year's report; and what they refuse."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.models import Person
from gongkai.annual_report import selectors
from gongkai.annual_report.actions.begin import begin
from gongkai.annual_report.actions.correct_cell import correct_cells
from gongkai.annual_report.actions.freeze import freeze
from gongkai.annual_report.actions.read_previous import read_previous
from gongkai.annual_report.figures import previous, previous_texts, tables_of
from gongkai.annual_report.models import ReadReport, Report
from gongkai.annual_report.reading import read_text
from gongkai.documents.models import Document
from gongkai.documents.store import keep
from gongkai.law.outcomes import Outcome
from tests.annual_report import histories
from tests.annual_report.histories import Case
from tests.annual_report.reports import PERSON, YEAR, begun
from tests.annual_report.sample_reports import clean_tables, report_text
from tests.at_once import at_once
from tests.cast import Cast
from tests.portal.pages import text_of

GRANTED, NOT_HELD = "t3.granted.natural_person", "t3.not_held.natural_person"
HOME = f"/desk/report/ours/{YEAR}/"


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def report(cast: Cast) -> Report:
    return begun(cast)


def test_from_nothing_to_frozen_figures(cast: Cast) -> None:
    histories.enter_cases(cast.agency, [Case(PERSON, date(2021, 5, 5), date(2021, 5, 6), Outcome.GRANTED)])
    client = signed_in(cast.clerk)
    assert "尚未开始编制" in text_of(client.get(HOME))
    assert "数据开放" in text_of(client.post(f"{HOME}begin/", follow=True))
    report = Report.objects.get()
    at = f"/desk/report-figures/{report.pk}"
    page = client.get(f"{at}/{GRANTED}/")
    assert "统计数：1" in text_of(page)
    data = _fields(page) | {"t3-granted-natural_person": "0", "t3-not_held-natural_person": "1", "reason": "登记错误"}
    told = text_of(client.post(f"{at}/{GRANTED}/", data, follow=True))
    assert "人工更正的数字" in told
    assert "登记错误" in told
    assert "人工更正：统计数 1，更正为 0" in text_of(client.get(f"{HOME}{GRANTED}/"))
    told = text_of(client.post(f"{at}/freeze/", _fields(client.get(f"{at}/freeze/")), follow=True))
    assert "数据已由" in told
    histories.enter_cases(cast.agency, [Case(PERSON, date(2021, 6, 5))])
    told = text_of(client.get(HOME))
    assert "与冻结数据不同" in told
    assert "冻结为 1，记录现为 2" in told
    assert "记录现为 2" in text_of(client.get(f"{HOME}t3.received.natural_person/"))
    page = client.post(f"{at}/unfreeze/", _fields(client.get(f"{at}/unfreeze/")))
    assert "有错误" in text_of(page)
    client.post(f"{at}/unfreeze/", _fields(page) | {"reason": "补录"})
    report.refresh_from_db()
    assert report.frozen is None


def _fields(page: Any) -> dict[str, Any]:
    """What a browser would send back of the form: hidden fields and initial values, hidden initials included."""
    form, data = page.context["form"], {}
    for field in form:
        value = field.value()
        data[field.html_name] = "" if value is None else str(value)
        if field.field.show_hidden_initial:
            data[field.html_initial_name] = data[field.html_name]
    return data


def test_only_what_was_changed_on_the_page_is_corrected(cast: Cast, report: Report) -> None:
    """The records went on while the page was open: their new numbers are no correction."""
    client = signed_in(cast.clerk)
    address = f"/desk/report-figures/{report.pk}/{GRANTED}/"
    data = _fields(client.get(address)) | {
        "t3-granted-natural_person": "1", "t3-not_held-natural_person": "2", "reason": "登记错误",
    }  # fmt: skip
    histories.enter_cases(cast.agency, [Case(PERSON, date(2021, 7, 1), date(2021, 7, 2), Outcome.FEE_UNPAID)])
    client.post(address, data)
    assert {row.address for row in report.corrections.all()} == {GRANTED, NOT_HELD}
    assert tables_of(report)["t3.received.natural_person"] == 4


def test_a_correction_that_does_not_add_up_is_told_and_nothing_typed_is_lost(cast: Cast, report: Report) -> None:
    client = signed_in(cast.clerk)
    address = f"/desk/report-figures/{report.pk}/{GRANTED}/"
    data = _fields(client.get(address)) | {"t3-granted-natural_person": "9", "reason": "登记错误"}
    page = client.post(address, data)
    assert "勾稽关系不再成立" in text_of(page)
    assert 'value="9"' in page.content.decode()
    assert not report.corrections.exists()


@pytest.mark.parametrize("who", ["other_clerk", "stranger"])
def test_for_strangers_there_is_no_page(cast: Cast, report: Report, who: str) -> None:
    client = signed_in(getattr(cast, who))
    for address in ("freeze/", "unfreeze/", f"{GRANTED}/"):
        assert client.get(f"/desk/report-figures/{report.pk}/{address}").status_code == 404
    for address in ("", "previous/", f"{GRANTED}/"):
        assert client.get(f"{HOME}{address}").status_code == 404
    assert client.post(f"{HOME}begin/").status_code == 404


def test_the_registers_stand_in_the_menu_of_the_report(cast: Cast, report: Report) -> None:
    client = signed_in(cast.editor)
    menu = client.get(HOME).content.decode().split("desk-nav-below")[1].split("</ul>")[0]
    addresses = re.findall(r'href="([^"]+)"', menu)
    assert [address.split("/")[2] for address in addresses] == ["documents", "counts", "disputes", "report"]
    for address in (*addresses, f"/desk/report-writing/{report.pk}/"):
        page = client.get(address).content.decode()
        assert re.search(r'href="/desk/report/" aria-current="(true|page)"', page), address
        assert "desk-nav-below" in page
    assert "desk-nav-below" not in client.get("/desk/calendar/").content.decode()


def test_who_only_reads_is_told_that_others_enter(cast: Cast) -> None:
    for person in (cast.approver, cast.supervisor, cast.administrator):
        page = signed_in(person).get(f"{HOME}previous/")
        assert (page.status_code, "没有查看这一页的权限" in text_of(page)) == (403, True)


@pytest.mark.parametrize("year", [1999, 2020, 2101, 99999])
def test_a_year_without_a_report_has_no_pages(cast: Cast, year: int) -> None:
    client = signed_in(cast.clerk)
    for address in ("previous/", "up/", "children/"):
        assert client.get(f"/desk/report/ours/{year}/{address}").status_code == 404


def test_who_only_reads_gets_no_buttons(cast: Cast, report: Report) -> None:
    text = text_of(signed_in(cast.approver).get(HOME))
    assert "数据开放" in text
    assert "冻结数据" not in text
    assert "录入上一年度报告" not in text
    page = signed_in(cast.approver).get(f"/desk/report-figures/{report.pk}/{GRANTED}/")
    assert "只有数据开放时" in text_of(page)


# --- the records, page by page ------------------------------------------------------------------------------


def test_records_are_paged_without_a_gap(cast: Cast, report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selectors, "MOST", 2)
    histories.enter_cases(cast.agency, [Case(PERSON, date(2021, 3, 1)) for _ in range(3)])  # a day as another has it
    seen, after = [], ""
    for _ in range(9):
        found = selectors.cell_records(cast.clerk, "ours", YEAR, "t3.received.natural_person", after)
        seen += [row.pk for row in found.records]
        after = found.next
        if not after:
            break
    everything = selectors.records_of(cast.agency, YEAR, "t3.received.natural_person")
    assert seen == [row.pk for row in everything]
    assert len(seen) == 6
    assert "下一页" in text_of(signed_in(cast.clerk).get(f"{HOME}t3.received.total/"))


@pytest.mark.parametrize("after", ["x", "2021-03-01_x", "2021-99-01_3", "_3", "2021-03-01_99999999999999999999"])
def test_a_cursor_that_is_none(cast: Cast, report: Report, after: str) -> None:
    page = signed_in(cast.clerk).get(f"{HOME}t3.received.total/", {"after": after})
    assert page.status_code == 404


# --- last year's report -------------------------------------------------------------------------------------


BEFORE = clean_tables().with_cells({"t3.carried_out.natural_person": 1})


def last_years(year: int = YEAR - 1) -> bytes:
    return report_text(clean_tables(), title=f"演示市城市管理局{year}年政府信息公开工作年度报告").encode()


def test_last_years_report_is_sent_in_looked_over_and_held_against_this_year(cast: Cast, report: Report) -> None:
    client = signed_in(cast.editor)
    file = SimpleUploadedFile("上年.txt", last_years())
    page = client.post(f"{HOME}previous/", {"file": file, "scope": "own"})
    assert "全部数字已读出" in text_of(page)
    assert not ReadReport.objects.exists()
    data = _fields(page) | {"scope": "own", "t3-carried_out-natural_person": "1"}
    told = text_of(client.post(f"{HOME}previous/", data, follow=True))
    assert "上一年度报告已录入" in told
    row = ReadReport.objects.get()
    assert (row.year, row.by, row.document.name) == (YEAR - 1, cast.editor, "上年.txt")
    before = previous(cast.agency, YEAR)
    assert before is not None
    assert before["t3.carried_out.natural_person"] == 1
    assert before["t3.received.total"] == clean_tables()["t3.received.total"]
    assert previous_texts(cast.agency, YEAR)["1"]
    assert "与上一年度报告不衔接" in told  # the sample carries out more than one


def test_what_is_no_report_of_that_year_is_told(cast: Cast, report: Report) -> None:
    client = signed_in(cast.clerk)
    for data, said in ((last_years(YEAR - 2), "需要的是2020年的"), (b"\x00\x01", ""), (b"", "")):
        page = client.post(f"{HOME}previous/", {"file": SimpleUploadedFile("上年.txt", data), "scope": "own"})
        assert page.context["form"].errors
        assert said in text_of(page)
    assert client.post(f"{HOME}previous/", {"token": "forged", "scope": "own"}).status_code == 404
    assert not ReadReport.objects.exists()


def read_in(cast: Cast, **changes: Any) -> ReadReport:
    document = Document.objects.first() or keep(last_years(), name="上年.txt", media_type="text/plain")
    given = {
        "actor": cast.clerk, "agency": cast.agency, "year": YEAR - 1, "document": document,
        "read": read_text(last_years().decode(), file="上年.txt"), "typed": {}, **changes,
    }  # fmt: skip
    return read_previous(**given)


def test_reading_in_is_refused(cast: Cast) -> None:
    for who in (cast.approver, cast.drafter, cast.other_clerk):
        with pytest.raises(NotAllowed):
            read_in(cast, actor=who)
    for change in ({"year": 2018}, {"year": YEAR}, {"typed": {GRANTED: 1}}, {"typed": {"t3.carried_out.total": -1}}):
        with pytest.raises(Invalid):
            read_in(cast, **change)
    assert not ReadReport.objects.exists()


@pytest.mark.concurrent
@pytest.mark.django_db(transaction=True)
def test_read_in_twice_at_once_the_later_one_holds() -> None:
    cast = Cast.assemble()
    keep(last_years(), name="上年.txt", media_type="text/plain")
    found = at_once(
        lambda: read_in(cast, typed={"t3.carried_out.total": 3}),
        lambda: read_in(cast, typed={"t3.carried_out.total": 4}),
    )
    assert sorted(row.number for row in found if isinstance(row, ReadReport)) == [1, 2], found
    before = previous(cast.agency, YEAR)
    assert before is not None
    assert before["t3.carried_out.total"] == int(ReadReport.objects.get(number=2).cells["t3.carried_out.total"])


def test_our_own_frozen_report_comes_before_one_that_was_read(cast: Cast, report: Report) -> None:
    read_in(cast, year=YEAR, read=read_text(last_years(YEAR).decode(), file="x"))
    correct_cells(
        actor=cast.clerk, report_id=report.pk, reason="漏登",
        values={"t3.received.research": 3, "t3.carried_out.research": 3},
    )  # fmt: skip
    freeze(actor=cast.clerk, report_id=report.pk)
    before = previous(cast.agency, YEAR + 1)
    assert before is not None
    assert before["t3.carried_out.research"] == 3
    after = begin(actor=cast.clerk, agency=cast.agency, year=YEAR + 1)
    assert "上一年度报告同列" in text_of(signed_in(cast.clerk).get(f"/desk/report-figures/{after.pk}/freeze/"))


def test_the_tables_are_saved_as_files_by_whoever_may_see_them(cast: Cast) -> None:
    client, stranger = signed_in(cast.clerk), signed_in(cast.stranger)
    for form, begins in (("docx", b"PK"), ("html", b"<!DOCTYPE html>")):
        address = f"/desk/report/{cast.agency.slug}/2024/tables.{form}"
        file = client.get(address)
        assert file.content.startswith(begins)
        assert file["Content-Disposition"].startswith("attachment")
        assert "no-store" in file["Cache-Control"]
        assert stranger.get(address).status_code == 404
