"""What happens later to reports from below (see `gongkai.jobs`). Safe to run twice."""

from __future__ import annotations

from gongkai.annual_report.actions import receive_file
from gongkai.annual_report.actions.remind_children import tell_missing


def read_file(file_id: int, said: int | None = None) -> None:
    """A file was sent in, or a person said whose it is."""
    receive_file.read_file(file_id, said)


def remind_children(parent_id: int, year: int, day: str) -> None:
    """Those who have not submitted are told."""
    tell_missing(parent_id, year, day)
