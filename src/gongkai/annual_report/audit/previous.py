"""Last year's report of the same agency, as far as this year's is held against it."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.annual_report.reading import Report
from gongkai.law.report_form import Tables


@dataclass(frozen=True, slots=True)
class Previous:
    """``year`` None: not known, then it is taken for the year before. ``problems``: the words of part five."""

    tables: Tables
    year: int | None = None
    agency: str | None = None
    problems: str = ""

    @classmethod
    def of(cls, report: Report) -> Previous:
        """From a report that was read."""
        words = "".join(sentence.plain for sentence in report.prose(5))
        return cls(report.tables, report.year, report.agency, words)
