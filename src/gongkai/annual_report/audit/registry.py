"""The rules by id, and running all of them over a report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from gongkai.annual_report.audit.findings import Finding, Severity
from gongkai.annual_report.audit.previous import Previous
from gongkai.annual_report.reading import Report
from gongkai.law.agency_levels import RULE_MAKERS as RULE_MAKERS
from gongkai.law.agency_levels import AgencyLevel as AgencyLevel
from gongkai.law.report_form import Tables, Value
from gongkai.law.texts import Text


@dataclass(frozen=True, slots=True)
class Case:
    """What a rule looks at: the report and what is known of its agency from elsewhere.

    ``members``: of a 汇总, the tables of everybody it sums up, by name; None for one who has not reported. ``own``: the
    汇总 is ours, so that a sum that differs is certainly wrong. ``published_on``: the day it was first published.
    """

    report: Report
    agency_level: AgencyLevel | None = None
    previous: Previous | None = None
    members: Mapping[str, Tables | None] | None = None
    own: bool = False
    published_on: dt.date | None = None

    def table_2(self, address: str) -> Value:
        """A cell of table 2 if it stands there plainly; digits that had to be parted prove nothing in this table."""
        return None if address in self.report.decoded_by else self.report.tables.cells.get(address)

    @property
    def year_before(self) -> Previous | None:
        """``previous``, if it is of the year before this report's as far as the years are known."""
        previous, year = self.previous, self.report.year
        if previous is None or (previous.year and year and previous.year != year - 1):
            return None
        return previous


Check = Callable[[Case], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its id in the catalogue, what it demands, and the check."""

    id: str
    demand: Text
    check: Check


RULES: dict[str, Rule] = {}


def rule(rule_id: str, zh: str, en: str) -> Callable[[Check], Check]:
    """Registers a check under its id. An id is given once: a second one raises ValueError."""

    def register(check: Check) -> Check:
        if rule_id in RULES:
            raise ValueError(f"rule {rule_id} is registered twice")
        RULES[rule_id] = Rule(rule_id, Text(zh, en), check)
        return check

    return register


_ORDER = {severity: position for position, severity in enumerate(Severity)}


def run(case: Case) -> tuple[Finding, ...]:
    """All findings: errors first, then in the order of the report, those of tables after those of lines."""
    found = [finding for one in RULES.values() for finding in one.check(case)]
    return tuple(sorted(found, key=lambda f: (_ORDER[f.severity], f.line is None, f.line or 0)))
