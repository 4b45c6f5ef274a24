"""The rules by id, and running all of them over a report."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from gongkai.annual_report.audit.findings import Finding, Severity
from gongkai.annual_report.reading import Report
from gongkai.law.agency_levels import RULE_MAKERS as RULE_MAKERS
from gongkai.law.agency_levels import AgencyLevel as AgencyLevel
from gongkai.law.texts import Text


@dataclass(frozen=True, slots=True)
class Case:
    """What a rule looks at: the report and what is known of its agency from elsewhere."""

    report: Report
    agency_level: AgencyLevel | None = None


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
