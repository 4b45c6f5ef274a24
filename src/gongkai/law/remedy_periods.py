"""Until when a person may go to review or to court: from receipt of the reply, from silence, or never told.

The periods are the person's, not the agency's: what is computed here is the last day on which an application for
review, or a suit, is still in time. They run from receipt of the reply by the applicant (行政复议法实施条例 15), not
from its dispatch. Calendar days and months roll off rest days (民事诉讼法 85).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from gongkai.law.citations import Article
from gongkai.law.dates import day_text
from gongkai.law.errors import LawError
from gongkai.law.outcomes import Outcome, ReviewFirstSettings
from gongkai.law.remedies import RemedyOrder, remedy_order
from gongkai.law.texts import Text
from gongkai.law.time_limits import TIME_LIMITS
from gongkai.law.working_days import Calendar, DueDate

_REVIEW, _SUIT = TIME_LIMITS["review"], TIME_LIMITS["suit"]
_REVIEW_UNTOLD = Article("行政复议法", 20)
_ABSOLUTE = {"review": Article("行政复议法", 21), "suit": Article("行政诉讼法", 46)}
_ABSOLUTE_YEARS = 5


class Remedy(StrEnum):
    """行政复议, 行政诉讼."""

    REVIEW = "review"
    SUIT = "suit"

    @property
    def label(self) -> Text:
        """The remedy in words."""
        return _LABELS[self]


_LABELS = {
    Remedy.REVIEW: Text("申请行政复议", "to apply for reconsideration"),
    Remedy.SUIT: Text("提起行政诉讼", "to sue"),
}


@dataclass(frozen=True, slots=True)
class RemedyPeriod:
    """The last day of a remedy, counted from ``start`` (not counted itself), and why."""

    remedy: Remedy
    start: dt.date
    last_day: DueDate
    text: Text
    article: Article


def review_period(
    known: dt.date, calendar: Calendar, *, told: bool = True, told_on: dt.date | None = None
) -> RemedyPeriod:
    """The last day to apply for review of an act whose content was known on ``known``: 60 days (行政复议法 20) [C].

    ``told``: the reply told right, organ and period; if not, the 60 days run from ``told_on`` (when the person knew
    them all the same, None: never), at most a year from knowing the content (20(3)) [C].
    """
    return _period(Remedy.REVIEW, known, calendar, told, told_on)


def suit_period(
    known: dt.date, calendar: Calendar, *, told: bool = True, told_on: dt.date | None = None
) -> RemedyPeriod:
    """The last day to sue directly: 6 months from knowing the act (行政诉讼法 46) [C].

    Not told of the period: from ``told_on``, at most a year from knowing the content (行诉解释 64) [C].
    """
    return _period(Remedy.SUIT, known, calendar, told, told_on)


def _period(remedy: Remedy, known: dt.date, calendar: Calendar, told: bool, told_on: dt.date | None) -> RemedyPeriod:
    limit = _REVIEW if remedy is Remedy.REVIEW else _SUIT
    if told:
        last = limit.last_day(known, calendar)
        return RemedyPeriod(remedy, known, last, _counted(remedy, known, limit.wording, last), limit.article)
    if told_on is not None and told_on < known:
        before, after = day_text(told_on), day_text(known)
        text = Text(
            f"{before.zh}早于知道内容之日{after.zh}。", f"{before.en} is before the content was known, {after.en}."
        )
        raise LawError("dates_out_of_order", text, _untold(remedy))
    most = calendar.add_months(known, 12)
    if told_on is None or limit.last_day(told_on, calendar).day >= most.day:
        return RemedyPeriod(remedy, known, most, _at_most(remedy, known, most), _untold(remedy))
    last = limit.last_day(told_on, calendar)
    return RemedyPeriod(remedy, told_on, last, _counted(remedy, told_on, limit.wording, last), _untold(remedy))


def _untold(remedy: Remedy) -> Article:
    return _REVIEW_UNTOLD if remedy is Remedy.REVIEW else TIME_LIMITS["suit_untold"].article


def suit_after_review(
    calendar: Calendar,
    *,
    decision_received: dt.date | None = None,
    review_ended: dt.date | None = None,
    told: bool = True,
) -> RemedyPeriod:
    """The last day to sue after a review: 15 days from its decision, or from the end of its period (行政诉讼法 45) [C].

    ``told`` False: the decision did not tell the period to sue; at most a year from knowing it (行诉解释 64) [C].
    Exactly one of the two days is given, else ``LawError`` ("one_day_needed").
    """
    limit = TIME_LIMITS["suit_after_review"]
    start = decision_received or review_ended
    if start is None or (decision_received is not None and review_ended is not None):
        text = Text(
            "收到复议决定之日与复议期满之日须给出其一。", "Give the receipt of the decision or the end of the period."
        )
        raise LawError("one_day_needed", text, limit.article)
    if not told:
        most = calendar.add_months(start, 12)
        article = TIME_LIMITS["suit_untold"].article
        return RemedyPeriod(Remedy.SUIT, start, most, _at_most(Remedy.SUIT, start, most), article)
    last = limit.last_day(start, calendar)
    return RemedyPeriod(Remedy.SUIT, start, last, _counted(Remedy.SUIT, start, limit.wording, last), limit.article)


def silence(reply_due: dt.date, calendar: Calendar) -> tuple[RemedyPeriod, RemedyPeriod]:
    """Review and suit where no reply came by ``reply_due``: 60 days and 6 months from the end of the reply limit.

    行政复议法实施条例 16 [C, text of 2007], 行诉解释 66 [C]. Review does not come first (信息公开司法解释 2(2)) [M].
    """
    review, suit = TIME_LIMITS["review"], TIME_LIMITS["suit_no_reply"]
    review_end, suit_end = review.last_day(reply_due, calendar), suit.last_day(reply_due, calendar)
    why = day_text(reply_due)
    begin = Text(f"答复期限于{why.zh}届满未答复，", f"No reply came by {why.en}; ")
    return (
        RemedyPeriod(
            Remedy.REVIEW,
            reply_due,
            review_end,
            _joined(begin, _counted(Remedy.REVIEW, reply_due, review.wording, review_end)),
            Article("行政复议法实施条例", 16),
        ),
        RemedyPeriod(
            Remedy.SUIT,
            reply_due,
            suit_end,
            _joined(begin, _counted(Remedy.SUIT, reply_due, suit.wording, suit_end)),
            suit.article,
        ),
    )


def after_reply(
    outcome: Outcome,
    received: dt.date,
    calendar: Calendar,
    *,
    replied: dt.date | None = None,
    told: bool = True,
    settings: ReviewFirstSettings | None = None,
) -> tuple[RemedyPeriod, ...]:
    """What is open to the applicant who got the reply on ``received``: review, and, where it need not come first, suit.

    ``replied``: the day of the reply, by which the rule of 2024-01-01 is chosen (None: the day it was received).
    For a partial disclosure both are named: review comes first for the withheld part only.
    """
    review = review_period(received, calendar, told=told)
    suit = suit_period(received, calendar, told=told)
    order = remedy_order(outcome, replied or received, settings)
    return (review,) if order is RemedyOrder.REVIEW_FIRST else (review, suit)


def absolute_bar(remedy: Remedy, act: dt.date, calendar: Calendar) -> RemedyPeriod:
    """The day after which nothing is open even to those who never knew: five years from the act.

    行政复议法 21, 行政诉讼法 46(2) [C]; the twenty years for immovables are no matter of disclosure.
    """
    last = calendar.add_months(act, 12 * _ABSOLUTE_YEARS)
    return RemedyPeriod(remedy, act, last, _at_most(remedy, act, last), _ABSOLUTE[remedy.value])


def _joined(begin: Text, rest: Text) -> Text:
    return Text(begin.zh + rest.zh, begin.en + rest.en)


def _counted(remedy: Remedy, start: dt.date, length: Text, last: DueDate) -> Text:
    first, end, what = day_text(start), day_text(last.day), remedy.label
    return Text(
        f"自{first.zh}起{length.zh}内可以{what.zh}，最后一日为{end.zh}。",
        f"{length.en} from {first.en} {what.en}; the last day is {end.en}.",
    )


def _at_most(remedy: Remedy, start: dt.date, last: DueDate) -> Text:
    first, end, what = day_text(start), day_text(last.day), remedy.label
    return Text(
        f"最迟于{end.zh}{what.zh}（自{first.zh}起算）。", f"At the latest {end.en} {what.en} (counted from {first.en})."
    )
