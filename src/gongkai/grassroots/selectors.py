"""Reads of the catalogue. It is public in itself: whoever may read the site may read it; changing it asks for a role."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import roles_held
from gongkai.grassroots.errors import RowNotFound
from gongkai.grassroots.models import Area, CatalogueRow
from gongkai.law.procedure import Role

MAY_EDIT = frozenset({Role.EDITOR})


def owners() -> QuerySet[Agency]:
    """The agencies that have a catalogue, in tree order."""
    found: QuerySet[Agency] = Agency.objects.filter(catalogue_rows__active=True).distinct().order_by("path")
    return found


def rows_of(owner: Agency, area: Area | None = None) -> QuerySet[CatalogueRow]:
    """The rows in use of an agency's catalogue, in their order."""
    rows = CatalogueRow.objects.filter(owner=owner, active=True).select_related("area", "column")
    return (rows.filter(area=area) if area else rows).order_by("area__position", "area_id", "number", "id")


def areas_of(owner: Agency) -> QuerySet[Area]:
    """The areas in which this catalogue has rows, with `row_count`."""
    here = Q(rows__owner=owner, rows__active=True)
    return Area.objects.filter(active=True).annotate(row_count=Count("rows", filter=here)).filter(row_count__gt=0)


def editing(person: Person) -> QuerySet[Agency]:
    """The agencies whose catalogue this person may change."""
    found: QuerySet[Agency] = Agency.objects.filter(
        pk__in=[agency for agency, roles in roles_held(person).items() if roles & MAY_EDIT]
    ).order_by("path")
    return found


def readable(person: Person) -> QuerySet[Agency]:
    """The agencies whose catalogue this person sees at the desk."""
    found: QuerySet[Agency] = Agency.objects.filter(pk__in=roles_held(person)).order_by("path")
    return found


def row_for_editing(person: Person, row_id: int) -> CatalogueRow:
    """One row, held until the transaction ends. Raises RowNotFound."""
    rows = CatalogueRow.objects.select_for_update(of=("self",)).select_related("owner", "area", "column")
    found = rows.filter(pk=row_id, owner__in=editing(person)).first()
    if found is None:
        raise RowNotFound
    return found


def bodies_named(owner: Agency, names: str, known: Iterable[Agency] | None = None) -> list[Agency]:
    """Which agencies under (or beside) the owner the words of 公开主体 mean: by their full or short names."""
    agencies = list(known) if known is not None else bodies_around(owner)
    parts = [part.strip() for part in _split(names)]
    return [agency for agency in agencies if {agency.name, agency.short_name} & set(parts)]


def bodies_around(owner: Agency) -> list[Agency]:
    """The owner and every agency below it."""
    return list(Agency.objects.filter(path__startswith=owner.path).order_by("path"))


def _split(names: str) -> list[str]:
    for mark in "，,；;/\n 和及":
        names = names.replace(mark, "、")
    return [part for part in names.split("、") if part.strip()]
