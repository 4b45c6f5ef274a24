"""What the daily digest says of publications that wait for a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gongkai.agencies.models import Person
from gongkai.law.texts import Text
from gongkai.notifications.digest import DigestLine, register_digest


@register_digest
def reviews_due(person: Person, day: date) -> Sequence[DigestLine]:
    """The revisions whose turn is this person's, each with the last day to publish it."""
    from gongkai.disclosure.reviewing.waiting import (
        waiting_for,  # the pages' code, which a command need not load to start
    )

    return [_line(one.revision.title or "（无标题）", one.state.label, one.due_on) for one in waiting_for(person, day)]


def _line(title: str, state: Text, due_on: date | None) -> DigestLine:
    return DigestLine(Text(f"主动公开“{title}”：{state.zh}", f"Publication “{title}”: {state.en}"), due_on)
