"""What a notice about working days does to a running case: the reckoning before it and after it, side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.law.clock import ClockEvent, ClockSettings, Reckoning, reckon
from gongkai.law.dates import day_text
from gongkai.law.texts import Text
from gongkai.law.working_days import Calendar


@dataclass(frozen=True, slots=True)
class Recalculation:
    """The same case reckoned with the calendar as it was known on a day, and as it is."""

    known_on: dt.date
    before: Reckoning
    after: Reckoning

    @property
    def moved(self) -> bool:
        """Whether the due date changed."""
        return self.before.due != self.after.due

    @property
    def needs_a_person(self) -> bool:
        """Whether the due date came nearer: a date already told to the applicant is not shortened by itself [I]."""
        return self.after.due < self.before.due

    @property
    def text(self) -> Text:
        """What changed, in a sentence."""
        old, new, known = day_text(self.before.due), day_text(self.after.due), day_text(self.known_on)
        if not self.moved:
            return Text(
                f"工作日安排调整后，届满日不变，仍为{new.zh}。",
                f"After the change of working days still due on {new.en}.",
            )
        text = Text(
            f"按{known.zh}所知的工作日安排，届满日为{old.zh}；按现行安排为{new.zh}。",
            f"By the working days as known on {known.en} due on {old.en}; by those of today due on {new.en}.",
        )
        if self.needs_a_person:
            text += Text(
                "期限提前，已告知申请人的日期须由工作人员决定是否变更。",
                "It came nearer: whether a date already told to the applicant changes is for a person to decide.",
            )
        return text


def recalculate(
    received: dt.date,
    events: Sequence[ClockEvent],
    calendar: Calendar,
    known_on: dt.date,
    as_of: dt.date | None = None,
    settings: ClockSettings = ClockSettings(),  # noqa: B008  (frozen)
) -> Recalculation:
    """Both reckonings of a case: with the notices known on ``known_on``, and with all of ``calendar``.

    Raises what ``reckon`` raises.
    """
    before = reckon(received, events, calendar.as_known_on(known_on), as_of, settings)
    return Recalculation(known_on, before, reckon(received, events, calendar, as_of, settings))
