"""The clock of a case: its steps as the events that the reply clock is told."""

from __future__ import annotations

import datetime as dt

from gongkai.law.clock import Reckoning, fee_payment_limit, reckon
from gongkai.law.clock_events import (
    AgreedDelay,
    ClockEvent,
    ClockSettings,
    Consultation,
    Consulted,
    Corrected,
    CorrectionNotice,
    Delivered,
    Extension,
    FeeNotice,
)
from gongkai.law.procedure_case import Case, Step
from gongkai.law.procedure_due import of_reopened, with_date_told
from gongkai.law.procedure_table import StepKind
from gongkai.law.working_days import Calendar, DueDate


def clock_events(case: Case) -> tuple[ClockEvent, ...]:
    """The steps of the case that the reply clock counts by, as its events: after a reopening those since then."""
    begin = 0 if case.reopened is None else case.reopened + 1
    steps = case.history[begin:]
    answers = {step.consultation: step for step in steps if step.kind is StepKind.CONSULTATION_REPLY}
    payment = next((step for step in steps if step.kind is StepKind.FEE_PAID), None)
    events: list[ClockEvent] = []
    for index, step in enumerate(steps, begin):
        answer = payment if step.kind is StepKind.FEE_NOTICE else answers.get(index)
        event = event_of(step, answer)
        if event is not None:
            events.append(event)
    return tuple(events)


def event_of(step: Step, answer: Step | None = None) -> ClockEvent | None:
    """The event that a step is to the clock; None if it is none. ``answer``: the reply or payment that followed it."""
    match step.kind:
        case StepKind.CORRECTION_NOTICE:
            return CorrectionNotice(step.on)
        case StepKind.CORRECTED:
            return Corrected(step.on)
        case StepKind.CONSULTATION:
            who = step.consulted or Consulted.OTHER
            return Consultation(step.on, _received(step, answer), answer.on if answer else None, who)
        case StepKind.EXTENSION:
            return Extension(step.on, step.days or 0, step.consented)
        case StepKind.AGREED_DELAY:
            return AgreedDelay(step.on, step.until or step.on)
        case StepKind.FEE_NOTICE:
            return FeeNotice(step.on, _received(step, answer), answer.on if answer else None)
        case StepKind.DELIVER | StepKind.TAKEN_OVER:
            return Delivered(step.on)
        case _:
            return None


def _received(step: Step, answer: Step | None) -> dt.date | None:
    return answer.received if answer is not None and answer.received is not None else step.received


def payment_limit(case: Case, calendar: Calendar) -> DueDate | None:
    """Last day to pay the fee that is awaited (收费办法) [M/S]; None while none is."""
    return unpaid_fee_limit(case, calendar) if case.fee_awaited else None


def unpaid_fee_limit(case: Case, calendar: Calendar) -> DueDate | None:
    """Last day to pay a fee that was asked and not paid, be it awaited or closed by a reopening; None if none was."""
    if case.fee_notice is None or not (case.fee_awaited or case.fee_closed):
        return None
    notice = case.history[case.fee_notice]
    return fee_payment_limit(FeeNotice(notice.on, notice.received), calendar)


def reckoning(
    case: Case,
    calendar: Calendar,
    as_of: dt.date | None = None,
    settings: ClockSettings | None = None,
    *,
    explain: bool = True,
) -> Reckoning:
    """The reply clock of the case: when it is due, on ``as_of`` (see ``clock.reckon``).

    A reopened case is reckoned from its reopening, and where the review organ or the court set a day, by that day. A
    date that was told before the working days changed stands until a person decides otherwise [I].
    """
    counted = counted_reckoning(case, calendar, as_of, settings, explain=explain)
    return with_date_told(counted, case, calendar)


def counted_reckoning(
    case: Case,
    calendar: Calendar,
    as_of: dt.date | None = None,
    settings: ClockSettings | None = None,
    *,
    explain: bool = True,
) -> Reckoning:
    """The same by the working days alone, whatever date was told before they changed."""
    events = clock_events(case)
    counted = reckon(case.clock_start, events, calendar, as_of, settings or ClockSettings(), explain=explain)
    return counted if case.reopening is None else of_reopened(case, counted, case.reopening, calendar)
