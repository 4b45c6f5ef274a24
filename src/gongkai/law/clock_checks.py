"""What the reply clock refuses, each refusal with its code and article. Days are ordinals."""

from __future__ import annotations

import datetime as dt

from gongkai.law.citations import REG, Article
from gongkai.law.dates import day_text
from gongkai.law.errors import ClockError
from gongkai.law.texts import Text
from gongkai.law.time_limits import TIME_LIMITS

_FEE = Article("收费办法", None, certainty="M")
_MOST = TIME_LIMITS["extension"].days


def _day(ordinal: int) -> Text:
    return day_text(dt.date.fromordinal(ordinal))


def out_of_order(earlier: int, later: int) -> ClockError:
    """An event before receipt, before the one told ahead of it, or before one it must follow."""
    before, after = _day(earlier), _day(later)
    return ClockError(
        "dates_out_of_order",
        Text(
            f"日期先后颠倒：{after.zh}的事项排在{before.zh}之后。",
            f"Dates out of order: {after.en} stands after {before.en}.",
        ),
        REG(33),
    )


def after_delivery() -> ClockError:
    """The reply ends the limit (条例 33)."""
    return ClockError(
        "after_delivery",
        Text("答复送达之后，答复期限不再发生变化。", "After the reply went out nothing moves its limit."),
        REG(33),
    )


def before_receipt(as_of: int, received: int) -> ClockError:
    """A question about a day on which there was no case yet (条例 31)."""
    day, start = _day(as_of), _day(received)
    return ClockError(
        "as_of_before_receipt",
        Text(f"查询日{day.zh}早于收到申请之日{start.zh}。", f"{day.en} is before the receipt on {start.en}."),
        REG(31),
    )


def second_correction_notice(earlier: int) -> ClockError:
    """Correction is asked for once (一次性告知, 条例 30) [C]."""
    day = _day(earlier)
    return ClockError(
        "second_correction_notice",
        Text(
            f"已于{day.zh}告知补正；补正应当一次性告知，不得再次要求补正。",
            f"Correction was asked for on {day.en}; it may be asked for only once.",
        ),
        REG(30),
    )


def no_correction_awaited() -> ClockError:
    """A corrected application answers the one notice, once (条例 30)."""
    return ClockError(
        "correction_without_notice",
        Text("没有待补正的通知，不能登记收到补正。", "No correction is awaited, so none can be received."),
        REG(30),
    )


def extension_days(days: int) -> ClockError:
    """An extension adds 1 to 20 working days (条例 33(2)) [C]."""
    return ClockError(
        "extension_days",
        Text(
            f"延长期限应当为1至{_MOST}个工作日，不能是{days}个工作日。",
            f"An extension has 1 to {_MOST} working days, not {days}.",
        ),
        REG(33, 2),
    )


def second_extension(earlier: int) -> ClockError:
    """An extension is given once [I]."""
    day = _day(earlier)
    return ClockError(
        "second_extension",
        Text(f"已于{day.zh}延期一次，不得再次延期。", f"Already extended on {day.en}; not a second time."),
        REG(33, 2, certainty="I"),
    )


def extension_after_delay(earlier: int) -> ClockError:
    """Where a delay was told (条例 35) there is no limit of art. 33 left to extend [I]."""
    day = _day(earlier)
    return ClockError(
        "extension_after_delay",
        Text(
            f"已于{day.zh}告知申请人延迟答复的期限，不得再按第三十三条延期。",
            f"A delayed reply was told on {day.en}; the limit cannot be extended as well.",
        ),
        REG(35, certainty="I"),
    )


def extension_without_consent() -> ClockError:
    """The head of the disclosure office agrees before the applicant is told (条例 33(2)) [C]."""
    return ClockError(
        "extension_without_consent",
        Text(
            "延期须先经政府信息公开工作机构负责人同意，再告知申请人。",
            "The head of the disclosure office must agree to an extension before the applicant is told.",
        ),
        REG(33, 2),
    )


def second_delay(earlier: int) -> ClockError:
    """A delayed reply is told once [I]."""
    day = _day(earlier)
    return ClockError(
        "second_agreed_delay",
        Text(f"已于{day.zh}告知延迟答复的期限，不得再次延迟。", f"A delay was already told on {day.en}."),
        REG(35, certainty="I"),
    )


def delay_not_later(until: int, due: int) -> ClockError:
    """A delay ends after the limit it delays (条例 35) [C]."""
    day, limit = _day(until), _day(due)
    return ClockError(
        "agreed_delay_not_later",
        Text(
            f"延迟答复的期限{day.zh}不晚于原届满日{limit.zh}。",
            f"The delayed reply of {day.en} is not after the limit, {limit.en}.",
        ),
        REG(35),
    )


def second_fee_notice(earlier: int) -> ClockError:
    """One application carries one fee (收费办法 3) [I]."""
    day = _day(earlier)
    return ClockError(
        "second_fee_notice",
        Text(f"已于{day.zh}发出收费通知，不得再次收费。", f"A fee was already asked for on {day.en}."),
        _FEE,
    )


def correction_notice_after_limit(on: int, due: int) -> ClockError:
    """A notice after the end of the reply limit restarts nothing [I]."""
    return _after_limit("correction_notice_after_limit", on, due, REG(30))


def extension_after_limit(on: int, due: int) -> ClockError:
    """The applicant is told of the extension before the first limit is over (条例 33(2))."""
    return _after_limit("extension_after_limit", on, due, REG(33, 2))


def delay_after_limit(on: int, due: int) -> ClockError:
    """The applicant is told of the delay while the limit still runs [I]."""
    return _after_limit("agreed_delay_after_limit", on, due, REG(35, certainty="I"))


def fee_notice_after_limit(on: int, due: int) -> ClockError:
    """The fee is notified inside the reply limit (收费办法) [M]."""
    return _after_limit("fee_notice_after_limit", on, due, _FEE)


def _after_limit(code: str, on: int, due: int, article: Article) -> ClockError:
    day, limit = _day(on), _day(due)
    return ClockError(
        code,
        Text(
            f"答复期限已于{limit.zh}届满，{day.zh}的通知不发生效力。",
            f"The reply limit ended on {limit.en}; a notice on {day.en} has no effect.",
        ),
        article,
    )
