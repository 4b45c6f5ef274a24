"""``gongkai report check``: reads report files, audits them, prints findings for people or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TextIO

from gongkai.annual_report.audit import AgencyLevel, Finding, Severity, audit
from gongkai.annual_report.reading import Report, UnreadableReportError, read_report
from gongkai.law.texts import Text

NO_ERROR, ERRORS_FOUND, UNREADABLE = 0, 1, 2


def check_command(
    paths: Sequence[Path],
    *,
    as_json: bool,
    lang: str,
    out: TextIO,
    agency_level: AgencyLevel | None = None,
) -> int:
    """Checks each file; one bad file never stops the rest. JSON: one object a line, one line a file.

    Returns 0 if no error was found, 1 if one was, 2 if a file could not be read.
    """
    codes = [_check(path, as_json=as_json, lang=lang, out=out, agency_level=agency_level) for path in paths]
    return max(codes, default=NO_ERROR)


def _check(path: Path, *, as_json: bool, lang: str, out: TextIO, agency_level: AgencyLevel | None) -> int:
    try:
        report = read_report(path)
    except UnreadableReportError as error:
        out.write(
            _json_line(unreadable_as_json(error, lang)) if as_json else f"{error.file}\n  {error.message.of(lang)}\n"
        )
        return UNREADABLE
    findings = audit(report, agency_level=agency_level)
    if as_json:
        out.write(_json_line(report_as_json(report, findings, lang)))
    else:
        out.writelines(f"{line}\n" for line in _for_people(report, findings, lang))
    return ERRORS_FOUND if any(f.severity is Severity.ERROR for f in findings) else NO_ERROR


# --- JSON ---------------------------------------------------------------------------------------------------


def report_as_json(report: Report, findings: Sequence[Finding], lang: str) -> dict[str, object]:
    """The object of one file; ``tables`` as ``law.report_form.Tables.to_json`` gives them."""
    return {
        "file": report.file,
        "agency": report.agency,
        "year": report.year,
        "format": report.format.value,
        "tables": report.tables.to_json(),
        "complete": report.complete,
        "findings": [_finding_as_json(finding, lang) for finding in findings],
    }


def unreadable_as_json(error: UnreadableReportError, lang: str) -> dict[str, object]:
    """The object of a file that could not be read: the same keys, empty, and ``error``."""
    return {
        "file": error.file,
        "agency": None,
        "year": None,
        "format": None,
        "tables": None,
        "complete": False,
        "findings": [],
        "error": {"code": error.code, "message": error.message.of(lang)},
    }


def _finding_as_json(finding: Finding, lang: str) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "where": finding.place.of(lang),
        "message": finding.message.of(lang),
        "values": [float(value) if isinstance(value, Decimal) else value for value in finding.values],
    }


def _json_line(data: dict[str, object]) -> str:
    return json.dumps(data, ensure_ascii=False) + "\n"


# --- For people ---------------------------------------------------------------------------------------------

_AGENCY = Text("机关：{0}　年度：{1}", "Agency: {0}   Year: {1}")
_UNKNOWN = Text("未识别", "not recognised")
_INCOMPLETE = Text(
    "注意：文件不完整或有数字没有读到，下面只是能读到的部分的检查结果。",
    "Note: the file is not whole, or some numbers were not read; the findings are on what could be read.",
)
_COUNTS = Text("共 {0} 处错误、{1} 处可疑、{2} 处提示。", "{0} errors, {1} warnings, {2} hints.")


def _for_people(report: Report, findings: Sequence[Finding], lang: str) -> Iterator[str]:
    yield report.file
    unknown = _UNKNOWN.of(lang)
    yield _AGENCY.of(lang).format(report.agency or unknown, report.year or unknown)
    if not report.complete:
        yield _INCOMPLETE.of(lang)
    for severity in Severity:
        of_severity = [finding for finding in findings if finding.severity is severity]
        if of_severity:
            yield ""
            yield f"{severity.label.of(lang)} ({len(of_severity)})"
        for finding in of_severity:
            yield f"  [{finding.rule}] {finding.place.of(lang)}"
            yield f"      {finding.message.of(lang)}"
    yield ""
    yield _COUNTS.of(lang).format(*(sum(f.severity is severity for f in findings) for severity in Severity))
