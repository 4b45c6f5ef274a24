"""What the reply clock refuses, each refusal with its code and article."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from gongkai.law.citations import REG, Article
from gongkai.law.clock_events import (
    ClockEvent,
    Consultation,
    Corrected,
    CorrectionNotice,
    Delivered,
    Extension,
    FeeNotice,
)
from gongkai.law.dates import day_text
from gongkai.law.errors import ClockError
from gongkai.law.texts import Text
from gongkai.law.time_limits import TIME_LIMITS

_FEE = Article("收费办法", None, certainty="M")
_MOST = TIME_LIMITS["extension"].days


def dates_in_order(received: dt.date, events: Sequence[ClockEvent]) -> dt.date:
    """The last date of the case. Refuses events before receipt, before one another, or after the reply."""
    previous = latest = received
    for position, event in enumerate(events):
        dates = _dates(event)
        for day in dates:
            if day < previous:
                raise _out_of_order(previous, day)
            previous = day
        previous = dates[0]
        if isinstance(event, Delivered):
            _nothing_after(event, latest, events[position + 1 :])
        latest = max(latest, dates[-1])
    return latest


def _dates(event: ClockEvent) -> list[dt.date]:
    if isinstance(event, Consultation):
        return [day for day in (event.issued, event.received, event.returned) if day is not None]
    if isinstance(event, FeeNotice):
        return [day for day in (event.issued, event.received, event.paid) if day is not None]
    return [event.on]


def _nothing_after(event: Delivered, latest: dt.date, rest: Sequence[ClockEvent]) -> None:
    if event.on < latest:
        raise _out_of_order(latest, event.on)
    if rest:
        raise ClockError(
            "after_delivery",
            Text("答复送达之后，答复期限不再发生变化。", "After the reply went out nothing moves its limit."),
            REG(33),
        )


def _out_of_order(earlier: dt.date, later: dt.date) -> ClockError:
    before, after = day_text(earlier), day_text(later)
    return ClockError(
        "dates_out_of_order",
        Text(
            f"日期先后颠倒：{after.zh}的事项排在{before.zh}之后。",
            f"Dates out of order: {after.en} stands after {before.en}.",
        ),
        REG(33),
    )


def reference_day(received: dt.date, as_of: dt.date | None, last: dt.date) -> dt.date:
    """The day asked about; the last date of the case when none is given."""
    if as_of is None:
        return last
    if as_of < received:
        day, start = day_text(as_of), day_text(received)
        raise ClockError(
            "as_of_before_receipt",
            Text(
                f"查询日{day.zh}早于收到申请之日{start.zh}。",
                f"{day.en} is before the receipt on {start.en}.",
            ),
            REG(31),
        )
    return as_of


def first_correction_notice(earlier: CorrectionNotice | None) -> None:
    """Correction is asked for once (一次性告知, 条例 30) [C]."""
    if earlier is not None:
        day = day_text(earlier.on)
        raise ClockError(
            "second_correction_notice",
            Text(
                f"已于{day.zh}告知补正；补正应当一次性告知，不得再次要求补正。",
                f"Correction was asked for on {day.en}; it may be asked for only once.",
            ),
            REG(30),
        )


def correction_notice_in_limit(event: CorrectionNotice, due: dt.date) -> None:
    """A notice after the end of the reply limit restarts nothing [I]."""
    if event.on > due:
        raise _after_limit("correction_notice_after_limit", event.on, due, REG(30))


def correction_awaited(notice: CorrectionNotice | None, corrected: Corrected | None) -> None:
    """A corrected application answers the one notice, once (条例 30)."""
    if notice is None or corrected is not None:
        raise ClockError(
            "correction_without_notice",
            Text("没有待补正的通知，不能登记收到补正。", "No correction is awaited, so none can be received."),
            REG(30),
        )


def extension_allowed(event: Extension, earlier: Extension | None) -> None:
    """An extension is given once [I] and adds 1 to 20 working days (条例 33(2)) [C]."""
    if not 1 <= event.days <= _MOST:
        raise ClockError(
            "extension_days",
            Text(
                f"延长期限应当为1至{_MOST}个工作日，不能是{event.days}个工作日。",
                f"An extension has 1 to {_MOST} working days, not {event.days}.",
            ),
            REG(33, 2),
        )
    if earlier is not None:
        day = day_text(earlier.on)
        raise ClockError(
            "second_extension",
            Text(f"已于{day.zh}延期一次，不得再次延期。", f"Already extended on {day.en}; not a second time."),
            REG(33, 2, certainty="I"),
        )


def extension_in_limit(event: Extension, first_due: dt.date) -> None:
    """The applicant is told of the extension before the first limit is over (条例 33(2))."""
    if event.on > first_due:
        raise _after_limit("extension_after_limit", event.on, first_due, REG(33, 2))


def first_fee_notice(earlier: FeeNotice | None) -> None:
    """One application carries one fee (收费办法 3) [I]."""
    if earlier is not None:
        day = day_text(earlier.issued)
        raise ClockError(
            "second_fee_notice",
            Text(f"已于{day.zh}发出收费通知，不得再次收费。", f"A fee was already asked for on {day.en}."),
            _FEE,
        )


def fee_notice_in_limit(event: FeeNotice, due: dt.date) -> None:
    """The fee is notified inside the reply limit (收费办法) [M]."""
    if event.issued > due:
        raise _after_limit("fee_notice_after_limit", event.issued, due, _FEE)


def _after_limit(code: str, on: dt.date, due: dt.date, article: Article) -> ClockError:
    day, limit = day_text(on), day_text(due)
    return ClockError(
        code,
        Text(
            f"答复期限已于{limit.zh}届满，{day.zh}的通知不发生效力。",
            f"The reply limit ended on {limit.en}; a notice on {day.en} has no effect.",
        ),
        article,
    )
