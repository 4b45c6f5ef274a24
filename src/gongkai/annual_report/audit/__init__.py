"""Auditing anyone's annual report by the rules of the national form.

P-12 of the catalogue is the one rule that is no check: 行政事业性收费 (table 2) and 信息处理费 (part six) are different
fees and are never compared.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

# Importing a family registers its rules.
from gongkai.annual_report.audit import (
    arithmetic,
    citations,
    figures,
    headings,
    identity,
    outcomes,
    prose,
    remarks,
    substance,
    tables,
    wording,
    years,
)
from gongkai.annual_report.audit.findings import Finding, Severity
from gongkai.annual_report.audit.previous import Previous
from gongkai.annual_report.audit.registry import RULES, AgencyLevel, Case, Rule, run
from gongkai.annual_report.reading import Report
from gongkai.law.report_form import Tables

__all__ = ["FAMILIES", "RULES", "AgencyLevel", "Finding", "Previous", "Rule", "Severity", "audit"]

FAMILIES = (
    tables,
    years,
    figures,
    outcomes,
    arithmetic,
    headings,
    prose,
    remarks,
    identity,
    citations,
    substance,
    wording,
)


def audit(
    report: Report,
    *,
    agency_level: AgencyLevel | None = None,
    previous: Report | Previous | None = None,
    members: Mapping[str, Tables | None] | None = None,
    own: bool = False,
    published_on: dt.date | None = None,
) -> tuple[Finding, ...]:
    """All findings on ``report``, errors first. What is not known (None) is not asked after: see `registry.Case`."""
    before = Previous.of(previous) if isinstance(previous, Report) else previous
    return run(Case(report, agency_level, before, members, own, published_on))
