"""The reply clock (答复期限): when the reply to an application is due, and why.

The limit is 20 working days from receipt (条例 33(2)), the day of receipt not counted. A corrected
application starts it anew (30), consultation pauses it (33(3)), an extension adds up to 20 working days,
once (33(2)).
受理 is no event of this clock: receipt is (31, 33).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from gongkai.law import clock_checks as checks
from gongkai.law.clock_course import (
    Course,
    Hold,
    Pause,
    consultation_limit,
    correction_notice_limit,
    fee_payment_limit,
)
from gongkai.law.clock_events import (
    ClockEvent,
    ClockSettings,
    Consultation,
    Consulted,
    Corrected,
    CorrectionNotice,
    Delivered,
    Extension,
    FeeClock,
    FeeNotice,
    LateAnswer,
)
from gongkai.law.clock_explanation import ExplanationLine, explanation
from gongkai.law.texts import Text
from gongkai.law.time_limits import TIME_LIMITS
from gongkai.law.working_days import Calendar

__all__ = [
    "ClockEvent",
    "ClockSettings",
    "ClockState",
    "Consultation",
    "Consulted",
    "Corrected",
    "CorrectionNotice",
    "Delivered",
    "ExplanationLine",
    "Extension",
    "FeeClock",
    "FeeNotice",
    "LateAnswer",
    "Reckoning",
    "consultation_limit",
    "correction_notice_limit",
    "fee_payment_limit",
    "reckon",
]


class ClockState(StrEnum):
    """State of the clock on the day asked about. ``late``: no reply has gone out and the due date is over."""

    RUNNING = "running"
    PAUSED = "paused"
    CLOSED = "closed"
    LATE = "late"

    @property
    def label(self) -> Text:
        """计时中, 暂停, 已办结, 已逾期."""
        return _STATES[self]


_STATES = {
    ClockState.RUNNING: Text("计时中", "running"),
    ClockState.PAUSED: Text("暂停计时", "paused"),
    ClockState.CLOSED: Text("已答复", "replied"),
    ClockState.LATE: Text("已逾期", "late"),
}


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The result of ``reckon``.

    ``first_due``: the due date before any extension; ``due``: the due date; ``counted_from``: the receipt (of
    application, of the corrected one, or of the fee) from which the limit now runs; ``days_used`` and
    ``days_left`` in working days on the day asked about (left is negative when late); ``provisional``: a year
    without a published schedule was counted in; ``firm``: False while the true due date cannot be known,
    because a correction, a payment or an answer without a limit is awaited.
    """

    received: dt.date
    first_due: dt.date
    due: dt.date
    state: ClockState
    days_used: int
    days_left: int
    provisional: bool
    explanation: tuple[ExplanationLine, ...]
    counted_from: dt.date
    as_of: dt.date
    delivered: dt.date | None = None
    firm: bool = True

    @property
    def on_time(self) -> bool:
        """Whether the limit was kept so far: not late, or the reply went out by the due date."""
        if self.delivered is not None:
            return self.delivered <= self.due or not self.firm
        return self.state is not ClockState.LATE


def reckon(
    received: dt.date,
    events: Sequence[ClockEvent],
    calendar: Calendar,
    as_of: dt.date | None = None,
    settings: ClockSettings = ClockSettings(),  # noqa: B008  (frozen)
    *,
    explain: bool = True,
) -> Reckoning:
    """When the reply is due (条例 30–34), as the events make it, and the state of the clock on ``as_of``.

    ``events`` in the order of their dates; ``as_of`` defaults to the last date known of the case. All events
    count for the due date, those after ``as_of`` too. ``explain=False`` leaves the explanation out (faster).

    Raises ``ClockError``: dates_out_of_order, second_correction_notice, correction_without_notice,
    correction_notice_after_limit, extension_days, second_extension, extension_after_limit, second_fee_notice,
    fee_notice_after_limit, after_delivery, as_of_before_receipt; ``CalendarError``: before_calendar,
    after_calendar.
    """
    last = checks.dates_in_order(received, events)
    reference = checks.reference_day(received, as_of, last)
    day = reference.toordinal()
    reply = next((event.on.toordinal() for event in events if isinstance(event, Delivered)), day)
    course = Course(received.toordinal(), day, min(day, reply), calendar, settings)
    for event in events:
        _APPLY[type(event)](course, event)
    return _result(course, explain)


