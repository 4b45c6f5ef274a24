"""检查预警: what an inspection would find fault with, now or on a day to come, told before it does.

Rules of 国办秘函〔2019〕19号 (V3, V4 [C]); the others as their docstrings and sources say. Numbers at which it warns are
settings: those of a monitor in use [C code], no rule.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Max
from django.urls import reverse

from gongkai.agencies.models import Agency
from gongkai.agencies.selectors import day_of
from gongkai.disclosure.columns.checks import missing_columns
from gongkai.disclosure.columns.freshness import Freshness, State, freshness_of, leaves_of
from gongkai.disclosure.columns.selectors import NOTHING, Tree, standings, tree
from gongkai.disclosure.models import UpdateClass
from gongkai.disclosure.visibility import public_items
from gongkai.law.dates import day_text
from gongkai.law.texts import Text

#: V3: nothing on the home page for two weeks. V4: so many columns, and the site fails [C].
HOME_DAYS, STALE_NEWS, STALE_OTHERS, EMPTY = 14, 5, 10, 5
#: So many lines of one rule stand on a page; how many there are in all is counted, and the others are turned over to.
MOST_LINES = 100
FIRST = slice(0, MOST_LINES)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its id, what it asks, where that stands. `veto`: broken, the whole site fails (单项否决)."""

    id: str
    name: Text
    source: str
    veto: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One record that the rule is, or will be, broken by. `on`: the day from which it counts as a fault, None: now."""

    name: str
    address: str
    says: Text
    on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """How it stands with one rule. `lines`: those of the page asked for, of `number` in all. `fails_on`: the day on which
    an inspection would find it broken if nothing is done; `broken`: that day has come."""

    rule: Rule
    broken: bool
    says: Text
    lines: Sequence[Line] = field(default_factory=tuple)
    number: int = 0
    fails_on: dt.date | None = None

    @property
    def more(self) -> int:
        return self.number - len(self.lines)


HOME = Rule(
    "CHK-01",
    Text("首页两周内应有更新", "the home page is updated within two weeks"),
    "国办秘函〔2019〕19号 单项否决三",
    True,
)
NEWS = Rule(
    "CHK-02",
    Text(
        "动态类两周、通知公告和政策文件类六个月不更新的栏目，不到5个", "fewer than 5 stale columns of news and policy"
    ),
    "国办秘函〔2019〕19号 单项否决四",
    True,
)
OTHERS = Rule(
    "CHK-03",
    Text("其他应更新未更新的栏目，不到10个", "fewer than 10 other stale columns"),
    "国办秘函〔2019〕19号 单项否决四",
    True,
)
BLANK = Rule("CHK-04", Text("空白栏目不到5个", "fewer than 5 empty columns"), "国办秘函〔2019〕19号 单项否决四", True)
BLOCKS = Rule("PLT-02", Text("必设栏目齐全", "all required columns are there"), "国办公开办函〔2019〕61号")


Lines = Callable[[Sequence[Freshness]], list[Line]]


def column_findings(
    agency: Agency | None, day: dt.date, window: slice = FIRST
) -> tuple[list[Finding], list[Freshness]]:
    """The rules about columns, and the columns they were asked of. Without an agency: the site as a whole, where a column
    is as fresh as its newest item of whatever agency."""
    counted, columns = standings(agency), tree()
    if agency is None:
        leaves = [freshness_of(node, counted.get(node.id, NOTHING), day) for node in columns.leaves(None)]
    else:
        leaves = leaves_of(agency, counted, day)
    news = [row for row in leaves if row.node.update_class in (UpdateClass.NEWS, UpdateClass.POLICY)]
    others = [row for row in leaves if row.node.update_class == UpdateClass.OTHER]
    empty = [row for row in leaves if row.state is State.EMPTY]
    slug = agency.slug if agency else Agency.objects.order_by("path").values_list("slug", flat=True).first() or "-"

    def lines(rows: Sequence[Freshness]) -> list[Line]:
        return [_line(row, slug, columns) for row in rows[window]]

    found = [
        _home(day),
        _stale(NEWS, news, (STALE_NEWS, settings.MONITOR_WARN_NEWS), day, lines),
        _stale(OTHERS, others, (STALE_OTHERS, settings.MONITOR_WARN_STALE), day, lines),
        _empty(empty, lines),
        _blocks(),
    ]
    return [finding for finding in found if finding is not None], leaves


def _home(day: dt.date) -> Finding | None:
    """V3: the home page shows the newest of the whole site."""
    newest = public_items().order_by().aggregate(newest=Max("published_at"))["newest"]
    if newest is None:
        says = Text("网站上还没有信息。", "There is nothing on the site yet.")
        return Finding(HOME, True, says, (), 0, day)
    since = (day - day_of(newest)).days
    fails = day_of(newest) + dt.timedelta(days=HOME_DAYS)
    if since < settings.MONITOR_WARN_HOME_DAYS:
        return None
    says = Text(f"首页最近一次更新是{since}天前。", f"The last update was {since} days ago.")
    return Finding(HOME, fails <= day, says, (), 0, fails)


def _stale(rule: Rule, leaves: list[Freshness], limits: tuple[int, int], day: dt.date, lines: Lines) -> Finding | None:
    """V4(1), (2): when, if nothing is updated, so many are stale that the site fails."""
    limit, warn = limits
    dated = sorted((row for row in leaves if row.fault_on), key=lambda row: row.fault_on or day)
    stale = [row for row in dated if row.state is State.STALE]
    soon = [row for row in dated if row.state is State.SOON]
    if not stale and not soon:
        return None
    fails = dated[limit - 1].fault_on if len(dated) >= limit else None
    broken = len(stale) >= limit
    says = Text(
        f"已超期{len(stale)}个，两周内将超期{len(soon)}个，满{limit}个即不合格。",
        f"{len(stale)} are stale and {len(soon)} will be within two weeks; {limit} are too many.",
    )
    if warn <= len(stale) < limit:
        says += Text("已接近限额。", "That is close to the limit.")
    return Finding(rule, broken, says, lines([*stale, *soon]), len(stale) + len(soon), fails)


def _empty(empty: list[Freshness], lines: Lines) -> Finding | None:
    """V4(3). What is empty is a fault at once; fewer than the warning's number are told too, quietly."""
    if not empty:
        return None
    says = Text(f"空白栏目{len(empty)}个，满{EMPTY}个即不合格。", f"{len(empty)} are empty; {EMPTY} are too many.")
    if settings.MONITOR_WARN_EMPTY <= len(empty) < EMPTY:
        says += Text("已接近限额。", "That is close to the limit.")
    return Finding(BLANK, len(empty) >= EMPTY, says, lines(empty), len(empty))


