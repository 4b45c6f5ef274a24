"""One file checked, as a value that can come back from another process. Needs no database."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from gongkai.annual_report.audit import AgencyLevel, Finding, Previous, Severity, audit
from gongkai.annual_report.reading import Report, UnreadableReportError, read_report
from gongkai.annual_report.reading.lines import wording
from gongkai.documents.bounded import bounded, bounded_map
from gongkai.documents.errors import DocumentError
from gongkai.documents.folders import files_in
from gongkai.law.texts import Text

#: No report has so much text: like a file that must be parsed, it is never read in this process.
_MUCH = 500_000
#: How files begin that are no plain text.
_PARSED = (b"%PDF", b"PK", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"<")
#: Files of one call: calls cost more than reading a text.
_TOGETHER = 8


@dataclass(frozen=True, slots=True)
class Checked:
    """What was read and found. ``tables`` as `law.report_form.Tables.to_json` gives them; None: not read, see ``error``."""

    file: str
    agency: str | None = None
    year: int | None = None
    form: str | None = None
    tables: Mapping[str, object] | None = None
    complete: bool = False
    findings: tuple[Finding, ...] = ()
    error: tuple[str, Text] | None = None

    @classmethod
    def of(cls, report: Report, findings: tuple[Finding, ...]) -> Checked:
        tables, complete = report.tables.to_json(), report.complete
        return cls(report.file, report.agency, report.year, report.format.value, tables, complete, findings)

    @classmethod
    def unread(cls, file: str, error: DocumentError) -> Checked:
        """A file that could not be read, or on which too much time went."""
        return cls(file, error=(error.code, error.message))

    def count(self, severity: Severity) -> int:
        return sum(finding.severity is severity for finding in self.findings)


# --- Last year's reports ------------------------------------------------------------------------------------


def previous_in(path: Path, jobs: int) -> dict[str, Previous]:
    """Last year's reports of a file or folder by the agency's name; what cannot be read there is passed over."""
    calls = ((str(one),) for one in files_in([path]))
    found = bounded_map(_previous, calls, workers=jobs)
    return {wording(one.agency or ""): one for one in found if isinstance(one, Previous)}


def _previous(path: str) -> Previous:
    return Previous.of(read_report(Path(path)))


def previous_of(report: Report, every: Mapping[str, Previous], *, alone: bool) -> Previous | None:
    """That of the same agency. ``alone``: one report was given beside one of last year; only another name parts them."""
    name = wording(report.agency or "")
    if name in every and name:
        return every[name]
    if alone and len(every) == 1:
        (kept, one), *_ = every.items()
        return one if not name or not kept else None
    return None


@lru_cache(maxsize=1)
def _every_previous(path: str) -> Mapping[str, Previous]:
    """From the file that this program itself wrote for its workers."""
    every: Mapping[str, Previous] = pickle.loads(Path(path).read_bytes())
    return every


# --- Checking -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class How:
    """What is the same for all files. ``previous``: where last year's reports lie for the workers, "" for none."""

    level: AgencyLevel | None = None
    previous: str = ""
    alone: bool = False


def check_file(path: str, how: How) -> Checked:
    """Read and audit one file. Never raises for what is in the file."""
    try:
        report = read_report(Path(path))
    except UnreadableReportError as error:
        return Checked.unread(path, error)
    every = _every_previous(how.previous) if how.previous else {}
    before = previous_of(report, every, alone=how.alone)
    return Checked.of(report, audit(report, agency_level=how.level, previous=before))


def check_files(paths: Iterable[Path], how: How, jobs: int) -> Iterator[Checked]:
    """All of them, in their order; one that breaks its reader, or takes too long, stops none of the others."""
    if jobs > 1:
        yield from _by_many(paths, how, jobs)
        return
    for path in paths:
        if _is_risky(path):
            try:
                yield bounded(check_file, str(path), how)
            except DocumentError as error:
                yield Checked.unread(str(path), error)
        else:
            yield _in_this_process(path, how)


def _in_this_process(path: Path, how: How) -> Checked:
    try:
        return check_file(str(path), how)
    except MemoryError:  # for the keeper of the bounds
        raise
    except Exception as error:  # a fault of ours: the rest of the folder is still wanted
        broken = Text("检查程序出错，没有检查这个文件。", "The program failed on this file; it was not checked.")
        failed = DocumentError("broken", broken)
        failed.add_note(repr(error))
        return Checked.unread(str(path), failed)


def _is_risky(path: Path) -> bool:
    """Whether the file could take for ever, or all memory."""
    try:
        if path.stat().st_size > _MUCH:
            return True
        with path.open("rb") as file:
            return file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_PARSED)
    except OSError:
        return False


def _by_many(paths: Iterable[Path], how: How, jobs: int) -> Iterator[Checked]:
    """By several processes, some files a call; files of a call that broke are tried once more one by one."""
    sent: list[tuple[str, ...]] = []

    def calls() -> Iterator[tuple[object, ...]]:
        names = (str(path) for path in paths)
        while batch := tuple(islice(names, _TOGETHER)):
            sent.append(batch)
            yield batch, how

    for number, done in enumerate(bounded_map(check_batch, calls(), workers=jobs)):
        batch, sent[number] = sent[number], ()
        yield from (_one_by_one(batch, how) if isinstance(done, DocumentError) else done)


def check_batch(paths: Sequence[str], how: How) -> list[Checked]:
    """Some files, in a worker."""
    return [_in_this_process(Path(path), how) for path in paths]


def _one_by_one(paths: Sequence[str], how: How) -> Iterator[Checked]:
    for path in paths:
        try:
            yield bounded(check_file, path, how)
        except DocumentError as error:
            yield Checked.unread(path, error)


# --- As data ------------------------------------------------------------------------------------------------


def as_json(checked: Checked, lang: str) -> dict[str, Any]:
    """The object of one file. One that could not be read has the same keys, empty, and ``error``."""
    data: dict[str, Any] = {
        "file": checked.file,
        "agency": checked.agency,
        "year": checked.year,
        "format": checked.form,
        "tables": checked.tables,
        "complete": checked.complete,
        "findings": [finding_as_json(finding, lang) for finding in checked.findings],
    }
    if checked.error is not None:
        code, message = checked.error
        data["error"] = {"code": code, "message": message.of(lang)}
    return data


def finding_as_json(finding: Finding, lang: str) -> dict[str, Any]:
    """A finding as the contract has it."""
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "where": finding.place.of(lang),
        "message": finding.message.of(lang),
        "values": [value if isinstance(value, int | str) else float(value) for value in finding.values],
    }
