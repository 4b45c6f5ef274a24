"""The course of one case on the reply clock: its pauses, what it waits for, and counting through them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from gongkai.law.clock_events import (
    ClockSettings,
    Consultation,
    Consulted,
    Corrected,
    CorrectionNotice,
    Extension,
    FeeNotice,
)
from gongkai.law.time_limits import TIME_LIMITS
from gongkai.law.working_days import Calendar, DueDate


def correction_notice_limit(received: dt.date, calendar: Calendar) -> DueDate:
    """Last day for the correction notice: 7 working days from receipt (条例 30) [C]."""
    return calendar.add_working_days(received, TIME_LIMITS["correction_notice"].days)


def consultation_limit(issued: dt.date, received: dt.date | None, who: Consulted, calendar: Calendar) -> DueDate | None:
    """Last day of a consulted party: 15 working days from its receipt of the letter (条例 32, 34) [C].

    From the issue when the receipt is not known [I]. None for other agencies: no limit is fixed for them.
    """
    if who is Consulted.OTHER:
        return None
    return calendar.add_working_days(received or issued, TIME_LIMITS[who.value].days)


def fee_payment_limit(notice: FeeNotice, calendar: Calendar) -> DueDate:
    """Last day to pay: 20 working days from the day after receipt of the notice (收费办法) [M/S]."""
    return calendar.add_working_days(notice.received or notice.issued, TIME_LIMITS["fee_payment"].days)


@dataclass(slots=True)
class Pause:
    """Days after ``start`` up to and including ``end`` (ordinals) that do not count.

    ``known``: the answer came (or the fee was paid) on ``end``; ``open``: no end can be known, ``end`` is the
    day asked about. Neither: the limit of the party asked ends then.
    """

    start: int
    end: int
    event: Consultation | FeeNotice
    known: bool
    open: bool = False

    def covers(self, day: int) -> bool:
        """Whether the clock stands still at the end of that day."""
        return self.start <= day and (self.open or day < self.end or (day == self.end and not self.known))


@dataclass(slots=True)
class Hold:
    """From ``start`` on nothing runs, because what is awaited will start the limit anew (on ``end``)."""

    start: int
    end: int | None
    event: CorrectionNotice | FeeNotice

    def covers(self, day: int) -> bool:
        """Whether the new start is still awaited on that day."""
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(slots=True)
class Course:
    """What the events of one case did to its limit. All days are ordinals.

    ``reference``: the day asked about; ``stop``: that day, or the day of the reply when that came before.
    """

    received: int
    reference: int
    stop: int
    calendar: Calendar
    settings: ClockSettings
    pauses: list[Pause] = field(default_factory=list)
    holds: list[Hold] = field(default_factory=list)
    notice: CorrectionNotice | None = None
    late_notice: bool = False
    corrected: Corrected | None = None
    extension: Extension | None = None
    fee: FeeNotice | None = None
    delivered: int | None = None

    @property
    def last_restart(self) -> int:
        """The receipt from which the limit finally runs."""
        return max((hold.end for hold in self.holds if hold.end is not None), default=self.received)

    def anchor(self, day: int) -> int:
        """The receipt from which the limit runs that is in force on ``day``: the last restart by then."""
        return max((h.end for h in self.holds if h.end is not None and h.end <= day), default=self.received)

    def length(self, anchor: int) -> int:
        """Working days of the limit that runs from ``anchor``; an extension told before it is void."""
        added = self.extension.days if self.extension and self.extension.on.toordinal() >= anchor else 0
        return self.settings.reply_days + added

    def due(self, anchor: int, days: int) -> int:
        """The ``days``-th working day after ``anchor`` that lies in no pause."""
        position, missing = anchor, days
        if self.pauses:
            count = self.calendar.count_until
            for start, end in merged(self.pauses):
                if end <= position:
                    continue
                run = count(max(start, position)) - count(position)
                if run >= missing:
                    break
                position, missing = end, missing - run
        return self.calendar.nth_working_ordinal(position, missing)

    def counted(self, start: int, end: int, pauses: Sequence[Pause]) -> int:
        """Working days after ``start`` up to ``end`` that lie in no pause."""
        if end <= start:
            return 0
        count = self.calendar.count_until
        total = count(end) - count(start)
        for first, last in merged(pauses):
            low, high = max(first, start), min(last, end)
            if low < high:
                total -= count(high) - count(low)
        return total

    def effective(self, due: int) -> list[Pause]:
        """The pauses that moved the limit: a letter sent when the limit was over stops nothing."""
        return [pause for pause in self.pauses if pause.start < due]

    def hold_on(self, day: int) -> Hold | None:
        """What is awaited on that day that will start the limit anew."""
        return next((hold for hold in self.holds if hold.covers(day)), None)


def merged(pauses: Iterable[Pause]) -> list[tuple[int, int]]:
    """The pauses as intervals in order; overlapping ones count once."""
    intervals: list[tuple[int, int]] = []
    for pause in sorted(pauses, key=lambda p: p.start):
        if intervals and pause.start <= intervals[-1][1]:
            intervals[-1] = (intervals[-1][0], max(intervals[-1][1], pause.end))
        else:
            intervals.append((pause.start, pause.end))
    return intervals
