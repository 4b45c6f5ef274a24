"""Take over a catalogue from a sheet: all its rows or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Agency, Person
from gongkai.grassroots.actions.save_row import require_editor
from gongkai.grassroots.models import Area, CatalogueRow
from gongkai.grassroots.rows import RowValues
from gongkai.grassroots.selectors import bodies_around, bodies_named
from gongkai.law.texts import Text
from gongkai.ledger.actions import record


@dataclass(frozen=True)
class Taken:
    """How many rows were new, changed, and the same as before."""

    added: int
    changed: int
    same: int


def compared(owner: Agency, rows: Sequence[tuple[int, str, RowValues]]) -> Taken:
    """What taking these rows over would do."""
    known = _known(owner)
    standing = [(known.get((named, values.number)), values) for _, named, values in rows]
    added = sum(row is None for row, _ in standing)
    same = sum(row is not None and _alike(row, values) for row, values in standing)
    return Taken(added, len(rows) - added - same, same)


@transaction.atomic
def import_rows(*, actor: Person, owner: Agency, rows: Sequence[tuple[int, str, RowValues]], source: str) -> Taken:
    """The rows as the sheet has them; a row that is known by its area and number is changed, others stay as they are.

    `rows`: line, area's name, values. Raises NotAllowed, Invalid for an area that is gone since."""
    require_editor(actor, owner)
    Agency.objects.select_for_update(no_key=True).get(pk=owner.pk)
    areas = {area.name: area for area in Area.objects.filter(active=True)}
    known, around = _known(owner), bodies_around(owner)
    taken = compared(owner, rows)
    for _, named, values in rows:
        if named not in areas:
            raise Invalid("area", Text(f"没有领域“{named}”。", f"There is no area {named!r}."))
        row = known.get((named, values.number))
        if row is not None and _alike(row, values):
            continue
        row = row or CatalogueRow(owner=owner, area=areas[named])
        for name, value in asdict(values.checked()).items():
            setattr(row, name, value)
        row.changes += 1
        row.save()
        row.bodies.set(bodies_named(owner, values.body_name, around))
    facts = {"source": source, "added": taken.added, "changed": taken.changed, "same": taken.same}
    record(
        chain=owner.slug, act="grassroots.import_rows", subject=f"agency:{owner.pk}", facts=facts, actor=actor.username
    )
    return taken


def _known(owner: Agency) -> dict[tuple[str, int], CatalogueRow]:
    rows = CatalogueRow.objects.filter(owner=owner, active=True).select_related("area")
    return {(row.area.name, row.number): row for row in rows}


def _alike(row: CatalogueRow, values: RowValues) -> bool:
    return _told(RowValues.of(row)) == _told(values)


def _told(values: RowValues) -> dict[str, object]:
    return {**asdict(values), "channels": set(values.channels), "levels": set(values.levels), "way": str(values.way)}
