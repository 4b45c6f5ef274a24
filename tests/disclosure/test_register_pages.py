"""The register at the desk: documents entered and repealed, a year of figures typed at once or taken from a sheet."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.models import Person
from gongkai.disclosure.actions.decision_counts import Figure, record_count, record_counts
from gongkai.disclosure.models import DecisionCount, DecisionKind, NormativeDocument
from gongkai.disclosure.register import count_sheets, document_views
from gongkai.disclosure.register import forms as register_forms
from gongkai.disclosure.register.count_sheets import COLUMNS, counts_in
from gongkai.disclosure.selectors import counts_of
from gongkai.documents.errors import DocumentError
from tests.at_once import at_once
from tests.cast import Cast
from tests.portal.pages import text_of

YEAR = 2024
DOCUMENTS, COUNTS = "/desk/documents/ours/", f"/desk/counts/ours/{YEAR}/"
NEW = {
    "document_class": "normative_documents", "title": "市容管理办法", "document_number": "演城〔2024〕1号",
    "made_on": "2024-05-10",
}  # fmt: skip


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def sheet(*lines: list[Any], head: Any = COLUMNS) -> SimpleUploadedFile:
    from openpyxl import Workbook

    book, out = Workbook(), io.BytesIO()
    for line in (list(head), *lines):
        book.active.append(line)
    book.save(out)
    return SimpleUploadedFile("填报表.xlsx", out.getvalue())


def line(department: str, kind: str, *figures: Any) -> list[Any]:
    return [department, kind, *figures, *[None] * (12 - len(figures))]


def standing(cast: Cast) -> dict[tuple[str, str, int], Any]:
    return {(row.department, row.kind, row.month): row.figure for row in counts_of(cast.agency, YEAR)}


# --- documents ----------------------------------------------------------------------------------------------


def test_a_document_is_entered_and_repealed(cast: Cast) -> None:
    client = signed_in(cast.editor)
    assert "已登记" in text_of(client.post(DOCUMENTS, NEW, follow=True))
    document = NormativeDocument.objects.get()
    address, repealed = f"{DOCUMENTS}change/?document={document.pk}", {"kind": "repealed", "basis": "清理"}
    told = client.post(address, {"on": "2024-01-01", **repealed})
    assert "变动日期应在成文日期之后" in text_of(told)
    client.post(address, {"on": "2024-06-01", **repealed})
    document.refresh_from_db()
    assert (document.made_on, document.repealed_on) == (date(2024, 5, 10), date(2024, 6, 1))
    assert "2024年6月1日废止（清理）" in text_of(client.get(DOCUMENTS))
    assert "该发文字号已登记" in text_of(client.post(DOCUMENTS, NEW))


def test_who_sees_and_who_enters(cast: Cast) -> None:
    signed_in(cast.editor).post(DOCUMENTS, NEW)
    pk = NormativeDocument.objects.get().pk
    reader = signed_in(cast.clerk)
    page = reader.get(DOCUMENTS)
    assert "市容管理办法" in text_of(page)
    assert "登记制发的文件" not in text_of(page)
    assert "此事项由编辑岗位办理" in str(
        reader.post(DOCUMENTS, {**NEW, "document_number": "2号"}).context["form"].errors
    )
    assert NormativeDocument.objects.count() == 1
    other = signed_in(cast.other_clerk)
    for address in (
        DOCUMENTS,
        COUNTS,
        f"{COUNTS}import/",
        f"{COUNTS}sheet.xlsx",
        f"/desk/documents/entry/{pk}/",
        f"{DOCUMENTS}change/?document={pk}",
    ):
        assert other.get(address).status_code == 404


def test_documents_are_paged(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document_views, "PAGE", 2)
    client = signed_in(cast.editor)
    for number in range(3):
        client.post(DOCUMENTS, {**NEW, "document_number": f"{number}号"})
    first = client.get(DOCUMENTS)
    assert [one.document_number for one, _state in first.context["lines"]] == ["2号", "1号"]
    rest = client.get(DOCUMENTS + first.context["next_url"])
    assert [one.document_number for one, _state in rest.context["lines"]] == ["0号"]


# --- a year typed at once -----------------------------------------------------------------------------------


def typed(client: Client, kind: str, changes: dict[str, Any]) -> Any:
    address = f"{COUNTS}?kind={kind}"
    data = {}
    for field in client.get(address).context["form"]:
        value = "" if field.value() is None else str(field.value())
        data[field.html_name] = value
        if field.field.show_hidden_initial:
            data[field.html_initial_name] = value
    return client.post(address, data | changes, follow=True)


def test_a_year_of_figures_at_once(cast: Cast) -> None:
    client = signed_in(cast.editor)
    told = typed(client, "licences", {"d0": "市容科", "n0-1": "12", "n0-2": "0"})
    assert "已保存 2 个数字" in text_of(told)
    typed(client, "charges", {"f0-3": "99.50"})
    typed(client, "licences", {"f0-2": "5"})
    assert standing(cast) == {
        ("市容科", "licences", 1): 12, ("市容科", "licences", 2): 5, ("市容科", "charges", 3): Decimal("99.50"),
    }  # fmt: skip
    assert DecisionCount.objects.filter(replaced_by__isnull=False).count() == 1  # only what was changed


def test_what_another_entered_meanwhile_is_not_written_over(cast: Cast) -> None:
    client = signed_in(cast.editor)
    typed(client, "licences", {"d0": "市容科", "n0-1": "1"})
    page = client.get(f"{COUNTS}?kind=licences")
    data = {"f0-1": "1", "initial-f0-1": "1", "f0-2": "7"}
    assert 'name="initial-f0-1"' in page.content.decode()
    key = {"actor": cast.editor, "agency": cast.agency, "department": "市容科", "kind": DecisionKind.LICENCES}
    record_count(**key, year=YEAR, month=1, figure=8)
    client.post(f"{COUNTS}?kind=licences", data)
    assert standing(cast) == {("市容科", "licences", 1): 8, ("市容科", "licences", 2): 7}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"n0-1": "3"}, "请填写部门"),
        ({"d0": "科", "n0-1": "-3"}, ""),
        ({"d0": "科", "n0-1": "x"}, ""),
        ({"d0": "科", "n0-1": "1.5"}, ""),
    ],
)
def test_figures_that_are_none(cast: Cast, changes: dict[str, str], said: str) -> None:
    page = typed(signed_in(cast.editor), "licences", changes)
    assert page.context["form"].errors
    assert said in text_of(page)
    assert not DecisionCount.objects.exists()


def test_departments_are_paged(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(register_forms, "LINES", 1)
    client = signed_in(cast.editor)
    for name in ("甲科", "乙科"):
        typed(client, "licences", {"d0": name, "n0-1": "1"})
    first = client.get(COUNTS)
    rest = client.get(COUNTS + first.context["next_url"])
    shown = [page.context["form"].departments for page in (first, rest)]
    assert shown == [["乙科"], ["甲科"]]
    assert not rest.context["next_url"]


@pytest.mark.parametrize("year", [2007, 2100])
def test_a_year_without_figures(cast: Cast, year: int) -> None:
    assert signed_in(cast.editor).get(f"/desk/counts/ours/{year}/").status_code == 404


# --- from a sheet -------------------------------------------------------------------------------------------


def test_a_sheet_is_looked_at_and_then_taken_over(cast: Cast) -> None:
    client = signed_in(cast.editor)
    file = sheet(line("市容科", "行政许可", 1, "2,000"), line("市容科", "行政事业性收费", 12.5))
    page = client.post(f"{COUNTS}import/", {"file": file})
    assert "读到 3 个数字，没有错误" in text_of(page)
    assert not DecisionCount.objects.exists()
    told = client.post(f"{COUNTS}import/", {"token": page.context["token"]}, follow=True)
    assert "已保存 3 个数字" in text_of(told)
    assert standing(cast)["市容科", "licences", 2] == 2000
    assert standing(cast)["市容科", "charges", 1] == Decimal("12.5")
    again = client.post(f"{COUNTS}import/", {"token": page.context["token"]}, follow=True)
    assert "已保存 0 个数字" in text_of(again)
    # The sheet that is downloaded is one that can be sent in.
    blank = client.get(f"{COUNTS}sheet.xlsx").content
    assert len(counts_in(blank, "x.xlsx", YEAR).figures) == 3


def test_every_bad_line_is_told_and_nothing_is_taken(cast: Cast) -> None:
    client = signed_in(cast.editor)
    file = sheet(
        line("市容科", "行政许可", 1), line("", "行政许可", 1), line("科", "许可证", 1), line("科", "行政处罚", "许多"),
        line("科", "行政强制", -1), line("市容科", "行政许可", 2), line("科", "行政处罚", 1.5),
    )  # fmt: skip
    page = client.post(f"{COUNTS}import/", {"file": file})
    assert [one.line for one in page.context["found"].problems] == [3, 4, 5, 6, 7, 8]
    response = client.post(f"{COUNTS}import/", {"token": page.context["token"]})
    from openpyxl import load_workbook

    rows = list(load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True))
    assert len(rows) == 7
    assert rows[3][-1] == "1月：“许多”不是数字。"
    assert not DecisionCount.objects.exists()


def test_what_is_no_such_sheet(cast: Cast) -> None:
    client = signed_in(cast.editor)
    for file in (sheet(["x"], head=["部门", "数量"]), SimpleUploadedFile("x.xlsx", b"PK\x03\x04no")):
        page = client.post(f"{COUNTS}import/", {"file": file})
        assert page.context["form"].errors
    assert client.post(f"{COUNTS}import/", {"token": "forged"}).status_code == 404


def test_more_lines_than_are_taken_are_said_and_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(count_sheets, "MOST_LINES", 2)
    lines = [line(f"{number}科", "行政许可", 1) for number in range(3)]
    assert len(counts_in(sheet(*lines[:2]).read(), "a.xlsx", YEAR).figures) == 2
    with pytest.raises(DocumentError) as error:
        counts_in(sheet(*lines).read(), "a.xlsx", YEAR)
    assert "有3行，一次最多2行" in str(error.value)


def test_many_figures_are_all_recorded_or_none(cast: Cast) -> None:
    sound, bad = Figure("科", DecisionKind.LICENCES, 1, 5), Figure("科", DecisionKind.LICENCES, 2, -5)
    with pytest.raises(Invalid):
        record_counts(actor=cast.editor, agency=cast.agency, year=YEAR, figures=[sound, bad])
    for who in (cast.clerk, cast.administrator, cast.stranger):
        with pytest.raises(NotAllowed):
            record_counts(actor=who, agency=cast.agency, year=YEAR, figures=[sound])
    assert not DecisionCount.objects.exists()


@pytest.mark.concurrent
@pytest.mark.django_db(transaction=True)
def test_the_same_sheet_twice_at_once_is_recorded_once() -> None:
    cast = Cast.assemble()
    figures = [Figure("科", DecisionKind.LICENCES, month, month) for month in (1, 2, 3)]
    found = at_once(*[lambda: record_counts(actor=cast.editor, agency=cast.agency, year=YEAR, figures=figures)] * 2)
    assert sorted(found) == [0, 3], found  # type: ignore[type-var]
    assert DecisionCount.objects.count() == 3


# --- changes and clean-ups ----------------------------------------------------------------------------------


def test_many_are_repealed_by_one_act_and_one_is_struck(cast: Cast) -> None:
    client = signed_in(cast.editor)
    for number in range(1, 4):
        client.post(DOCUMENTS, {**NEW, "document_number": f"演城〔2024〕{number}号"})
    keys = list(NormativeDocument.objects.order_by("pk").values_list("pk", flat=True))
    address = f"{DOCUMENTS}change/?document={keys[0]}&document={keys[1]}&document=x&document={10**9}"
    told = {"kind": "declared_invalid", "on": "2024-07-01", "by_number": "演城〔2024〕8号"}
    assert "没有登记过这个发文字号" in text_of(client.post(address, told))
    assert "已登记 2 份文件的变动" in text_of(
        client.post(address, {**told, "by_number": "演城〔2024〕3号"}, follow=True)
    )
    assert "演城〔2024〕3号" not in text_of(client.get(f"{DOCUMENTS}?state=declared_invalid"))
    assert "演城〔2024〕1号" in text_of(client.get(f"{DOCUMENTS}?state=declared_invalid&words=1号"))
    assert client.get(f"{DOCUMENTS}?state=nonsense&before=x").status_code == 200
    page = client.get(f"/desk/documents/entry/{keys[0]}/")
    assert "宣布失效" in text_of(page)
    assert "此文件变动的其他文件" in text_of(client.get(f"/desk/documents/entry/{keys[2]}/"))
    change = NormativeDocument.objects.get(pk=keys[0]).changes.get()
    strike = f"/desk/documents/changes/{change.pk}/"
    assert "已更正" in text_of(client.post(strike, {"reason": "文号有误"}, follow=True))
    assert signed_in(cast.other_clerk).get(strike).status_code == 404
    assert client.get(f"{DOCUMENTS}change/", follow=True).redirect_chain, "without documents there is nothing to change"


def test_a_clean_up_at_the_desk(cast: Cast) -> None:
    client = signed_in(cast.editor)
    for number in (1, 2):
        client.post(DOCUMENTS, {**NEW, "document_number": f"{number}号"})
    begun = client.post(f"{DOCUMENTS}campaigns/", {"title": "2099年清理", "until": "2099-01-01"}, follow=True)
    assert "2 份文件中，0 份有清理意见" in text_of(begun)
    campaign = begun.context["campaign"]
    first, second = campaign.documents.order_by("pk")
    next_one = client.post(f"/desk/documents/findings/{first.pk}/", {"finding": "keep"})
    assert next_one.headers["Location"].endswith(f"/{second.pk}/")
    client.post(f"/desk/documents/findings/{second.pk}/", {"finding": "repeal", "reason": "上位法已修改"})
    client.post(f"/desk/documents/campaigns/{campaign.pk}/close/")
    page = text_of(client.get(f"/desk/documents/campaigns/{campaign.pk}/"))
    assert "登记变动" in page
    assert "修改意见" not in page
    sheet = b"".join(client.get(f"/desk/documents/campaigns/{campaign.pk}/result.xlsx"))  # type: ignore[arg-type]
    from openpyxl import load_workbook

    lines = list(load_workbook(io.BytesIO(sheet)).active.values)
    assert [line[4] for line in lines[1:]] == ["继续有效", "拟废止"]
    other = signed_in(cast.other_clerk)
    assert other.get(f"/desk/documents/campaigns/{campaign.pk}/").status_code == 404
    assert other.get(f"/desk/documents/findings/{first.pk}/").status_code == 404
