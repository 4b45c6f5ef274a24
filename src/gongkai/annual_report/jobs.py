"""What this room has done later, or every day (see `gongkai.jobs`). Safe to run twice."""

from __future__ import annotations

from gongkai.annual_report import reminders


def remind() -> None:
    """Every morning: dates of annual reports that come near."""
    reminders.remind()
