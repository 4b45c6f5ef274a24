"""How long a column may stay as it is (国办秘函〔2019〕19号 V3, V4 [C]; the days themselves are an office's to set [M])."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from gongkai.agencies.models import Agency
from gongkai.agencies.selectors import day_of
from gongkai.disclosure.columns.selectors import NOTHING, Node, Standing, tree
from gongkai.disclosure.models import UpdateClass
from gongkai.law.agency_levels import RULE_MAKERS
from gongkai.law.texts import Text

#: What the inspection itself counts by: two weeks for news, six months for notices and policy documents [C].
CLASS_DAYS: Mapping[str, int] = {UpdateClass.NEWS.value: 14, UpdateClass.POLICY.value: 180}
#: Said so many days before the day on which it becomes a fault.
SOON = 14
RULES = "rules"


class State(StrEnum):
    """How it stands with a column of an agency."""

    FRESH = "fresh"
    SOON = "soon"
    STALE = "stale"
    EMPTY = "empty"
    FREE = "free"

    @property
    def label(self) -> Text:
        return _LABELS[self]


_LABELS = {
    State.FRESH: Text("正常", "in order"),
    State.SOON: Text("即将超期", "due soon"),
    State.STALE: Text("超期未更新", "stale"),
    State.EMPTY: Text("空白栏目", "empty"),
    State.FREE: Text("不作要求", "not judged"),
}


@dataclass(frozen=True, slots=True)
class Freshness:
    """A leaf and the day on which it becomes, or became, a fault; None where nothing is counted or nothing stands in it."""

    node: Node
    standing: Standing
    state: State
    fault_on: dt.date | None
    days_left: int | None


def interval_of(node: Node) -> int | None:
    """The longest gap: the office's own, else the inspection's for its class."""
    return node.interval_days or CLASS_DAYS.get(node.update_class)


def freshness_of(node: Node, standing: Standing, day: dt.date, *, judged: bool = True) -> Freshness:
    """How it stands on a day."""
    if not judged:
        return Freshness(node, standing, State.FREE, None, None)
    if not standing.items:
        return Freshness(node, standing, State.EMPTY, None, None)
    interval, updated = interval_of(node), standing.updated
    if node.update_class == UpdateClass.STATIC or interval is None or updated is None:
        return Freshness(node, standing, State.FREE, None, None)
    fault_on = day_of(updated) + dt.timedelta(days=interval + 1)
    left = (fault_on - day).days
    state = State.STALE if left <= 0 else State.SOON if left <= SOON else State.FRESH
    return Freshness(node, standing, state, fault_on, left)


def leaves_of(agency: Agency, standings: Mapping[int, Standing], day: dt.date) -> list[Freshness]:
    """Every leaf where the agency publishes. 规章 is not asked of who makes none."""
    makes_rules = not agency.level or agency.level in RULE_MAKERS
    return [
        freshness_of(node, standings.get(node.id, NOTHING), day, judged=node.code != RULES or makes_rules)
        for node in tree().leaves(agency.pk)
    ]
