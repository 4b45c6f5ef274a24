"""The letters on the way to a reply: receipt, correction, consultation, extension, reasons, fee."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from gongkai.agencies.selectors import calendar
from gongkai.applications import letters
from gongkai.applications.correspondence.making import facts_of, issue, quoted, take_number
from gongkai.applications.history import RULES, case_of, waits_until
from gongkai.applications.models import Application, Letter, LetterKind, Step
from gongkai.applications.own_wording import wording_for
from gongkai.law import procedure
from gongkai.law.clock import Consulted
from gongkai.law.clock_events import FeeClock
from gongkai.law.fees import Band, FeeMethod, FeeQuote
from gongkai.law.procedure import Stage, StepKind


def acknowledge(application: Application, step: Step) -> Letter:
    """P02 申请接收回执. A name that the fonts cannot show is spelt out in it: nobody's application is turned away for
    the fonts of the office (条例 27, 29). The letters that staff make refuse such a name until the font is there."""
    facts = facts_of(application)
    facts = replace(facts, applicant_name=quoted(facts.applicant_name))
    wording = wording_for(application.agency, "P02", step.on)
    return issue(application, step, LetterKind.RECEIPT, letters.receipt(facts, on=step.on, wording=wording), wording)


def ask_correction(application: Application, step: Step) -> Letter:
    """P03 补正告知书."""
    number = take_number(application, LetterKind.CORRECTION, step.on)
    wording = wording_for(application.agency, "P03", step.on)
    content = letters.correction_notice(
        facts_of(application), number=number, on=step.on, what=[quoted(point) for point in step.facts["points"]],
        correct_by=date.fromisoformat(step.facts["correct_by"]), wording=wording,
    )  # fmt: skip
    return issue(application, step, LetterKind.CORRECTION, content, wording)


def ask_opinion(application: Application, step: Step) -> Letter:
    """P06, P10 or P11 to whoever is asked, and P08 to the applicant that others are being asked."""
    facts, asked = facts_of(application), step.facts
    number = take_number(application, LetterKind.CONSULTATION, step.on)
    consulted = Consulted(asked["consulted"])
    wording = wording_for(application.agency, letters.CONSULTATION_CODES[consulted], step.on)
    content = letters.consultation_letter(
        facts,
        number=number,
        on=step.on,
        consulted=consulted,
        addressee=asked["addressee"],
        content=asked["text"],
        wording=wording,
    )
    letter = issue(application, step, LetterKind.CONSULTATION, content, wording)
    number = take_number(application, LetterKind.CONSULTATION_NOTICE, step.on)
    wording = wording_for(application.agency, "P08", step.on)
    notice = letters.consultation_notice(facts, number=number, on=step.on, consulted=consulted, wording=wording)
    issue(application, step, LetterKind.CONSULTATION_NOTICE, notice, wording)
    return letter


def tell_extension(application: Application, step: Step) -> Letter:
    """P05 延期答复告知书 of an extension (条例 33(2))."""
    wording = wording_for(application.agency, "P05", step.on)
    content = letters.extension_notice(
        facts_of(application),
        number=take_number(application, LetterKind.EXTENSION, step.on),
        on=step.on,
        days=step.facts["days"],
        consented=date.fromisoformat(step.facts["consented"]),
        reason=quoted(step.facts["reason"]),
        before=_certain_due(application, step, taken=False),
        until=_certain_due(application, step, taken=True),
        wording=wording,
    )
    return issue(application, step, LetterKind.EXTENSION, content, wording)


def _certain_due(application: Application, step: Step, *, taken: bool) -> date | None:
    """The due date on the day of the step, with it (`taken`) or before it. None where an answer that is awaited can still
    move it: no other date may be told."""
    rows = application.steps.filter(number__lt=step.number + taken).order_by("number")
    case = case_of(rows)
    assert case is not None, "a step was just taken in it"
    reckoning = procedure.reckoning(case, calendar(), max(step.on, case.clock_start), RULES.clock, explain=False)
    awaited = case.stage is Stage.CONSULT and (waits_until(case) or step.on) >= step.on
    return reckoning.due if reckoning.firm and not reckoning.provisional and not awaited else None


def request_reasons(application: Application, step: Step) -> Letter:
    """P04 说明理由告知书."""
    wording = wording_for(application.agency, "P04", step.on)
    content = letters.reasons_request(
        facts_of(application),
        number=take_number(application, LetterKind.REASONS, step.on),
        on=step.on,
        volume=quoted(step.facts["volume"]),
        until=date.fromisoformat(step.facts["until"]),
        wording=wording,
    )
    return issue(application, step, LetterKind.REASONS, content, wording)


def tell_delay(application: Application, step: Step) -> Letter:
    """P05 延期答复告知书 of an agreed delay (条例 35)."""
    days = dict(application.steps.order_by("number").values_list("kind", "on"))
    wording = wording_for(application.agency, "P05", step.on)
    content = letters.delay_notice(
        facts_of(application),
        number=take_number(application, LetterKind.EXTENSION, step.on),
        on=step.on,
        asked=days[StepKind.REASONS_ASKED.value],
        given=days[StepKind.REASONS_GIVEN.value],
        reason=quoted(step.facts["reason"]),
        until=date.fromisoformat(step.facts["until"]),
        wording=wording,
    )
    return issue(application, step, LetterKind.EXTENSION, content, wording)


def ask_payment(application: Application, step: Step, *, pay_by: date | None) -> Letter:
    """P12 收费通知书. `pay_by` is the last day to pay where it is known when the notice was received."""
    told = step.facts
    wording = wording_for(application.agency, "P12", step.on)
    content = letters.fee_notice(
        facts_of(application),
        number=take_number(application, LetterKind.FEE, step.on),
        on=step.on,
        quote=FeeQuote(FeeMethod(told["method"]), tuple(Band(*band) for band in told["bands"])),
        how_to_pay=quoted(told["how_to_pay"]),
        pay_by=pay_by,
        restarts=RULES.clock.fee_clock is FeeClock.RESTART,
        wording=wording,
    )
    return issue(application, step, LetterKind.FEE, content, wording)
