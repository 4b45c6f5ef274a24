"""Lets the ledger's verification compare its entries with the submissions, steps and letters they speak of."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongkai.applications.actions.assign import told_of
from gongkai.applications.actions.finish_redaction import as_witnessed as as_finished
from gongkai.applications.actions.receive import AGENT_FIELDS, FIELDS, form_digest
from gongkai.applications.history import as_witnessed
from gongkai.applications.models import (
    Application,
    Assignment,
    CaseFile,
    IdentityView,
    Letter,
    Note,
    Paper,
    Redaction,
    Step,
)
from gongkai.law.procedure import StepKind
from gongkai.ledger.digests import digest_of
from gongkai.ledger.models import Entry
from gongkai.ledger.verification import register_witness


def submission_as_recorded(entry: Entry) -> str | None:
    """None where the application still holds what was submitted, to the last field."""
    row = Application.objects.filter(pk=entry.subject.partition(":")[2]).first()
    if row is None:
        return _("所记的申请已不存在")
    digest = form_digest({name: getattr(row, name) for name in (*FIELDS, *AGENT_FIELDS)})
    told = entry.facts["number"], entry.facts["channel"], entry.facts["form"], entry.facts["form"]
    if (row.number, row.channel, row.form_digest, digest) != told:
        return _("所记的申请内容已被改动")
    return None


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


def paper_as_recorded(entry: Entry) -> str | None:
    """None where the paper's row still names the bytes that came in."""
    paper = Paper.objects.select_related("document").filter(pk=entry.facts["paper"]).first()
    if paper is None:
        return _("所记的材料已不存在")
    if (paper.kind, paper.document.digest) != (entry.facts["kind"], entry.facts["sha256"]):
        return _("所记的材料已被改动")
    return None


def case_file_as_recorded(entry: Entry) -> str | None:
    """None where the closed case file's row still names the bytes that were sealed."""
    row = CaseFile.objects.select_related("document").filter(pk=entry.facts["case_file"]).first()
    if row is None:
        return _("所记的卷宗已不存在")
    facts = entry.facts
    told = facts["volume"], facts["sha256"], facts["manifest"], facts.get("archive_number") or None
    if (row.volume, row.document.digest, row.manifest_digest, row.archive_number) != told:
        return _("所记的卷宗已被改动")
    return None


def assignment_as_recorded(entry: Entry) -> str | None:
    """None where the case was given to whom the entry says, by whom it says."""
    row = Assignment.objects.select_related("holder", "by").filter(pk=entry.facts["assignment"]).first()
    if row is None:
        return _("所记的分办已不存在")
    told = entry.subject, entry.actor, {name: entry.facts[name] for name in told_of(row)}
    if (subject_of(row), row.by.username, told_of(row)) != told:
        return _("所记的分办已被改动")
    return None


def redaction_as_recorded(entry: Entry) -> str | None:
    """None where the finished redaction still says which copy was made of which original, and by which boxes."""
    row = Redaction.objects.filter(pk=entry.facts["redaction"]).first()
    if row is None:
        return _("所记的遮盖已不存在")
    if as_finished(row, list(row.boxes.filter(taken=True))) != entry.facts:
        return _("所记的遮盖已被改动")
    return None


def note_as_recorded(entry: Entry) -> str | None:
    """None where the note still says what its author wrote."""
    row = Note.objects.select_related("by").filter(pk=entry.facts["note"]).first()
    if row is None:
        return _("所记的备注已不存在")
    told = entry.subject, entry.actor, entry.facts["digest"]
    if (subject_of(row), row.by.username, digest_of({"text": row.text})) != told:
        return _("所记的备注已被改动")
    return None


def identity_view_as_recorded(entry: Entry) -> str | None:
    """None where the case's list still tells who looked at the identity, and why."""
    row = IdentityView.objects.select_related("by").filter(pk=entry.facts["view"]).first()
    if row is None:
        return _("所记的身份信息查看记录已不存在")
    told = entry.subject, entry.actor, entry.facts["digest"]
    if (subject_of(row), row.by.username, digest_of({"reason": row.reason})) != told:
        return _("所记的身份信息查看记录已被改动")
    return None


def subject_of(row: Assignment | Note | IdentityView) -> str:
    return f"application:{row.application_id}"


register_witness("applications.submitted", submission_as_recorded)
for _kind in StepKind:
    register_witness(f"applications.{_kind.value}", step_as_recorded)
register_witness("applications.letter", letter_as_recorded)
register_witness("applications.paper", paper_as_recorded)
register_witness("applications.redaction", redaction_as_recorded)
register_witness("applications.case_file", case_file_as_recorded)
register_witness("applications.assign", assignment_as_recorded)
register_witness("applications.note", note_as_recorded)
register_witness("applications.reveal", identity_view_as_recorded)
