"""Whose address is believed, and that no page of the desk is kept by a cache."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client, RequestFactory

from gongkai.config.visitors import address_of


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "", "10.0.0.9"),
        (0, "203.0.113.5", "10.0.0.9"),
        (1, "203.0.113.5", "203.0.113.5"),
        (1, "1.2.3.4, 203.0.113.5", "203.0.113.5"),
        (2, "1.2.3.4, 203.0.113.5, 10.0.0.1", "203.0.113.5"),
        (2, "203.0.113.5", "10.0.0.9"),
        (1, "", "10.0.0.9"),
    ],
)
def test_only_our_own_proxies_are_believed(settings: Any, proxies: int, forwarded: str, expected: str) -> None:
    settings.PROXIES = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert address_of(RequestFactory().get("/", REMOTE_ADDR="10.0.0.9", headers=headers)) == expected


def test_a_stranger_behind_the_same_proxy_locks_nobody_out(settings: Any, cast: Any) -> None:
    settings.PROXIES = 1
    wrong = {"username": "clerk", "password": "not-the-password"}
    for _ in range(6):
        Client(headers={"X-Forwarded-For": "203.0.113.66"}).post("/desk/login/", wrong)
    right = {"username": "clerk", "password": "correct-horse"}
    answer = Client(headers={"X-Forwarded-For": "203.0.113.7"}).post("/desk/login/", right)
    assert answer.status_code == 302
    locked = Client(headers={"X-Forwarded-For": "203.0.113.66"}).post("/desk/login/", right)
    assert locked.status_code != 302


@pytest.mark.parametrize("path", ["/desk/", "/desk/agencies/", "/desk/ledger/", "/desk/report/ours/2021/"])
def test_no_cache_keeps_the_desk(cast: Any, path: str) -> None:
    client = Client()
    client.force_login(cast.clerk)
    answer = client.get(path)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]


def test_the_right_password_during_a_lockout_does_not_prolong_it(cast: Any) -> None:
    from axes.models import AccessAttempt

    client = Client()
    for _ in range(5):
        client.post("/desk/login/", {"username": "clerk", "password": "not-the-password"})
    before = AccessAttempt.objects.get(username="clerk").attempt_time
    assert client.post("/desk/login/", {"username": "clerk", "password": "correct-horse"}).status_code == 429
    assert AccessAttempt.objects.get(username="clerk").attempt_time == before
