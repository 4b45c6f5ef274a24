"""What follows when something changed that the public sees: whoever keeps pages knows at once, the search index soon."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from gongkai.config.page_cache import tell
from gongkai.disclosure.models import PublicVersion
from gongkai.jobs import enqueue

#: So many items are indexed by one job.
AT_ONCE = 200


def changed(*item_ids: int) -> None:
    """Call in the transaction of the act: it published, withdrew, or changed what is said of these items; without items,
    something that stands on many pages (the name of a column). Raises RuntimeError outside a transaction."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("changed() must run inside the transaction of what changed")
    if not PublicVersion.objects.filter(pk=1).update(number=F("number") + 1, changed_at=timezone.now()):
        PublicVersion.objects.bulk_create([PublicVersion(pk=1)], ignore_conflicts=True)
        PublicVersion.objects.filter(pk=1).update(number=F("number") + 1, changed_at=timezone.now())
    transaction.on_commit(tell)
    items = sorted(set(item_ids))
    for start in range(0, len(items), AT_ONCE):
        enqueue("gongkai.disclosure.publicly.index", ",".join(map(str, items[start : start + AT_ONCE])))


def public_version() -> int:
    """Changes whenever anything does that the public sees; 0 on an empty site."""
    return PublicVersion.objects.filter(pk=1).values_list("number", flat=True).first() or 0


def index(item_ids: str) -> None:
    """Job: bring the search index in line with these items, whatever became of them. Safe to run twice."""
    from gongkai.disclosure.searching import index_items

    index_items([int(each) for each in item_ids.split(",")])
