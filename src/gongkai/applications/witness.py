"""Lets the ledger's verification compare its entries with the steps and letters they speak of."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongkai.applications.history import as_witnessed
from gongkai.applications.models import Letter, Step
from gongkai.law.procedure import StepKind
from gongkai.ledger.digests import digest_of
from gongkai.ledger.models import Entry
from gongkai.ledger.verification import register_witness


def step_as_recorded(entry: Entry) -> str | None:
    """None where the step still says what was recorded; else what is wrong with it."""
    application = int(entry.subject.partition(":")[2])
    row = Step.objects.filter(application=application, number=entry.facts["step"]).first()
    if row is None:
        return _("所记的办理步骤已不存在")
    if digest_of(as_witnessed(row)) != entry.facts["digest"]:
        return _("所记的办理步骤已被改动")
    return None


def letter_as_recorded(entry: Entry) -> str | None:
    """None where the letter's row still names the bytes that were issued."""
    letter = Letter.objects.select_related("document").filter(pk=entry.facts["letter"]).first()
    if letter is None:
        return _("所记的文书已不存在")
    if (letter.number, letter.document.digest) != (entry.facts["letter_number"], entry.facts["sha256"]):
        return _("所记的文书已被改动")
    return None


for _kind in StepKind:
    register_witness(f"applications.{_kind.value}", step_as_recorded)
register_witness("applications.letter", letter_as_recorded)
