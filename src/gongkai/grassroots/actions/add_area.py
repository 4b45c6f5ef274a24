"""Add a local area (领域) to those of the whole country."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import Max

from gongkai.agencies.errors import Invalid, NotAllowed, checked
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import roles_of
from gongkai.grassroots.models import Area
from gongkai.grassroots.selectors import MAY_EDIT
from gongkai.law.texts import Text
from gongkai.ledger.actions import record


@transaction.atomic
def add_area(*, actor: Person, agency: Agency, code: str, name: str) -> Area:
    """A further area, at the end. Raises NotAllowed, and Invalid for a code or name that is taken."""
    if not MAY_EDIT & roles_of(actor, agency):
        raise NotAllowed(Text("标准目录由编辑岗位维护。", "The catalogue is kept by the editor."))
    last = Area.objects.aggregate(last=Max("position"))["last"] or 0
    area = checked(Area(code=code.strip(), name=name.strip(), position=last + 1))
    try:
        with transaction.atomic():
            area.save()
    except IntegrityError as error:
        raise Invalid("name", Text("已有这个领域或者代码。", "There is such an area or code already.")) from error
    facts = {"code": area.code, "name": area.name}
    record(chain=agency.slug, act="grassroots.add_area", subject=f"area:{area.pk}", facts=facts, actor=actor.username)
    return area
