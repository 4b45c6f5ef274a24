"""The clock: what was approved and scheduled goes out at its hour, in the order of the hours."""

from __future__ import annotations

import logging

from django.db import transaction
from django.utils import timezone

from gongkai.disclosure.actions.publish_revision import put_out
from gongkai.disclosure.models import Item, Revision
from gongkai.disclosure.reviewing.scanning import ask_for_scan, scan_of
from gongkai.disclosure.reviewing.telling import tell_release_failed
from gongkai.law.errors import LawError
from gongkai.law.publication import RevisionState
from gongkai.law.texts import Text

log = logging.getLogger(__name__)
#: So many go out in one round of the clock; the next round is a minute later. What cannot go out takes nobody's place.
AT_ONCE = 200
BROKEN = Text(
    "系统发生错误，已记入系统日志，请告知系统管理员。",
    " The system failed; the log says how. Tell the administrator.",
)


def release_due() -> int:
    """Each in its own transaction, so that one that cannot go out, for whatever reason, holds up no other; whoever publishes
    is told why it could not. Safe to run twice, also at once. Returns how many went out."""
    due = Revision.objects.filter(state=RevisionState.APPROVED, publish_from__lte=timezone.now())
    done = 0
    for pk, item_id in list(due.order_by("publish_from", "pk").values_list("pk", "item_id")):
        try:
            done += _release(pk, item_id)
        except LawError as error:
            _try_to_tell(pk, error.message)
        except Exception:
            log.exception("release of revision %s", pk)
            _try_to_tell(pk, BROKEN)
        if done >= AT_ONCE:
            break
    return done


def _try_to_tell(revision_id: int, why: Text) -> None:
    try:
        _told(revision_id, why)
    except Exception:
        log.exception("telling of revision %s", revision_id)


@transaction.atomic
def _release(revision_id: int, item_id: int) -> bool:
    """False where it is out already, or no longer due."""
    item = Item.objects.select_for_update(of=("self",)).select_related("agency", "document").get(pk=item_id)
    rows = Revision.objects.select_for_update(of=("self",)).select_related("column")
    revision = rows.get(pk=revision_id)
    due = revision.publish_from is not None and revision.publish_from <= timezone.now()
    if revision.state != RevisionState.APPROVED or not due:
        return False
    revision.item = item
    put_out(revision, None)
    return True


@transaction.atomic
def _told(revision_id: int, why: Text) -> None:
    """Rules of the scan that are newer than the approval only need the scan: it is asked for, and the hour tried again."""
    revision = Revision.objects.select_related("item__agency").get(pk=revision_id)
    if scan_of(revision) is None:
        ask_for_scan(revision)
    else:
        tell_release_failed(revision, why)
