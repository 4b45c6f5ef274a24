"""转入: items of an earlier site become items here, public at once, or drafts where the scan holds something back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.models import Person
from gongkai.agencies.selectors import roles_of
from gongkai.disclosure.acting import Begun, begin_all
from gongkai.disclosure.actions.change_documents import change_documents
from gongkai.disclosure.actions.publish_revision import show
from gongkai.disclosure.content import digest_of_new
from gongkai.disclosure.importing.preparing import Ready
from gongkai.disclosure.index_numbers import allot
from gongkai.disclosure.models import Attachment, Column, Item, ItemState, OldAddress, Revision
from gongkai.disclosure.publicly import changed
from gongkai.law.errors import LawError
from gongkai.law.procedure import Role
from gongkai.law.publication import PublicationAct
from gongkai.law.texts import Text
from gongkai.law.validity import Validity
from gongkai.ledger.actions import record

_TEXTS = (
    "title", "document_number", "issuer_name", "summary", "subject", "genre", "keywords", "source", "author",
    "document_class",
)  # fmt: skip


@dataclass
class Outcome:
    """What became of one row: the item, or why there is none; what the person should know besides."""

    ready: Ready
    item: Item | None = None
    known: bool = False
    fault: LawError | None = None
    notes: list[Text] = field(default_factory=list)


_Made: TypeAlias = tuple[Outcome, Revision]


@transaction.atomic
def take_over_items(*, actor: Person, rows: Sequence[Ready], batch: str) -> list[Outcome]:
    """Each row on its own: one that cannot be taken leaves the others alone. What was taken over before is known again
    and not made twice. `batch`: which import it is, for the ledger. Raises NotAllowed for who is no editor there."""
    for agency in {row.agency.pk: row.agency for row in rows}.values():
        if Role.EDITOR not in roles_of(actor, agency):
            raise NotAllowed(Text("转入信息由编辑岗位办理。", "Items are taken over by the editor."))
    known = known_keys(row.key for row in rows)
    outcomes, fresh = [], {}
    for row in rows:
        outcomes.append(Outcome(row, known=row.key in known or row.key in fresh))
        if not outcomes[-1].known:
            fresh[row.key] = outcomes[-1]
    _together(actor, list(fresh.values()), batch)
    public = [one.item.pk for one in outcomes if one.item is not None and one.item.current_id]
    if public:
        changed(*public)
    _write(actor, outcomes, batch)
    return outcomes


def known_keys(keys: Iterable[str]) -> frozenset[str]:
    """Which of these were taken over before; one query."""
    rows = Item.objects.filter(source_key__in=list(keys))
    return frozenset(key for key in rows.values_list("source_key", flat=True) if key)


def _together(actor: Person, outcomes: Sequence[Outcome], batch: str) -> None:
    """All at once, which is many times as quick; where one of them cannot be taken, by halves until that one is alone."""
    if not outcomes:
        return
    try:
        with transaction.atomic():
            _make(actor, outcomes, batch)
    except (LawError, IntegrityError) as error:
        for one in outcomes:
            one.item, one.notes = None, []
        if len(outcomes) == 1:
            _alone(outcomes[0], error)
            return
        middle = len(outcomes) // 2
        _together(actor, outcomes[:middle], batch)
        _together(actor, outcomes[middle:], batch)


def _alone(outcome: Outcome, error: LawError | IntegrityError) -> None:
    """Why this one cannot be taken: another import may have been quicker."""
    outcome.known = bool(known_keys([outcome.ready.key]))
    if not outcome.known:
        fault = Invalid("title", Text("与已有的信息矛盾。", "It contradicts what is there."))
        outcome.fault = error if isinstance(error, LawError) else fault


def _make(actor: Person, outcomes: Sequence[Outcome], batch: str) -> None:
    """Items, revisions, steps and addresses of these rows. Raises LawError, IntegrityError."""
    now, taken = timezone.now(), _numbers_taken(outcomes)
    columns = Column.objects.in_bulk([one.ready.column_id for one in outcomes])
    made = [(one, _revision(actor, one.ready, columns[one.ready.column_id])) for one in outcomes]
    items = [_item(one, revision, taken, now, actor) for one, revision in made]
    Item.objects.bulk_create(items)
    for (one, revision), item in zip(made, items, strict=True):
        one.item = revision.item = item
    for (held, _), some in _grouped(made).items():
        act = PublicationAct.BEGIN if held else PublicationAct.TAKE_OVER
        begin_all([Begun(revision, _facts(one, batch)) for one, revision in some], act, actor=actor)
    Attachment.objects.bulk_create(
        Attachment(revision=revision, document=document, name=name, position=place)
        for one, revision in made
        for place, (document, name) in enumerate(one.ready.files)
    )
    _show([(one, revision) for one, revision in made if not one.ready.held], now)
    for one in outcomes:
        _repeal(actor, one)
    _old_addresses(outcomes)


def _revision(actor: Person, row: Ready, column: Column) -> Revision:
    revision = Revision(item=Item(agency=row.agency), number=1, column=column, body=row.html, made_by=actor)
    for name in _TEXTS:
        setattr(revision, name, row.texts.get(name, ""))
    for name in ("made_on", "in_force_from", "last_day"):
        setattr(revision, name, row.dates.get(name))
    return revision


def _item(outcome: Outcome, revision: Revision, taken: set[str], now: datetime, actor: Person) -> Item:
    """The item as it will stand there; it is published a moment later, when its wording is written (`_show`)."""
    row, item = outcome.ready, revision.item
    item.source_key, item.original_published_on = row.key, row.dates.get("published_on")
    item.column = revision.column
    if row.held:
        return item
    _number(outcome, item, taken)
    revision.digest = digest_of_new(revision, [(name, document.digest) for document, name in row.files])
    revision.published_at = now
    show(item, revision, now, actor)
    item.state, item.current, item.published_at = ItemState.UNPUBLISHED, None, None
    return item


def _numbers_taken(outcomes: Iterable[Outcome]) -> set[str]:
    """Of the numbers that they bring along, those that are given away; one query."""
    brought = [one.ready.texts.get("index_number", "") for one in outcomes]
    rows = Item.objects.filter(index_number__in=brought).values_list("index_number", flat=True)
    return {number for number in rows if number}


def _number(outcome: Outcome, item: Item, taken: set[str]) -> None:
    """The number it bore, where it is free; else one of ours, and that is said."""
    brought = outcome.ready.texts.get("index_number", "")
    try:
        allot(item, brought=brought, taken=taken)
    except Invalid as error:
        allot(item, taken=taken)
        zh = f"原索引号“{brought}”不能沿用（{error.message.zh}），已编为 {item.index_number}。"
        outcome.notes.append(Text(zh, f"{brought!r} could not be kept; it is {item.index_number} now."))


def _grouped(made: Sequence[_Made]) -> dict[tuple[bool, int], list[_Made]]:
    groups: dict[tuple[bool, int], list[_Made]] = {}
    for one, revision in made:
        groups.setdefault((bool(one.ready.held), one.ready.agency.pk), []).append((one, revision))
    return groups


def _facts(outcome: Outcome, batch: str) -> dict[str, object]:
    row = outcome.ready
    facts: dict[str, object] = {"import": batch, "line": row.row.line, "assumed": list(row.assumed)}
    return {**facts, "held": [text.zh for text in row.held]} if row.held else facts


def _show(made: Sequence[_Made], now: datetime) -> None:
    """What is written becomes what the public reads, in one statement."""
    current = Revision.objects.filter(item=OuterRef("pk")).values("pk")[:1]
    shown = {"state": ItemState.PUBLISHED, "published_at": now, "current": Subquery(current)}
    Item.objects.filter(pk__in=[revision.item_id for _, revision in made]).update(**shown)
    for _, revision in made:
        item = revision.item
        item.state, item.published_at, item.current = ItemState.PUBLISHED, now, revision


def _repeal(actor: Person, outcome: Outcome) -> None:
    """What the earlier site marked as repealed is so here."""
    item, on = outcome.item, outcome.ready.dates.get("repealed_on")
    if on is not None and item and item.document is not None and item.document.repealed_on is None:
        change_documents(
            actor=actor, document_ids=[item.document.pk], kind=Validity.REPEALED, on=on, basis="原网站标明已废止"
        )


def _old_addresses(outcomes: Sequence[Outcome]) -> None:
    """An address leads to the item that came with it first."""
    told = [one for one in outcomes if one.ready.old]
    taken = set(OldAddress.objects.filter(path__in=[one.ready.old for one in told]).values_list("path", flat=True))
    rows = []
    for one in told:
        if one.ready.old in taken:
            one.notes.append(Text("原网址已属于另一条信息。", "Its address is another item's."))
        else:
            taken.add(one.ready.old)
            rows.append(OldAddress(path=one.ready.old, item=one.item))
    OldAddress.objects.bulk_create(rows)


def _write(actor: Person, outcomes: Sequence[Outcome], batch: str) -> None:
    """One entry of the batch in each agency's chain."""
    agencies = {one.ready.agency.pk: one.ready.agency for one in outcomes}
    for agency in agencies.values():
        mine = [one for one in outcomes if one.ready.agency.pk == agency.pk]
        public = sum(1 for one in mine if one.item is not None and one.item.current_id)
        facts = {
            "import": batch, "public": public, "drafts": sum(1 for one in mine if one.item is not None) - public,
            "known": sum(one.known for one in mine), "refused": sum(one.fault is not None for one in mine),
        }  # fmt: skip
        record(
            chain=agency.slug, act="disclosure.take_over_items", subject=f"agency:{agency.pk}", facts=facts,
            actor=actor.username,
        )  # fmt: skip
