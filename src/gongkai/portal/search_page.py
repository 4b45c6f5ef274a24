"""What the search page says: what was asked, what was found that anybody may read now, and what else it could have been."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.safestring import SafeString, mark_safe

from gongkai.agencies.models import Agency
from gongkai.config.asked import whole_number
from gongkai.disclosure.columns.selectors import tree
from gongkai.disclosure.models import Item
from gongkai.disclosure.searching import KIND, titles_with
from gongkai.disclosure.visibility import public_items
from gongkai.law.texts import Text
from gongkai.law.validity import Validity
from gongkai.search import sources
from gongkai.search.entries import Facet, Found, Hit, Order, Wanted
from gongkai.search.errors import SearchUnavailable
from gongkai.search.house import index
from gongkai.search.index import DEEPEST
from gongkai.search.snippets import marked, snippet
from gongkai.search.sources import Shown
from gongkai.search.suggesting import alike
from gongkai.search.words import LONGEST, Typed, typed

ON_A_PAGE, OFFERED = 20, 8
LAST_PAGE = DEEPEST // ON_A_PAGE
#: A value of a filter is no longer than this.
_LONGEST_VALUE = 60


@dataclass(frozen=True)
class Asked:
    """The query and the filters, as the address says them; nonsense is nothing asked."""

    typed: Typed
    filters: Mapping[Facet, str]
    order: Order
    page: int

    @property
    def searched(self) -> bool:
        """Whether anything was asked for."""
        return bool(self.typed.words or self.filters)

    @property
    def feed(self) -> str:
        """The query string of its feed: what stands first there is always the newest."""
        return self.address(order="")

    def address(self, **changes: object) -> str:
        """The query string of the same search, with changes; without a page number unless one is told."""
        said: dict[str, object] = {"q": self.typed.text, **{str(facet): value for facet, value in self.filters.items()}}
        if self.order is not Order.RELEVANCE:
            said["order"] = self.order.value
        return (
            f"?{urlencode({name: value for name, value in {**said, **changes}.items() if value not in ('', None, 1)})}"
        )


def asked(query: QueryDict) -> Asked:
    """What the address asks for."""
    filters = {facet: _value(query.get(facet.value, "")) for facet in Facet}
    order, page = query.get("order", ""), whole_number(query.get("page", "")) or 1
    return Asked(
        typed(query.get("q", "")),
        {facet: value for facet, value in filters.items() if value},
        Order(order) if order in set(Order) else Order.RELEVANCE,
        min(page, LAST_PAGE),
    )


def _value(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable()).strip()[:_LONGEST_VALUE]


@dataclass(frozen=True)
class Row:
    """A line of the list: what the database says now, with the words marked; `piece`: where they stand in the text."""

    shown: Shown
    title: SafeString
    number: SafeString
    piece: SafeString
    kind: Text | None


@dataclass(frozen=True)
class Choice:
    """A value of a filter: its name, how many there are, whether it is chosen."""

    value: str
    name: str | Text
    count: int
    chosen: bool


@dataclass(frozen=True)
class Filter:
    """One filter of the form."""

    facet: Facet
    choices: Sequence[Choice]


@dataclass(frozen=True)
class SearchPage:
    """Everything the page shows. `unavailable`: there is no index, and the rows are titles only."""

    asked: Asked
    rows: Sequence[Row] = ()
    count: int = 0
    filters: Sequence[Filter] = ()
    offers: Sequence[Shown] = ()
    unavailable: bool = False
    longest: int = field(default=LONGEST)

    @property
    def previous(self) -> str:
        page = self.asked.page - 1
        return self.asked.address(page=page) if page else ""

    @property
    def next(self) -> str:
        page = self.asked.page + 1
        more = not self.unavailable and self.count > self.asked.page * ON_A_PAGE and page <= LAST_PAGE
        return self.asked.address(page=page) if more else ""

    @property
    def cut_off(self) -> bool:
        """Whether there is more than the last page shows."""
        return self.asked.page >= LAST_PAGE and self.count > LAST_PAGE * ON_A_PAGE


def search_page(asked: Asked) -> SearchPage:
    """Search, and ask the database once whether everybody may read what was found."""
    if not asked.searched:
        return SearchPage(asked)
    words = asked.typed.words
    wanted = Wanted(words, asked.filters, asked.order, (asked.page - 1) * ON_A_PAGE, ON_A_PAGE)
    try:
        found = index().search(wanted, facets=True)
        meant = alike(index(), asked.typed.text) if not found.count and words else ()
    except SearchUnavailable:
        return _titles_only(asked)
    public = sources.shown([hit.key for hit in (*found.hits, *meant)])
    rows = [_row(hit, public[hit.key], words) for hit in found.hits if hit.key in public]
    return SearchPage(
        asked,
        rows,
        found.count - (len(found.hits) - len(rows)),
        _filters(asked, found),
        [public[hit.key] for hit in meant if hit.key in public],
    )


def _titles_only(asked: Asked) -> SearchPage:
    found = titles_with(asked.typed.words, asked.filters.get(Facet.AGENCY, ""), ON_A_PAGE)
    nothing = mark_safe("")
    rows = [
        Row(shown, mark_safe(marked(shown.title, asked.typed.words)), mark_safe(marked(shown.number, asked.typed.words)),
            nothing, None)
        for shown in found
    ]  # fmt: skip
    return SearchPage(asked, rows, len(rows), unavailable=True)


def _row(hit: Hit, shown: Shown, words: Sequence[str]) -> Row:
    # What stood there before may have been put right because nobody should read it.
    same = hit.stamp.startswith(shown.wording)
    return Row(
        shown,
        # `marked` and `snippet` escape what they are given; only their own marks are markup.
        mark_safe(marked(shown.title, words)),
        mark_safe(marked(shown.number, words)),
        mark_safe(snippet(hit.parts, words) if same else ""),
        _kinds().get(hit.key.partition(":")[0]),
    )


def _kinds() -> dict[str, Text]:
    return {source.kind: source.label for source in sources.sources()}


def _filters(asked: Asked, found: Found) -> list[Filter]:
    """The filters that tell apart what was found, and those that are in use."""
    rows = []
    for facet, naming in _NAMING.items():
        counts = dict(found.facets.get(facet, {}))
        chosen = asked.filters.get(facet, "")
        if chosen:
            counts.setdefault(chosen, 0)
        elif len(counts) < 2:
            continue
        names = naming(counts)
        choices = [
            Choice(key, names.get(key, key), count, key == chosen) for key, count in counts.items() if key in names
        ]
        rows.append(
            Filter(facet, sorted(choices, key=lambda one: one.value, reverse=True) if facet is Facet.YEAR else choices)
        )
    return rows


def _agency_names(slugs: Iterable[str]) -> Mapping[str, str | Text]:
    return dict(Agency.objects.filter(slug__in=list(slugs)).values_list("slug", "name"))


def _column_names(codes: Iterable[str]) -> Mapping[str, str | Text]:
    known = tree().by_code
    return {code: known[code].name for code in codes if code in known}


def _as_they_are(values: Iterable[str]) -> Mapping[str, str | Text]:
    return {value: value for value in values}


_NAMING: Mapping[Facet, Callable[[Iterable[str]], Mapping[str, str | Text]]] = {
    Facet.KIND: lambda values: _kinds(),
    Facet.AGENCY: _agency_names,
    Facet.COLUMN: _column_names,
    Facet.YEAR: _as_they_are,
    Facet.SUBJECT: _as_they_are,
    Facet.VALIDITY: lambda values: {state.value: state.label for state in Validity},
}


def offered(asked: Asked) -> list[Shown]:
    """While somebody types: titles and numbers that have the words; no text of the index is told. Raises
    SearchUnavailable."""
    if asked.typed.empty:
        return []
    found = index().search(Wanted(asked.typed.words, asked.filters, limit=OFFERED, titles_only=True))
    public = sources.shown([hit.key for hit in found.hits])
    return [public[hit.key] for hit in found.hits if hit.key in public]


def newest_items(asked: Asked) -> list[Item]:
    """For the feed of a search: the items found, the newest first. Raises SearchUnavailable."""
    if not asked.searched:
        return []
    only = {**asked.filters, Facet.KIND: KIND}
    found = index().search(Wanted(asked.typed.words, only, Order.NEWEST, limit=ON_A_PAGE))
    numbers = [int(hit.key.partition(":")[2]) for hit in found.hits]
    return list(public_items().filter(pk__in=numbers).select_related("agency", "column"))
