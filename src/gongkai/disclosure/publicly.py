"""What the public sees has changed: whoever keeps pages knows at once, the search index soon.

No act has to say so. Every room names the tables that its public pages read (`shows`), and whatever is written into one of
them, by whichever act, command or job, is noticed on its way to the database (decision 21).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import DEFAULT_DB_ALIAS, models, transaction
from django.db.backends.signals import connection_created
from django.db.models import F
from django.utils import timezone

from gongkai.config.page_cache import tell
from gongkai.disclosure.models import PublicVersion
from gongkai.jobs import enqueue

#: So many items are indexed by one job.
AT_ONCE = 200
_WRITES = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM) "?(\w+)', re.IGNORECASE)
#: Set on a connection: something was written that is not told yet.
_WRITTEN = "gongkai_public_written"
_shown: set[str] = set()


def shows(*shown: type[models.Model]) -> None:
    """Public pages read these. A room says so when it is ready (`apps.py`), so that none of its acts has to."""
    _shown.update(model._meta.db_table for model in shown)


def shown_tables() -> frozenset[str]:
    """All of them."""
    return frozenset(_shown)


def begin() -> None:
    """Called once, when the process is ready: every connection to the database is listened to from now on."""
    connection_created.connect(_listen, dispatch_uid="gongkai.disclosure.publicly")


def _listen(connection: Any, **_signal: Any) -> None:
    if connection.alias == DEFAULT_DB_ALIAS and _noticing not in connection.execute_wrappers:
        connection.execute_wrappers.append(_noticing)


def _noticing(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    result = execute(sql, params, many, context)
    # Nearly all are questions: those are not looked at twice.
    written = _WRITES.match(sql) if isinstance(sql, str) and not sql.startswith("SELECT") else None
    if written is not None and written[1] in _shown:
        connection = context["connection"]
        setattr(connection, _WRITTEN, True)
        # What is rolled back to a savepoint is forgotten with it.
        transaction.on_commit(partial(_after_commit, connection), robust=True)
    return result


def _after_commit(connection: Any) -> None:
    """Once a transaction, however much was written in it."""
    if getattr(connection, _WRITTEN, False):
        setattr(connection, _WRITTEN, False)
        committed()


def committed() -> None:
    """What was committed is another thing than what was kept: tell this machine, count it for all, and tell again.

    After the commit, because a row that everybody locks in the middle of an act would have acts wait for each other in
    a ring. What a process that dies in between leaves uncounted is counted when the site is started again."""
    tell()
    if not _count():
        PublicVersion.objects.bulk_create([PublicVersion(pk=1)], ignore_conflicts=True)
        _count()
    tell()


def _count() -> int:
    return PublicVersion.objects.filter(pk=1).update(number=F("number") + 1, changed_at=timezone.now())


def public_version() -> int:
    """Changes whenever anything does that the public sees; 0 on an empty site."""
    return PublicVersion.objects.filter(pk=1).values_list("number", flat=True).first() or 0


def changed(*item_ids: int) -> None:
    """Call in the transaction of an act that changed what is said of these items: the search index follows, and files
    that were made of what they said before are removed."""
    items = sorted(set(item_ids))
    transaction.on_commit(partial(_clear, items), robust=True)
    for start in range(0, len(items), AT_ONCE):
        enqueue("gongkai.disclosure.publicly.index", ",".join(map(str, items[start : start + AT_ONCE])))


def _clear(items: list[int]) -> None:
    from gongkai.disclosure.kept_files import clear

    clear(items)


def index(item_ids: str) -> None:
    """Job: bring the search index in line with these items, whatever became of them. Safe to run twice."""
    from gongkai.disclosure.searching import index_items

    index_items([int(each) for each in item_ids.split(",")])
