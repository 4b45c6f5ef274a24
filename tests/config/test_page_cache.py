"""Kept pages: the same for everybody or not kept, gone when something changes, never more than fit."""

from __future__ import annotations

import gzip
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from gongkai.config import page_cache
from gongkai.config.page_worker import read_request
from tests.cast import Cast
from tests.config.sites import Site
from tests.disclosure.published import a_column, publish
from tests.installation import GIVEN


@pytest.fixture
def path(cast: Cast) -> str:
    return reverse("portal:item", args=[publish(cast.agency, a_column("plans"), "防汛预案").pk])


def test_the_second_costs_django_nothing(site: Site, path: str) -> None:
    first, second = site.get(path), site.get(path, HTTP_USER_AGENT="Firefox")
    assert first[0] == "200 OK"
    assert "防汛预案" in first[2].decode()
    assert (first, site.asked) == (second, 1)
    assert site.heard == [(path, 200, "Firefox", "")], "the first was counted by Django"
    head = site.get(path, "HEAD")
    assert (head[2], head[1]["Content-Length"], site.asked) == (b"", str(len(first[2])), 1)


def test_an_answer_to_head_has_no_body_kept_or_not(site: Site, path: str) -> None:
    for address, headers in ((path, {}), (path, {"HTTP_RANGE": "bytes=0-9"}), ("/apply/ours/", {}), ("/no/such/", {})):
        assert site.get(address, "HEAD", **headers)[2] == b""
        assert site.get(address, **headers)[2]


