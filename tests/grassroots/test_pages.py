"""The pages of the catalogue, for the public and at the desk."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongkai.grassroots.models import CatalogueRow
from gongkai.grassroots.selectors import rows_of
from gongkai.grassroots.sheets import HEAD, sheet_of
from tests.cast import Cast
from tests.disclosure.published import a_column, publish
from tests.grassroots.rows import VALUES, a_row, an_area
from tests.grassroots.test_sheets import book
from tests.portal.pages import text_of

pytestmark = pytest.mark.django_db
BASE = "/desk/grassroots/ours/"


@pytest.fixture
def editor(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.editor)
    return client


def test_the_public_reads_the_catalogue(client: Client, cast: Cast) -> None:
    assert "还没有公布" in text_of(client.get("/grassroots/"))
    row = a_row(cast, column=a_column("relief"))
    assert client.get("/grassroots/").headers["Location"] == "/grassroots/ours/"
    assert "社会救助" in text_of(client.get("/grassroots/ours/"))
    for place in ("areas/social-assistance/", "bodies/ours/"):
        with CaptureQueriesContext(connection) as asked:
            response = client.get(f"/grassroots/ours/{place}?page=99999999999999999999")
        page = text_of(response)
        assert row.second_level in page
        assert "政府网站" in page
        assert len(asked) <= 6
        assert len(response.content) < 60_000
        assert not response.cookies


def test_what_is_not_there_is_not_found(client: Client, cast: Cast) -> None:
    a_row(cast)
    for place in ("theirs/", "ours/areas/health/", "ours/bodies/theirs/", "ours/areas/none/"):
        assert client.get(f"/grassroots/{place}").status_code == 404


def test_a_page_of_a_large_catalogue_stays_small(client: Client, cast: Cast) -> None:
    area = an_area()
    rows = [
        CatalogueRow(owner=cast.agency, area=area, **{**vars(VALUES), "number": n, "content": "要素" * 100})
        for n in range(1, 80)
    ]
    CatalogueRow.objects.bulk_create(rows)
    response = client.get("/grassroots/ours/areas/social-assistance/")
    assert len(response.content) < 60_000
    assert "下一页" in response.content.decode()


def test_the_editor_sees_gaps_and_enters_a_row(editor: Client, cast: Cast) -> None:
    assert "还没有标准目录" in text_of(editor.get(BASE))
    area = an_area()
    typed = {**vars(VALUES), "area": area.pk, "column": "", "whole_society": "on"}
    assert "有错误" in text_of(editor.post(f"{BASE}rows/new/", {**typed, "content": " "}))
    response = editor.post(f"{BASE}rows/new/", typed)
    assert response.headers["Location"] == f"{BASE}areas/social-assistance/"
    row = CatalogueRow.objects.get()
    assert "没有信息" in text_of(editor.get(f"{BASE}areas/social-assistance/?only=gaps"))
    assert "公开情况" in text_of(editor.get(f"/desk/grassroots-rows/{row.pk}/"))
    page = text_of(editor.get(BASE))
    assert "共 1 项，达标 0 项" in page


def test_an_item_is_tied_and_a_row_put_away(editor: Client, cast: Cast) -> None:
    row, item = a_row(cast), publish(cast.agency, a_column("elsewhere"))
    place = f"/desk/grassroots-rows/{row.pk}/"
    editor.post(f"{place}tie/", {"item": item.pk})
    assert item.title in text_of(editor.get(place))
    editor.post(f"{place}tie/", {"item": "x"})
    editor.post(f"{place}untie/", {"item": item.pk})
    assert item.title not in text_of(editor.get(place))
    editor.post(f"{place}retire/")
    assert not rows_of(cast.agency)


def test_a_sheet_is_looked_at_before_it_is_taken_over(editor: Client, cast: Cast) -> None:
    a_row(cast)
    data = b"".join(sheet_of("x", rows_of(cast.agency)))
    CatalogueRow.objects.update(basis="旧的")
    upload = SimpleUploadedFile("目录.xlsx", data)
    response = editor.post(f"{BASE}import/", {"file": upload})
    assert "更改 1 行" in text_of(response)
    assert CatalogueRow.objects.get().basis == "旧的"
    editor.post(f"{BASE}import/", {"token": response.context["token"]})
    assert CatalogueRow.objects.get().basis == VALUES.basis
    assert editor.get(f"{BASE}sheet.xlsx").content[:2] == b"PK"


def test_a_sheet_with_errors_saves_nothing_and_gives_them_back(editor: Client, cast: Cast) -> None:
    an_area()
    upload = SimpleUploadedFile(
        "目录.xlsx", book(list(HEAD), ["社会救助", 1, "一级", "", "内", "据", "及时", "局", "网站"])
    )
    response = editor.post(f"{BASE}import/", {"file": upload})
    assert "没有保存" in text_of(response)
    back = editor.post(f"{BASE}import/", {"token": response.context["token"]})
    assert back.content[:2] == b"PK"
    assert not CatalogueRow.objects.exists()
    assert editor.post(f"{BASE}import/", {"token": "forged"}).status_code == 404


def test_who_has_no_role_there_finds_nothing(cast: Cast) -> None:
    row = a_row(cast)
    client = Client()
    client.force_login(cast.other_clerk)
    for place in (
        BASE,
        f"{BASE}areas/social-assistance/",
        f"{BASE}import/",
        f"{BASE}sheet.xlsx",
        f"/desk/grassroots-rows/{row.pk}/",
    ):
        assert client.get(place).status_code == 404
    client.force_login(cast.clerk)
    assert client.get(BASE).status_code == 200
    assert client.get(f"{BASE}import/").status_code == 403
