"""Reports that come as files: read and audited in a process with limits, because files are strangers'; and what is kept
of the findings. Needs no database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from gongkai.annual_report.audit import Finding, Previous, Severity, audit
from gongkai.annual_report.reading import Report, read_bytes
from gongkai.documents.bounded import bounded
from gongkai.law.agency_levels import AgencyLevel
from gongkai.law.errors import LawError
from gongkai.law.report_form import Form
from gongkai.law.texts import Text

#: More is not kept of one report: who sees two hundred findings sends it back.
MOST_FINDINGS = 200


class Unfit(LawError):
    """A file that was read and cannot be taken as a report of this year."""


def read_incoming(data: bytes, name: str) -> Report:
    """The report in a file. Raises DocumentError (UnreadableReportError, OutOfTime …) with a sentence for people."""
    return bounded(read_bytes, data, name)


def audited(report: Report, level: AgencyLevel | None = None, previous: Previous | None = None) -> list[dict[str, Any]]:
    """Its findings as they are kept, errors first."""
    return as_kept(bounded(_audit, report, level, previous))


def _audit(report: Report, level: AgencyLevel | None, previous: Previous | None) -> tuple[Finding, ...]:
    return audit(report, agency_level=level, previous=previous)


def as_kept(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """For the JSON column."""
    return [
        {
            "rule": one.rule,
            "severity": one.severity.value,
            "place": [one.place.zh, one.place.en],
            "message": [one.message.zh, one.message.en],
            "values": [str(value) if isinstance(value, Decimal) else value for value in one.values],
        }
        for one in findings[:MOST_FINDINGS]
    ]


def from_kept(kept: Sequence[Mapping[str, Any]]) -> tuple[Finding, ...]:
    """The findings again."""
    return tuple(
        Finding(
            one["rule"], Severity(one["severity"]), Text(*one["place"]), Text(*one["message"]), tuple(one["values"])
        )
        for one in kept
    )


def errors_in(kept: Sequence[dict[str, Any]]) -> int:
    """How many of the findings are certainly wrong."""
    return sum(one["severity"] == Severity.ERROR.value for one in kept)


def require_of(report: Report, year: int) -> None:
    """Raises Unfit for another year, for the form before 2021, and for a file without any number."""
    if report.year is not None and report.year != year:
        text = Text(
            f"这是{report.year}年的报告，不是{year}年的。", f"This is a report of {report.year}, not of {year}."
        )
        raise Unfit("other_year", text)
    if report.format is not Form.F2021:
        raise Unfit(
            "other_form", Text("这是2019年格式的报告，不能汇总。", "In the form of 2019: it cannot be summed up.")
        )
    if len(report.tables.missing) == len(report.tables.cells):
        text = Text("文件中没有读到任何一个表格数字。", "No number of any table could be read in the file.")
        raise Unfit("no_tables", text)
