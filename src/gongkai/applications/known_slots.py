"""What the steps of a case themselves say in the open places of its reply, so that nobody types a date that was not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gongkai.agencies.selectors import calendar
from gongkai.applications.actions.withdraw import Withdrawal
from gongkai.applications.history import case_of
from gongkai.applications.letters import WrongSlotError, required_slots
from gongkai.applications.models import Application, Step
from gongkai.law.applicants import ApplicantKind
from gongkai.law.dates import day_text
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import StepKind
from gongkai.law.procedure_clock import unpaid_fee_limit
from gongkai.law.texts import Text


def known_days(rows: Sequence[Step]) -> dict[str, str]:
    """The dates of notices that went out in this case, and the periods they set, by the slot that states them."""
    steps = {row.kind: row for row in rows}
    known: dict[str, str] = {}
    if notice := steps.get(StepKind.CORRECTION_NOTICE.value):
        known |= {"correction_notice_on": notice.on.isoformat(), "correct_by": notice.facts["correct_by"]}
    if asked := steps.get(StepKind.REASONS_ASKED.value):
        known["reasons_asked_on"] = asked.on.isoformat()
    if fee := steps.get(StepKind.FEE_NOTICE.value):
        known["fee_notice_on"] = fee.on.isoformat()
        case = case_of(rows)
        if case and (limit := unpaid_fee_limit(case, calendar())):
            known["pay_by"] = limit.day.isoformat()
    return known


def suggested(application: Application, rows: Sequence[Step]) -> dict[str, str]:
    """The same, and what a reply to a withdrawn application says: words that the drafter may change."""
    case = case_of(rows)
    if case is None or case.withdrawn is None:
        return known_days(rows)
    step = next(row for row in reversed(rows) if row.kind == StepKind.WITHDRAWAL.value)
    you = "贵单位" if ApplicantKind(application.applicant_kind).is_organisation else "您"
    way = _WAYS[Withdrawal(step.facts["way"])]
    return {**known_days(rows), "closing_reason": f"{you}已于{day_text(step.on).zh}{way}撤回上述政府信息公开申请"}


#: The letter's own words, whatever language the page is in.
_WAYS = {Withdrawal.LETTER: "书面", Withdrawal.ORAL: "口头", Withdrawal.ONLINE: "通过网上"}


def check_days(rows: Sequence[Step], outcome: Outcome, slots: Mapping[str, str]) -> None:
    """Raises WrongSlotError at a date that the steps know to be another."""
    known = known_days(rows)
    for slot in required_slots(outcome):
        typed, truth = slots.get(slot.name, ""), known.get(slot.name)
        if typed and truth and typed != truth:
            message = Text(
                f"“{slot.label.zh}”与办理记录不一致：应为{truth}。",
                f"“{slot.label.en}” is not what the record says: {truth}.",
            )
            raise WrongSlotError("slot_differs", slot.name, message, slot.article)
