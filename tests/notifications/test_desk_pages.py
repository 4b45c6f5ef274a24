"""The bell, the list and the wishes: one's own, by POST only, one query for the bell and only for who is signed in."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongkai.law.texts import Text
from gongkai.notifications.models import Notification, Preference
from gongkai.notifications.selectors import PAGE, unread
from tests.notifications.test_notify import TEXT, tell

LIST, WISHES = "/desk/notifications/", "/desk/preferences/"


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(client: Client, path: str = LIST) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return str(answer.content.decode())


def rang(html: str) -> int:
    found = re.search(r'count-new">(\d+)<', html)
    return int(found.group(1)) if found else 0


def test_the_bell_counts_ones_own(cast: Any) -> None:
    tell(cast.clerk)
    tell(cast.clerk, key="another")
    tell(cast.drafter)
    assert rang(page(signed_in(cast.clerk), "/desk/")) == 2
    assert rang(page(signed_in(cast.approver), "/desk/")) == 0


def test_the_bell_is_one_query_and_none_on_public_pages(cast: Any) -> None:
    tell(cast.clerk)
    client = signed_in(cast.clerk)
    for path, asked in (("/desk/agencies/", 1), ("/progress/", 0)):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(path).status_code == 200
        assert sum("notifications_" in query["sql"] for query in queries) == asked
    assert Client().get("/desk/login/").status_code == 200


def test_the_list_shows_and_leads_on(cast: Any) -> None:
    tell(cast.clerk, text=Text("<b>一号</b>", "number one"))
    tell(cast.drafter, text=Text("不是您的", "not yours"), key="other")
    html = page(signed_in(cast.clerk))
    assert '<a href="/desk/cases/1/">&lt;b&gt;一号&lt;/b&gt;</a>' in html
    assert "不是您的" not in html


def test_one_is_marked(cast: Any) -> None:
    tell(cast.clerk)
    row = Notification.objects.get()
    client = signed_in(cast.clerk)
    path = f"{LIST}{row.pk}/read/"
    assert path in page(client)
    assert client.get(path).status_code == 405
    assert unread(cast.clerk).count() == 1
    for _ in range(2):
        assert client.post(path)["Location"] == LIST
    assert unread(cast.clerk).count() == 0
    assert path not in page(client)


def test_nobody_elses(cast: Any) -> None:
    tell(cast.clerk)
    path = f"{LIST}{Notification.objects.get().pk}/read/"
    stranger = signed_in(cast.other_clerk)
    assert TEXT.zh not in page(stranger)
    assert stranger.post(path)["Location"] == LIST
    assert stranger.post(f"{LIST}read/", {"newest": "9999999"})["Location"] == LIST
    assert "/desk/login/" in Client().post(path).content.decode()
    assert unread(cast.clerk).count() == 1


def test_all_are_marked_but_what_came_meanwhile(cast: Any) -> None:
    tell(cast.clerk)
    client = signed_in(cast.clerk)
    shown = re.search(r'name="newest" value="(\d+)"', page(client))
    assert shown
    tell(cast.clerk, key="meanwhile")
    client.post(f"{LIST}read/", {"newest": shown.group(1)})
    assert unread(cast.clerk).get().key == "meanwhile"


@pytest.mark.parametrize("newest", ["", "x", "-1", "٣", "9" * 40])
def test_a_broken_form_marks_nothing(cast: Any, newest: str) -> None:
    tell(cast.clerk)
    assert signed_in(cast.clerk).post(f"{LIST}read/", {"newest": newest})["Location"] == LIST
    assert unread(cast.clerk).count() == 1


def test_pages(cast: Any) -> None:
    rows = [
        Notification(person=cast.clerk, key=str(n), kind="x", text_zh=f"第{n}条", text_en="x", link="/", about="x:1")
        for n in range(PAGE + 1)
    ]
    Notification.objects.bulk_create(rows)
    client = signed_in(cast.clerk)
    first = page(client)
    assert f"第{PAGE}条" in first
    assert "第0条" not in first
    onward = re.search(r'href="(/desk/notifications/\?before=\d+)"', first)
    assert onward
    second = page(client, onward.group(1))
    assert "第0条" in second
    assert 'rel="next"' not in second
    for broken in ("x", "1.5", "٣", "9" * 40):
        assert client.get(LIST, {"before": broken}).status_code == 404


def test_wishes_are_shown_and_saved(cast: Any) -> None:
    client = signed_in(cast.clerk)
    assert 'name="by_mail"' in page(client, WISHES)
    typed = {"email": "clerk@example.test", "mobile": "13800138000", "by_sms": "on", "language": "zh-hans"}
    assert client.post(WISHES, typed)["Location"] == WISHES
    row = Preference.objects.get(person=cast.clerk)
    assert (row.by_mail, row.digest, row.by_sms, row.mobile) == (False, False, True, "13800138000")
    html = page(client, WISHES)
    assert "clerk@example.test" in html
    assert "13800138000" in html


def test_what_was_typed_stays_and_the_fault_is_beside_it(cast: Any) -> None:
    typed = {"email": "clerk@example.test", "mobile": "12345", "by_sms": "on", "language": "zh-hans"}
    answer = signed_in(cast.clerk).post(WISHES, typed)
    assert answer.status_code == 200
    assert "mobile" in answer.context["form"].errors
    assert "12345" in answer.content.decode()
    assert not Preference.objects.exists()


def test_a_visitor_signs_in_first(db: None) -> None:
    for path in (LIST, WISHES):
        assert "/desk/login/" in Client().get(path)["Location"]
