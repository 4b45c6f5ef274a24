"""The scan of a kept file: made once for each version of the rules, then only looked up."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.documents import store
from gongkai.documents.bounded import OnPage
from gongkai.documents.errors import DocumentError
from gongkai.documents.models import Document, PrivacyScan
from gongkai.documents.offices import known_office
from gongkai.documents.privacy.files import Scanned, scan_file, unread
from gongkai.documents.privacy.finding import worst_of
from gongkai.documents.privacy.scanning import RULES


def rules_version() -> str:
    """Of the rules, and of the office's own list of wordings where there is one."""
    if not settings.WORDS_FILE:
        return RULES
    try:
        own = hashlib.sha256(Path(settings.WORDS_FILE).read_bytes()).hexdigest()[:12]
    except OSError:
        own = "missing"
    return f"{RULES}+{own}"


#: Says nothing of the file: after an hour it is tried again.
GIVEN_UP, AGAIN = frozenset({"out_of_time", "out_of_memory", "worker_died"}), timedelta(hours=1)


def kept_scan(document: Document) -> PrivacyScan | None:
    """What these rules found in the file; None where they have not looked yet, or it is worth looking again."""
    found = PrivacyScan.objects.filter(document=document, rules=rules_version()).first()
    stale = found is not None and found.unread in GIVEN_UP and timezone.now() - found.made_at > AGAIN
    return None if stale else found


def scan_document(document: Document, *, on_page: OnPage | None = None) -> PrivacyScan:
    """What these rules find in the file. Takes its time when it is asked for the first time: not inside an act's
    transaction. A file that the store has lost is told as unread, and that is not kept."""
    if found := kept_scan(document):
        return found
    rules = rules_version()
    try:
        data = store.read(document)
    except DocumentError as error:
        return _row(document, rules, unread(error))
    scanned = scan_file(data, document.name, office=known_office(), words=settings.WORDS_FILE, on_page=on_page)
    row = _row(document, rules, scanned)
    try:
        with transaction.atomic():
            PrivacyScan.objects.filter(document=document, rules=rules, unread__in=GIVEN_UP).delete()
            row.save(force_insert=True)
    except IntegrityError:  # at the same moment in another process
        return PrivacyScan.objects.get(document=document, rules=rules)
    return row


def _row(document: Document, rules: str, scanned: Scanned) -> PrivacyScan:
    return PrivacyScan(
        document=document,
        rules=rules,
        worst=worst_of(scanned.findings) or "",
        findings=[finding.as_data() for finding in scanned.findings],
        unread=scanned.unread,
    )
