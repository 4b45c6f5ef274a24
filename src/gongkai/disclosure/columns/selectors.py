"""The tree of columns, read once and kept in the process; counts in it; the agencies of the site by their kind.

Public pages ask here: the columns are no secret. What an editor may change is asked of `actions`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Count, Max

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import roles_held
from gongkai.disclosure.models import Column, ColumnAbsence, ColumnKind
from gongkai.disclosure.visibility import public_items
from gongkai.law.agency_levels import AgencyLevel
from gongkai.law.procedure import Role
from gongkai.law.remedies import AgencyKind
from gongkai.law.texts import Text

#: Kinds that hold items; the others have pages of their own.
WITH_ITEMS = frozenset({ColumnKind.ITEMS.value, ColumnKind.DOCUMENTS.value})


@dataclass(frozen=True, slots=True)
class Node:
    """A column in the tree. `parent`: the code of the one above, empty for a block; `depth` 1 for a block; `owner_id`:
    the agency whose own it is, None for a column of the site. `children` holds those in use only."""

    id: int
    code: str
    name: str
    description: str
    keywords: str
    page_type: str
    kind: str
    content_class: str
    link: str
    duty: str
    update_class: str
    interval_days: int | None
    due_days: int
    protected: bool
    active: bool
    owner_id: int | None
    parent: str
    depth: int
    children: tuple[Node, ...]

    @property
    def is_leaf(self) -> bool:
        """Whether items can stand in it."""
        return self.kind in WITH_ITEMS and not self.children

    def walk(self) -> Iterator[Node]:
        """Itself and everything in use below it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


class Tree:
    """Every column of the site at one moment, those put away too (an item may still stand there)."""

    def __init__(self, rows: list[Column], absent: Mapping[int, frozenset[int]]) -> None:
        below: dict[int | None, list[Column]] = defaultdict(list)
        for row in rows:
            below[row.parent_id].append(row)
        self.by_code: dict[str, Node] = {}
        self.by_id: dict[int, Node] = {}
        self.blocks = tuple(node for node in self._built(below, None, "", 1) if node.active)
        self._absent = absent
        self._of: dict[int | None, tuple[Node, ...]] = {}

    def _built(
        self, below: Mapping[int | None, list[Column]], above: int | None, parent: str, depth: int
    ) -> list[Node]:
        found = []
        for row in below.get(above, ()):
            children = self._built(below, row.pk, row.code, depth + 1)
            node = _node(row, parent, depth, tuple(child for child in children if child.active))
            self.by_code[node.code] = self.by_id[node.id] = node
            found.append(node)
        return found

    def path(self, code: str) -> tuple[Node, ...]:
        """From the block down to the column itself, for the breadcrumb. Empty for an unknown code."""
        found = []
        node = self.by_code.get(code)
        while node is not None:
            found.append(node)
            node = self.by_code.get(node.parent)
        return tuple(reversed(found))

    def of(self, agency_id: int | None) -> tuple[Node, ...]:
        """The blocks an agency shows: the site's columns and its own, without those it has nothing for and without
        groups that are left empty. None: the site's alone."""
        if agency_id not in self._of:
            self._of[agency_id] = self._shown(self.blocks, agency_id)
        return self._of[agency_id]

    def leaves(self, agency_id: int | None) -> Iterator[Node]:
        """Where the agency publishes items."""
        return (node for block in self.of(agency_id) for node in block.walk() if node.is_leaf)

    def absent(self, agency_id: int) -> frozenset[int]:
        """Which columns the agency has nothing for."""
        return self._absent.get(agency_id, frozenset())

    def _shown(self, nodes: tuple[Node, ...], agency_id: int | None) -> tuple[Node, ...]:
        found = []
        away = self._absent.get(agency_id, frozenset()) if agency_id is not None else frozenset()
        for node in nodes:
            if node.id in away or node.owner_id not in (None, agency_id):
                continue
            children = self._shown(node.children, agency_id)
            if children or not node.children:
                found.append(_with_children(node, children))
        return tuple(found)


def _node(row: Column, parent: str, depth: int, children: tuple[Node, ...]) -> Node:
    return Node(
        row.pk, row.code, row.name, row.description, row.keywords, row.page_type, row.kind, row.content_class, row.link,
        row.duty, row.update_class, row.interval_days, row.due_days, row.protected, row.active, row.owner_id, parent,
        depth, children,
    )  # fmt: skip


