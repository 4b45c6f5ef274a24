"""What this room has done later, or every day (see `gongkai.jobs`). Safe to run twice."""

from __future__ import annotations

from gongkai.applications.actions.recount import recount_all


def after_calendar_change() -> None:
    """The calendar changed: every open case is counted anew."""
    recount_all()
