"""The reply (D kinds): facts, reasons, decision with its basis, remedy, for each of the 21 outcomes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from gongkai.applications.letters.catalogue import VERSIONS, Wording, codes_of, reply_code, wording_on
from gongkai.applications.letters.compose import compose
from gongkai.applications.letters.errors import MissingSlotError, not_yet
from gongkai.applications.letters.facts import CaseFacts, Replaced
from gongkai.applications.letters.locked import LockedText
from gongkai.applications.letters.slots import Condition, Slot, SlotKind, effective, fill
from gongkai.documents.letter import LetterContent
from gongkai.law.citations import REG
from gongkai.law.dates import day_text
from gongkai.law.outcomes import Outcome
from gongkai.law.texts import Text

_REASONS = Text("理由", "reasons")
_REMEDY = Text("救济途径", "remedies")
_ATTACHMENTS = Text("附件", "attachments")
_CORRECTED = Text("收到补正的日期", "date the correction was received")


def _newest(outcome: Outcome) -> list[LockedText]:
    """The papers of an outcome as they are now: what a form asks for."""
    return [VERSIONS[code][-1] for code in codes_of(outcome)]


def required_slots(outcome: Outcome) -> tuple[Slot, ...]:
    """The open places of the reply for this outcome, in the order of a form (see ``Slot.when``).

    Besides them every reply takes findings, reasons (see ``reasons_needed``), remedy and attachments.
    """
    return _newest(outcome)[0].slots


def has_attachments(outcome: Outcome, extra: Mapping[str, str]) -> bool:
    """Whether the reply, with these slots, says that the information is attached."""
    when = can_attach(outcome)
    return when is not None and when.holds(effective(required_slots(outcome), extra))


def can_attach(outcome: Outcome) -> Condition | None:
    """Under which choice a reply for this outcome has attachments; None where it never has."""
    return next((text.attached for text in _newest(outcome) if text.attached), None)


def reasons_needed(outcome: Outcome) -> bool:
    """Whether the law wants this reply to give reasons (条例 35, 36(3), 37 [C])."""
    return any(text.reasons for text in _newest(outcome))


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
    wording: Wording | None = None,
    draft: bool = False,
) -> LetterContent:
    """政府信息公开申请答复书 or 告知书: what every reply holds and what this outcome must say.

    ``findings``, ``reasons`` and ``remedy`` may have several lines, each a paragraph. ``extra`` fills
    ``required_slots(outcome)``; dates as 2021-05-06; ``replaces`` is the earlier reply it takes the place of. Raises
    MissingSlotError for a place left empty that must be filled (also ``reasons``, ``remedy``, ``attachments``,
    ``corrected_on``), WrongSlotError for a wrong value.
    """
    chosen = wording or wording_on(reply_code(outcome, extra), on)
    template = chosen.locked
    words = fill(template.slots, extra)
    given = effective(template.slots, extra)
    _check(facts, outcome, template, given, reasons, remedy, attachments)
    _check_days(template, given, on)
    return compose(
        facts,
        chosen,
        number=number,
        on=on,
        addressee=facts.applicant_name,
        words={**_in_place_of(replaces), **words, "findings": findings, "reasons": reasons, "remedy": remedy},
        given=given,
        attachments=attachments,
        draft=draft,
    )


def _check(
    facts: CaseFacts,
    outcome: Outcome,
    template: LockedText,
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


def _check_days(template: LockedText, given: Mapping[str, str], on: dt.date) -> None:
    """Every date in a reply is of something that has happened: no later than the reply itself."""
    for slot in template.slots:
        if slot.kind is SlotKind.DATE and slot.applies(given) and given.get(slot.name, "") > on.isoformat():
            raise not_yet(slot.name, slot.label)


def _in_place_of(replaces: Replaced | None) -> dict[str, str]:
    """Which reply this one replaces, and on which ground."""
    if replaces is None:
        return {"replaced": "", "replaced_because": "", "ordered_by": ""}
    number = f"（文号：{replaces.number}）" if replaces.number else ""
    return {
        "replaced": f"本机关{day_text(replaces.on).zh}作出的答复{number}",
        "replaced_because": replaces.ground.value,
        "ordered_by": replaces.document,
    }