def _with_children(node: Node, children: tuple[Node, ...]) -> Node:
    if children == node.children:
        return node
    values = {name: getattr(node, name) for name in Node.__slots__}
    return Node(**{**values, "children": children})


_trees: dict[object, Tree] = {}

#: What tells that a column or an absence was added, changed or taken away; one short query instead of the whole tree.
_VERSION = """
SELECT COUNT(*), MAX(id), CAST(MAX(changed_at) AS varchar(40)) FROM disclosure_column
UNION ALL SELECT COUNT(*), MAX(id), CAST(MAX(made_at) AS varchar(40)) FROM disclosure_columnabsence
"""


def tree() -> Tree:
    """The columns as they are now: one query, and the tree of the process unless something has changed."""
    with connection.cursor() as cursor:
        cursor.execute(_VERSION)
        version = tuple(cursor.fetchall())
    found = _trees.get(version)
    if found is None:
        absent: dict[int, set[int]] = defaultdict(set)
        for agency, column in ColumnAbsence.objects.values_list("agency_id", "column_id"):
            absent[agency].add(column)
        found = Tree(list(Column.objects.all()), {agency: frozenset(rows) for agency, rows in absent.items()})
        _trees.clear()
        _trees[version] = found
    return found


def forget_tree() -> None:
    """Drop the tree kept in memory: for whoever wrote columns past `save()`."""
    _trees.clear()


def columns_of(agency: Agency) -> tuple[Node, ...]:
    """The blocks of an agency's 专栏, each with what is below it."""
    return tree().of(agency.pk)


@dataclass(frozen=True, slots=True)
class Standing:
    """How many public items an agency has in a column, and when the last was published or changed."""

    items: int
    published: datetime | None
    changed: datetime | None

    @property
    def updated(self) -> datetime | None:
        """The last update: the newer of the two."""
        return max((day for day in (self.published, self.changed) if day is not None), default=None)


NOTHING = Standing(0, None, None)


def standings(agency: Agency | None = None) -> dict[int, Standing]:
    """By column, for those that hold public items: one grouped query. Without an agency: of the whole site."""
    rows = public_items(agency).order_by().values_list("column_id")
    counted = rows.annotate(items=Count("id"), published=Max("published_at"), changed=Max("changed_at"))
    return {column: Standing(items, published, changed) for column, items, published, changed in counted}


# --- The agencies of the site (PLT-05) ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AgencyGroup:
    """Agencies of one kind, in tree order."""

    key: str
    name: Text
    agencies: tuple[Agency, ...]


GROUPS: Mapping[str, Text] = {
    "government": Text("本级政府", "the government"),
    "departments": Text("政府部门", "departments"),
    "districts": Text("区县", "districts and counties"),
    "towns": Text("乡镇街道", "towns and street offices"),
}
_GOVERNMENTS = frozenset({AgencyKind.GOVERNMENT.value, AgencyKind.PROVINCIAL_GOVERNMENT.value})
_BELOW = frozenset({AgencyLevel.CITY_WITH_DISTRICTS.value, AgencyLevel.COUNTY.value})


def agency_groups(agencies: Iterable[Agency] | None = None) -> tuple[AgencyGroup, ...]:
    """These agencies, or every one of the site (one query), grouped for the switcher; groups without any are left out."""
    sorted_: dict[str, list[Agency]] = {key: [] for key in GROUPS}
    for agency in Agency.objects.order_by("path") if agencies is None else agencies:
        sorted_[_group_of(agency)].append(agency)
    return tuple(AgencyGroup(key, GROUPS[key], tuple(rows)) for key, rows in sorted_.items() if rows)


def _group_of(agency: Agency) -> str:
    """By its level where that is known; else by its place in the tree and whether it is a government."""
    if agency.level == AgencyLevel.TOWN:
        return "towns"
    governs = agency.kind in _GOVERNMENTS
    if agency.depth > 1 and (agency.level in _BELOW or (governs and not agency.level)):
        return "districts"
    return "government" if agency.depth == 1 or governs else "departments"


# --- Who looks after columns --------------------------------------------------------------------------------------

MAY_ARRANGE = frozenset({Role.ADMINISTRATOR, Role.EDITOR})


def arranged_by(person: Person) -> dict[int, frozenset[Role]]:
    """The agencies whose columns this person looks after, with the roles held there."""
    return {agency: roles for agency, roles in roles_held(person).items() if roles & MAY_ARRANGE}
