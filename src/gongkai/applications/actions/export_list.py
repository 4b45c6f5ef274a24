"""A list leaves the system as a file: who took how many rows of which list is written down before the first byte goes."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db import transaction

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import current_agency
from gongkai.applications.exporting import MEDIA_TYPES
from gongkai.applications.selectors import Filters, keys_in_order, reader_of
from gongkai.law.texts import Text
from gongkai.ledger.actions import record
from gongkai.ledger.models import SYSTEM

#: More rows than this are no list for a spreadsheet: narrow it by the day of receipt.
MOST = 50_000


@transaction.atomic
def export_list(*, person: Person, view: str, filters: Filters, form: str) -> list[int]:
    """The keys of the cases that go into the file, in the list's order; in the ledger of every agency whose cases they
    are. Raises Invalid for a form that is not written here."""
    if form not in MEDIA_TYPES:
        raise Invalid("form", Text("只能导出为XLSX或CSV。", "Lists are written as XLSX or CSV only."))
    reader = reader_of(person)
    found = keys_in_order(reader, view, filters, MOST)
    counts = Counter(agency for _, agency in found)
    for agency in Agency.objects.filter(pk__in=counts):
        _record(person, agency.slug, view, filters, form, counts[agency.pk])
    if not counts:
        own = current_agency(person)
        _record(person, own.slug if own else SYSTEM, view, filters, form, 0)
    return [key for key, _ in found]


def _record(person: Person, chain: str, view: str, filters: Filters, form: str, rows: int) -> None:
    facts = {"view": view, "filter": told(filters), "form": form, "rows": rows}
    record(chain=chain, act="applications.export", subject=f"person:{person.pk}", facts=facts, actor=person.username)


def told(filters: Filters) -> dict[str, Any]:
    """The filter as the ledger has it. A text may be somebody's name, so only that there was one is told."""
    found = {name: str(value) for name, value in vars(filters).items() if value not in ("", None)}
    return {**found, "text": True} if filters.text else found
