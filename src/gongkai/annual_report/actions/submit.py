"""报批: put a report before the approver, once the audit has nothing against it that is certain."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Person
from gongkai.agencies.selectors import roles_of
from gongkai.annual_report.acting import locked_report, take
from gongkai.annual_report.content import ReportContent
from gongkai.annual_report.errors import ReportChanged
from gongkai.annual_report.figures import content_of
from gongkai.annual_report.models import Report
from gongkai.annual_report.reasons import checked_reason
from gongkai.annual_report.telling import tell_step
from gongkai.annual_report.visibility import report_for
from gongkai.annual_report.writing.checks import Note, notes_of
from gongkai.law.report_form import FORM_2021
from gongkai.law.report_procedure import ReportAct, ReportRefused, ReportState, check_act
from gongkai.law.texts import Text

LONGEST_ANSWER = 300


def submit(
    *,
    actor: Person,
    report_id: int,
    answers: Mapping[str, str] | None = None,
    remark: str = "",
    revision: int | None = None,
) -> Report:
    """The content as it is now goes before the approver, with its digest and what was answered to each doubt.

    `answers`: why it stays as it is, by the key of the note. Raises ReportRefused where an error stands in the way,
    Invalid (field: the key) where a doubt has no answer, ReportChanged."""
    report = report_for(actor, report_id, revision)
    state, roles = ReportState(report.state), roles_of(actor, report.agency)
    check_act(ReportAct.SUBMIT, state=state, roles=roles, frozen=report.frozen is not None)
    content = content_of(report)
    # Before anything is locked: the 汇总 of a province is held against thousands of reports.
    notes = notes_of(content, report)
    _require_no_error([note for note in notes if note.blocks])
    answered = [
        {"key": note.key, "rule": note.rule, "message": note.message.zh, "answer": _answer(note, answers or {})}
        for note in notes
        if note.asks
    ]
    return _put_before_the_approver(report, content, answered, actor=actor, remark=checked_reason(remark, "remark"))


@transaction.atomic
def _put_before_the_approver(
    audited: Report, content: ReportContent, answered: list[dict[str, str]], *, actor: Person, remark: str
) -> Report:
    """Exactly what was audited: whoever changed anything meanwhile has made another revision of it."""
    report, digest = locked_report(actor, audited.pk), content.unsigned_digest
    changed = report.revision != audited.revision
    step = take(
        report, ReportAct.SUBMIT, actor=actor, reason=remark, digest=digest,
        facts={"digest": digest, "answers": {one["key"]: one["answer"] for one in answered}},
        kept={"content": content.as_data(), "answers": answered},
    )  # fmt: skip
    if changed:
        raise ReportChanged
    tell_step(report, step)
    return report


def _require_no_error(blocking: list[Note]) -> None:
    if blocking:
        first, more = blocking[0], len(blocking) - 1
        zh, en = (f"另有{more}处。", f"And {more} more.") if more else ("", "")
        text = Text(
            f"还有必须改正的错误，不能报批：{first.place.zh}：{first.message.zh}{zh}",
            f"There are errors that must be mended first: {first.place.en}: {first.message.en} {en}".strip(),
        )
        raise ReportRefused("errors", text, FORM_2021)


def _answer(note: Note, answers: Mapping[str, str]) -> str:
    answer = answers.get(note.key, "").strip()
    if not answer:
        text = Text(
            f"请改正，或者写明保留的理由：{note.message.zh}", f"Mend it, or say why it stays: {note.message.en}"
        )
        raise Invalid(note.key, text)
    if len(answer) > LONGEST_ANSWER:
        raise Invalid(note.key, Text(f"理由不能超过{LONGEST_ANSWER}字。", f"No more than {LONGEST_ANSWER} characters."))
    return answer
