"""The files of many rows looked through by two workers, while the next rows are made ready and these are waited for by
nobody. What is asked of the database is asked of many files at once, and by one thread."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace

from gongkai.disclosure.importing.pages import is_picture
from gongkai.disclosure.importing.preparing import Ready
from gongkai.documents.bounded import MOST_WORKERS
from gongkai.documents.models import Document, PrivacyScan
from gongkai.documents.offices import known_office
from gongkai.documents.privacy.files import scan_name
from gongkai.documents.privacy.kept import keep_scans, kept_scans, looked_through, rules_version
from gongkai.documents.store import record_all
from gongkai.law.texts import Text

#: Tests put another in its place.
look_through = looked_through


@dataclass(frozen=True)
class Begun:
    """Rows whose files are recorded and are being looked through. `files`: by digest; `known`: scans of before, by file."""

    rows: Sequence[Ready]
    files: Mapping[str, Document]
    known: Mapping[int, PrivacyScan]
    waited: Mapping[int, Future[PrivacyScan]]

    def done(self) -> list[Ready]:
        """The rows with their files as they are recorded, held back where a scan says so. Waits for the workers."""
        made = [future.result() for future in self.waited.values()]
        scans = {**{row.document_id: row for row in made}, **keep_scans(made), **self.known}
        return [self._judged(row, scans) for row in self.rows]

    def _judged(self, row: Ready, scans: Mapping[int, PrivacyScan]) -> Ready:
        files = tuple((self.files.get(document.digest, document), name) for document, name in row.files)
        held = [_held(name) for document, name in files if _holds(scans.get(document.pk), name)]
        return replace(row, files=files, held=(*row.held, *held))


def _holds(scan: PrivacyScan | None, name: str) -> bool:
    """What the scan finds, or could not read; pictures of a page are read by no scan and do not hold it up for that."""
    found = scan is not None and (scan.worst == "block" or (bool(scan.unread) and not is_picture(name)))
    return found or bool(scan_name(name))


def _held(name: str) -> Text:
    return Text(f"附件“{name}”有不应公开的内容或者不能检查。", f"{name}: held back by the scan.")


class Scanning:
    """The workers of one import."""

    def __init__(self, threads: ThreadPoolExecutor) -> None:
        self._threads = threads

    def begin(self, rows: Sequence[Ready], *, dry: bool) -> Begun:
        """Have the files of these rows looked through; with ``dry`` only their names."""
        if dry:
            return Begun(rows, {}, {}, {})
        files = record_all(document for row in rows for document, _ in row.files)
        known, rules, office = kept_scans(files.values()), rules_version(), known_office()
        waited = {
            document.pk: self._threads.submit(look_through, document, rules, office)
            for document in files.values() if document.pk not in known
        }  # fmt: skip
        return Begun(rows, files, known, waited)


@contextmanager
def scanning() -> Iterator[Scanning]:
    """Broken off, what is not begun is not looked through."""
    threads = ThreadPoolExecutor(MOST_WORKERS, thread_name_prefix="scan")
    try:
        yield Scanning(threads)
    finally:
        threads.shutdown(wait=True, cancel_futures=True)
