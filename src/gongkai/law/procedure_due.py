"""When a reply is due for other reasons than counting: a date that was told, a day set by a review organ or a court.

No article says how long an agency has that handles an application again. Where the decision or the judgment sets a
day, that day holds; else the limit of 条例 33 runs anew from the reopening, by analogy [I].
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from gongkai.law.citations import REG
from gongkai.law.clock import Reckoning
from gongkai.law.clock_events import ClockState
from gongkai.law.clock_explanation import ExplanationLine
from gongkai.law.dates import day_text, weekday_text
from gongkai.law.procedure_case import NOTES, Case, Step
from gongkai.law.procedure_replies import ReopenGround
from gongkai.law.procedure_table import StepKind
from gongkai.law.texts import Text
from gongkai.law.working_days import Calendar

_BY_ANALOGY = REG(33, 2, certainty="I")


def of_reopened(case: Case, counted: Reckoning, reopening: Step, calendar: Calendar) -> Reckoning:
    """The reckoning from the day of reopening, told as such; with the day that was set, if one was.

    Its ``received`` stays the receipt of the application, of which letters speak; ``counted_from`` is the reopening.
    """
    counted = replace(counted, received=case.received)
    if reopening.until is not None:
        return _set_by_order(counted, reopening, reopening.until, calendar)
    text = Text(
        "当日不计，答复期限自次日起重新计算（条例没有规定重新办理的期限，比照收到申请计算）。",
        "That day is not counted; the limit starts anew the next day (no article gives a limit for this; "
        "counted as from a receipt).",
    )
    told = (_reopened_line(reopening, text), *counted.explanation[1:])
    return replace(counted, explanation=told if counted.explanation else ())


def _reopened_line(reopening: Step, text: Text) -> ExplanationLine:
    name, ground = weekday_text(reopening.on), (reopening.ground or ReopenGround.ERROR).label
    why = Text(f"{name.zh}重新办理（{ground.zh}）。", f"{name.en}: handled again ({ground.en}).")
    return ExplanationLine(reopening.on, reopening.on, 0, why + text, _BY_ANALOGY)


def _set_by_order(counted: Reckoning, reopening: Step, until: dt.date, calendar: Calendar) -> Reckoning:
    """The day set holds as it is: nothing pauses it, starts it anew or extends it [I]."""
    stop = counted.as_of if counted.delivered is None else min(counted.as_of, counted.delivered)
    state = counted.state
    if state is not ClockState.CLOSED:
        state = ClockState.LATE if counted.as_of > until else ClockState.RUNNING
    used = _working_days(calendar, reopening.on, stop)
    name = weekday_text(until)
    text = Text(f"所定的重新答复期限于{name.zh}届满。", f"The new reply was ordered by {name.en}.")
    not_counted = Text("当日不计。", "That day is not counted.")
    lines = (_reopened_line(reopening, not_counted), ExplanationLine(until, until, 0, text, None))
    return replace(
        counted,
        first_due=until,
        due=until,
        state=state,
        days_used=used,
        days_left=_working_days(calendar, reopening.on, until) - used,
        provisional=False,
        explanation=lines if counted.explanation else (),
        counted_from=reopening.on,
        firm=True,
    )


def _working_days(calendar: Calendar, start: dt.date, end: dt.date) -> int:
    return calendar.count_between(start.toordinal(), end.toordinal())


def with_date_told(counted: Reckoning, case: Case, calendar: Calendar) -> Reckoning:
    """The reckoning by the later of the date it gives and the date that was told and stands [I]."""
    told = case.due_kept
    if told is None or told <= counted.due:
        return counted
    late = counted.state is ClockState.LATE and counted.as_of <= told
    return replace(
        counted,
        due=told,
        state=ClockState.RUNNING if late else counted.state,
        days_left=counted.days_left + _working_days(calendar, counted.due, told),
        explanation=(*counted.explanation, _told_line(case, counted.due, told)) if counted.explanation else (),
    )


def _told_line(case: Case, computed: dt.date, told: dt.date) -> ExplanationLine:
    new, old = day_text(computed), weekday_text(told)
    text = Text(
        f"工作日安排调整后推算的届满日提前为{new.zh}；已告知申请人的届满日为{old.zh}，",
        f"After the change of working days it would be due on {new.en}; the applicant was told {old.en},",
    )
    text += _why_it_stands(case)
    return ExplanationLine(computed, told, 0, text, _BY_ANALOGY)


def _why_it_stands(case: Case) -> Text:
    if case.due_question:
        return Text("在工作人员决定是否变更之前不变。", "which stands until a person decides.")
    notes = [step for step in case.history if step.kind in NOTES and (step.until or step.kept is not None)]
    if notes[-1].kind is StepKind.DUE_DECISION:
        return Text("经决定予以保留。", "which was kept by decision.")
    return Text("至答复送达时未决定变更。", "which nobody had changed when the reply went out.")
