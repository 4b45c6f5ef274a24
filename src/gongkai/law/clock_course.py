"""The course of one case on the reply clock: what its events do to the limit, reckoned on ordinals of days.

This is the one engine. ``clock.reckon`` feeds it events, ``case_json`` feeds it lines; it is kept lean because a
province reckons a hundred thousand cases at a time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from gongkai.law import clock_checks as checks
from gongkai.law.clock_events import ClockSettings, ClockState, Consulted, FeeClock, FeeNotice, LateAnswer
from gongkai.law.time_limits import TIME_LIMITS
from gongkai.law.working_days import Calendar, DueDate

_NOTICE_DAYS = TIME_LIMITS["correction_notice"].days
_MOST = TIME_LIMITS["extension"].days
_PAYMENT_DAYS = TIME_LIMITS["fee_payment"].days
_NEVER = dt.date.max.toordinal()
_ANSWER_DAYS = {
    Consulted.THIRD_PARTY: TIME_LIMITS["third_party"].days,
    Consulted.CO_PRODUCER: TIME_LIMITS["co_producer"].days,
}


def correction_notice_limit(received: dt.date, calendar: Calendar) -> DueDate:
    """Last day for the correction notice: 7 working days from receipt (条例 30) [C]."""
    return calendar.add_working_days(received, _NOTICE_DAYS)


def consultation_limit(issued: dt.date, received: dt.date | None, who: Consulted, calendar: Calendar) -> DueDate | None:
    """Last day of a consulted party: 15 working days from its receipt of the letter (条例 32, 34) [C].

    From the issue when the receipt is not known [I]. None for other agencies: no limit is fixed for them.
    """
    days = _ANSWER_DAYS.get(who)
    return None if days is None else calendar.add_working_days(received or issued, days)


def fee_payment_limit(notice: FeeNotice, calendar: Calendar) -> DueDate:
    """Last day to pay: 20 working days from the day after receipt of the notice (收费办法) [M/S]."""
    return calendar.add_working_days(notice.received or notice.issued, _PAYMENT_DAYS)


class Pause:
    """Days after ``start`` up to and including ``end`` that do not count.

    ``who``: the party asked, None for a fee; ``returned``: when it answered, None if it did not; ``known``: the
    answer (or the payment) came on ``end``; ``open``: no end can be known, ``end`` is the day asked about.
    Neither: the limit of the party ends then.
    """

    __slots__ = ("end", "known", "open", "returned", "start", "who")

    def __init__(
        self, start: int, end: int, who: Consulted | None, returned: int | None, known: bool, open: bool = False
    ) -> None:
        self.start = start
        self.end = end
        self.who = who
        self.returned = returned
        self.known = known
        self.open = open

    def covers(self, day: int) -> bool:
        """Whether the clock stands still at the end of that day."""
        return self.start <= day and (self.open or day < self.end or (day == self.end and not self.known))


class Hold:
    """From ``start`` on nothing runs, because what is awaited will start the limit anew (on ``end``).

    ``fee``: a payment is awaited, else a correction.
    """

    __slots__ = ("end", "fee", "start")

    def __init__(self, start: int, end: int | None, fee: bool) -> None:
        self.start = start
        self.end = end
        self.fee = fee

    def covers(self, day: int) -> bool:
        """Whether the new start is still awaited on that day."""
        return self.start <= day and (self.end is None or day < self.end)


class Course:
    """What the events of one case do to its limit. Told in the order of their dates; refuses what the law refuses.

    Told all, it is asked ``settle``; then the last block of fields says how the case stands (``clock.Reckoning``).
    """

    notice: int | None = None
    late_notice = False
    corrected: int | None = None
    extended: int | None = None
    extension = 0
    consented: int | None = None
    delay: tuple[int, int] | None = None
    fee: int | None = None
    delivered: int | None = None

    as_of: int
    stop: int
    counted_from: int
    first_due: int
    last_day: int
    state: ClockState
    days_used: int
    days_left: int

    def __init__(self, received: int, calendar: Calendar, settings: ClockSettings) -> None:
        calendar.count_until(received)  # refuses a day outside the calendar
        self.received = self._previous = self.latest = received
        self.calendar = calendar
        self.settings = settings
        self.pauses: list[Pause] = []
        self.open: list[Pause] = []
        self.intervals: list[tuple[int, int]] = []
        self.holds: list[Hold] = []

    # Events

    def correction_notice(self, on: int) -> None:
        """The notice to correct (条例 30)."""
        self._next(on)
        if self.notice is not None:
            raise checks.second_correction_notice(self.notice)
        due = self._due_on(on)
        if on > due:
            raise checks.correction_notice_after_limit(on, due)
        self.notice = on
        self.late_notice = on > self.calendar.nth_working_ordinal(self.received, _NOTICE_DAYS)
        if not self.late_notice or self.settings.late_correction_restarts:
            self.holds.append(Hold(on, None, fee=False))

    def correction(self, on: int) -> None:
        """The corrected application came in (条例 30)."""
        self._next(on)
        if self.notice is None or self.corrected is not None:
            raise checks.no_correction_awaited()
        self.corrected = on
        for hold in self.holds:
            if not hold.fee:
                hold.end = on

    def consultation(self, issued: int, received: int | None, returned: int | None, who: Consulted) -> None:
        """A third party, co-producer or other agency is asked (条例 32–34)."""
        self._next(issued, received, returned)
        days = _ANSWER_DAYS.get(who)
        if returned is not None and (days is None or self.settings.late_answer is LateAnswer.RETURN):
            self._pause(Pause(issued, returned, who, returned, known=True))
        elif days is None:
            self._pause(Pause(issued, issued, who, None, known=False, open=True))
        else:
            limit = self.calendar.nth_working_ordinal(issued if received is None else received, days)
            known = returned is not None and returned <= limit
            self._pause(Pause(issued, returned if returned is not None and known else limit, who, returned, known))

    def extend(self, on: int, days: int, consented: int | None) -> None:
        """The applicant is told of an extension (条例 33(2))."""
        self._next(on)
        if not 1 <= days <= _MOST:
            raise checks.extension_days(days)
        if self.extended is not None:
            raise checks.second_extension(self.extended)
        if self.delay is not None:
            raise checks.extension_after_delay(self.delay[0])
        if consented is None:
            if self.settings.consent_is_recorded:
                raise checks.extension_without_consent()
        elif not self.received <= consented <= on:
            raise checks.extension_without_consent()
        first_due = self.due(self.anchor(on), self.settings.reply_days, on)
        if on > first_due:
            raise checks.extension_after_limit(on, first_due)
        self.extended, self.extension, self.consented = on, days, consented

    def agree_delay(self, on: int, until: int) -> None:
        """The applicant is told by when the reply comes, his reasons being good (条例 35)."""
        self._next(on)
        if self.delay is not None:
            raise checks.second_delay(self.delay[0])
        due = self._due_on(on)
        if on > due:
            raise checks.delay_after_limit(on, due)
        known = self._due_known(on)
        if until <= known:
            raise checks.delay_not_later(until, known)
        self.delay = (on, until)

    def fee_notice(self, issued: int, received: int | None, paid: int | None) -> None:
        """A processing fee is asked (收费办法)."""
        self._next(issued, received, paid)
        if self.fee is not None:
            raise checks.second_fee_notice(self.fee)
        due = self._due_on(issued)
        if issued > due:
            raise checks.fee_notice_after_limit(issued, due)
        self.fee = issued
        if self.settings.fee_clock is FeeClock.RESTART:
            self.holds.append(Hold(issued, paid, fee=True))
            return
        end = paid
        if end is None:
            end = self.calendar.nth_working_ordinal(issued if received is None else received, _PAYMENT_DAYS)
        self._pause(Pause(issued, end, None, paid, known=paid is not None))

    def deliver(self, on: int) -> None:
        """The reply went out."""
        if self.delivered is None and on < self.latest:
            raise checks.out_of_order(self.latest, on)
        self._next(on)
        self.delivered = on

    def _next(self, first: int, second: int | None = None, third: int | None = None) -> None:
        """Notes the dates of an event. Refuses one before receipt, before the event told ahead, or out of itself."""
        if self.delivered is not None:
            raise checks.after_delivery()
        if first < self._previous:
            raise checks.out_of_order(self._previous, first)
        self._previous = last = first
        if second is not None:
            if second < last:
                raise checks.out_of_order(last, second)
            last = second
        if third is not None:
            if third < last:
                raise checks.out_of_order(last, third)
            last = third
        if last > self.latest:
            self.latest = last

    def _pause(self, pause: Pause) -> None:
        """Events come in the order of their start, so that overlapping pauses merge as they come."""
        self.pauses.append(pause)
        if pause.open:
            self.open.append(pause)
            return
        intervals = self.intervals
        if intervals and pause.start <= intervals[-1][1]:
            if pause.end > intervals[-1][1]:
                intervals[-1] = (intervals[-1][0], pause.end)
        else:
            intervals.append((pause.start, pause.end))

    # Counting

    def anchor(self, day: int) -> int:
        """The receipt from which the limit runs that is in force on ``day``: the last restart by then."""
        found = self.received
        for hold in self.holds:
            if hold.end is not None and found < hold.end <= day:
                found = hold.end
        return found

    def length(self, anchor: int) -> int:
        """Working days of the limit that runs from ``anchor``; an extension told before it is void."""
        if self.extended is not None and self.extended >= anchor:
            return self.settings.reply_days + self.extension
        return self.settings.reply_days

    def delayed(self, anchor: int) -> int | None:
        """The day fixed by an agreed delay of the limit that runs from ``anchor``."""
        return self.delay[1] if self.delay is not None and self.delay[0] >= anchor else None

    def due(self, anchor: int, days: int, day: int | None = None) -> int:
        """The ``days``-th working day after ``anchor`` that lies in no pause. ``day``: open pauses last until then."""
        intervals = self.intervals
        if day is not None and self.open:
            intervals = merged([*((p.start, max(p.start, day)) for p in self.open), *intervals])
        return self._nth(anchor, days, intervals)

    def _nth(self, anchor: int, days: int, intervals: Sequence[tuple[int, int]]) -> int:
        """The ``days``-th working day after ``anchor`` outside the intervals, which are in order and apart."""
        calendar, position, missing = self.calendar, anchor, days
        for start, end in intervals:
            if end <= position:
                continue
            run = calendar.count_between(position, start) if start > position else 0
            if run >= missing:
                break
            position, missing = end, missing - run
        return calendar.nth_working_ordinal(position, missing)

    def limit_end(self, anchor: int, day: int | None = None) -> int:
        """The last day of the limit that runs from ``anchor``, with its extension or delay.

        Time of consultation is not counted (条例 33(3)) even where a day was told (35): the later day holds [I].
        """
        return max(self.due(anchor, self.length(anchor), day), self.delayed(anchor) or 0)

    def _due_on(self, day: int) -> int:
        return self.limit_end(self.anchor(day), day)

    def _due_known(self, day: int) -> int:
        """The same without the answers and payments that came in on ``day`` or later: what could be known then."""
        known = (pause for pause in self.pauses if pause.returned is None or pause.returned < day)
        spans = merged((pause.start, max(pause.start, day) if pause.open else pause.end) for pause in known)
        anchor = self.anchor(day)
        return self._nth(anchor, self.length(anchor), spans)

    def counted(self, start: int, end: int) -> int:
        """Working days after ``start`` up to ``end`` that lie in no pause which moved the limit."""
        if end <= start:
            return 0
        count = self.calendar.count_between
        total = count(start, end)
        for first, last in self.intervals:
            low, high = max(first, start), min(last, end)
            if low < high and first < self.last_day:
                total -= count(low, high)
        return total

    def hold_on(self, day: int) -> Hold | None:
        """What is awaited on that day that will start the limit anew."""
        for hold in self.holds:
            if hold.covers(day):
                return hold
        return None

    # The result

    def settle(self, as_of: int | None) -> None:
        """Says how the case stands on ``as_of`` (None: the last date known of it). Asked last, and once."""
        self.as_of = self.latest if as_of is None else as_of
        if self.as_of < self.received:
            raise checks.before_receipt(self.as_of, self.received)
        self.stop = self.as_of if self.delivered is None else min(self.as_of, self.delivered)
        if self.open:
            for pause in self.open:
                pause.end = max(pause.start, self.stop)
            self.intervals = merged((pause.start, pause.end) for pause in self.pauses)
        anchor = self.anchor(_NEVER) if self.holds else self.received
        self.counted_from = anchor
        self.first_due = self.last_day = self.due(anchor, self.settings.reply_days)
        if self.extended is not None or self.delay is not None:
            self.last_day = self.limit_end(anchor)
        self.days_used, self.days_left = self._days()
        self.state = self._state()

    def _days(self) -> tuple[int, int]:
        """Working days used and left on the day asked about, of the limit in force on it."""
        anchor, end = self.received, self.stop
        if self.holds:
            anchor = self.anchor(end)
            hold = self.hold_on(end)
            end = hold.start if hold else end
        used = self.counted(anchor, end)
        if self.delayed(anchor) is not None:
            return used, self.counted(anchor, self.limit_end(anchor)) - used
        return used, self.length(anchor) - used

    def _state(self) -> ClockState:
        day, due = self.as_of, self.last_day
        if self.delivered is not None and self.delivered <= day:
            return ClockState.CLOSED
        if self.holds and self.hold_on(day):
            return ClockState.PAUSED
        for pause in self.pauses:
            # A letter sent when the limit was over stops nothing.
            if pause.start < due and pause.covers(day):
                return ClockState.PAUSED
        return ClockState.LATE if day > due else ClockState.RUNNING

    @property
    def firm(self) -> bool:
        """Whether nothing is awaited that has no limit of its own."""
        if any(hold.end is None for hold in self.holds):
            return False
        return all(pause.start >= self.last_day for pause in self.open)

    @property
    def provisional(self) -> bool:
        """Whether a year without a published schedule was counted in."""
        return self.calendar.provisional_between(self.received, self.last_day)


def merged(pauses: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pauses as intervals in order; overlapping ones count once."""
    intervals: list[tuple[int, int]] = []
    for start, end in sorted(pauses):
        if intervals and start <= intervals[-1][1]:
            intervals[-1] = (intervals[-1][0], max(intervals[-1][1], end))
        else:
            intervals.append((start, end))
    return intervals


def effective(pauses: Sequence[Pause], due: int) -> list[Pause]:
    """The pauses that moved the limit: a letter sent when the limit was over stops nothing."""
    return [pause for pause in pauses if pause.start < due]
