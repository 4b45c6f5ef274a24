"""The door of the desk: what a form meets that comes when nobody is signed in any more."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLResolver

from gongkai.desk.door import Door
from gongkai.ledger.models import Entry
from tests.cast import Cast
from tests.portal.pages import text_of

WRITING = "/desk/items/7/edit/"
TEXT = "主体工程已完成八成，\n预计年底前开放。<script>alert(1)</script>"


def desk_views() -> dict[str, object]:
    """Every address of the desk, with its view."""
    found: dict[str, object] = {}

    def walk(node: URLResolver, before: str) -> None:
        for one in node.url_patterns:
            if isinstance(one, URLResolver):
                walk(one, before + str(one.pattern))
            else:
                found[before + str(one.pattern)] = one.callback

    walk(get_resolver(), "")
    return {path: view for path, view in found.items() if path.startswith("desk/")}


def test_all_of_the_desk_is_behind_the_door() -> None:
    """But signing in, and the calendar feed, which is opened by its secret address."""
    door = Door(lambda request: HttpResponse())
    request = HttpRequest()
    request.path, request.method, request.user = "/desk/", "GET", type("Nobody", (), {"is_authenticated": False})()
    request.META.update(SERVER_NAME="127.0.0.1", SERVER_PORT="80")
    views = desk_views()
    opened = {path for path, view in views.items() if door.process_view(request, view, (), {}) is None}  # type: ignore[arg-type]
    assert opened == {"desk/login/", "desk/feed/<str:token>.ics"}
    assert len(views) > 100


def test_what_was_typed_is_shown_to_be_copied(client: Client, cast: Cast) -> None:
    files = [SimpleUploadedFile("工程进度表.txt", b"the pile is done")]
    answer = client.post(WRITING, {"title": "鹭洲公园", "body": TEXT, "new_files": files, "summary": ""})
    assert answer.status_code == 403
    page = answer.content.decode()
    for words in ("登录已失效，没有保存", "鹭洲公园", "预计年底前开放。", "工程进度表.txt"):
        assert words in page, words
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page
    assert "the pile is done" not in page
    assert f'href="/desk/login/?next={WRITING.replace("/", "%2F")}" target="_blank"' in page
    assert "no-store" in answer["Cache-Control"]
    assert not Entry.objects.exists()


def test_secrets_are_not_shown_again(client: Client, cast: Cast) -> None:
    secrets = {"old_password": "correct-horse", "new_password1": "battery-staple", "csrfmiddlewaretoken": "t0ken"}
    page = client.post("/desk/password/", {**secrets, "note": "换一个"}).content.decode()
    assert "换一个" in page
    assert not [one for one in secrets.values() if one in page]


def test_what_means_nothing_to_a_person_is_not_shown_either(client: Client, cast: Cast) -> None:
    """What a review form carries along to tell whether somebody changed the text meanwhile."""
    page = client.post("/desk/reviews/7/pass/", {"changes": "4711", "digest": "c0ffee" * 10, "remark": "同意"})
    assert "同意" in page.content.decode()
    assert not [one for one in ("4711", "c0ffee") if one in page.content.decode()]


def test_one_comes_back_to_the_page_of_the_form(client: Client, cast: Cast) -> None:
    """The address a step is sent to is no page; and nobody is led elsewhere."""
    act = "/desk/cases/1/accept/"
    for came_from, comes_to in (
        ("http://testserver/desk/cases/1/?outcome=granted", "%2Fdesk%2Fcases%2F1%2F%3Foutcome%3Dgranted"),
        ("https://example.com/desk/cases/1/", "%2Fdesk%2Fcases%2F1%2Faccept%2F"),
        ("http://testserver/apply/", "%2Fdesk%2Fcases%2F1%2Faccept%2F"),
    ):
        page = client.post(act, {"note": "x"}, headers={"referer": came_from}).content.decode()
        assert f'href="/desk/login/?next={comes_to}"' in page, came_from


def test_a_script_is_told_in_json(client: Client, cast: Cast) -> None:
    answer = client.post("/desk/items/7/save/", {"body": TEXT}, headers={"accept": "*/*"})
    assert answer.status_code == 403
    assert "登录已失效" in answer.json()["message"]


def test_what_is_larger_than_a_form_may_be_is_not_sent_back(cast: Cast) -> None:
    body = "公" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 3 + 1)
    answer = Client(raise_request_exception=False).post(WRITING, {"body": body})
    assert answer.status_code == 400
    assert len(answer.content) < 20_000


def test_a_forged_form_gets_nothing_back_to_send(cast: Cast) -> None:
    """Without the protection token it is another page, with no form on it that would send what came."""
    answer = Client(enforce_csrf_checks=True).post(WRITING, {"title": "鹭洲公园"})
    assert answer.status_code == 403
    assert "没有提交成功" in text_of(answer)
    assert 'method="post"' not in answer.content.decode()


def test_signing_out_twice_is_no_fault(client: Client, cast: Cast) -> None:
    assert client.post("/desk/logout/").headers["Location"] == "/desk/login/"


@pytest.mark.parametrize("path", ["/desk/", WRITING])
def test_a_page_sends_to_sign_in(client: Client, cast: Cast, path: str) -> None:
    assert client.get(path).headers["Location"] == f"/desk/login/?next={path}"


def test_who_is_signed_in_passes(client: Client, cast: Cast) -> None:
    client.force_login(cast.clerk)
    assert client.post(WRITING, {"title": "鹭洲公园"}).status_code == 404
