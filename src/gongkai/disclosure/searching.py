"""What of the items is searched: public ones only, in the wording that holds, with what their attachments say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from gongkai.agencies.lineage import lineages
from gongkai.agencies.selectors import day_of
from gongkai.disclosure.attachment_texts import known_texts, read_texts
from gongkai.disclosure.columns.selectors import tree
from gongkai.disclosure.models import Attachment, Item
from gongkai.disclosure.register.validity import with_validity
from gongkai.disclosure.rich_text import plain_text
from gongkai.disclosure.visibility import public_items
from gongkai.law.texts import Text
from gongkai.law.validity import Validity
from gongkai.search import jobs
from gongkai.search.entries import Entry
from gongkai.search.folding import fold
from gongkai.search.house import PORTION
from gongkai.search.sources import Shown

KIND = "item"
#: Without an index titles are looked through, of the newest so many.
BOUND = 5_000
_Trees = tuple[Mapping[int, tuple[str, ...]], Mapping[int, tuple[str, ...]]]


def index_items(item_ids: Iterable[int]) -> None:
    """Bring the index in line with these items, whatever became of them. Safe to run twice.

    Files are read before: it takes long, and nobody else can write to the index meanwhile otherwise."""
    numbers = list(item_ids)
    read_texts(_documents(public_items().filter(pk__in=numbers)))
    jobs.update(*[f"{KIND}:{number}" for number in numbers])


class ItemSource:
    """政府信息."""

    kind = KIND
    label = Text("政府信息", "information")

    def count(self) -> int:
        return public_items().count()

    def entries(self) -> Iterator[Entry]:
        last, trees = 0, _trees()
        while rows := list(_whole(public_items().filter(pk__gt=last)).order_by("pk")[:PORTION]):
            yield from _entries(rows, trees)
            last = rows[-1].pk

    def entries_of(self, numbers: Sequence[int]) -> Iterable[Entry]:
        return _entries(list(_whole(public_items().filter(pk__in=numbers))), _trees())

    def stamps(self) -> Iterator[tuple[int, str]]:
        trees, rows = _trees(), with_validity(public_items(), through="document__")
        wanted = rows.order_by("pk").values_list("pk", "current_id", "agency_id", "column_id", "validity")
        for key, revision, agency, column, validity in wanted.iterator():
            yield key, _stamp(revision, agency, column, validity, trees)

    def shown(self, numbers: Sequence[int]) -> Mapping[int, Shown]:
        rows = public_items().filter(pk__in=numbers).select_related("agency")
        return {row.pk: _shown(row) for row in with_validity(rows, through="document__").order_by()}


def titles_with(words: Sequence[str], agency: str = "", limit: int = 20) -> list[Shown]:
    """Where there is no index: of the newest items those whose title or number has all the words. One query."""
    rows = public_items().select_related("agency")
    rows = rows.filter(agency__slug=agency) if agency else rows
    found = []
    for row in with_validity(rows, through="document__")[:BOUND].iterator():
        text = f"{fold(row.title)}\n{fold(row.document_number)}"
        if words and all(word in text for word in words):
            found.append(_shown(row))
            if len(found) == limit:
                break
    return found


def _shown(row: Any) -> Shown:
    validity = Validity(row.validity) if row.validity else None
    return Shown(
        title=row.title,
        address=reverse("portal:item", args=[row.pk]),
        wording=f"{row.current_id}.",
        agency=row.agency.name,
        number=row.document_number,
        day=day_of(row.published_at),
        validity=validity,
    )


def _whole(rows: QuerySet[Item]) -> QuerySet[Item]:
    files = Prefetch("current__attachments", queryset=Attachment.objects.select_related("document"))
    return with_validity(rows.select_related("current"), through="document__").prefetch_related(files)


def _documents(rows: QuerySet[Item]) -> list[Any]:
    return [attachment.document for row in _whole(rows) for attachment in _files(row)]


def _files(row: Any) -> Iterable[Attachment]:
    found: Iterable[Attachment] = row.current.attachments.all()
    return found


def _entries(rows: list[Any], trees: _Trees) -> Iterator[Entry]:
    documents = [attachment.document for row in rows for attachment in _files(row)]
    read_texts(documents)
    texts = known_texts(documents)
    for row in rows:
        yield _entry(row, trees, texts)


def _entry(row: Any, trees: _Trees, texts: Mapping[str, str]) -> Entry:
    current, validity = row.current, Validity(row.validity) if row.validity else None
    said = (plain_text(current.body), row.summary, current.keywords, row.issuer_name, *map(str, current.joint_issuers))
    return Entry(
        key=f"{KIND}:{row.pk}",
        title=row.title,
        number=row.document_number,
        also=row.index_number or "",
        body="\n".join(part for part in said if part),
        attachments=[f"{file.name}\n{texts.get(file.document.digest, '')}" for file in _files(row)],
        agencies=trees[0].get(row.agency_id, ()),
        columns=trees[1].get(row.column_id, ()),
        year=day_of(row.published_at).year,
        subject=row.subject,
        validity=row.validity,
        published=row.published_at,
        holds=validity is None or validity.holds or validity is Validity.NOT_YET,
        stamp=_stamp(row.current_id, row.agency_id, row.column_id, row.validity, trees),
    )


def _stamp(revision: int, agency: int, column: int, validity: str, trees: _Trees) -> str:
    """The wording first (see `Shown`), then what midnight, a moved column or a moved agency changes."""
    places = "/".join((*trees[0].get(agency, ()), "", *trees[1].get(column, ())))
    return f"{revision}.{validity}.{places}"


def _trees() -> _Trees:
    columns = tree()
    paths = {node.id: tuple(each.code for each in columns.path(code)) for code, node in columns.by_code.items()}
    return lineages(), paths
