"""What the reviews have done later, or every minute (see `gongkai.jobs`). Safe to run twice."""

from __future__ import annotations

from gongkai.disclosure.actions.release_due import release_due
from gongkai.disclosure.reviewing.scanning import carry_out


def scan(scan_id: int) -> None:
    """A content was submitted, or is to be scanned by newer rules."""
    carry_out(scan_id)


def release() -> None:
    """The hour of what was approved and scheduled has come."""
    release_due()
