"""What the public pages read. What is public at all is said in `disclosure.visibility`, here only what of it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import ExtractYear
from django.http import Http404

from gongkai.agencies.models import Agency
from gongkai.disclosure.columns.selectors import Node
from gongkai.disclosure.models import Column, ContentClass, Item
from gongkai.disclosure.public.lines import Line, lines_of
from gongkai.disclosure.public.versions import with_version
from gongkai.disclosure.register.validity import in_state
from gongkai.disclosure.visibility import public_items
from gongkai.law.validity import Validity

#: Lines of a list, and how far one can turn over its pages: further back one goes by year.
PAGE, MOST_PAGES = 20, 100
#: What the front pages show of each kind, and what a feed holds.
NEWEST, FED = 8, 50
#: Pairs of year and subject that are looked through for the filters of a column.
MOST_CHOICES = 1000


@dataclass(frozen=True)
class Asked:
    """What a visitor wants to see of a column."""

    page: int = 1
    year: int | None = None
    subject: str = ""
    validity: Validity | None = None
    words: str = ""

    @property
    def filtered(self) -> bool:
        return bool(self.year or self.subject or self.validity or self.words)


@dataclass(frozen=True)
class Page:
    """One page of a list, and whether there is another."""

    lines: Sequence[Line]
    number: int
    more: bool

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.more and self.number < MOST_PAGES else None

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def cut_off(self) -> bool:
        """Whether there is more than one can turn over to."""
        return self.more and self.next is None


def agency_for_public(slug: str) -> Agency:
    """An agency of the site, with the version of what the public sees. Raises Http404."""
    found: Agency | None = with_version(Agency.objects.filter(slug=slug)).first()
    if found is None:
        raise Http404
    return found


def items_of(agency: Agency, columns: Sequence[Node], asked: Asked) -> Page:
    """One page of the public items of these columns, newest first; nothing is counted."""
    rows = _asked_for(_in(public_items(agency), columns), asked)
    number = min(max(asked.page, 1), MOST_PAGES)
    start = (number - 1) * PAGE
    found = lines_of(rows, start, start + PAGE + 1)
    return Page(found[:PAGE], number, len(found) > PAGE)


def _in(rows: QuerySet[Item], columns: Sequence[Node]) -> QuerySet[Item]:
    return rows.filter(column__in=[column.id for column in columns])


def _asked_for(rows: QuerySet[Item], asked: Asked) -> QuerySet[Item]:
    if asked.year:
        rows = rows.filter(published_at__year=asked.year)
    if asked.subject:
        rows = rows.filter(subject=asked.subject)
    if asked.words:
        said = [Q(**{f"{name}__icontains": asked.words}) for name in ("title", "document_number", "index_number")]
        rows = rows.filter(said[0] | said[1] | said[2])
    if asked.validity:
        rows = in_state(rows, [asked.validity], through="document__")
    return rows


class _YearInChina(ExtractYear):
    """On SQLite Django asks Python for the year of every single row: half a second for 50,000 of them. The database's own
    function has no time zones; China has been eight hours ahead without summer time since 1992."""

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        told, parameters = compiler.compile(self.lhs)
        return f"CAST(strftime('%%Y', {told}, '+8 hours') AS INTEGER)", parameters


def choices_of(agency: Agency, columns: Sequence[Node]) -> tuple[list[int], list[str]]:
    """The years and subjects there are in these columns, for the filters; one query."""
    rows = _in(public_items(agency), columns).order_by().annotate(year=_YearInChina("published_at"))
    pairs = set(rows.values_list("year", "subject").distinct()[:MOST_CHOICES])
    return sorted({year for year, _ in pairs}, reverse=True), sorted({subject for _, subject in pairs if subject})


def newest_items(agency: Agency | None = None) -> tuple[list[Line], list[Line]]:
    """The newest items of an agency or of the whole site, and the newest policy documents among all."""
    rows = public_items(agency).select_related("agency", "column")
    policies = rows.filter(column__in=Column.objects.filter(content_class=ContentClass.POLICY).values("pk"))
    return lines_of(rows, 0, NEWEST), lines_of(policies, 0, NEWEST)


def fed(agency: Agency, columns: Sequence[Node] | None) -> list[Item]:
    """What a feed of an agency, or of some of its columns, holds."""
    rows = public_items(agency) if columns is None else _in(public_items(agency), columns)
    return list(rows.select_related("agency", "column")[:FED])
