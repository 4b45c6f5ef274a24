"""Lists of items as RSS 2.0, Atom 1.0 and JSON Feed 1.1."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed

from gongkai.disclosure.models import Item

TYPES = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_XML: dict[str, type[SyndicationFeed]] = {"rss": Rss201rev2Feed, "atom": Atom1Feed}


@dataclass(frozen=True)
class Feed:
    """What a feed says of itself: `page` is the list that it follows, `address` its own."""

    title: str
    description: str
    page: str
    address: str


@dataclass(frozen=True)
class Entry:
    """One item of a feed."""

    title: str
    summary: str
    address: str
    published: dt.datetime
    changed: dt.datetime
    author: str
    category: str


def entries_of(items: Sequence[Item], address: Callable[[Item], str]) -> list[Entry]:
    """Items as a feed tells them. ``address``: where one stands, with the name of the site."""
    return [
        Entry(
            title=_plain(item.title),
            summary=_plain(item.summary),
            address=address(item),
            published=item.published_at,
            changed=item.changed_at or item.published_at,
            author=_plain(item.issuer_name or item.agency.name),
            category=item.column.name if item.column else "",
        )
        for item in items
        if item.published_at
    ]


def _plain(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return _CONTROLS.sub("", text)


def written(feed: Feed, entries: Sequence[Entry], form: str) -> bytes:
    """The feed in one of the forms."""
    return _json(feed, entries) if form == "json" else _xml(_XML[form], feed, entries)


def _xml(kind: type[SyndicationFeed], feed: Feed, entries: Sequence[Entry]) -> bytes:
    made = kind(title=feed.title, link=feed.page, description=feed.description, language="zh-CN", feed_url=feed.address)
    for entry in entries:
        made.add_item(
            title=entry.title, link=entry.address, description=entry.summary, unique_id=entry.address,
            unique_id_is_permalink=True, pubdate=entry.published, updateddate=entry.changed,
            author_name=entry.author, categories=[entry.category] if entry.category else (),
        )  # fmt: skip
    return made.writeString("utf-8").encode()


def _json(feed: Feed, entries: Sequence[Entry]) -> bytes:
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.description,
        "home_page_url": feed.page,
        "feed_url": feed.address,
        "language": "zh-CN",
        "items": [
            {
                "id": entry.address,
                "url": entry.address,
                "title": entry.title,
                "content_text": entry.summary or entry.title,
                "summary": entry.summary,
                "date_published": entry.published.isoformat(),
                "date_modified": entry.changed.isoformat(),
                "authors": [{"name": entry.author}],
                "tags": [entry.category] if entry.category else [],
            }
            for entry in entries
        ],
    }
    return json.dumps(told, ensure_ascii=False).encode()
