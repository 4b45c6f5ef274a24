"""The privacy scan of what goes out (platform-standards §6.3, detectors D1–D19; docs/decisions/0014).

`scan` a reading, `scan_file` bytes in a worker, `scan_document` a kept file, once for each version of the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.documents.offices import Office
from gongkai.documents.privacy.citations import without_public
from gongkai.documents.privacy.files import Scanned, scan_file
from gongkai.documents.privacy.finding import Finding, Severity, worst_of
from gongkai.documents.privacy.scanning import scan

if TYPE_CHECKING:
    from gongkai.documents.models import Document, PrivacyScan

__all__ = [
    "Finding",
    "Office",
    "Scanned",
    "Severity",
    "scan",
    "scan_document",
    "scan_file",
    "without_public",
    "worst_of",
]


def scan_document(document: Document) -> PrivacyScan:
    """See `kept.scan_document`, which needs the models and so is imported when it is asked for."""
    from gongkai.documents.privacy import kept

    return kept.scan_document(document)
