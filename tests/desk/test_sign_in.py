"""Signing in and out at the desk."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.ledger.models import Entry
from tests.cast import Cast
from tests.portal.pages import text_of

LOGIN = "/desk/login/"
PASSWORD = "correct-horse"


def sign_in(client: Client, username: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post(LOGIN, {"username": username, "password": password, **more})


def test_in_and_out(client: Client, cast: Cast) -> None:
    assert sign_in(client, "clerk").headers["Location"] == reverse("desk:inbox")
    text = text_of(client.get("/desk/"))
    for words in ("Clerk", cast.agency.name, "经办人"):
        assert words in text
    assert client.post("/desk/logout/").headers["Location"] == LOGIN
    assert client.get("/desk/").status_code == 302
    assert list(Entry.objects.order_by("pk").values_list("act", flat=True)) == ["agencies.sign_in", "agencies.sign_out"]


def test_one_comes_to_the_page_one_asked_for(client: Client, cast: Cast) -> None:
    assert client.get("/desk/calendar/2025/").headers["Location"] == f"{LOGIN}?next=/desk/calendar/2025/"
    assert 'value="/desk/calendar/2025/"' in client.get(f"{LOGIN}?next=/desk/calendar/2025/").content.decode()
    response = sign_in(client, "clerk", next="/desk/calendar/2025/")
    assert response.headers["Location"] == "/desk/calendar/2025/"


def test_nobody_is_sent_elsewhere(client: Client, cast: Cast) -> None:
    response = sign_in(client, "clerk", next="https://example.com/")
    assert response.headers["Location"] == reverse("desk:inbox")


@pytest.mark.parametrize(("username", "password"), [("clerk", "wrong"), ("nobody", PASSWORD)])
def test_which_of_the_two_was_wrong_is_not_told(client: Client, cast: Cast, username: str, password: str) -> None:
    response = sign_in(client, username, password)
    assert "用户名或者密码不对" in text_of(response)
    assert f'value="{username}"' in response.content.decode()
    assert password not in response.content.decode()


def test_nothing_filled_in(client: Client, cast: Cast) -> None:
    text = text_of(sign_in(client, "", ""))
    assert "请填写用户名。" in text
    assert "请填写密码。" in text


def test_five_wrong_passwords_lock_the_name(client: Client, cast: Cast) -> None:
    for _ in range(4):
        assert sign_in(client, "clerk", "wrong").status_code == 200
    locked = sign_in(client, "clerk", "wrong")
    assert locked.status_code == 429
    assert "暂时不能登录" in text_of(locked)
    assert sign_in(client, "clerk").status_code == 429, "even with the right password"
    assert sign_in(client, "drafter").status_code == 302, "others are not locked out"


def test_signing_out_takes_a_post(client: Client, cast: Cast) -> None:
    client.force_login(cast.clerk)
    assert client.get("/desk/logout/").status_code == 405


@pytest.mark.parametrize(
    "path",
    ["/desk/", "/desk/cases/1/", "/desk/letters/1.pdf", "/desk/calendar/", "/desk/agencies/", "/desk/people/new/"],
)
def test_the_desk_is_for_people_who_signed_in(client: Client, cast: Cast, path: str) -> None:
    assert client.get(path).headers["Location"] == f"{LOGIN}?next={path}"


def test_a_person_without_any_role_sees_an_empty_desk(client: Client, cast: Cast) -> None:
    cast.apply()
    client.force_login(cast.stranger)
    text = text_of(client.get("/desk/?view=all"))
    assert "没有申请。" in text
    assert "演城公开申" not in text
