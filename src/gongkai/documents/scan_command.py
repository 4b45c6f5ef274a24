"""``gongkai scan``: looks through files before they go out; prints what it finds for people or as JSON."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TextIO

from gongkai.documents.bounded import OnPage
from gongkai.documents.errors import DocumentError
from gongkai.documents.folders import files_in
from gongkai.documents.offices import Office
from gongkai.documents.privacy import Finding, Scanned, Severity, scan_file, worst_of
from gongkai.documents.privacy.files import scan_name
from gongkai.documents.privacy.places import place_in_words, rule_in_words
from gongkai.documents.privacy.wording import BadWordList, word_list
from gongkai.law.texts import Text

NOTHING_BLOCKING, UNREADABLE, BLOCKED = 0, 1, 2
#: A larger file is not even opened.
LARGEST = 200 * 1024 * 1024


def run(arguments: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Looks through each file; one bad file never stops the rest. Returns 2 where something must not go out, else 1
    where a file could not be read, else 0."""
    try:
        word_list(arguments.words)
    except BadWordList as error:
        err.write(f"{error.message.of(arguments.lang)}\n")
        return UNREADABLE
    office, status = Office.of(telephones=arguments.office), NOTHING_BLOCKING
    files = list(files_in(arguments.paths))
    with _progress(len(files)) as progress:
        for path in files:
            scanned = _scanned(path, office, arguments.words, progress.page)
            progress.next_file()
            write = _as_json if arguments.json else _for_people
            out.write(write(path, scanned, arguments.lang))
            out.flush()
            status = max(status, _status(scanned))
    return status


def _scanned(path: Path, office: Office, words: str, on_page: OnPage) -> Scanned:
    try:
        if path.stat().st_size > LARGEST:
            return _unread("too_large", Text(f"文件超过 {LARGEST // 1024**2} MB。", "The file is too large."))
        data = path.read_bytes()
    except OSError as error:
        return _unread("no_file", Text(f"文件无法打开：{error.strerror}", f"Cannot be opened: {error.strerror}"))
    scanned = scan_file(data, path.name, office=office, words=words, on_page=on_page)
    return replace(scanned, findings=(*scan_name(path.name), *scanned.findings))


def _unread(code: str, message: Text) -> Scanned:
    from gongkai.documents.privacy.files import unread

    return unread(DocumentError(code, message))


def _status(scanned: Scanned) -> int:
    if worst_of(scanned.findings) is Severity.BLOCK:
        return BLOCKED
    return UNREADABLE if scanned.unread else NOTHING_BLOCKING


# --- JSON ---------------------------------------------------------------------------------------------------


def _as_json(path: Path, scanned: Scanned, lang: str) -> str:
    worst = worst_of(scanned.findings)
    data: dict[str, Any] = {
        "file": str(path),
        "pages": scanned.pages,
        "worst": worst.value if worst else None,
        "unread": scanned.unread or None,
        "findings": [finding.as_data() for finding in scanned.findings],
    }
    return json.dumps(data, ensure_ascii=False) + "\n"


# --- For people ---------------------------------------------------------------------------------------------

_CLEAN = Text("没有发现问题。", "Nothing found.")
_COUNTS = Text("不能发出 {0}，请核对 {1}，提示 {2}。", "{0} must not go out, {1} to check, {2} notes.")


def _for_people(path: Path, scanned: Scanned, lang: str) -> str:
    lines = [str(path)]
    for severity in (Severity.BLOCK, Severity.WARN, Severity.INFO):
        of_severity = [finding for finding in scanned.findings if finding.severity is severity]
        if of_severity:
            lines.append(f"  {severity.label.of(lang)} ({len(of_severity)})")
            lines += [line for finding in of_severity for line in _lines(finding, lang)]
    counts = (sum(finding.severity is severity for finding in scanned.findings) for severity in reversed(Severity))
    lines.append("  " + (_COUNTS.of(lang).format(*counts) if scanned.findings else _CLEAN.of(lang)))
    return "\n".join(lines) + "\n"


def _lines(finding: Finding, lang: str) -> Iterator[str]:
    place, sample = place_in_words(finding).of(lang), f"  {finding.sample}" if finding.sample else ""
    yield f"    [{finding.rule}] {rule_in_words(finding.rule).of(lang)}  {place}{sample}".rstrip()
    yield f"        {finding.message.of(lang)}"


# --- Progress -----------------------------------------------------------------------------------------------


class _Progress:
    """How far it has come; shows nothing."""

    def page(self, done: int, total: int) -> None:
        """So many pages of this file are read."""

    def next_file(self) -> None:
        """The file is done."""


class _Bar(_Progress):
    def __init__(self, bar: Any, files: int) -> None:
        self._bar = bar
        self._files = bar.add_task("文件 files", total=files, visible=files > 1)
        self._pages = bar.add_task("页 pages", total=None)

    def page(self, done: int, total: int) -> None:
        self._bar.update(self._pages, completed=done, total=total)

    def next_file(self) -> None:
        self._bar.advance(self._files)
        self._bar.reset(self._pages, total=None)


@contextmanager
def _progress(files: int) -> Iterator[_Progress]:
    """A bar for people at a terminal; nothing where the output goes into a file."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        yield _Progress()
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        yield _Bar(bar, files)
