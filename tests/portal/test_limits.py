"""Nobody guesses codes or floods an office: after some tries a plain page says how long to wait."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse

from gongkai.applications import limits
from gongkai.applications.models import Application
from tests.at_once import at_once
from tests.cast import Cast
from tests.portal.pages import text_of, value_of
from tests.portal.test_apply import SEND, typed
from tests.portal.test_progress import NAME, look_up

WRONG = "AAAA-BBBB-CCCC"


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three tries instead of ten."""
    monkeypatch.setattr(limits, "LOOK_UPS", (3, 600))


def asked(address: str = "192.0.2.7") -> HttpRequest:
    return RequestFactory().get("/", REMOTE_ADDR=address)


def test_ten_failures_in_ten_minutes_are_allowed() -> None:
    assert limits.LOOK_UPS == (10, 600)


def test_after_the_last_try_one_waits(client: Client, cast: Cast, few: None) -> None:
    received = cast.apply()
    for _ in range(3):
        assert look_up(client, WRONG).status_code == 200
    refused = look_up(client, WRONG)
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 600
    assert "分钟再查询" in text_of(refused)
    assert "no-store" in refused.headers["Cache-Control"]
    right = look_up(client, received.query_code)
    assert right.status_code == 429, "nor is the right code told from a wrong one meanwhile"
    assert right.content.replace(b" ", b"") != b""


def test_another_address_is_not_kept_waiting(client: Client, cast: Cast, few: None) -> None:
    received = cast.apply()
    for _ in range(4):
        look_up(client, WRONG)
    other = Client(REMOTE_ADDR="198.51.100.9")
    assert look_up(other, received.query_code).status_code == 302


def test_one_code_is_not_guessed_from_many_addresses(cast: Cast, few: None) -> None:
    received = cast.apply()
    for place in range(3):
        assert look_up(Client(REMOTE_ADDR=f"198.51.100.{place}"), received.query_code, f"000{place}").status_code == 200
    assert look_up(Client(REMOTE_ADDR="198.51.100.200"), received.query_code, "0009").status_code == 429


def test_who_finds_their_case_may_look_as_often_as_they_like(client: Client, cast: Cast, few: None) -> None:
    """A service hall has one address for all who come."""
    received = cast.apply()
    for _ in range(8):
        assert look_up(client, received.query_code).status_code == 302


def test_the_code_stands_in_no_row_of_the_counts(client: Client, cast: Cast, few: None) -> None:
    keys = limits._keys(asked(), WRONG)
    assert WRONG not in keys
    assert len(keys[1]) == 64


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("unknown", "unknown"),
        ("", ""),
    ],
)
def test_whom_an_address_stands_for(address: str, network: str) -> None:
    assert limits.network_of(asked(address)) == network


def test_an_office_is_not_flooded_and_nothing_typed_is_lost(client: Client, cast: Cast, settings: Any) -> None:
    settings.APPLICATIONS_AN_HOUR = 2
    for _ in range(2):
        data = typed(client, cast, token=value_of(client.get("/apply/ours/?another"), "token"))
        assert client.post(SEND, data).status_code == 302
    third = typed(client, cast, token=value_of(client.get("/apply/ours/?another"), "token"))
    refused = client.post(SEND, third)
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 3600
    assert "分钟再按一次" in text_of(refused)
    assert cast.agency.telephone in text_of(refused)
    for name in ("applicant_name", "id_number", "content", "token"):
        assert value_of(refused, name) == third[name]
    assert Application.objects.count() == 2
    assert client.post(SEND, data).headers["Location"] == reverse("portal:sent"), "what was sent is still told"
    assert Client(REMOTE_ADDR="198.51.100.9").post(SEND, third).status_code == 302


def test_a_form_sent_again_counts_once(client: Client, cast: Cast, settings: Any) -> None:
    settings.APPLICATIONS_AN_HOUR = 2
    data = typed(client, cast)
    for _ in range(3):
        client.post(SEND, data)
    other = typed(client, cast, token=value_of(client.get("/apply/ours/?another"), "token"))
    assert client.post(SEND, other).status_code == 302


@pytest.mark.concurrent
@pytest.mark.django_db(transaction=True)
def test_no_try_is_lost_between_two_processes() -> None:
    cache = caches["limits"]
    cache.clear()
    cache.add("tries", 0, 600)
    results = at_once(*[lambda: cache.incr("tries")] * 6)
    assert sorted(results) == [1, 2, 3, 4, 5, 6]
    assert cache.get("tries") == 6
    cache.clear()


def test_the_table_of_counts_is_made_once_and_stays(db: None) -> None:
    caches["limits"].set("kept", 1)
    call_command("createcachetable", verbosity=0)
    assert caches["limits"].get("kept") == 1


def test_a_name_that_is_not_the_applicants_is_a_failure(client: Client, cast: Cast, few: None) -> None:
    received = cast.apply()
    assert NAME != "别人"
    for _ in range(3):
        look_up(client, received.query_code, "别人")
    assert look_up(client, received.query_code).status_code == 429
