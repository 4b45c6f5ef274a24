"""The scan of a kept file: made once for each version of the rules, then only looked up."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gongkai.documents import store
from gongkai.documents.bounded import OnPage
from gongkai.documents.errors import DocumentError
from gongkai.documents.models import Document, PrivacyScan
from gongkai.documents.offices import Office, known_office
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
#: Nor does this: the store has lost the file, which may come back from a backup.
LOST = frozenset({"file_missing", "file_damaged"})


def kept_scan(document: Document) -> PrivacyScan | None:
    """What these rules found in the file; None where they have not looked yet, or it is worth looking again."""
    return kept_scans([document]).get(document.pk)


def kept_scans(documents: Iterable[Document]) -> dict[int, PrivacyScan]:
    """The same of many, by their keys; one query."""
    wanted = [document.pk for document in documents]
    rows = PrivacyScan.objects.filter(document__in=wanted, rules=rules_version()) if wanted else ()
    again = timezone.now() - AGAIN
    return {row.document_id: row for row in rows if row.unread not in GIVEN_UP or row.made_at >= again}


def scan_document(document: Document, *, on_page: OnPage | None = None) -> PrivacyScan:
    """What these rules find in the file. Takes its time when it is asked for the first time: not inside an act's
    transaction. A file that the store has lost is told as unread, and that is not kept."""
    if found := kept_scan(document):
        return found
    row = looked_through(document, rules_version(), known_office(), on_page=on_page)
    if row.unread in LOST:
        return row
    return keep_scans([row]).get(document.pk, row)


def looked_through(document: Document, rules: str, office: Office, *, on_page: OnPage | None = None) -> PrivacyScan:
    """The scan, made and not kept; asks no database, so that several threads may do it at once."""
    try:
        data = store.read(document)
    except DocumentError as error:
        return _row(document, rules, unread(error))
    return _row(
        document, rules, scan_file(data, document.name, office=office, words=settings.WORDS_FILE, on_page=on_page)
    )


def keep_scans(rows: Sequence[PrivacyScan]) -> dict[int, PrivacyScan]:
    """Keep what was made; another process may have done so at the same moment. Gives what is kept, by file."""
    rows = [row for row in rows if row.unread not in LOST]
    if not rows:
        return {}
    those = {"document__in": [row.document_id for row in rows], "rules": rows[0].rules}
    with transaction.atomic():
        PrivacyScan.objects.filter(**those, unread__in=GIVEN_UP).delete()
        PrivacyScan.objects.bulk_create(rows, ignore_conflicts=True)
    return {row.document_id: row for row in PrivacyScan.objects.filter(**those)}


def _row(document: Document, rules: str, scanned: Scanned) -> PrivacyScan:
    return PrivacyScan(
        document=document,
        rules=rules,
        worst=worst_of(scanned.findings) or "",
        findings=[finding.as_data() for finding in scanned.findings],
        unread=scanned.unread,
    )
