"""The items of an agency at the desk: by where they stand, narrowed, page by page; the user first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import calendar, today
from gongkai.disclosure.models import Item, ItemState, Revision
from gongkai.disclosure.reviewing.waiting import due_day
from gongkai.disclosure.visibility import PUBLIC, is_public, items_for, revisions_for
from gongkai.law.publication import ROUNDS, RevisionState
from gongkai.law.working_days import Calendar

PAGE = 30
TABS: Mapping[str, object] = MappingProxyType(
    {
        "mine": gettext_lazy("我经办的"),
        "drafts": gettext_lazy("草稿"),
        "reviews": gettext_lazy("审核中"),
        "approved": gettext_lazy("待发布"),
        "published": gettext_lazy("已发布"),
        "suspended": gettext_lazy("已暂时下线"),
        "withdrawn": gettext_lazy("已撤下"),
    }
)
_ENDED: Mapping[str, ItemState] = MappingProxyType(
    {"published": ItemState.PUBLISHED, "suspended": ItemState.SUSPENDED, "withdrawn": ItemState.WITHDRAWN}
)
_UNDER_WAY = (RevisionState.DRAFT, *ROUNDS, RevisionState.APPROVED)
_STATES: Mapping[str, tuple[RevisionState, ...]] = MappingProxyType(
    {
        "mine": _UNDER_WAY,
        "drafts": (RevisionState.DRAFT,),
        "reviews": tuple(ROUNDS),
        "approved": (RevisionState.APPROVED,),
    }
)


@dataclass(frozen=True, slots=True)
class Row:
    """An item in a list. ``due``: the last day to publish what waits for it."""

    item_id: int
    title: str
    column: str
    number: str
    state: str
    who: str
    when: date | datetime | None
    due: date | None = None

    @property
    def late(self) -> bool:
        return self.due is not None and self.due < today()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is narrowed to; `before`: the key after which it goes on."""

    tab: str = "mine"
    column: int | None = None
    year: int | None = None
    q: str = ""
    before: int | None = None


def listed(person: Person, agency: Agency, wanted: Wanted) -> tuple[list[Row], int | None]:
    """A page of the list and the key where the next begins, None at the end."""
    return (_under_way if wanted.tab in _STATES else _public)(person, agency, wanted)


def _under_way(person: Person, agency: Agency, wanted: Wanted) -> tuple[list[Row], int | None]:
    # Asked for first: they are few among all the wordings, and the database would rather begin with the items.
    here = Revision.objects.filter(state__in=_STATES[wanted.tab]).values("pk")
    found = revisions_for(person).filter(item__agency=agency, pk__in=here).defer("body")
    if wanted.tab == "mine":
        own = Q(made_by=person) | Q(pk__in=Revision.writers.through.objects.filter(person=person).values("revision"))
        found = found.filter(own)
    found = _narrowed(found, wanted, "made_at")
    if wanted.before is not None:
        found = found.filter(pk__lt=wanted.before)
    page = list(found.select_related("made_by").order_by("-pk")[: PAGE + 1])
    days = calendar()
    return [_row_of(revision, days) for revision in page[:PAGE]], page[PAGE - 1].pk if len(page) > PAGE else None


def _row_of(revision: Revision, days: Calendar) -> Row:
    state = RevisionState(revision.state).label.zh
    name = state if revision.purpose == "publish" else f"{revision.get_purpose_display()}：{state}"
    column = revision.column.name if revision.column else ""
    return Row(
        revision.item_id, revision.title, column, revision.document_number, name, revision.made_by.display_name,
        revision.changed_at, due_day(revision, days),
    )  # fmt: skip


def _public(person: Person, agency: Agency, wanted: Wanted) -> tuple[list[Row], int | None]:
    there = items_for(person).filter(agency=agency, state=_ENDED[wanted.tab])
    found: QuerySet[Item] = _narrowed(there, wanted, "published_at")
    if last := _last(found, wanted.before):
        found = found.filter(Q(published_at__lt=last) | Q(published_at=last, pk__lt=wanted.before))
    page = list(found.order_by("-published_at", "-pk")[: PAGE + 1])
    rows = [
        Row(
            item.pk, item.title, item.column.name if item.column else "", item.index_number or "",
            item.get_state_display(), "", item.published_at,
        )
        for item in page[:PAGE]
    ]  # fmt: skip
    return rows, page[PAGE - 1].pk if len(page) > PAGE else None


def _last(found: QuerySet[Item], before: int | None) -> datetime | None:
    if before is None:
        return None
    return Item.objects.filter(pk=before).values_list("published_at", flat=True).first()


def _narrowed(found: QuerySet, wanted: Wanted, day: str) -> QuerySet:  # type: ignore[type-arg]
    if wanted.column is not None:
        found = found.filter(column=wanted.column)
    if wanted.year is not None:
        begin, end = (datetime(year, 1, 1).astimezone() for year in (wanted.year, wanted.year + 1))
        found = found.filter(**{f"{day}__gte": begin, f"{day}__lt": end})
    for word in wanted.q.split()[:5]:
        said = Q(title__icontains=word) | Q(document_number__icontains=word)
        if found.model is Item:
            said |= Q(index_number__icontains=word)
        found = found.filter(said)
    return found


def explainable(agency: Agency, asked: Iterable[int], chosen: Iterable[int] = ()) -> list[Item]:
    """Those of the items asked for that an agency's interpretation can name: what is public, what is its own, and what
    was `chosen` before. Of others not even the title is told."""
    may = PUBLIC | Q(agency=agency)
    return list(Item.objects.filter(Q(pk__in=list(chosen)) | (Q(pk__in=list(asked)) & may)).select_related("agency"))


def policies_found(person: Person, agency: Agency, q: str, *, most: int = 20) -> list[Item]:
    """Policy items that an interpretation can explain: public ones of any agency, one's own unpublished ones too."""
    words = q.split()[:5]
    if not words:
        return []
    public = PUBLIC & ~Q(current__document_class="")
    own = Q(agency=agency, state=ItemState.UNPUBLISHED, pk__in=_own_policies(person, agency, words))
    match = Q()
    for word in words:
        match &= Q(title__icontains=word) | Q(document_number__icontains=word)
    rows = Item.objects.filter((public & match) | own).select_related("agency").order_by("-published_at", "-pk")
    return list(rows[:most])


def _own_policies(person: Person, agency: Agency, words: Iterable[str]) -> list[int]:
    rows = revisions_for(person).filter(item__agency=agency, state__in=_UNDER_WAY).exclude(document_class="")
    for word in words:
        rows = rows.filter(Q(title__icontains=word) | Q(document_number__icontains=word))
    return list(rows.values_list("item", flat=True)[:20])


def policy_label(item: Item) -> str:
    """How a policy is offered to be chosen: an unpublished one by what its newest revision says."""
    title, number = item.title, item.document_number
    if not title:
        newest = item.revisions.order_by("-number").values_list("title", "document_number").first()
        title, number = newest or ("", "")
    shown = f"{title}（{number}）" if number else title
    return shown if is_public(item) else _("%(title)s【未发布】") % {"title": shown}
