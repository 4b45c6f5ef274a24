"""What the privacy scan has done later (see `gongkai.jobs`). Safe to run twice."""

from __future__ import annotations

from gongkai.documents.privacy import actions


def check(check_id: int) -> None:
    """Somebody sent a file to be looked through."""
    actions.carry_out(check_id)
