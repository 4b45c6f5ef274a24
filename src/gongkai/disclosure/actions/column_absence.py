"""Say that an agency has nothing to publish in a column, with the reason; and take it back."""

from __future__ import annotations

from django.db import transaction

from gongkai.agencies.errors import Invalid, NotAllowed, checked
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import is_administrator, roles_of
from gongkai.disclosure.columns.selectors import MAY_ARRANGE, tree
from gongkai.disclosure.errors import ColumnNotFound
from gongkai.disclosure.harmless import require_harmless
from gongkai.disclosure.models import ColumnAbsence
from gongkai.disclosure.visibility import public_items
from gongkai.law.texts import Text
from gongkai.ledger.actions import record


@transaction.atomic
def set_absence(*, actor: Person, agency: Agency, column_id: int, reason: str) -> ColumnAbsence:
    """The column is neither on the agency's menu nor counted as empty. Refused for required columns, and while the
    agency has public items there."""
    _require(actor, agency)
    Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    node = tree().by_id.get(column_id)
    if node is None:
        raise ColumnNotFound
    if node.protected:
        raise Invalid("column", Text("必设栏目每个机关都要有。", "Every agency has the required columns."))
    if not reason.strip():
        raise Invalid("reason", Text("请写明理由。", "Say why."))
    items = public_items(agency).filter(column__in=[below.id for below in node.walk()]).count()
    if items:
        message = Text(f"本机关在此有{items}条公开信息。", f"The agency has {items} public items there.")
        raise Invalid("column", message)
    if ColumnAbsence.objects.filter(agency=agency, column_id=node.id).exists():
        raise Invalid("column", Text("已经说明过。", "That was said already."))
    require_harmless(reason=reason)
    row = checked(ColumnAbsence(agency=agency, column_id=node.id, reason=reason.strip(), made_by=actor))
    row.save()
    _write(actor, agency, "set_absence", {"code": node.code, "reason": row.reason}, node.id)
    return row


@transaction.atomic
def end_absence(*, actor: Person, agency: Agency, column_id: int) -> None:
    """The column is on the menu again. Twice is once."""
    _require(actor, agency)
    gone, _each = ColumnAbsence.objects.filter(agency=agency, column_id=column_id).delete()
    if gone:
        node = tree().by_id[column_id]
        _write(actor, agency, "end_absence", {"code": node.code}, node.id)


def _require(actor: Person, agency: Agency) -> None:
    if not (roles_of(actor, agency) & MAY_ARRANGE or is_administrator(actor)):
        raise NotAllowed


def _write(actor: Person, agency: Agency, act: str, facts: dict[str, str], column_id: int) -> None:
    subject = f"column:{column_id}"
    record(chain=agency.slug, act=f"disclosure.{act}", subject=subject, facts=facts, actor=actor.username)
