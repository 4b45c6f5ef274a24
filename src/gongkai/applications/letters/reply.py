"""The reply (D kinds): facts, reasons, decision with its basis, remedy, for each of the 21 outcomes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from gongkai.applications.letters.errors import MissingSlotError, not_yet
from gongkai.applications.letters.facts import CaseFacts, Replaced
from gongkai.applications.letters.slots import Condition, Slot, SlotKind, effective, fill
from gongkai.applications.letters.templates import TEMPLATES, ReplyTemplate
from gongkai.applications.letters.wording import contact_note, opening, request, title, you
from gongkai.documents.letter import LetterContent, Paragraph, paragraphs
from gongkai.law.citations import REG
from gongkai.law.dates import day_text
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure_replies import ReopenGround
from gongkai.law.texts import Text

_REASONS = Text("理由", "reasons")
_REMEDY = Text("救济途径", "remedies")
_ATTACHMENTS = Text("附件", "attachments")
_CORRECTED = Text("收到补正的日期", "date the correction was received")


def required_slots(outcome: Outcome) -> tuple[Slot, ...]:
    """The open places of the reply for this outcome, in the order of a form (see ``Slot.when``).

    Besides them every reply takes findings, reasons (see ``reasons_needed``), remedy and attachments.
    """
    return TEMPLATES[outcome].slots


def has_attachments(outcome: Outcome, extra: Mapping[str, str]) -> bool:
    """Whether the reply, with these slots, says that the information is attached."""
    template = TEMPLATES[outcome]
    return template.attached is not None and template.attached.holds(effective(template.slots, extra))


def can_attach(outcome: Outcome) -> Condition | None:
    """Under which choice a reply for this outcome has attachments; None where it never has."""
    return TEMPLATES[outcome].attached


def reasons_needed(outcome: Outcome) -> bool:
    """Whether the law wants this reply to give reasons (条例 35, 36(3), 37 [C])."""
    return TEMPLATES[outcome].reasons


def reply(
    facts: CaseFacts,
    *,
    number: str | None,
    on: dt.date,
    outcome: Outcome,
    findings: str,
    reasons: str,
    extra: Mapping[str, str],
    remedy: str,
    attachments: Sequence[str] = (),
    replaces: Replaced | None = None,
    draft: bool = False,
) -> LetterContent:
    """政府信息公开申请答复书 or 告知书: what every reply holds and what this outcome must say.

    ``findings``, ``reasons`` and ``remedy`` may have several lines, each a paragraph. ``extra`` fills
    ``required_slots(outcome)``; dates as 2021-05-06; ``replaces`` is the earlier reply it takes the place of. Raises MissingSlotError for a place left empty that
    must be filled (also ``reasons``, ``remedy``, ``attachments``, ``corrected_on``), WrongSlotError for a
    wrong value.
    """
    template = TEMPLATES[outcome]
    words = fill(template.slots, extra)
    given = effective(template.slots, extra)
    _check(facts, outcome, template, given, reasons, remedy, attachments)
    _check_days(template, given, on)
    return LetterContent(
        issuer=facts.agency,
        title=title(facts.agency, template.paper),
        number=number,
        addressee=facts.applicant_name,
        body=(
            opening(facts),
            *request(facts),
            *_wanted_form(facts),
            *_in_place_of(facts, replaces),
            *paragraphs(findings),
            *_decision(template, given, {**words, "you": you(facts)}),
            *_reasons(reasons),
            *paragraphs(remedy),
        ),
        attachments=tuple(attachments),
        signature=facts.agency,
        date=on,
        note=contact_note(facts),
        draft=draft,
    )


def _check(
    facts: CaseFacts,
    outcome: Outcome,
    template: ReplyTemplate,
    extra: Mapping[str, str],
    reasons: str,
    remedy: str,
    attachments: Sequence[str],
) -> None:
    if template.reasons and not reasons.strip():
        raise MissingSlotError("reasons", _REASONS, REG(36, item=3))
    if not remedy.strip():
        raise MissingSlotError("remedy", _REMEDY)
    if template.attached and template.attached.holds(extra) and not attachments:
        raise MissingSlotError("attachments", _ATTACHMENTS, REG(36, item=2))
    if outcome is Outcome.STILL_UNCLEAR and facts.corrected_on is None:
        raise MissingSlotError("corrected_on", _CORRECTED, REG(30))


def _check_days(template: ReplyTemplate, given: Mapping[str, str], on: dt.date) -> None:
    """Every date in a reply is of something that has happened: no later than the reply itself."""
    for slot in template.slots:
        if slot.kind is SlotKind.DATE and slot.applies(given) and given.get(slot.name, "") > on.isoformat():
            raise not_yet(slot.name, slot.label)


def _wanted_form(facts: CaseFacts) -> tuple[Paragraph, ...]:
    """How the applicant wants the information (条例 29, 40), as far as it was said."""
    parts = [
        facts.form and f"提供形式为{facts.form}",
        facts.way and f"获取方式为{facts.way}",
    ]
    wanted = "，".join(part for part in parts if part)
    return (Paragraph(f"{you(facts)}要求的{wanted}。"),) if wanted else ()


def _in_place_of(facts: CaseFacts, replaces: Replaced | None) -> tuple[Paragraph, ...]:
    """Which reply this one replaces, and on which ground: nobody shall have two that hold."""
    if replaces is None:
        return ()
    number = f"（文号：{replaces.number}）" if replaces.number else ""
    earlier = f"本机关{day_text(replaces.on).zh}作出的答复{number}"
    if replaces.ground is ReopenGround.ERROR:
        return (Paragraph(f"经核查，{earlier}有误，现予更正，重新答复{you(facts)}。本答复替代该答复。"),)
    order = "行政复议决定" if replaces.ground is ReopenGround.RECONSIDERATION else "人民法院的判决"
    text = f"根据{order}（文号：{replaces.document}），本机关对{you(facts)}的申请重新作出答复。本答复替代{earlier}。"
    return (Paragraph(text),)


def _decision(template: ReplyTemplate, values: Mapping[str, str], words: Mapping[str, str]) -> tuple[Paragraph, ...]:
    """The clauses that apply. What people wrote fills the places and is never read as a template itself."""
    clauses = (clause.text for clause in template.clauses if clause.when is None or clause.when.holds(values))
    return tuple(paragraph for text in clauses for paragraph in paragraphs(text.format_map(words)))


def _reasons(reasons: str) -> tuple[Paragraph, ...]:
    """The reasons after the decision; the first paragraph is introduced as such."""
    lines = paragraphs(reasons)
    return (Paragraph(f"理由如下：{lines[0].text}"), *lines[1:]) if lines else ()
