"""The inbox: what is to be done, whose it is, how long there is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from gongkai.agencies.selectors import today
from gongkai.applications.selectors import ordering
from gongkai.law.procedure import Stage
from tests.applications.scenes import STRAIGHT, Scene
from tests.cast import Cast
from tests.portal.pages import text_of

MOST_QUERIES = 10


def rows_of(response: Any) -> list[str]:
    page = response.content.decode()
    return page.split("<tbody>")[1].split("</tbody>")[0].split("</tr>")[:-1] if "<tbody>" in page else []


def test_a_row_says_what_whose_and_how_long(client: Client, cast: Cast) -> None:
    application = cast.apply(on=today()).application
    client.force_login(cast.clerk)
    text = text_of(client.get("/desk/"))
    for words in (
        application.number,
        "城市管理专项资金",
        application.masked_name,
        "自然人",
        "登记",
        "经办人",
        "还有 20 个工作日",
    ):
        assert words in text
    assert application.applicant_name not in text
    assert application.id_number not in text


def test_mine_open_all(client: Client, cast: Cast) -> None:
    scene = Scene(cast)
    scene.at(Stage.CLOSED)
    scene.at(Stage.OPINE)
    scene.apply()
    client.force_login(cast.drafter)
    assert [len(rows_of(client.get(f"/desk/?view={view}"))) for view in ("mine", "open", "all")] == [1, 2, 3]
    assert client.get("/desk/?view=other").status_code == 404


def test_the_most_urgent_first(client: Client, cast: Cast) -> None:
    late = cast.apply(on=date(2025, 3, 3)).application
    fresh = cast.apply(on=today()).application
    client.force_login(cast.clerk)
    response = client.get("/desk/")
    first, second = rows_of(response)
    assert late.number in first
    assert "已超期" in first
    assert "state-late" in first
    assert fresh.number in second
    assert "1 件已超期" in text_of(response)


def test_a_case_of_another_agency_is_not_there(client: Client, cast: Cast) -> None:
    cast.apply()
    client.force_login(cast.other_clerk)
    assert rows_of(client.get("/desk/?view=all")) == []


def test_pages_follow_by_key(client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ordering, "PAGE", 2)
    numbers = [cast.apply().application.number for _ in range(5)]
    client.force_login(cast.clerk)
    seen: list[str] = []
    address = "/desk/?view=mine"
    for _ in range(3):
        response = client.get(address)
        seen += [number for row in rows_of(response) for number in numbers if f">{number}<" in row]
        page = response.content.decode()
        address = (
            page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
            if 'rel="next"' in page
            else ""
        )
    assert seen == numbers
    assert address == ""
    assert "回到第一页" in text_of(response)


def test_a_broken_cursor_is_the_first_page(client: Client, cast: Cast) -> None:
    cast.apply()
    client.force_login(cast.clerk)
    assert len(rows_of(client.get("/desk/?after=%00broken"))) == 1


def test_the_inbox_asks_the_database_little(client: Client, cast: Cast, django_assert_max_num_queries: Any) -> None:
    for _ in range(12):
        cast.apply()
    client.force_login(cast.clerk)
    client.get("/desk/")
    for view in ("mine", "open", "all"):
        with django_assert_max_num_queries(MOST_QUERIES):
            assert client.get(f"/desk/?view={view}").status_code == 200


def test_archived_cases_have_no_next_step(client: Client, cast: Cast) -> None:
    scene = Scene(cast)
    scene.along(scene.apply(), *STRAIGHT)
    client.force_login(cast.supervisor)
    (row,) = rows_of(client.get("/desk/?view=all"))
    assert "已归档" in row
    assert "已答复" in row


def test_in_english(client: Client, cast: Cast) -> None:
    cast.apply(on=today())
    client.force_login(cast.clerk)
    text = text_of(client.get("/desk/", headers={"accept-language": "en"}))
    assert "20 working days left" in text
    assert "Natural person" in text