def test_packed_or_unchanged_as_the_visitor_has_it(site: Site, path: str) -> None:
    plain = site.get(path)
    packed = site.get(path, HTTP_ACCEPT_ENCODING="br, gzip")
    assert packed[1]["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed[2]) == plain[2]
    assert site.get(path, HTTP_ACCEPT_ENCODING="gzip;q=0")[2] == plain[2]
    assert "Accept-Encoding" in plain[1]["Vary"]
    for known in (plain[1]["ETag"], f'"x", {plain[1]["ETag"]}', "*"):
        status, headers, body = site.get(path, HTTP_IF_NONE_MATCH=known)
        assert (status, body, headers["ETag"]) == ("304 Not Modified", b"", plain[1]["ETag"])
    assert site.get(path, HTTP_IF_MODIFIED_SINCE=plain[1]["Last-Modified"])[0] == "304 Not Modified"
    assert site.get(path, HTTP_IF_NONE_MATCH='"x"', HTTP_IF_MODIFIED_SINCE=plain[1]["Last-Modified"])[0] == "200 OK"
    assert site.asked == 1


@pytest.mark.parametrize(
    "other",
    [
        {"HTTP_COOKIE": "gongkai_older=1"},
        {"HTTP_COOKIE": "django_language=en"},
        {"HTTP_ACCEPT_LANGUAGE": "en-GB,en"},
        {"HTTP_HOST": "127.0.0.1"},
        {"HTTP_X_FORWARDED_PROTO": "https"},
    ],
)
def test_what_another_page_depends_on_is_another_page(site: Site, path: str, other: dict[str, str]) -> None:
    site.get(path)
    for _ in range(2):
        assert site.get(path, **other)[0] == "200 OK"
    assert site.asked == 2


def test_nobodys_own_page_is_kept(site: Site, path: str, cast: Cast) -> None:
    site.get(path)
    site.get(path, HTTP_COOKIE="sessionid=abc")
    assert site.asked == 2
    for other in (reverse("portal:apply_form", args=["ours"]), "/desk/login/", "/nothing-here/", "/search/?q=防汛"):
        for _ in range(2):
            site.get(other)
    site.get(path, "POST")
    assert len(site.pages) == 1


def test_nobody_puts_words_into_anothers_page(site: Site, path: str) -> None:
    """What is made for an odd request is given to nobody who asks plainly."""
    odd: list[dict[str, str]] = [
        {"HTTP_HOST": "evil.example"}, {"HTTP_HOST": "localhost:1"}, {"HTTP_HOST": "LOCALHOST"},
        {"HTTP_HOST": "evil@localhost"}, {"HTTP_X_FORWARDED_HOST": "evil.example"}, {"HTTP_FORWARDED": "host=evil.example"},
        {"HTTP_X_FORWARDED_PROTO": "https"}, {"wsgi.url_scheme": "https"}, {"RAW_URI": f"http://evil.example{path}"},
        {"RAW_URI": f"{path}#evil"}, {"QUERY_STRING": "evil=1"}, {"RAW_URI": f"{path}?evil", "QUERY_STRING": "evil"},
        {"HTTP_COOKIE": "django_language=evil"}, {"HTTP_COOKIE": "gongkai_older=1; django_language=en"},
        {"HTTP_COOKIE": "sessionid=evil"}, {"HTTP_COOKIE": "sessionid"}, {"HTTP_COOKIE": 'a="; sessionid=evil'},
        {"HTTP_ACCEPT_LANGUAGE": "en;q=0.1, evil"}, {"HTTP_AUTHORIZATION": "Basic evil"}, {"HTTP_RANGE": "bytes=0-1"},
        {"SCRIPT_NAME": "/evil"}, {"REQUEST_METHOD": "OPTIONS"}, {"REQUEST_METHOD": "HEAD"},
    ]  # fmt: skip
    for headers in odd:
        for _ in range(2):
            site.get(path, **headers)
    first = site.get(path)
    assert b"evil" not in first[2]
    assert b"https:" not in first[2]
    assert first == site.get(path)
    for headers in odd:
        site.get(path, **headers)
        assert site.get(path) == first, headers


def test_what_changes_while_a_page_is_made_is_not_hidden_by_it(site: Site, path: str, cast: Cast) -> None:
    made = site._django_asked

    def meanwhile(environ: Any, start: Any) -> Any:
        answer = made(environ, start)
        site.pages.generation += 1
        return answer

    site.kept.application = meanwhile
    site.get(path)
    site.get(path)
    assert site.asked == 2


def test_pages_grow_old_and_do_not_grow_without_end(cast: Cast, path: str, site: Site, tmp_path: Path) -> None:
    short = Site(tmp_path / "a", seconds=0.05)
    short.get(path)
    time.sleep(0.06)
    short.get(path)
    assert short.asked == 2
    off = Site(tmp_path / "b", seconds=0)
    assert [off.get(path)[0] for _ in range(2)] == ["200 OK"] * 2
    assert off.asked == 2


def test_addresses_that_are_made_up_crowd_out_nobody(cast: Cast, site: Site, tmp_path: Path) -> None:
    """No parameter that a page does not read, and those that are asked for once give way to those that people read."""
    path = "/agencies/ours/plans/"
    a_column("plans")
    small = Site(tmp_path / "small", most_bytes=200_000)
    for query in ("?a=1", "?page=1&a=1", "?words=x", "?&&", "?page=%31", "?page=2;page=3"):
        small.get(path + query)
    assert len(small.pages) == 0, "not as our own links are written"
    read = [path, f"{path}?page=2"]
    for each in (*read, *read):
        small.get(each)
    asked = small.asked
    for number in range(30):
        small.get(f"{path}?year={1990 + number}")
        assert small.pages.size <= 200_000
        assert small.pages.size == sum(
            page.size for page in (*small.pages._once.values(), *small.pages._again.values())
        )
    assert small.asked == asked + 30
    for each in read:
        small.get(each)
    assert small.asked == asked + 30, "what was read twice is still there"


@pytest.fixture
def committed(transactional_db: None) -> Cast:
    return Cast.assemble()


@pytest.mark.parametrize("told", [True, False], ids=["the same machine", "another machine"])
def test_what_another_process_withdraws_is_gone(committed: Cast, settings: Any, tmp_path: Path, told: bool) -> None:
    """On another machine there is no file to look at: the database is asked once a second."""
    settings.DATA = tmp_path
    item = publish(committed.agency, a_column("plans"), "防汛预案")
    path = reverse("portal:item", args=[item.pk])
    site = Site(tmp_path / ("public-changed" if told else "elsewhere"))
    assert [site.get(path)[0] for _ in range(2)] == ["200 OK"] * 2
    assert site.asked == 1
    began = time.monotonic()
    in_another_process(
        "from gongkai.disclosure.models import Item\nfrom tests.disclosure.published import withdraw\n"
        f"withdraw(Item.objects.get(pk={item.pk}))",
        tmp_path,
    )
    ended = time.monotonic()
    if not told:
        time.sleep(max(0.0, page_cache.LOOK - (ended - began)) + 0.05)
    assert site.get(path)[0] == "410 Gone"


def in_another_process(code: str, folder: Path) -> None:
    """Python with Django, on the database of this test."""
    name = connection.settings_dict["NAME"]
    begin = f"from django.conf import settings\nsettings.DATABASES['default']['NAME'] = {str(name)!r}\n"
    setup = "import django\ndjango.setup()\n"
    environment = {
        "GONGKAI_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "gongkai.config.settings",
        **({"GONGKAI_DATABASE_URL": GIVEN} if GIVEN else {}),
    }  # fmt: skip
    subprocess.run([sys.executable, "-c", begin + setup + code], check=True, timeout=60, env=environment)


GET = b"GET /items/1/?a=%E9 HTTP/1.1\r\nHost: localhost\r\nAccept-Language: zh\r\n"


def test_the_server_reads_plain_requests() -> None:
    assert read_request(GET + b"\r\n") == ("/items/1/?a=%E9", {"host": "localhost", "accept-language": "zh"})
    assert read_request(GET + b"Connection: Keep-Alive\r\n\r\n") is not None


@pytest.mark.parametrize(
    "odd",
    [
        GET,
        GET + b"\r\nGET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        GET + b"Host: other\r\n\r\n",
        GET + b"Content-Length: 3\r\n\r\nabc",
        GET + b"Content-Length: 0\r\n\r\n",
        GET + b"Transfer-Encoding: chunked\r\n\r\n",
        GET + b"Script_Name: /x\r\n\r\n",
        GET + b" folded\r\n\r\n",
        GET + b"X: a\nY: b\r\n\r\n",
        GET + b"X : a\r\n\r\n",
        GET + b"Connection: close\r\n\r\n",
        GET + b"Range: bytes=0-1\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.0\r\nHost: localhost\r\n\r\n",
        b"GET http://x/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nAccept: a\r\n\r\n",
        b"",
    ],
)
def test_anything_else_is_left_to_gunicorn(odd: bytes) -> None:
    assert read_request(odd) is None
