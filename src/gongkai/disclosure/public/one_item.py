"""One item as its page shows it: its files, what explains it or what it explains, how often it was looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery, Sum

from gongkai.disclosure.errors import ItemNotFound
from gongkai.disclosure.models import Attachment, Column, ContentClass, Item, ItemState, Revision, VisitCount
from gongkai.disclosure.public.versions import with_version
from gongkai.disclosure.visibility import once_public, public_items

MOST_RELATED = 30
#: What a page does not say of the columns above its own: to ask for less is what makes it quick.
_ABOVE_SAYS = frozenset({"id", "code", "name", "parent"})
_OF_ABOVE = tuple(
    f"column__{above}__{field.name}"
    for above in ("parent", "parent__parent")
    for field in Column._meta.concrete_fields
    if field.name not in _ABOVE_SAYS
)


@dataclass(frozen=True)
class Shown:
    """An item that is or was public. `visits` are counted a little later than they happen."""

    item: Item
    visits: int
    #: The columns from the block down to its own.
    way: Sequence[Column]
    attachments: Sequence[Attachment] = ()
    related: Sequence[Item] = ()

    @property
    def withdrawn(self) -> bool:
        return self.item.state == ItemState.WITHDRAWN

    @property
    def revision(self) -> Revision:
        """What the public reads of it."""
        assert self.item.current is not None  # a constraint of the database
        return self.item.current

    @property
    def explains(self) -> bool:
        """Whether it explains policies, rather than being explained."""
        return explains(self.item)


def explains(item: Item) -> bool:
    return item.column is not None and item.column.content_class == ContentClass.INTERPRETATION


def item_for_public(item_id: int) -> Shown:
    """An item; of a withdrawn one nothing but that it was there. Raises ItemNotFound."""
    visits = VisitCount.objects.filter(item=OuterRef("pk")).order_by().values("item").annotate(all=Sum("count"))
    rows = with_version(once_public().annotate(visits_ever=Subquery(visits.values("all"))))
    # A way is three columns at most (SIT-15 [M]).
    rows = rows.select_related("agency", "column__parent__parent", "current", "document").defer(*_OF_ABOVE)
    try:
        item = rows.get(pk=item_id)
    except Item.DoesNotExist:
        raise ItemNotFound from None
    return Shown(item, getattr(item, "visits_ever", None) or 0, _way(item.column))


def with_surroundings(shown: Shown) -> Shown:
    """The same with its files and what belongs to it: asked only when the page is made."""
    if shown.withdrawn:
        return shown
    files = list(Attachment.objects.filter(revision=shown.revision).select_related("document"))
    return Shown(shown.item, shown.visits, shown.way, files, related_to(shown.item))


def related_to(item: Item) -> list[Item]:
    """Of an interpretation the policies that it explains, of anything else its interpretations; as far as they are
    public."""
    rows = public_items()
    rows = rows.filter(interpreted_by=item.current_id) if explains(item) else rows.filter(current__interprets=item.pk)
    said = rows.select_related("current").only("title", "published_at", "current__form")
    return list(said.distinct()[:MOST_RELATED])


def attachment_for_public(item_id: int, attachment_id: int) -> Attachment:
    """A file of what stands there now. Raises ItemNotFound for any other, also for that of an older wording."""
    current = public_items().filter(pk=item_id).order_by().values("current")
    rows = Attachment.objects.filter(pk=attachment_id, revision__in=current).select_related("document", "revision")
    found = rows.first()
    if found is None:
        raise ItemNotFound
    return found


def _way(column: Column | None) -> tuple[Column, ...]:
    way: list[Column] = []
    while column is not None:
        way.insert(0, column)
        column = column.parent
    return tuple(way)
