"""``gongkai report check``: reads report files, audits them; findings for people, as JSON, or as a workbook."""

from __future__ import annotations

import argparse
import json
import os
import pickle
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from gongkai.annual_report.audit import AgencyLevel, Severity
from gongkai.annual_report.check_sheets import workbook
from gongkai.annual_report.checking import Checked, How, as_json, check_files, previous_in
from gongkai.documents.folders import files_in
from gongkai.law.texts import Text

NO_ERROR, ERRORS_FOUND, UNREADABLE = 0, 1, 2
#: From so many files on it is worth starting several processes.
_MANY = 20


def run(arguments: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """The command as it is typed."""
    level = AgencyLevel(arguments.agency_level) if arguments.agency_level else None
    try:
        return check_command(
            arguments.files,
            as_json=arguments.json,
            lang=arguments.lang,
            out=out,
            agency_level=level,
            previous=arguments.previous,
            xlsx=arguments.xlsx,
            jobs=arguments.jobs,
        )
    except OSError as error:  # the workbook cannot be written
        err.write(f"{error.filename}：{error.strerror}\n")
        return UNREADABLE


def check_command(
    paths: Sequence[Path],
    *,
    as_json: bool,
    lang: str,
    out: TextIO,
    agency_level: AgencyLevel | None = None,
    previous: Path | None = None,
    xlsx: Path | None = None,
    jobs: int | None = None,
) -> int:
    """Checks each file; one bad file never stops the rest. JSON: one object a line, one line a file.

    Returns 0 if no error was found, 1 if one was, 2 if a file could not be read.
    """
    files = list(files_in(paths))
    workers = max(1, jobs or ((os.cpu_count() or 1) if len(files) >= _MANY else 1))
    code, kept = NO_ERROR, []
    with _how(agency_level, previous, workers, alone=len(files) == 1) as how, progress(len(files)) as step:
        for checked in check_files(files, how, workers):
            code = max(code, _code(checked))
            step()
            if xlsx is not None:
                kept.append(checked)
            else:
                out.write(_json_line(checked, lang) if as_json else "\n".join([*_for_people(checked, lang), ""]))
    if xlsx is not None:
        _write(xlsx, kept, lang)
        out.write(_summary(kept, lang))
    return code


@contextmanager
def _how(level: AgencyLevel | None, previous: Path | None, jobs: int, *, alone: bool) -> Iterator[How]:
    """What is the same for all files; last year's reports lie in a file of ours for as long as it takes."""
    if previous is None:
        yield How(level)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "previous"
        path.write_bytes(pickle.dumps(previous_in(previous, jobs)))
        yield How(level, str(path), alone)


@contextmanager
def progress(length: int) -> Iterator[Callable[[], None]]:
    """A progress bar on standard error, where somebody looks at it and there is something to wait for."""
    if length < 2 or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=length)
        yield lambda: bar.advance(task)


def _code(checked: Checked) -> int:
    if checked.error is not None:
        return UNREADABLE
    return ERRORS_FOUND if checked.count(Severity.ERROR) else NO_ERROR


def _json_line(checked: Checked, lang: str) -> str:
    return json.dumps(as_json(checked, lang), ensure_ascii=False) + "\n"


# --- The workbook -------------------------------------------------------------------------------------------

_SUMMARY = Text(
    "共 {0} 个文件，{1} 个有错误，{2} 个无法读取；{3} 处错误、{4} 处可疑、{5} 处提示。\n",
    "{0} files, {1} with errors, {2} unreadable; {3} errors, {4} warnings, {5} hints.\n",
)


def _write(path: Path, checked: Sequence[Checked], lang: str) -> None:
    with path.open("wb") as file:
        file.writelines(workbook(checked, lang))


def _summary(checked: Sequence[Checked], lang: str) -> str:
    codes = [_code(one) for one in checked]
    counts = [sum(one.count(severity) for one in checked) for severity in Severity]
    return _SUMMARY.of(lang).format(len(checked), codes.count(ERRORS_FOUND), codes.count(UNREADABLE), *counts)


# --- For people ---------------------------------------------------------------------------------------------

_AGENCY = Text("机关：{0}　年度：{1}", "Agency: {0}   Year: {1}")
_UNKNOWN = Text("未识别", "not recognised")
_INCOMPLETE = Text(
    "注意：文件不完整或有数字没有读到，下面只是能读到的部分的检查结果。",
    "Note: the file is not whole, or some numbers were not read; the findings are on what could be read.",
)
_COUNTS = Text("共 {0} 处错误、{1} 处可疑、{2} 处提示。", "{0} errors, {1} warnings, {2} hints.")


def _for_people(checked: Checked, lang: str) -> Iterator[str]:
    yield checked.file
    if checked.error is not None:
        yield f"  {checked.error[1].of(lang)}"
        return
    unknown = _UNKNOWN.of(lang)
    yield _AGENCY.of(lang).format(checked.agency or unknown, checked.year or unknown)
    if not checked.complete:
        yield _INCOMPLETE.of(lang)
    for severity in Severity:
        of_severity = [finding for finding in checked.findings if finding.severity is severity]
        if of_severity:
            yield ""
            yield f"{severity.label.of(lang)} ({len(of_severity)})"
        for finding in of_severity:
            yield f"  [{finding.rule}] {finding.place.of(lang)}"
            yield f"      {finding.message.of(lang)}"
    yield ""
    yield _COUNTS.of(lang).format(*(checked.count(severity) for severity in Severity))