def _blocks() -> Finding | None:
    missing = missing_columns()
    if not missing:
        return None
    says = Text(f"缺失或者被改名：{'、'.join(missing)}。", f"Missing or renamed: {', '.join(missing)}.")
    return Finding(BLOCKS, True, says)


def _line(row: Freshness, slug: str, columns: Tree) -> Line:
    address = reverse("desk:column", args=[slug, row.node.id])
    name = " / ".join(node.name for node in columns.path(row.node.code))
    if row.fault_on is None or row.standing.updated is None:
        return Line(name, address, Text("没有信息", "nothing in it"))
    updated = day_text(day_of(row.standing.updated))
    return Line(name, address, Text(f"最近更新{updated.zh}", f"last updated {updated.en}"), row.fault_on)


Monitor = Callable[[Agency | None, dt.date, slice], Finding | None]


def findings(agency: Agency | None, day: dt.date) -> tuple[list[Finding], list[Freshness]]:
    """Everything, what is broken first, then by the day on which it will be."""
    found, leaves = column_findings(agency, day)
    found += [
        finding for monitor in _monitors_by_rule().values() if (finding := monitor(agency, day, FIRST)) is not None
    ]
    found.sort(key=lambda one: (not one.broken, not one.rule.veto, one.fails_on or dt.date.max, one.rule.id))
    return found, leaves


def finding_of(rule_id: str, agency: Agency | None, day: dt.date, window: slice = FIRST) -> Finding | None:
    """How it stands with one rule, and a page of its lines; None where nothing is wrong, and for no rule."""
    by_items = _monitors_by_rule()
    if rule_id in by_items:
        return by_items[rule_id](agency, day, window)
    found = column_findings(agency, day, window)[0]
    return next((one for one in found if one.rule.id == rule_id), None)


def _monitors_by_rule() -> dict[str, Monitor]:
    from gongkai.oversight import item_monitors as items
    from gongkai.oversight import late, suspended

    return {
        items.METADATA.id: items.metadata,
        items.INTERPRETED.id: items.uninterpreted,
        items.REVIEW.id: items.review_due,
        late.LATE.id: late.late,
        items.VALIDITY.id: items.validity,
        items.GUIDE.id: items.guides,
        items.LINKS.id: items.dead_links,
        suspended.DECIDED.id: suspended.suspended,
    }
