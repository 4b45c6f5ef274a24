"""The scan of a file: read and looked through by a worker with limits of time and memory."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.documents.bounded import OnPage, bounded
from gongkai.documents.errors import DocumentError
from gongkai.documents.offices import NO_OFFICE, Office
from gongkai.documents.privacy.finding import Finding, Severity
from gongkai.documents.privacy.scanning import UNREAD, scan
from gongkai.documents.reading.normal import Place, Reading, TextBlock
from gongkai.law.texts import Text

SECONDS, MEGABYTES = 240.0, 1024
_NOT_READ = Text("没有检查：", "Not looked at:")


@dataclass(frozen=True)
class Scanned:
    """What was found. ``unread`` is the code of why the file could not be looked through; then one warning says so, for
    a file that nobody looked at is never clean."""

    findings: tuple[Finding, ...]
    unread: str = ""
    pages: int | None = None


def scan_file(
    data: bytes,
    name: str = "",
    *,
    office: Office = NO_OFFICE,
    words: str = "",
    on_page: OnPage | None = None,
) -> Scanned:
    """Look through a file of any kind that can be read. Never raises for what the file holds."""
    try:
        return bounded(scan_here, data, name, office, words, seconds=SECONDS, megabytes=MEGABYTES, on_page=on_page)
    except DocumentError as error:
        return unread(error)


def scan_name(name: str) -> tuple[Finding, ...]:
    """What the name of a file itself must not tell: it goes out with the file, and stands in the letter."""
    return found_in_text(name.rpartition(".")[0] or name)


def found_in_text(text: str) -> tuple[Finding, ...]:
    """What a few lines that somebody typed must not tell."""
    reading = Reading("", tuple(TextBlock(line) for line in text.splitlines()))
    return tuple(finding for finding in scan(reading) if finding.severity is Severity.BLOCK)


def scan_here(data: bytes, name: str, office: Office, words: str, on_page: OnPage | None = None) -> Scanned:
    """The same in this process; what the worker does."""
    from gongkai.documents.reading import read

    reading = read(data, name, on_page=on_page)
    return Scanned(scan(reading, office=office, words=words), pages=reading.pages)


def unread(error: DocumentError) -> Scanned:
    message = _NOT_READ + error.message
    return Scanned((Finding(UNREAD, Severity.WARN, message, "", Place()),), error.code)
