"""Write a row of the catalogue, change one, or put one away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from django.db import IntegrityError, transaction

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import roles_of
from gongkai.disclosure.models import Column
from gongkai.grassroots.errors import RowChanged
from gongkai.grassroots.models import Area, CatalogueRow
from gongkai.grassroots.rows import RowValues
from gongkai.grassroots.selectors import MAY_EDIT, bodies_around, bodies_named, row_for_editing
from gongkai.law.texts import Text
from gongkai.ledger.actions import record


def require_editor(actor: Person, owner: Agency) -> None:
    """Raises NotAllowed for whoever does not keep this catalogue."""
    if not MAY_EDIT & roles_of(actor, owner):
        raise NotAllowed(Text("标准目录由编辑岗位维护。", "The catalogue is kept by the editor."))


@transaction.atomic
def add_row(
    *, actor: Person, owner: Agency, area: Area, values: RowValues, column: Column | None = None
) -> CatalogueRow:
    """A new row. Raises NotAllowed; Invalid with the field for what is missing, too long or a number that is taken."""
    require_editor(actor, owner)
    row = CatalogueRow(owner=owner, area=area, column=_fitting(column, owner), **asdict(values.checked()))
    _save(row, bodies_named(owner, values.body_name))
    _write(row, "grassroots.add_row", actor)
    return row


@transaction.atomic
def edit_row(
    *,
    actor: Person,
    row_id: int,
    area: Area,
    values: RowValues,
    column: Column | None = None,
    changes: int | None = None,
) -> CatalogueRow:
    """The row says this from now on; what it said before is in the ledger. Raises RowNotFound, RowChanged, Invalid."""
    row = row_for_editing(actor, row_id)
    if changes is not None and changes != row.changes:
        raise RowChanged
    if not row.active:
        raise Invalid("number", Text("这一行已经停用。", "This row was put away."))
    before = asdict(RowValues.of(row))
    for name, value in asdict(values.checked()).items():
        setattr(row, name, value)
    row.area, row.column = area, _fitting(column, row.owner)
    row.changes += 1
    _save(row, bodies_named(row.owner, values.body_name))
    _write(row, "grassroots.edit_row", actor, before={**before, "channels": list(before["channels"])})
    return row


@transaction.atomic
def retire_row(*, actor: Person, row_id: int) -> CatalogueRow:
    """The row is no longer in the catalogue. Twice is once. Raises RowNotFound."""
    row = row_for_editing(actor, row_id)
    if row.active:
        row.active = False
        row.changes += 1
        row.save(update_fields=["active", "changes"])
        _write(row, "grassroots.retire_row", actor)
    return row


def _fitting(column: Column | None, owner: Agency) -> Column | None:
    """A column whose items anybody can list. Raises Invalid for another agency's own, and for folders."""
    if column is None:
        return None
    theirs = column.owner_id not in (None, owner.pk) and column.owner not in bodies_around(owner)
    if theirs or not column.active or column.kind not in ("items", "documents"):
        raise Invalid("column", Text("请选择信息列表类的末级栏目。", "Choose a column that lists items."))
    return column


def _save(row: CatalogueRow, bodies: Iterable[Agency]) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        message = Text("这个领域里已有同一序号。", "There is such a number in this area already.")
        raise Invalid("number", message) from error
    row.bodies.set(bodies)


def _write(row: CatalogueRow, act: str, actor: Person, **more: object) -> None:
    facts = {"area": row.area.code, "number": row.number, "second_level": row.second_level, **more}
    record(chain=row.owner.slug, act=act, subject=f"catalogue_row:{row.pk}", facts=facts, actor=actor.username)
