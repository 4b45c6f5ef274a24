"""What the daily digest says of publications that wait for a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from gongkai.agencies.models import Person
from gongkai.agencies.selectors import roles_held
from gongkai.disclosure.models import Item, ItemState
from gongkai.disclosure.suspensions import to_decide_by
from gongkai.law.publication import WRITERS
from gongkai.law.texts import Text
from gongkai.notifications.digest import DigestLine, register_digest

#: Of what was taken down so much is told; the list at the desk has the rest.
MOST = 20


@register_digest
def reviews_due(person: Person, day: date) -> Sequence[DigestLine]:
    """The revisions whose turn is this person's, each with the last day to publish it."""
    from gongkai.disclosure.reviewing.waiting import (
        waiting_for,  # the pages' code, which a command need not load to start
    )

    waiting = [
        _line(one.revision.title or "（无标题）", one.state.label, one.due_on) for one in waiting_for(person, day)
    ]
    return [*waiting, *_suspended(person)]


def _suspended(person: Person) -> Iterator[DigestLine]:
    """What was taken off the site at once at the agencies where the person writes: by its number, as it was told."""
    writing = [agency for agency, roles in roles_held(person).items() if WRITERS & roles]
    rows = Item.objects.filter(agency__in=writing, state=ItemState.SUSPENDED).order_by("suspended_at", "pk")
    for number, since in rows.values_list("index_number", "suspended_at")[:MOST]:
        text = Text(
            f"索引号{number}：已紧急下线，应决定撤下或者恢复", f"{number}: taken down at once, to be decided on"
        )
        yield DigestLine(text, to_decide_by(since) if since else None)


def _line(title: str, state: Text, due_on: date | None) -> DigestLine:
    return DigestLine(Text(f"主动公开“{title}”：{state.zh}", f"Publication “{title}”: {state.en}"), due_on)