def _apply_notice(course: Course, event: CorrectionNotice) -> None:
    checks.first_correction_notice(course.notice)
    day = event.on.toordinal()
    checks.correction_notice_in_limit(event, _due_on(course, day))
    limit = course.calendar.nth_working_ordinal(course.received, TIME_LIMITS["correction_notice"].days)
    course.notice = event
    course.late_notice = day > limit
    if not course.late_notice or course.settings.late_correction_restarts:
        course.holds.append(Hold(day, None, event))


def _apply_corrected(course: Course, event: Corrected) -> None:
    checks.correction_awaited(course.notice, course.corrected)
    course.corrected = event
    for hold in course.holds:
        if hold.event is course.notice:
            hold.end = event.on.toordinal()


def _apply_consultation(course: Course, event: Consultation) -> None:
    limit = consultation_limit(event.issued, event.received, event.who, course.calendar)
    start = event.issued.toordinal()
    if event.returned is not None:
        end = event.returned.toordinal()
        if limit and course.settings.late_answer is LateAnswer.LIMIT and limit.day < event.returned:
            course.pauses.append(Pause(start, limit.day.toordinal(), event, known=False))
        else:
            course.pauses.append(Pause(start, end, event, known=True))
    elif limit is not None:
        course.pauses.append(Pause(start, limit.day.toordinal(), event, known=False))
    else:
        end = max(start, course.stop)
        course.pauses.append(Pause(start, end, event, known=False, open=True))


def _apply_extension(course: Course, event: Extension) -> None:
    checks.extension_allowed(event, course.extension)
    day = event.on.toordinal()
    first_due = course.due(course.anchor(day), course.settings.reply_days)
    checks.extension_in_limit(event, dt.date.fromordinal(first_due))
    course.extension = event


def _apply_fee(course: Course, event: FeeNotice) -> None:
    checks.first_fee_notice(course.fee)
    start = event.issued.toordinal()
    checks.fee_notice_in_limit(event, _due_on(course, start))
    course.fee = event
    paid = event.paid.toordinal() if event.paid else None
    if course.settings.fee_clock is FeeClock.RESTART:
        course.holds.append(Hold(start, paid, event))
        return
    end = paid if paid is not None else fee_payment_limit(event, course.calendar).day.toordinal()
    course.pauses.append(Pause(start, end, event, known=paid is not None))


def _apply_delivered(course: Course, event: Delivered) -> None:
    course.delivered = event.on.toordinal()


def _due_on(course: Course, day: int) -> dt.date:
    """The due date of the limit in force on ``day``, with its extension."""
    anchor = course.anchor(day)
    return dt.date.fromordinal(course.due(anchor, course.length(anchor)))


_APPLY: Mapping[type[ClockEvent], Callable[[Course, Any], None]] = {
    CorrectionNotice: _apply_notice,
    Corrected: _apply_corrected,
    Consultation: _apply_consultation,
    Extension: _apply_extension,
    FeeNotice: _apply_fee,
    Delivered: _apply_delivered,
}


def _result(course: Course, explain: bool) -> Reckoning:
    day = dt.date.fromordinal
    anchor = course.last_restart
    length = course.length(anchor)
    first_due = course.due(anchor, course.settings.reply_days)
    due = course.due(anchor, length) if length != course.settings.reply_days else first_due
    used, left = _days(course, due)
    return Reckoning(
        received=day(course.received),
        first_due=day(first_due),
        due=day(due),
        state=_state(course, due),
        days_used=used,
        days_left=left,
        provisional=course.calendar.provisional_between(course.received, due),
        explanation=explanation(course, first_due, due) if explain else (),
        counted_from=day(anchor),
        as_of=day(course.reference),
        delivered=day(course.delivered) if course.delivered is not None else None,
        firm=_firm(course, due),
    )


def _firm(course: Course, due: int) -> bool:
    awaited = any(hold.end is None for hold in course.holds)
    return not awaited and not any(pause.open for pause in course.effective(due))


def _state(course: Course, due: int) -> ClockState:
    day = course.reference
    if course.delivered is not None and course.delivered <= day:
        return ClockState.CLOSED
    if course.hold_on(day) or any(pause.covers(day) for pause in course.effective(due)):
        return ClockState.PAUSED
    return ClockState.LATE if day > due else ClockState.RUNNING


def _days(course: Course, due: int) -> tuple[int, int]:
    """Working days used and left on the day asked about, of the limit in force on it."""
    anchor = course.anchor(course.stop)
    hold = course.hold_on(course.stop)
    until = hold.start if hold else course.stop
    used = course.counted(anchor, until, course.effective(due))
    return used, course.length(anchor) - used
