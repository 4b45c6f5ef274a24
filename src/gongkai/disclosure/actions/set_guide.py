"""Write the guide of an agency anew (政府信息公开指南, 条例 12 [C]): a later version, the earlier ones stay."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse

from gongkai.agencies.errors import Invalid, NotAllowed, checked
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import is_administrator, people_with, roles_of, today
from gongkai.disclosure.columns.guides import guide_of, guides_to_review
from gongkai.disclosure.columns.selectors import MAY_ARRANGE
from gongkai.disclosure.harmless import require_harmless
from gongkai.disclosure.models import Guide
from gongkai.jobs import enqueue
from gongkai.law.procedure import Role
from gongkai.law.texts import Text
from gongkai.ledger.actions import record
from gongkai.notifications.actions.notify import notify

#: What 条例 12 asks for besides office, address, hours and ways of contact, which the agency's own entry holds.
REQUIRED = {
    "classification": Text("请写明政府信息的分类。", "Say how the information is classified."),
    "arrangement": Text("请写明编排体系。", "Say how it is arranged."),
    "ways": Text("请写明获取方式。", "Say how it can be had."),
}


@transaction.atomic
def set_guide(
    *, actor: Person, agency: Agency, classification: str, arrangement: str, ways: str, summer_hours: str = "",
    remarks: str = "",
) -> Guide:  # fmt: skip
    """What is said holds from now on. Said again without a change, it is confirmed: the yearly review counts from it."""
    if not (roles_of(actor, agency) & MAY_ARRANGE or is_administrator(actor)):
        raise NotAllowed
    told = {
        "classification": classification.strip(), "arrangement": arrangement.strip(), "ways": ways.strip(),
        "summer_hours": summer_hours.strip(), "remarks": remarks.strip(),
    }  # fmt: skip
    for field, message in REQUIRED.items():
        if not told[field]:
            raise Invalid(field, message)
    require_harmless(**told)
    before = guide_of(agency)
    row = checked(Guide(agency=agency, made_by=actor, **told))
    row.save()
    changed = [name for name, text in told.items() if before is None or getattr(before, name) != text]
    record(
        chain=agency.slug, act="disclosure.set_guide", subject=f"guide:{row.pk}", facts={"changed": changed},
        actor=actor.username,
    )  # fmt: skip
    enqueue("gongkai.search.jobs.update", f"guide:{agency.pk}")
    return row


@transaction.atomic
def remind_of_guides() -> int:
    """Job, daily: whoever looks after a guide that nobody wrote or confirmed for a year is told, once a year (PLT-06)."""
    day, told = today(), 0
    for agency, since in guides_to_review(day):
        words = Text(
            "公开指南已满一年没有核对，请核对并保存一次。"
            if since
            else "公开指南的分类、编排体系、获取方式还没有填写。",
            "The guide was not looked at for a year." if since else "The guide does not yet say all that it must.",
        )
        link = reverse("desk:guide_edit", args=[agency.slug])
        people = people_with(agency, [Role.EDITOR, Role.ADMINISTRATOR])
        key = f"guide:{agency.pk}:{since or day.year}"
        told += notify(people=people, kind="guide_review", text=words, link=link, about=f"agency:{agency.pk}", key=key)
    return told
