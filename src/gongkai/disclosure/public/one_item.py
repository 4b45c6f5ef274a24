"""One item as its page shows it: its files, what explains it or what it explains, how often it was looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import OuterRef, QuerySet, Subquery, Sum

from gongkai.agencies.models import Agency
from gongkai.config.prepared import ASKED, Prepared, Told
from gongkai.disclosure.columns.selectors import Node, tree
from gongkai.disclosure.errors import ItemNotFound
from gongkai.disclosure.models import Attachment, ContentClass, Item, NormativeDocument, Revision, VisitCount
from gongkai.disclosure.public.versions import Version, version_columns, version_told
from gongkai.disclosure.visibility import is_public, once_public, public_items
from gongkai.documents.models import Document

MOST_RELATED = 30
#: What a database key can be; an address can say any number.
LARGEST_KEY = 2**63 - 1


@dataclass(frozen=True)
class Shown:
    """An item that is or was public. `visits` are counted a little later than they happen."""

    item: Item
    visits: int
    #: Of what the public sees, at this moment.
    version: Version
    #: The columns from the block down to its own.
    way: Sequence[Node]
    attachments: Sequence[Attachment] = ()
    related: Sequence[Item] = ()

    @property
    def withdrawn(self) -> bool:
        """Off the site, for good or while it is looked into (紧急下线): nothing of it is shown but that."""
        return not is_public(self.item)

    @property
    def revision(self) -> Revision:
        """What the public reads of it."""
        assert self.item.current is not None  # a constraint of the database
        return self.item.current

    @property
    def column(self) -> Node:
        """Where it stands."""
        return self.way[-1]

    @property
    def explains(self) -> bool:
        """Whether it explains policies, rather than being explained."""
        return self.column.content_class == ContentClass.INTERPRETATION


_ITEM, _AGENCY, _REVISION = Told(Item), Told(Agency, "agency__"), Told(Revision, "current__")
_REGISTERED = Told(NormativeDocument, "document__")


def _item_asked() -> QuerySet[Item, tuple[object, ...]]:
    visits = VisitCount.objects.filter(item=OuterRef("pk")).order_by().values("item").annotate(all=Sum("count"))
    rows = once_public().filter(pk=ASKED).annotate(visits_ever=Subquery(visits.values("all")), **version_columns())
    columns = (*_ITEM.columns, *_AGENCY.columns, *_REVISION.columns, *_REGISTERED.columns)
    return rows.values_list(*columns, "visits_ever", *version_columns())


_ITEM_QUERY = Prepared(_item_asked)


def item_for_public(item_id: int) -> Shown:
    """An item; of a withdrawn one nothing but that it was there. Raises ItemNotFound."""
    found = _ITEM_QUERY.row(item_id) if item_id <= LARGEST_KEY else None
    if found is None:
        raise ItemNotFound
    values = iter(found)
    item, agency, current, document = (part.of(values) for part in (_ITEM, _AGENCY, _REVISION, _REGISTERED))
    assert isinstance(item, Item)
    item.agency, item.current, item.document = agency, current, document
    visits, *version = values
    columns = tree()
    way = columns.path(columns.by_id[item.column_id].code) if item.column_id is not None else ()
    return Shown(item, visits or 0, version_told(version), way)


def with_surroundings(shown: Shown) -> Shown:
    """The same with its files and what belongs to it: asked only when the page is made."""
    if shown.withdrawn:
        return shown
    return replace(shown, attachments=_files_of(shown.revision), related=_related_to(shown))


_FILE, _BYTES = Told(Attachment), Told(Document, "document__")


def _files_asked() -> QuerySet[Attachment, tuple[object, ...]]:
    return Attachment.objects.filter(revision=ASKED).values_list(*_FILE.columns, *_BYTES.columns)


_FILES_QUERY = Prepared(_files_asked)


def _files_of(revision: Revision) -> list[Attachment]:
    found = []
    for row in _FILES_QUERY.rows(revision.pk):
        values = iter(row)
        attachment, document = _FILE.of(values), _BYTES.of(values)
        assert attachment is not None
        assert document is not None
        attachment.revision, attachment.document = revision, document
        found.append(attachment)
    return found


_LINE, _FORM = Told(Item, only=("title", "published_at")), Told(Revision, "current__", only=("form",))


def _related_asked(rows: QuerySet[Item]) -> QuerySet[Item, tuple[object, ...]]:
    return rows.distinct().values_list(*_LINE.columns, *_FORM.columns)[:MOST_RELATED]


_EXPLAINED_QUERY = Prepared(lambda: _related_asked(public_items().filter(interpreted_by=ASKED)))
_EXPLAINING_QUERY = Prepared(lambda: _related_asked(public_items().filter(current__interprets=ASKED)))


def _related_to(shown: Shown) -> list[Item]:
    """Of an interpretation the policies that it explains, of anything else its interpretations; as far as they are
    public."""
    rows = _EXPLAINED_QUERY.rows(shown.revision.pk) if shown.explains else _EXPLAINING_QUERY.rows(shown.item.pk)
    found = []
    for row in rows:
        values = iter(row)
        item, current = _LINE.of(values), _FORM.of(values)
        assert item is not None
        item.current = current
        found.append(item)
    return found


def attachment_for_public(item_id: int, attachment_id: int) -> Attachment:
    """A file of what stands there now. Raises ItemNotFound for any other, also for that of an older wording."""
    current = public_items().filter(pk=item_id).order_by().values("current")
    rows = Attachment.objects.filter(pk=attachment_id, revision__in=current).select_related("document", "revision")
    found = rows.first()
    if found is None:
        raise ItemNotFound
    return found
