"""Arrange the columns: add, change, move, put away, take back. Required ones keep name and place (PLT-02, 61号 [C]).

The site's columns are the administrator's; an agency's own are its editor's, too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from gongkai.agencies.errors import Invalid, NotAllowed, checked
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import is_administrator, roles_of
from gongkai.disclosure.columns.selectors import MAY_ARRANGE, Node, tree
from gongkai.disclosure.columns.tree import DEEPEST, PAGE_TYPES
from gongkai.disclosure.errors import ColumnNotFound
from gongkai.disclosure.harmless import require_harmless
from gongkai.disclosure.models import Column, ColumnKind, ContentClass, ItemState, Revision, UpdateClass
from gongkai.disclosure.visibility import PUBLIC
from gongkai.law.article20 import PROACTIVE_ITEMS
from gongkai.law.publication import RevisionState
from gongkai.law.texts import Text
from gongkai.ledger.actions import hold, record
from gongkai.ledger.models import SYSTEM

#: What can be added; of the others there is one each.
ADDABLE = (ColumnKind.ITEMS, ColumnKind.DOCUMENTS, ColumnKind.FOLDER, ColumnKind.LINK)
#: The block whose columns hold what the law says must be published, and nothing else (61号 §一, PLT-04 [C]).
STATUTORY = "statutory"


@dataclass(frozen=True)
class Settings:
    """What can be said of a column besides its place."""

    name: str
    description: str
    keywords: str
    page_type: str
    update_class: str
    interval_days: int | None = None
    due_days: int = 20
    duty: str = ""
    content_class: str = ContentClass.GENERAL
    link: str = ""


@transaction.atomic
def add_column(
    *,
    actor: Person,
    code: str,
    parent_id: int | None,
    kind: ColumnKind,
    settings: Settings,
    owner: Agency | None = None,
) -> Column:
    """A new column, the last under `parent_id`. `owner`: the agency whose own it is, None for the whole site."""
    _require(actor, owner)
    hold(SYSTEM)
    parent = _parent(parent_id, owner)
    if kind not in ADDABLE:
        raise Invalid("kind", Text("这种栏目每个网站只有一个。", "There is one of that kind on a site."))
    depth = parent.depth + 1 if parent else 1
    if depth > DEEPEST:
        raise Invalid("parent", _too_deep())
    place = Column.objects.filter(parent_id=parent_id).count()
    row = Column(code=code.strip(), parent_id=parent_id, owner=owner, kind=kind, position=place)
    _apply(row, settings, parent)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise Invalid("code", Text("栏目代码已被使用。", "That code is taken.")) from error
    _write(actor, row, "add_column", {"name": row.name, "parent": parent.code if parent else ""})
    return row


@transaction.atomic
def edit_column(*, actor: Person, column_id: int, settings: Settings) -> Column:
    """What is said of it; the name of a required one stays."""
    row = _column(actor, column_id)
    if row.protected and settings.name.strip() != row.name:
        raise Invalid("name", Text("必设栏目的名称是统一的，不能修改。", "A required column keeps its name."))
    before = {name: getattr(row, name) for name in Settings.__dataclass_fields__}
    _apply(row, settings, tree().by_id.get(row.parent_id or 0))
    changed = {name: [before[name], getattr(row, name)] for name in before if before[name] != getattr(row, name)}
    if changed:
        row.save()
        _write(actor, row, "edit_column", {"changes": changed})
    return row


@transaction.atomic
def move_column(*, actor: Person, column_id: int, parent_id: int | None, place: int) -> Column:
    """Under another column, or to another place among its neighbours (0 is the first)."""
    row = _column(actor, column_id)
    if row.protected:
        raise Invalid("column", Text("必设栏目的位置是统一的，不能移动。", "A required column keeps its place."))
    node, parent = tree().by_id[row.pk], _parent(parent_id, row.owner)
    if parent is not None and parent_id in {below.id for below in _everything_below(node)}:
        raise Invalid("parent", Text("栏目不能移到自己的下级。", "A column is not moved below itself."))
    deepest = max(below.depth for below in _everything_below(node)) - node.depth
    if (parent.depth if parent else 0) + 1 + deepest > DEEPEST:
        raise Invalid("parent", _too_deep())
    if _statutory(parent):
        for below in _everything_below(node):
            _check_statutory(below.kind, below.duty, below.update_class)
    beside = list(Column.objects.filter(parent_id=parent_id).exclude(pk=row.pk))
    place = min(max(place, 0), len(beside))
    row.parent_id = parent_id
    for number, each in enumerate([*beside[:place], row, *beside[place:]]):
        each.position = number
        each.save(update_fields=["position", "parent", "changed_at"])
    _write(actor, row, "move_column", {"parent": parent.code if parent else "", "place": place})
    return row


@transaction.atomic
def put_away_column(*, actor: Person, column_id: int) -> Column:
    """No longer in use. Refused while anything stands in it or below it."""
    row = _column(actor, column_id)
    if row.protected:
        raise Invalid("column", Text("必设栏目不能停用。", "A required column stays in use."))
    children = row.children.filter(active=True).count()
    if children:
        message = Text(f"还有{children}个下级栏目，请先移走或者停用。", f"There are {children} columns below it still.")
        raise Invalid("column", message)
    public = row.items.filter(PUBLIC | Q(state=ItemState.SUSPENDED)).count()
    if public:
        message = Text(
            f"还有{public}条公开信息，请先移到其他栏目或者撤下。", f"{public} public items stand in it still."
        )
        raise Invalid("column", message)
    ended = [RevisionState.PUBLISHED, RevisionState.ABANDONED]
    under_way = Revision.objects.filter(column=row).exclude(state__in=ended).count()
    if under_way:
        message = Text(
            f"还有{under_way}条信息正在办理，请先改到其他栏目。", f"{under_way} items are on their way into it."
        )
        raise Invalid("column", message)
    if row.active:
        row.active = False
        row.save(update_fields=["active", "changed_at"])
        _write(actor, row, "put_away_column", {"name": row.name})
    return row


@transaction.atomic
def restore_column(*, actor: Person, column_id: int) -> Column:
    """In use again."""
    row = _column(actor, column_id)
    if row.parent is not None and not row.parent.active:
        raise Invalid("column", Text("请先恢复上级栏目。", "Take the one above it back first."))
    if not row.active:
        row.active = True
        row.save(update_fields=["active", "changed_at"])
        _write(actor, row, "restore_column", {"name": row.name})
    return row


# --- what they ask -------------------------------------------------------------------------------------------------


def _require(actor: Person, owner: Agency | None) -> None:
    if is_administrator(actor) or (owner is not None and roles_of(actor, owner) & MAY_ARRANGE):
        return
    raise NotAllowed(Text("全站栏目由系统管理员设置。", "The columns of the site are for the administrator."))


def _column(actor: Person, column_id: int) -> Column:
    """The column, nobody else arranging at the same time."""
    found = Column.objects.select_related("owner", "parent").filter(pk=column_id).first()
    if found is None:
        raise ColumnNotFound
    _require(actor, found.owner)
    hold(SYSTEM)
    found.refresh_from_db()
    return found


def _parent(parent_id: int | None, owner: Agency | None) -> Node | None:
    """What is to be above it: a folder in use, of the site or of the same agency."""
    if parent_id is None:
        return None
    found = tree().by_id.get(parent_id)
    if found is None or not found.active or found.kind != ColumnKind.FOLDER:
        raise Invalid("parent", Text("上级栏目应是在用的“上级栏目”类。", "The one above must be a folder in use."))
    if found.owner_id is not None and found.owner_id != (owner.pk if owner else None):
        raise Invalid("parent", Text("上级栏目属于其他机关。", "The one above is another agency's."))
    return found


def _apply(row: Column, settings: Settings, parent: Node | None) -> None:
    for name in Settings.__dataclass_fields__:
        value: Any = getattr(settings, name)
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    if row.page_type not in PAGE_TYPES:
        raise Invalid("page_type", Text("栏目类别应从固定的类别中选择。", "Choose one of the fixed types."))
    if row.duty and row.duty not in PROACTIVE_ITEMS:
        raise Invalid("duty", Text("没有这个公开事项。", "There is no such duty."))
    if _statutory(parent):
        _check_statutory(row.kind, row.duty, row.update_class)
    if row.kind != ColumnKind.LINK:
        row.link = ""
    elif not row.link:
        raise Invalid("link", Text("请填写链接地址。", "Give the address it leads to."))
    require_harmless(name=row.name, description=row.description, keywords=row.keywords)
    checked(row)


def _check_statutory(kind: str, duty: str, update_class: str) -> None:
    if kind != ColumnKind.FOLDER and not duty:
        message = Text("法定主动公开内容的栏目，应选择对应的公开事项。", "Say which duty its items fulfil.")
        raise Invalid("duty", message)
    if update_class == UpdateClass.NEWS:
        message = Text(
            "动态要闻不放在法定主动公开内容中。", "News has no place among what the law says must be published."
        )
        raise Invalid("update_class", message)


def _statutory(parent: Node | None) -> bool:
    return parent is not None and tree().path(parent.code)[0].code == STATUTORY


def _everything_below(node: Node) -> Iterable[Node]:
    """Itself and all below it, those put away too."""
    found = [node]
    for each in found:
        found += [below for below in tree().by_id.values() if below.parent == each.code]
    return found


def _too_deep() -> Text:
    return Text(f"栏目不超过{DEEPEST}级。", f"No more than {DEEPEST} levels of columns.")


def _write(actor: Person, row: Column, act: str, facts: dict[str, Any]) -> None:
    chain = row.owner.slug if row.owner else SYSTEM
    told = {"code": row.code, **facts}
    record(chain=chain, act=f"disclosure.{act}", subject=f"column:{row.pk}", facts=told, actor=actor.username)
