"""Every public address, from the home page and the site map on: what stands on it, and what never does."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongkai.disclosure.models import ColumnKind, ContentClass, Item, ItemState
from gongkai.disclosure.rich_text import clean
from tests.cast import Cast
from tests.disclosure.published import a_column, a_draft, a_revision, publish, withdraw

MOST_QUERIES, MOST_BYTES = 6, 60_000
#: What no visitor may read.
HIDDEN = ("尚未公开的草稿", "正在改写的标题", "已经撤下的名单", "其他机关的草稿")
#: Our own addresses, as pages of other sites would write them.
OURS = "http://testserver/"
ADDRESS = re.compile(r'(?:href|src|action|formaction)="([^"]*)"')
LOADED = re.compile(r'<(?:script|img|link|iframe|source)\b[^>]*?(?:src|href)="([^"]*)"')
OF_ITS_OWN = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*(?:src=|application/json))")
SITE_TAGS = ("SiteName", "SiteDomain", "ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType")
ITEM_TAGS = ("ArticleTitle", "PubDate", "ContentSource")
#: Forms with a token of their own, and what belongs to one visitor: neither pages of a column nor kept.
NO_COLUMN = ("/apply/", "/progress/")
#: Without an index they say that they cannot answer (503); their own tests make one.
NEED_THE_INDEX = "/feeds/search."
NOT_WALKED = ("/desk/", "/static/", "/preferences/", "/i18n/")


@pytest.fixture
def site(cast: Cast) -> None:
    """Published, corrected, withdrawn, explained, with files and ways out; drafts, and another agency."""
    top = a_column("policy", "政策", kind=ColumnKind.FOLDER)
    kind = {"kind": ColumnKind.DOCUMENTS, "content_class": ContentClass.POLICY}
    policies = a_column("normative", "行政规范性文件", parent=top, **kind)
    a_column("guide", "政府信息公开指南", kind=ColumnKind.GUIDE)
    explained = a_column("explained", "政策解读", content_class=ContentClass.INTERPRETATION)
    away = '<p>见<a href="https://www.example.org/a">那里</a>和<img alt="图" src="https://www.example.org/b.png"></p>'
    policy = publish(
        cast.agency, policies, "公开的办法", body=clean(away).html, files=[("附件.txt", b"text", "text/plain")]
    )
    publish(cast.agency, explained, "办法的解读", interprets=[policy])
    for number in range(22):
        publish(cast.agency, policies, f"第{number}号通知")
    publish(cast.other_agency, policies, "其他机关公开的办法")
    a_draft(cast.agency, policies, title=HIDDEN[0])
    a_revision(policy, column=policies, title=HIDDEN[1])
    withdraw(publish(cast.agency, policies, HIDDEN[2]))
    a_draft(cast.other_agency, policies, title=HIDDEN[3])


def walk(client: Client) -> Iterator[tuple[str, Any, int]]:
    """Each address once, its answer and how many queries it took."""
    listed = re.findall(r"<loc>http://testserver([^<]*)</loc>", whole(client.get(reverse("portal:sitemap"))))
    waiting, seen = ["/", "/robots.txt", "/search/?q=通知", *map(html.unescape, listed)], set()
    while waiting:
        path = waiting.pop(0).partition("#")[0]
        if path in seen or not path.startswith("/") or path.startswith(NOT_WALKED):
            continue
        seen.add(path)
        assert len(seen) < 600, "there is no end to the addresses"
        with CaptureQueriesContext(
            connection,
        ) as asked:
            response: Any = client.get(path)
        text = whole(response)
        yield path, response, len(asked)
        found = ADDRESS.findall(text) if is_page(response) else []
        found += [response["Location"]] if response.status_code in (301, 302) else []
        # A query alone is an address of the same page.
        base = path.partition("?")[0]
        found = [each for each in found if not each.startswith(NEED_THE_INDEX)]
        waiting += [base + html.unescape(each) if each.startswith("?") else html.unescape(each) for each in found]


def whole(response: Any) -> str:
    if response.streaming:
        # Read to its end, a file is closed.
        if not hasattr(response, "kept_text"):
            response.kept_text = b"".join(response.streaming_content)
        return response.kept_text.decode("utf-8", "replace")
    return response.content.decode("utf-8", "replace")


def is_page(response: Any) -> bool:
    return response.get("Content-Type", "").startswith("text/html")


def test_every_public_address(site: None, client: Client) -> None:
    pages, faults = 0, []
    for path, response, queries in walk(client):
        text = whole(response)
        wrong = [f"shows {title}" for title in HIDDEN if title in text]
        if response.status_code not in (200, 301, 302):
            wrong.append(str(response.status_code))
        if is_page(response) and response.status_code == 200:
            pages += 1
            wrong += list(faults_of(path, response, text, queries))
        faults += [f"{path}: {each}" for each in wrong]
    assert faults == []
    assert pages > 45


def faults_of(path: str, response: Any, text: str, queries: int) -> Iterator[str]:
    """What a page must not be."""
    away = [each for each in ADDRESS.findall(text) if re.match(r"(?:[a-z]+:)?//", each) and not each.startswith(OURS)]
    loaded = [each for each in LOADED.findall(text) if not re.match(r"/(?!/)|http://testserver/", each)]
    yield from (
        f"leads to {address}" for address in ((*away, *loaded) if not path.startswith("/leaving/?") else loaded)
    )
    wanted = SITE_TAGS[:2] if path.startswith(NO_COLUMN) else SITE_TAGS
    wanted += ITEM_TAGS if re.fullmatch(r"/items/\d+/", path) else ()
    yield from (f"no {name}" for name in wanted if not re.search(rf'<meta name="{name}" content="[^"]', text))
    policy = response.get("Content-Security-Policy", "")
    at_fault = {
        "first headings": text.count("<h1") != 1,
        f"policy {policy!r}": "unsafe-inline" in policy or "default-src 'self'" not in policy,
        "style or script of its own": bool(OF_ITS_OWN.search(text)),
    }
    if not path.startswith(NO_COLUMN):
        at_fault[f"{queries} queries"] = queries > MOST_QUERIES
        at_fault[f"{len(response.content)} bytes"] = len(response.content) > MOST_BYTES
        at_fault["sets a cookie"] = bool(response.cookies)
    yield from (name for name, wrong in at_fault.items() if wrong)


def test_what_was_taken_back_says_so_and_no_more(site: None, client: Client, cast: Cast) -> None:
    for item in Item.objects.exclude(state=ItemState.PUBLISHED):
        response = client.get(reverse("portal:item", args=[item.pk]))
        assert response.status_code == (410 if item.state == ItemState.WITHDRAWN else 404)
        assert not any(title in response.content.decode() for title in HIDDEN)
