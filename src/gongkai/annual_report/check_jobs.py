"""What happens later to reports given for checking (see `gongkai.jobs`). Safe to run twice."""

from __future__ import annotations

from gongkai.annual_report.actions.check_reports import work_off


def check_reports(run_id: int) -> None:
    """Files were given."""
    work_off(run_id)
