"""长者模式, the language without a cookie before it is chosen, the maps of the site, the statistics, the counting of visits."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import etree

from gongkai.applications.models import Application
from gongkai.disclosure.models import PageKind, VisitCount
from gongkai.portal import site_maps, statistics, visits
from gongkai.portal.visits import Buffer
from tests.at_once import at_once
from tests.cast import Cast
from tests.disclosure.published import a_column, publish
from tests.portal.pages import addresses_of, text_of

READER = {"user-agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"}


# --- how one wants to read ------------------------------------------------------------------------------------------


def test_the_older_mode_is_chosen_and_left(client: Client, cast: Cast) -> None:
    assert 'class="older"' not in client.get("/").content.decode()
    response = client.get("/preferences/", {"older": "1", "next": "/guide/ours/"})
    assert response.headers["Location"] == "/guide/ours/"
    page = client.get("/guide/ours/").content.decode()
    assert 'data-bs-theme="light" class="older"' in page
    assert "data-read-aloud hidden" in page
    assert "gongkai/older.css" in page
    client.get("/preferences/", {"older": "0", "next": "/"})
    assert 'class="older"' not in client.get("/").content.decode()


def test_the_language_is_chosen_without_a_token(client: Client, cast: Cast) -> None:
    client.get("/preferences/", {"language": "en", "next": "/"})
    page = client.get("/").content.decode()
    assert '<html lang="en"' in page
    assert '<meta name="SiteName" content="' in page
    assert '政府信息公开">' in page  # the tags stay Chinese


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example",
        "javascript:alert(1)",
        "/\\evil.example",
        "/a\r\nSet-Cookie: x",
        "",
        "999",
        "../",
    ],
)
def test_nobody_is_led_elsewhere(client: Client, cast: Cast, target: str) -> None:
    response = client.get("/preferences/", {"older": "1", "language": "xx", "next": target})
    assert response.headers["Location"] == "/"
    assert "django_language" not in response.cookies


# --- maps -------------------------------------------------------------------------------------------------------------


def streamed(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_the_map_for_machines(client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    items = [publish(cast.agency, a_column("plans", "规划信息"), f"第{number}件") for number in range(3)]
    places = etree.fromstring(streamed(client.get("/sitemap.xml"))).xpath("//*[local-name()='loc']/text()")
    assert {f"http://testserver/items/{item.pk}/" for item in items} <= set(places)
    assert {"http://testserver/", "http://testserver/agencies/ours/plans/"} <= set(places)
    monkeypatch.setattr(site_maps, "PART", items[1].pk)
    parts = etree.fromstring(streamed(client.get("/sitemap.xml"))).xpath("//*[local-name()='loc']/text()")
    assert len(parts) == items[2].pk // items[1].pk + 1
    found = [place for part in parts for place in etree.fromstring(streamed(client.get(part))).itertext()]
    assert all(found.count(f"http://testserver/items/{item.pk}/") == 1 for item in items)


def test_the_map_for_people_and_the_rules_for_robots(client: Client, cast: Cast) -> None:
    a_column("plans", "规划信息")
    response = client.get("/sitemap/")
    assert {"/agencies/ours/", "/agencies/theirs/", "/agencies/ours/plans/"} <= set(addresses_of(response))
    assert reverse("portal:site_map") in addresses_of(client.get("/"))
    rules = client.get("/robots.txt").content.decode()
    assert "Disallow: /desk/" in rules
    assert "Sitemap: http://testserver/sitemap.xml" in rules


# --- statistics ---------------------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    statistics.cache.clear()


def answered(cast: Cast, outcome: str, *, late: bool = False) -> None:
    case = cast.apply(on=dt.date(2025, 3, 3)).application
    Application.objects.filter(pk=case.pk).update(
        outcome=outcome, answered_on=dt.date(2025, 5, 6) if late else dt.date(2025, 3, 10), clock_state="closed"
    )


def test_sums_and_no_small_kind(client: Client, cast: Cast) -> None:
    for _ in range(3):
        answered(cast, "granted")
    answered(cast, "not_held", late=True)
    cast.apply(on=dt.date(2024, 12, 3))
    response = client.get("/statistics/ours/", {"year": "2025"})
    found = response.context["found"]
    assert (found.shown.received, found.shown.answered, found.shown.on_time, found.shown.share) == (4, 4, 3, "75.0%")
    assert [year.year for year in found.years] == [2025, 2024]
    assert found.months[2] == (3, 4, 3)
    assert [number for _label, number in found.outcomes] == [3, 1]
    assert found.outcomes[1][0] == statistics.OTHERS
    assert "不掌握" not in text_of(response)
    assert "chart-data" in response.content.decode()


@pytest.mark.parametrize("year", ["0", "x", "9" * 400, "1066"])
def test_a_year_of_nothing(client: Client, cast: Cast, year: str) -> None:
    assert client.get("/statistics/ours/", {"year": year}).status_code == 200
    assert client.get("/statistics/nobody/").status_code == 404


# --- visits ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def counting(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Buffer:
    settings.COUNT_VISITS = True
    fresh = Buffer(pace=3600)
    monkeypatch.setattr(visits, "buffer", fresh)
    return fresh


def test_pages_are_counted_and_nobody_else(client: Client, cast: Cast, counting: Buffer) -> None:
    item = publish(cast.agency, a_column("plans", "规划信息"))
    path = reverse("portal:item", args=[item.pk])
    tag = client.get(path, headers=READER).headers["ETag"]
    client.get(path, headers={**READER, "if-none-match": tag})
    for headers in (
        {"user-agent": "Baiduspider/2.0"},
        {"user-agent": "curl/8"},
        {},
        {**READER, "sec-purpose": "prefetch"},
    ):
        client.get(path, headers=headers)
    client.head(path, headers=READER)
    client.get("/items/0/", headers=READER)
    for other in ("/", "/agencies/ours/", "/agencies/ours/plans/", "/guide/ours/", "/feeds/ours.rss", "/desk/login/"):
        client.get(other, headers=READER)
    counting.write()
    counting.write()
    counted = {(row.kind, row.item_id): row.count for row in VisitCount.objects.all()}
    assert counted == {
        (PageKind.ITEM, item.pk): 2, (PageKind.HOME, None): 1, (PageKind.COLUMN, None): 2, (PageKind.OTHER, None): 1
    }  # fmt: skip
    client.get(path, headers=READER)
    counting.write()
    assert VisitCount.objects.get(item=item).count == 3


def test_what_the_database_does_not_take_now_is_kept(
    cast: Cast, counting: Buffer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(counted: object) -> None:
        raise DatabaseError("locked")

    counting.add((timezone.localdate(), PageKind.HOME, None))
    with monkeypatch.context() as patch:
        patch.setattr(visits, "count_visits", locked)
        counting.write()
    assert not VisitCount.objects.exists()
    counting.write()
    assert VisitCount.objects.get().count == 1


@pytest.mark.concurrent
@pytest.mark.django_db(transaction=True)
def test_two_processes_count_at_once() -> None:
    def count_some() -> None:
        mine = Buffer(pace=3600)
        for _ in range(5):
            mine.add((dt.date(2025, 3, 3), PageKind.HOME, None))
        mine.write()

    assert at_once(count_some, count_some) == [None, None]
    assert VisitCount.objects.get().count == 10
