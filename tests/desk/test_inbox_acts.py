"""What is done from the list: filter, keep, assign many, export. What was typed stays, and nothing is half done."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client

from gongkai.agencies.models import Unit
from gongkai.agencies.selectors import today
from gongkai.applications.models import Application, Assignment, SavedView
from gongkai.law.procedure import Stage
from gongkai.ledger.models import Entry
from tests.applications.scenes import Scene
from tests.cast import Cast
from tests.desk.test_inbox import MOST_QUERIES, rows_of
from tests.portal.pages import text_of


def numbers(response: Any, *cases: Application) -> list[Application]:
    rows = "".join(rows_of(response))
    return [case for case in cases if f">{case.number}<" in rows]


def test_a_filter_is_an_address(client: Client, cast: Cast) -> None:
    one, other = cast.apply(content="环卫站合同").application, cast.apply(content="公交线路").application
    client.force_login(cast.clerk)
    response = client.get("/desk/?" + urlencode({"view": "open", "q": "环卫", "stage": "register"}))
    assert numbers(response, one, other) == [one]
    assert 'value="环卫"' in response.content.decode()
    assert "已筛选" in text_of(response)
    empty = client.get("/desk/?" + urlencode({"view": "open", "q": "没有"}))
    assert "没有符合条件的申请" in text_of(empty)


def test_the_next_page_keeps_the_filter(client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from gongkai.applications.selectors import ordering

    monkeypatch.setattr(ordering, "PAGE", 1)
    first, _, last = (cast.apply(content=words).application for words in ("环卫一", "公交", "环卫二"))
    client.force_login(cast.clerk)
    page = client.get("/desk/?" + urlencode({"view": "open", "q": "环卫"}))
    link = page.content.decode().split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    assert numbers(page, first, last) == [first]
    assert numbers(client.get(link), first, last) == [last]


def test_a_bad_filter_is_told_at_its_field(client: Client, cast: Cast) -> None:
    case = cast.apply().application
    client.force_login(cast.clerk)
    response = client.get("/desk/?view=open&soon=bald&since=2025-02-30&kind=king&unit=7")
    assert response.status_code == 200
    assert numbers(response, case) == [case]
    page = response.content.decode()
    assert page.count('aria-invalid="true"') == 4
    assert "其余条件有效" in page


@pytest.mark.parametrize("role", ["clerk", "drafter", "approver", "supervisor"])
def test_every_view_asks_little_of_the_database(
    client: Client, cast: Cast, django_assert_max_num_queries: Any, role: str
) -> None:
    for _ in range(3):
        cast.apply()
    client.force_login(getattr(cast, role))
    client.get("/desk/")
    for view in ("mine", "unclaimed", "late", "waiting", "all&q=%E5%9F%8E%E5%B8%82&holder=none"):
        with django_assert_max_num_queries(MOST_QUERIES):
            assert client.get(f"/desk/?view={view}").status_code == 200


def test_a_list_is_kept_and_let_go(client: Client, cast: Cast) -> None:
    client.force_login(cast.clerk)
    back = QueryDict("view=open&q=环卫&stage=opine").urlencode()
    saved = client.post("/desk/views/save/", {"name": "环卫的", "back": back}, follow=True)
    view = SavedView.objects.get()
    assert QueryDict(view.query).dict() == {"view": "open", "q": "环卫", "stage": "opine"}
    assert "环卫的" in text_of(saved)
    tab = saved.content.decode().split("环卫的")[0].rsplit("<a", 1)[1]
    assert 'aria-current="page"' in tab
    assert client.post("/desk/views/save/", {"name": "", "back": back}).content.decode().count("必填") >= 1
    client.force_login(cast.drafter)
    assert "环卫的" not in client.get("/desk/").content.decode()
    client.post(f"/desk/views/{view.pk}/delete/", {"back": back})
    assert SavedView.objects.exists(), "another's view is not there for me"
    client.force_login(cast.clerk)
    client.post(f"/desk/views/{view.pk}/delete/", {"back": back})
    assert not SavedView.objects.exists()


def test_a_name_of_a_view_is_text_on_the_page(client: Client, cast: Cast) -> None:
    client.force_login(cast.clerk)
    page = client.post("/desk/views/save/", {"name": "<b>\"x'", "back": "view=all"}, follow=True).content.decode()
    assert "<b>" not in page
    assert "&lt;b&gt;" in page


def test_many_are_assigned_at_once(client: Client, cast: Cast) -> None:
    cases = [cast.apply(on=today()).application for _ in range(3)]
    unit = Unit.objects.create(agency=cast.agency, name="规划科")
    client.force_login(cast.clerk)
    sent = {
        "case": [case.pk for case in cases[:2]], "unit": unit.pk, "holder": cast.drafter.pk, "remark": "请尽快",
        "back": "view=open",
    }  # fmt: skip
    response = client.post("/desk/assign/", sent, follow=True)
    assert response.redirect_chain[-1][0] == "/desk/?view=open"
    assert "已分办 2 件" in text_of(response)
    held = Application.objects.filter(holder=cast.drafter, unit=unit, internal_due_on__isnull=False)
    assert {case.pk for case in held} == {case.pk for case in cases[:2]}
    assert Assignment.objects.count() == 2
    assert "规划科" in text_of(response)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"case": []}, "请先在列表中勾选办件"),
        ({"holder": ""}, "请选择承办科室或者承办人员"),
        ({"internal_due_on": "2020-01-01"}, "不能早于今天"),
        ({"internal_due_on": "2025-02-30"}, "有效的日期"),
        ({"holder": "99999999"}, "99999999"),
        ({"case": ["1 OR 1=1"]}, "请重新勾选"),
    ],
)
def test_what_cannot_be_assigned_comes_back_as_it_was_sent(
    client: Client, cast: Cast, changes: dict[str, Any], words: str
) -> None:
    case = cast.apply(on=today()).application
    client.force_login(cast.clerk)
    sent = {"case": [case.pk], "holder": cast.drafter.pk, "remark": "请尽快", "back": "view=open&stage=register"}
    response = client.post("/desk/assign/", {**sent, **changes})
    page = response.content.decode()
    assert response.status_code == 200
    assert words in page
    assert 'value="请尽快"' in page
    assert ("checked>" in page) == (changes.get("case") is None), "what was ticked is ticked"
    assert not Assignment.objects.exists()
    assert "已筛选" in page, "the same list comes back"


def test_all_are_assigned_or_none(client: Client, cast: Cast) -> None:
    scene = Scene(cast)
    closed, still_open = scene.at(Stage.CLOSED), scene.apply(on=today())
    client.force_login(cast.clerk)
    sent = {"case": [closed.pk, still_open.pk], "holder": cast.drafter.pk, "back": "view=all"}
    assert "已归档" in text_of(client.post("/desk/assign/", sent))
    assert not Assignment.objects.exists()


def test_who_gives_out_no_work_has_no_form_for_it(client: Client, cast: Cast) -> None:
    case = cast.apply(on=today()).application
    for person, assigns in ((cast.clerk, True), (cast.approver, True), (cast.drafter, False), (cast.supervisor, False)):
        client.force_login(person)
        assert ('name="case"' in client.get("/desk/?view=open").content.decode()) == assigns, person
    client.force_login(cast.supervisor)
    answer = client.post("/desk/assign/", {"case": [case.pk], "holder": cast.drafter.pk, "back": "view=open"})
    assert "由经办人员、审批人" in text_of(answer)
    assert not Assignment.objects.exists()


def test_a_case_of_another_agency_cannot_be_assigned(client: Client, cast: Cast) -> None:
    case = cast.apply().application
    client.force_login(cast.other_clerk)
    sent = {"case": [case.pk], "holder": cast.other_clerk.pk, "back": "view=open"}
    assert client.post("/desk/assign/", sent).status_code == 404
    assert not Assignment.objects.exists()


def test_the_list_goes_out_as_a_file(client: Client, cast: Cast) -> None:
    case = cast.apply(content="环卫站合同").application
    cast.apply(content="公交线路")
    client.force_login(cast.clerk)
    back = QueryDict("view=open&q=环卫").urlencode()
    answer = client.post("/desk/export/", {"form": "csv", "back": back})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer["Content-Disposition"]
    assert ".csv" in answer["Content-Disposition"]
    assert len(text.splitlines()) == 2
    assert case.number in text
    workbook = client.post("/desk/export/", {"form": "xlsx", "back": back})
    assert b"".join(workbook.streaming_content).startswith(b"PK")
    assert Entry.objects.filter(act="applications.export").count() == 2
    assert client.get("/desk/export/").status_code == 405


def test_a_filter_that_could_not_be_read_is_not_exported(client: Client, cast: Cast) -> None:
    client.force_login(cast.clerk)
    answer = client.post("/desk/export/", {"form": "csv", "back": "view=open&soon=bald"})
    assert "没有导出" in text_of(answer)
    answer = client.post("/desk/export/", {"form": "exe", "back": "view=open"}, follow=True)
    assert "XLSX或CSV" in text_of(answer)
    assert client.post("/desk/export/", {"form": "csv", "back": "view=nothing"}).status_code == 404
    assert not Entry.objects.filter(act="applications.export").exists()


def test_unclaimed_for_too_long_is_marked_for_the_head(client: Client, cast: Cast) -> None:
    case = Scene(cast).at(Stage.OPINE)
    client.force_login(cast.approver)
    response = client.get("/desk/")
    assert numbers(response, case) == [case]
    assert "久未认领" in text_of(response)
    client.force_login(cast.drafter)
    text = text_of(client.get("/desk/"))
    assert "未认领" in text
    assert "久未认领" not in text
