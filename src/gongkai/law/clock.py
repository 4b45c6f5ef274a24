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
from typing import Any

from gongkai.law.clock_course import (
    Course,
    consultation_limit,
    correction_notice_limit,
    fee_payment_limit,
)
from gongkai.law.clock_events import (
    AgreedDelay,
    ClockEvent,
    ClockSettings,
    ClockState,
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
from gongkai.law.working_days import Calendar

__all__ = [
    "AgreedDelay",
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
    "reckoned",
]


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
    def restarted(self) -> bool:
        """Whether the limit started anew after receipt: a correction or a payment came in."""
        return self.counted_from != self.received

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
    """When the reply is due (条例 30–35), as the events make it, and the state of the clock on ``as_of``.

    ``events`` in the order of their dates; ``as_of`` defaults to the last date known of the case. All events
    count for the due date, those after ``as_of`` too. ``explain=False`` leaves the explanation out (faster).

    Raises ``ClockError``: dates_out_of_order, second_correction_notice, correction_without_notice,
    correction_notice_after_limit, extension_days, second_extension, extension_after_limit,
    extension_without_consent, extension_after_delay, second_agreed_delay, agreed_delay_after_limit,
    agreed_delay_not_later, second_fee_notice, fee_notice_after_limit, after_delivery, as_of_before_receipt;
    ``CalendarError``: before_calendar, after_calendar.
    """
    course = Course(received.toordinal(), calendar, settings)
    for event in events:
        _TELL[type(event)](course, event)
    course.settle(as_of.toordinal() if as_of else None)
    return reckoned(course, explain=explain)


def reckoned(course: Course, *, explain: bool = True) -> Reckoning:
    """A settled course as a ``Reckoning``."""
    day = dt.date.fromordinal
    return Reckoning(
        received=day(course.received),
        first_due=day(course.first_due),
        due=day(course.last_day),
        state=course.state,
        days_used=course.days_used,
        days_left=course.days_left,
        provisional=course.provisional,
        explanation=explanation(course) if explain else (),
        counted_from=day(course.counted_from),
        as_of=day(course.as_of),
        delivered=day(course.delivered) if course.delivered is not None else None,
        firm=course.firm,
    )


def _ordinal(day: dt.date | None) -> int | None:
    return None if day is None else day.toordinal()


def _consultation(course: Course, event: Consultation) -> None:
    course.consultation(event.issued.toordinal(), _ordinal(event.received), _ordinal(event.returned), event.who)


def _extension(course: Course, event: Extension) -> None:
    course.extend(event.on.toordinal(), event.days, _ordinal(event.consented))


def _fee_notice(course: Course, event: FeeNotice) -> None:
    course.fee_notice(event.issued.toordinal(), _ordinal(event.received), _ordinal(event.paid))


_TELL: Mapping[type[ClockEvent], Callable[[Course, Any], None]] = {
    CorrectionNotice: lambda course, event: course.correction_notice(event.on.toordinal()),
    Corrected: lambda course, event: course.correction(event.on.toordinal()),
    Consultation: _consultation,
    Extension: _extension,
    AgreedDelay: lambda course, event: course.agree_delay(event.on.toordinal(), event.until.toordinal()),
    FeeNotice: _fee_notice,
    Delivered: lambda course, event: course.deliver(event.on.toordinal()),
}
