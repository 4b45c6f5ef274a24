"""Why a step that few cases have may not be taken: extension, delay, fee, reasons, withdrawal (条例 33, 35, 42).

What moves the limit is put to the reply clock itself, so that a case never holds what the clock would refuse.
"""

from __future__ import annotations

import datetime as dt

from gongkai.law import clock_checks
from gongkai.law.citations import REG, Article
from gongkai.law.clock import reckon
from gongkai.law.clock_events import FeeClock
from gongkai.law.dates import day_text
from gongkai.law.errors import CalendarError, ClockError
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure_clock import clock_events, event_of, payment_limit, reckoning, unpaid_fee_limit
from gongkai.law.procedure_question import INTERNAL, Question, Refusal
from gongkai.law.procedure_table import STEPS, StepKind
from gongkai.law.texts import Text

_FEE = Article("收费办法", None, certainty="M")


def _as_refusal(error: CalendarError | ClockError) -> Refusal:
    return Refusal(error.code, error.message, error.article)


# Withdrawal


def not_withdrawn(q: Question) -> Refusal | None:
    """A withdrawn application is only closed [I]."""
    return None if q.case.withdrawn is None else _withdrawn(q.case.withdrawn, STEPS[q.step.kind].label)


def opinion_after_withdrawal(q: Question) -> Refusal | None:
    """A withdrawn application closes as "other" [I: no article names withdrawal]."""
    if q.case.withdrawn is None or q.step.outcome is Outcome.OTHER or q.step.outcome is None:
        return None
    return _withdrawn(q.case.withdrawn, q.step.outcome.label)


def _withdrawn(on: dt.date, wanted: Text) -> Refusal:
    day = day_text(on)
    text = Text(
        f"申请人已于{day.zh}撤回申请，不能“{wanted.zh}”：须以“其他”办结并告知申请人。",
        f"The application was withdrawn on {day.en}; no longer possible: {wanted.en}. "
        "It is closed as 'other', with a letter to the applicant.",
    )
    return Refusal("withdrawn", text + INTERNAL)


# What moves the limit


def the_clock_takes_it(q: Question) -> Refusal | None:
    """Whether the reply clock takes the step as its next event: in time, once, by as much as it may."""
    event = event_of(q.step)
    if event is None:
        return None
    try:
        reckon(q.case.clock_start, (*clock_events(q.case), event), q.calendar, None, q.settings.clock, explain=False)
    except (CalendarError, ClockError) as error:
        return _as_refusal(error)
    return None


def no_day_is_set(q: Question) -> Refusal | None:
    """A day set by the review organ or the court is not the agency's to move [I]."""
    reopening = q.case.reopening
    if reopening is None or reopening.until is None:
        return None
    day, label = day_text(reopening.until), STEPS[q.step.kind].label
    text = Text(
        f"行政复议决定或者判决已定于{day.zh}前（含）重新答复，不能“{label.zh}”。",
        f"The decision or judgment ordered the new reply by {day.en}; not possible: {label.en}.",
    )
    return Refusal("day_set_by_order", text + INTERNAL)


def no_fee_awaited(q: Question) -> Refusal | None:
    """Where payment starts the limit anew, what is told while it is awaited would be void."""
    if q.settings.clock.fee_clock is FeeClock.RESTART and q.case.fee_awaited:
        return _fee_first(q)
    return None


def extension_has_days_and_consent(q: Question) -> Refusal | None:
    """条例 33(2): the head of the disclosure office agrees, then the applicant is told [C]."""
    if q.step.days is None:
        text = Text(
            "延期须写明延长的工作日数（1至20个工作日）。", "An extension says by how many working days, 1 to 20."
        )
        return Refusal("extension_days", text, REG(33, 2))
    return _as_refusal(clock_checks.extension_without_consent()) if q.step.consented is None else None


def delay_after_reasons(q: Question) -> Refusal | None:
    """条例 35: a delay is told where the reasons that were asked are good [C]."""
    if q.case.reasons_given is not None:
        return None
    text = Text(
        "申请人尚未说明理由：须先要求说明理由，理由合理的，才能确定延迟答复的期限。",
        "No reasons were given: first ask for them; only where they are good may a delayed reply be told.",
    )
    return Refusal("no_reasons_given", text, REG(35))


def delay_has_day(q: Question) -> Refusal | None:
    """条例 35: the applicant is told the period."""
    if q.step.until is not None:
        return None
    text = Text("须写明延迟答复的期限。", "Say by which day the delayed reply comes.")
    return Refusal("until_missing", text, REG(35))


def delay_ends_later(q: Question) -> Refusal | None:
    """It ends after the limit as it stands today; the clock, which knows of later answers, asks for less."""
    due = reckoning(q.case, q.calendar, q.step.on, q.settings.clock, explain=False).due
    if q.step.until is None or q.step.until > due:
        return None
    return _as_refusal(clock_checks.delay_not_later(q.step.until.toordinal(), due.toordinal()))


# The fee


def fee_is_asked_once(q: Question) -> Refusal | None:
    """A fee that was paid is not asked again after a reopening: one application carries one fee [I]."""
    if q.case.fee_paid is None or q.case.fee_notice is None:
        return None
    return _as_refusal(clock_checks.second_fee_notice(q.case.history[q.case.fee_notice].on.toordinal()))


