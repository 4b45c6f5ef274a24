"""The monitor of what was taken off the site at once (紧急下线): it is to be decided on, not forgotten."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

from gongkai.agencies.models import Agency
from gongkai.disclosure.models import Item, ItemState
from gongkai.disclosure.suspensions import to_decide_by
from gongkai.law.dates import day_text
from gongkai.law.texts import Text
from gongkai.oversight.monitor import FIRST, Finding, Line, Rule

#: No rule of an inspection: the office's own order (GONGKAI_SUSPENDED_DECIDE_DAYS) [I].
DECIDED = Rule(
    "SUS-01", Text("紧急下线的信息按时作出决定", "what was taken down at once is decided on in time"), "本机关规定"
)


def suspended(agency: Agency | None, day: dt.date, window: slice = FIRST) -> Finding | None:
    """What is off the site until somebody decides: withdrawn, or put back by a correction."""
    rows = Item.objects.filter(state=ItemState.SUSPENDED).order_by("suspended_at", "pk")
    if agency is not None:
        rows = rows.filter(agency=agency)
    rows = rows.only("pk", "index_number", "suspended_at")
    oldest = rows.first()
    if oldest is None:
        return None
    first, lines = _line(oldest).on, [_line(item) for item in rows[window]]
    says = Text("已紧急下线、还没有决定撤下或者恢复的信息。", "Items taken down at once that nobody has decided on.")
    return Finding(DECIDED, first is None or first <= day, says, lines, rows.count(), first)


def _line(item: Item) -> Line:
    by = to_decide_by(item.suspended_at) if item.suspended_at else None
    says = Text("应当决定", "to be decided on")
    if by:
        last = day_text(by)
        says = Text(f"应于{last.zh}前决定", f"to be decided on by {last.en}")
    address = reverse("desk:item", args=[item.pk])
    return Line(f"索引号 {item.index_number}", address, says, by + dt.timedelta(days=1) if by else None)
