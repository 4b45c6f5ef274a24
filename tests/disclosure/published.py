"""What stands on the site: columns and items made at once, as the acts of the reviews would have left them.

For tests of what the public sees; the acts themselves have their own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from gongkai.agencies.models import Agency, Person
from gongkai.disclosure.content import digest_of
from gongkai.disclosure.models import Attachment, Column, Item, ItemState, Revision
from gongkai.documents.store import keep
from gongkai.law.publication import RevisionState

#: What the columns of an item repeat of its current revision.
REPEATED = ("column", "title", "document_number", "issuer_name", "made_on", "subject", "genre", "summary", "review_due")


def a_column(code: str, name: str = "", **changes: Any) -> Column:
    """A column of the site; the same code twice is the same column."""
    values = {
        "name": name or code,
        "description": f"{name or code}的信息",
        "keywords": name or code,
        "page_type": "政策文件",
        **changes,
    }
    return Column.objects.get_or_create(code=code, defaults=values)[0]


def a_revision(item: Item, **changes: Any) -> Revision:
    """A wording of an item, a draft unless told otherwise."""
    interprets = changes.pop("interprets", ())
    files: Iterable[tuple[str, bytes, str]] = changes.pop("files", ())
    values = {
        "number": item.revisions.count() + 1,
        "state": RevisionState.DRAFT,
        "title": "关于做好防汛工作的通知",
        "body": "<p>各科室：请做好防汛工作。</p>",
        "summary": "部署防汛工作。",
        "issuer_name": item.agency.name,
        "made_on": dt.date(2025, 3, 3),
        "made_by": Person.objects.order_by("pk").first(),
        **changes,
    }
    revision = Revision.objects.create(item=item, **values)
    revision.interprets.set(interprets)
    for position, (name, data, media_type) in enumerate(files):
        document = keep(data, name=name, media_type=media_type)
        Attachment.objects.create(revision=revision, document=document, name=name, position=position)
    return revision


def a_draft(agency: Agency, column: Column, **changes: Any) -> Item:
    """An item that the public never saw; `state`: where its revision stands."""
    item = Item.objects.create(agency=agency)
    a_revision(item, column=column, **changes)
    return item


def publish(
    agency: Agency, column: Column, title: str = "关于做好防汛工作的通知", at: dt.datetime | None = None, **changes: Any
) -> Item:
    """An item as it stands on the site. `document`: its entry in the register; the rest goes into its revision."""
    document = changes.pop("document", None)
    index_number = changes.pop("index_number", "")
    item = Item.objects.create(agency=agency, document=document)
    _put_out(item, at or timezone.now(), index_number, column=column, title=title, **changes)
    return item


def correct(item: Item, at: dt.datetime | None = None, **changes: Any) -> Revision:
    """A later wording takes the place of the one that stands there."""
    old = item.current
    assert old is not None
    kept = {name: getattr(old, name) for name in (*REPEATED, "body")}
    return _put_out(item, at or timezone.now(), "", **{**kept, "purpose": "correct", "reason": "更正数字", **changes})


def withdraw(item: Item, reason: str = "内容涉及第三方权益", at: dt.datetime | None = None) -> None:
    """Taken off the site."""
    item.state, item.withdrawn_at, item.withdrawal_reason = ItemState.WITHDRAWN, at or timezone.now(), reason
    item.save()


def _put_out(item: Item, at: dt.datetime, index_number: str, **changes: Any) -> Revision:
    revision = a_revision(item, published_at=at, digest="0" * 64, state=RevisionState.PUBLISHED, **changes)
    revision.digest = digest_of(revision)
    revision.save()
    first = item.published_at is None
    item.state, item.current, item.published_at = ItemState.PUBLISHED, revision, item.published_at or at
    item.changed_at = None if first else at
    item.index_number = item.index_number or index_number or f"00000000{item.agency_id}/{at.year}-{item.pk:05}"
    for name in REPEATED:
        setattr(item, name, getattr(revision, name))
    item.save()
    return revision
