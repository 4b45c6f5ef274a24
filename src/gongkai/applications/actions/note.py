"""内部备注: something for colleagues. No part of the file, never shown to the applicant."""

from __future__ import annotations

from django.db import transaction

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.models import Person
from gongkai.agencies.selectors import roles_of
from gongkai.applications.actions.add_paper import ADDING_ROLES
from gongkai.applications.history import locked
from gongkai.applications.models import Note
from gongkai.documents.letter import clean
from gongkai.law.texts import Text
from gongkai.ledger.actions import record
from gongkai.ledger.digests import digest_of

LONGEST = 2_000


@transaction.atomic
def add_note(*, case_id: int, actor: Person, text: str) -> Note:
    """Add a note; the same one sent twice in a row is one note. Also to an archived case: it is no part of its file."""
    case = locked(case_id, actor)
    if roles_of(actor, case.agency).isdisjoint(ADDING_ROLES):
        raise NotAllowed(Text("只有办理本件的岗位可以写备注。", "Only those who work on the case may write notes."))
    words = clean(text).strip()
    if not words:
        raise Invalid("text", Text("请填写备注内容。", "Write something first."))
    if len(words) > LONGEST:
        raise Invalid("text", Text(f"备注最多{LONGEST}个字。", f"A note has at most {LONGEST} characters."))
    last = case.notes.order_by("-pk").first()
    if last is not None and (last.by_id, last.text) == (actor.pk, words):
        return last
    note = Note.objects.create(application=case, by=actor, text=words)
    record(
        chain=case.agency.slug,
        act="applications.note",
        subject=f"application:{case.pk}",
        facts={"number": case.number, "note": note.pk, "digest": digest_of({"text": words})},
        actor=actor.username,
    )
    return note