def fee_is_awaited(q: Question) -> Refusal | None:
    """A payment answers the one notice, once. A late one is taken while nothing was closed for it [I]."""
    if q.case.fee_awaited:
        return None
    text = Text(
        "没有等待缴纳的费用：须先发出收费通知，且只缴纳一次。",
        "No fee is awaited: a notice goes out first, and is paid once.",
    )
    return Refusal("no_fee_awaited", text, _FEE)


def fee_received_in_order(q: Question) -> Refusal | None:
    """The notice is received after it was issued and before it is paid."""
    paid = q.step.kind is StepKind.FEE_PAID
    issued = q.case.history[q.case.fee_notice].on if paid and q.case.fee_notice is not None else q.step.on
    received = q.step.received
    if paid and received is None and q.case.fee_notice is not None:
        received = q.case.history[q.case.fee_notice].received
    if received is None or (issued <= received and (not paid or received <= q.step.on)):
        return None
    text = Text(
        "申请人收到收费通知的日期须在发出之后、缴费之前。",
        "The fee notice must be received after it was issued and before it was paid.",
    )
    return Refusal("received_out_of_order", text, _FEE)


def opinion_after_fee(q: Question) -> Refusal | None:
    """While a fee is awaited only its lapse can be found, and only after its last day (收费办法) [M]."""
    unpaid = q.step.outcome is Outcome.FEE_UNPAID
    limit = unpaid_fee_limit(q.case, q.calendar)
    if limit is None:
        return _no_fee_lapsed() if unpaid else None
    if q.step.outcome is Outcome.CORRECTION_LAPSED or (q.case.fee_closed and not unpaid):
        return None
    if not unpaid:
        return _fee_first(q)
    if q.step.on > limit.day:
        return None
    day = day_text(limit.day)
    text = Text(
        f"缴费期限至{day.zh}，届满之前不能认定逾期未缴费。",
        f"The period to pay lasts until {day.en}; it has not lapsed.",
    )
    return Refusal("fee_not_lapsed", text, _FEE)


def _no_fee_lapsed() -> Refusal:
    text = Text(
        "没有等待缴纳的费用，不能以逾期未缴费办结：须先发出收费通知且期满未缴费。",
        "No fee is awaited, so none is unpaid: a fee notice must go out first and its period end.",
    )
    return Refusal("no_fee_notice", text, _FEE)


def _fee_first(q: Question) -> Refusal:
    limit = payment_limit(q.case, q.calendar)
    day = day_text(limit.day) if limit else Text("", "")
    label = STEPS[q.step.kind].label
    text = Text(
        f"正在等待申请人缴费（期限至{day.zh}），不能“{label.zh}”：须先缴费；逾期未缴费的，可以提出不再处理的办理意见。",
        f"The fee is awaited (until {day.en}), so not possible: {label.en}. "
        "First it must be paid; if it lapses, an opinion to close the case may be given.",
    )
    return Refusal("fee_awaited", text, _FEE)


# Reasons


def reasons_are_asked_once(q: Question) -> Refusal | None:
    """Reasons are asked once [I: the article says no more than that they may be asked]."""
    if q.case.reasons_by is None:
        return None
    text = Text("已经要求申请人说明理由，不再次要求。", "Reasons were asked for already; once is all.")
    return Refusal("second_request_for_reasons", text, REG(35, certainty="I"))


def request_has_period(q: Question) -> Refusal | None:
    """A request for reasons says by when, so that silence has an end [I]."""
    if q.step.until is None:
        text = Text("须写明说明理由的期限。", "Say by which day the reasons are to be given.")
        return Refusal("until_missing", text, REG(35, certainty="I"))
    if q.step.until <= q.step.on:
        text = Text(
            "说明理由的最后一日须晚于告知的日期。", "The last day to give reasons must be after the day of the request."
        )
        return Refusal("until_not_after_request", text, REG(35, certainty="I"))
    return None


def reasons_are_awaited(q: Question) -> Refusal | None:
    """Reasons answer the one request, once."""
    if q.case.reasons_awaited:
        return None
    text = Text(
        "没有等待说明的理由：须先要求说明理由，且只收到一次。",
        "No reasons are awaited: they must be asked for first, and are given once.",
    )
    return Refusal("no_reasons_awaited", text, REG(35))


def volume_after_reasons(q: Question) -> Refusal | None:
    """A refusal for its volume needs the reasons asked, and given or not given in time (条例 35) [I]."""
    if q.step.outcome is not Outcome.ABUSIVE_VOLUME or not q.settings.reasons_are_asked:
        return None
    by = q.case.reasons_by
    if by is None:
        text = Text(
            "以大量反复申请为由不予处理的，须先要求申请人说明理由。",
            "Before an application is refused for its volume its reasons must be asked for.",
        )
        return Refusal("reasons_not_asked", text, REG(35))
    if q.case.reasons_given is not None or q.step.on > by:
        return None
    day = day_text(by)
    text = Text(
        f"申请人说明理由的期限至{day.zh}：须先收到理由，或者期限届满。",
        f"The applicant has until {day.en} to give reasons: first these, or the end of that period.",
    )
    return Refusal("reasons_awaited", text, REG(35))
