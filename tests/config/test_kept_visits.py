"""Visits of kept pages: counted as those of others, written without anybody's next request, and then shown."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.disclosure.models import PageKind, VisitCount
from gongkai.portal import visits
from gongkai.portal.visits import Buffer
from tests.cast import Cast
from tests.config.sites import Site
from tests.disclosure.published import a_column, publish

READER = {"HTTP_USER_AGENT": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36"}
#: A telephone, and not a program by its name.
CUBOT = {
    "HTTP_USER_AGENT": "Mozilla/5.0 (Linux; Android 10; CUBOT X20) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36"
}
PROGRAMS = (
    "curl/8.5.0", "Baiduspider/2.0", "Mozilla/5.0 (compatible; bingbot/2.0)", "python-requests/2",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/126.0 Safari/537.36", "",
)  # fmt: skip


@pytest.fixture
def counting(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Buffer]:
    settings.COUNT_VISITS = True
    fresh = Buffer(pace=3600)
    monkeypatch.setattr(visits, "buffer", fresh)
    yield fresh
    fresh.write()


def test_a_kept_page_counts_and_programs_do_not(site: Site, cast: Cast, counting: Buffer) -> None:
    item = publish(cast.agency, a_column("plans"))
    path = reverse("portal:item", args=[item.pk])
    site.kept.heard = visits.given_out
    tag = site.get(path, **READER)[1]["ETag"]
    site.get(path, **READER)
    site.get(path, **CUBOT)
    assert site.get(path, HTTP_IF_NONE_MATCH=tag, **READER)[0] == "304 Not Modified"
    for program in PROGRAMS:
        site.get(path, HTTP_USER_AGENT=program)
    site.get(path, HTTP_SEC_PURPOSE="prefetch", **READER)
    site.get(path, "HEAD", **READER)
    for _ in range(2):
        for other in (reverse("portal:item_qr", args=[item.pk]), "/feeds/ours.rss", "/robots.txt", "/sitemap.xml"):
            site.get(other, **READER)
        site.get("/agencies/ours/plans/", **READER)
    assert site.asked == 1 + 3 + 2 + 1, "the rest was kept, but for the map, which is sent piece by piece"
    counting.write()
    assert set(VisitCount.objects.values_list("kind", "item", "count")) == {
        (PageKind.ITEM, item.pk, 4), (PageKind.COLUMN, None, 2)
    }  # fmt: skip


def test_what_was_counted_is_shown_to_whoever_has_the_page(site: Site, cast: Cast, counting: Buffer) -> None:
    """The page that is kept may be a minute old; what a browser keeps is no older than that."""
    item = publish(cast.agency, a_column("plans"))
    path = reverse("portal:item", args=[item.pk])
    first = site.get(path, **READER)
    counting.write()
    site.pages = site.kept.pages = Site(site.place).pages
    status, _headers, body = site.get(path, HTTP_IF_NONE_MATCH=first[1]["ETag"], **READER)
    assert status == "200 OK"
    assert "浏览次数：1" in body.decode()


@pytest.mark.django_db(transaction=True)
def test_it_is_written_without_another_request() -> None:
    quick = Buffer(pace=0.05)
    for whole in (3, 6):
        for _ in range(3):
            quick.add((timezone.localdate(), PageKind.HOME, None))
        deadline = time.monotonic() + 10
        while not VisitCount.objects.filter(count=whole).exists():
            assert time.monotonic() < deadline
            time.sleep(0.02)
