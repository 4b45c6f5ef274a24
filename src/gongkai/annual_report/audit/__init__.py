"""Auditing anyone's annual report by the rules of the national form."""

from __future__ import annotations

# Importing a family registers its rules.
from gongkai.annual_report.audit import figures, headings, prose, tables
from gongkai.annual_report.audit.findings import Finding, Severity
from gongkai.annual_report.audit.registry import RULES, AgencyLevel, Case, Rule, run
from gongkai.annual_report.reading import Report

__all__ = ["FAMILIES", "RULES", "AgencyLevel", "Finding", "Rule", "Severity", "audit"]

FAMILIES = (tables, figures, headings, prose)


def audit(report: Report, *, agency_level: AgencyLevel | None = None) -> tuple[Finding, ...]:
    """All findings on ``report``, errors first. Without ``agency_level`` no rule that needs it speaks."""
    return run(Case(report, agency_level))
