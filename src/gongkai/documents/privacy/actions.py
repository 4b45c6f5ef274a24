"""隐私扫描 at the desk: asked for once, done by the worker, looked at meanwhile by the one who asked."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from gongkai.documents.bounded import OnPage
from gongkai.documents.models import UNFINISHED_CHECKS, CheckState, Document, PrivacyCheck
from gongkai.documents.privacy.kept import scan_document
from gongkai.jobs import Pace, enqueue

#: A check that was cut off so often is not begun again: the file is too much for this machine.
MOST_ATTEMPTS = 3
#: So long a check and its findings can be looked at.
KEPT = timedelta(days=30)
log = logging.getLogger(__name__)


def ask_for_check(*, actor: Any, document: Document, name: str) -> PrivacyCheck:
    """Have a kept file looked through for this person. The same file again while it is being looked through gives the
    same check."""
    if earlier := _unfinished(actor, document):
        return earlier
    try:
        with transaction.atomic():
            check = PrivacyCheck.objects.create(person=actor, document=document, name=name)
            enqueue("gongkai.documents.privacy.jobs.check", check.pk)
            return check
    except IntegrityError:
        # At the same moment in another process: that one won.
        if earlier := _unfinished(actor, document):
            return earlier
        raise


def _unfinished(actor: Any, document: Document) -> PrivacyCheck | None:
    return PrivacyCheck.objects.filter(person=actor, document=document, state__in=UNFINISHED_CHECKS).first()


def carry_out(check_id: int) -> None:
    """Do it. Done or failed already, it is left alone; cut off before, it is done from the beginning."""
    check = _begun(check_id)
    if check is None:
        return
    try:
        scan = scan_document(check.document, on_page=_telling(check))
    except Exception:
        log.exception("privacy check %s", check.pk)
        _end(check, CheckState.FAILED)
    else:
        _end(check, CheckState.DONE if scan.pk else CheckState.FAILED)  # the store has lost the file


def _begun(check_id: int) -> PrivacyCheck | None:
    begun = PrivacyCheck.objects.filter(pk=check_id, state__in=UNFINISHED_CHECKS).update(
        state=CheckState.RUNNING, attempts=F("attempts") + 1, done=0, total=0
    )
    check = PrivacyCheck.objects.select_related("document").get(pk=check_id) if begun else None
    if check is not None and check.attempts > MOST_ATTEMPTS:
        _end(check, CheckState.FAILED)
        return None
    return check


def _telling(check: PrivacyCheck) -> OnPage:
    """Writes how many pages are read."""
    pace = Pace()

    def tell(done: int, total: int) -> None:
        if pace.due():
            PrivacyCheck.objects.filter(pk=check.pk, state=CheckState.RUNNING).update(done=done, total=total)

    return tell


def _end(check: PrivacyCheck, state: CheckState) -> None:
    PrivacyCheck.objects.filter(pk=check.pk, state=CheckState.RUNNING).update(state=state, finished_at=timezone.now())
