"""The Word and PDF files that are kept of items: where they lie, and that of what the public no longer reads none is left.

They go at once with the act that withdraws, takes down or corrects an item; every night whatever a request that was
under way at that moment has put there again.
"""

from __future__ import annotations

import re
import time
from collections.abc import Collection, Iterator
from itertools import islice
from pathlib import Path

from django.conf import settings

from gongkai.disclosure.visibility import public_items
from gongkai.documents.store import DRAFT

#: Goes up when the files come out differently: what was kept is made anew.
MADE_BY = 1
_NAME = re.compile(r"(\d+)-([0-9a-f]{64})-(\d+)\.\w+")
#: So many items are asked for at once; a draft older than so many seconds was left by a process that died.
_AT_ONCE, _DEAD = 500, 3600


def place_of(item_id: int, digest: str, form: str) -> Path:
    """Named by the number, too: two items may say the same under different index numbers."""
    return _folder() / f"{item_id}-{digest}-{MADE_BY}.{form}"


def clear(item_ids: Collection[int] | None = None) -> int:
    """Remove what was made of another wording than the one the public reads now, of these items or of all; gives how many.
    Job, daily; safe to run twice."""
    wanted, gone = set(item_ids) if item_ids is not None else None, 0
    kept = _kept(wanted)
    while some := list(islice(kept, _AT_ONCE)):
        numbers = {number for number, _, _ in some}
        rows = public_items().filter(pk__in=numbers).order_by()
        public = {f"{number}-{digest}-{MADE_BY}" for number, digest in rows.values_list("pk", "current__digest")}
        for _, stem, path in some:
            if stem not in public:
                path.unlink(missing_ok=True)
                gone += 1
    return gone


def _kept(wanted: Collection[int] | None) -> Iterator[tuple[int, str, Path]]:
    for path in _folder().glob("*"):
        match = _NAME.fullmatch(path.name)
        if match is not None and (wanted is None or int(match[1]) in wanted):
            yield int(match[1]), path.stem, path
        elif wanted is None and path.name.startswith(DRAFT) and _is_dead(path):
            path.unlink(missing_ok=True)


def _is_dead(draft: Path) -> bool:
    try:
        return time.time() - draft.stat().st_mtime > _DEAD
    except FileNotFoundError:  # written to the end meanwhile, under its own name
        return False


def _folder() -> Path:
    return Path(settings.DATA) / "items"
