"""The processing fee (信息处理费) for applications beyond a reasonable number: by item or by page, in bands.

收费办法 3–5 [M]: for one application an agency takes one of the two methods, never both. All amounts in yuan (元).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from gongkai.law import clock_checks
from gongkai.law.citations import REG, Article
from gongkai.law.clock_course import fee_payment_limit
from gongkai.law.clock_events import FeeNotice
from gongkai.law.errors import FeeError
from gongkai.law.texts import Text
from gongkai.law.working_days import Calendar, DueDate

_METHODS = Article("收费办法", 3, certainty="M")
_ITEMS = Article("收费办法", 4, certainty="M")
_PAGES = Article("收费办法", 5, certainty="M")

#: More items in a month, or pages in one application, than anyone asks for: a slip of the pen.
MOST = 1_000_000


class FeeMethod(StrEnum):
    """按件计收, 按量计收."""

    ITEMS = "items"
    PAGES = "pages"

    @property
    def label(self) -> Text:
        """The method in words."""
        return Text("按件计收", "by item") if self is FeeMethod.ITEMS else Text("按量计收", "by page")

    @property
    def article(self) -> Article:
        """The article that sets its rates."""
        return _ITEMS if self is FeeMethod.ITEMS else _PAGES


@dataclass(frozen=True, slots=True)
class Band:
    """Items or pages from ``first`` to ``last`` of the count, each at ``rate`` yuan."""

    first: int
    last: int
    rate: int

    @property
    def amount(self) -> int:
        """Yuan for the band."""
        return (self.last - self.first + 1) * self.rate


@dataclass(frozen=True, slots=True)
class FeeQuote:
    """What an application costs: the bands it falls into and their sum."""

    method: FeeMethod
    bands: tuple[Band, ...]

    @property
    def amount(self) -> int:
        """Yuan in all."""
        return sum(band.amount for band in self.bands)

    @property
    def count(self) -> int:
        """Items or pages charged by."""
        return sum(band.last - band.first + 1 for band in self.bands)


def item_rate(number: int) -> int:
    """Yuan for the ``number``-th item of one applicant in a natural month (收费办法 4) [M].

    1–10 free, 11–30 100 each; from 31 on 200 each, 100 more for every further ten [I: 31–40 at 200].
    """
    if number <= 10:
        return 0
    return 100 if number <= 30 else 100 * (2 + (number - 31) // 10)


def page_rate(number: int) -> int:
    """Yuan for the ``number``-th page of one application (收费办法 5) [M]: 1–30 free, –100 10, –200 20, then 40."""
    if number <= 30:
        return 0
    if number <= 100:
        return 10
    return 20 if number <= 200 else 40


def fee_for_items(items: int, before: int = 0) -> FeeQuote:
    """The fee for ``items`` further items of an applicant who had ``before`` of them in the same natural month.

    One form with several contents may count as several items (一事一申请, the smallest reasonable unit).
    Raises ``FeeError`` ("fee_count": below 1 or beyond belief).
    """
    _checked(items, _ITEMS)
    if before < 0 or before + items > MOST:
        raise _bad_count(before, _ITEMS)
    return FeeQuote(FeeMethod.ITEMS, tuple(_bands(before + 1, before + items, (10, 30), 10, item_rate)))


def fee_for_pages(pages: int) -> FeeQuote:
    """The fee for ``pages`` of one application; pages of several applications are never added up [U: recalled].

    One side of A4 or smaller is one page [U: recalled]. Raises ``FeeError`` ("fee_count").
    """
    _checked(pages, _PAGES)
    return FeeQuote(FeeMethod.PAGES, tuple(_bands(1, pages, (30, 100, 200), MOST, page_rate)))


def _bands(first: int, last: int, ends: tuple[int, ...], step: int, rate: Callable[[int], int]) -> Iterable[Band]:
    """The bands between two numbers: they end at ``ends``, and from the last of these on every ``step``."""
    position = first
    while position <= last:
        end = next((e for e in ends if e >= position), None)
        if end is None:
            end = position + step - 1 - (position - ends[-1] - 1) % step
        yield Band(position, min(end, last), rate(position))
        position = end + 1


def _checked(count: int, article: Article) -> None:
    if not 1 <= count <= MOST:
        raise _bad_count(count, article)


def _bad_count(count: int, article: Article) -> FeeError:
    return FeeError(
        "fee_count",
        Text(f"数量应为1至{MOST}之间的整数，不能是{count}。", f"A whole number from 1 to {MOST}, not {count}."),
        article,
    )


# Counting the items of a month


class MonthFollows(StrEnum):
    """Which day of an application decides the natural month it is counted in."""

    RECEIPT = "receipt"
    SUBMISSION = "submission"


@dataclass(frozen=True, slots=True)
class FeeSettings:
    """Readings of the fee measures that are not settled.

    ``month_follows``: the natural month follows receipt or submission [I: receipt]; ``per_agency``: the count is
    each agency's own, not all agencies' together [I].
    """

    month_follows: MonthFollows = MonthFollows.RECEIPT
    per_agency: bool = True


@dataclass(frozen=True, slots=True)
class CountedApplication:
    """An application as far as the fee counts it. ``applicant``, ``agency``: whatever tells them apart."""

    applicant: str
    agency: str
    submitted: dt.date
    received: dt.date
    items: int = 1


def items_before(
    application: CountedApplication, earlier: Iterable[CountedApplication], settings: FeeSettings | None = None
) -> int:
    """Items that count ahead of ``application`` in its natural month. ``earlier``: received ahead of it, in any month,
    of anyone (收费办法 4: 同一申请人一个自然月内累计申请) [M].
    """
    chosen = settings or FeeSettings()
    return sum(other.items for other in earlier if _same_count(application, other, chosen))


def _same_count(one: CountedApplication, other: CountedApplication, settings: FeeSettings) -> bool:
    if one.applicant != other.applicant or (settings.per_agency and one.agency != other.agency):
        return False
    by_receipt = settings.month_follows is MonthFollows.RECEIPT
    days = (one.received, other.received) if by_receipt else (one.submitted, other.submitted)
    return (days[0].year, days[0].month) == (days[1].year, days[1].month)


# Charging


@dataclass(frozen=True, slots=True)
class FeeCharge:
    """A fee that may be asked: the amount, and the last day to pay it (20 working days, 收费办法) [M/S]."""

    quote: FeeQuote
    notified: dt.date
    pay_by: DueDate


def charge(
    quote: FeeQuote,
    *,
    notified: dt.date,
    reply_due: dt.date,
    calendar: Calendar,
    received: dt.date | None = None,
    copies: bool = True,
) -> FeeCharge:
    """The charge of a quote, notified to the applicant on a day, with the last day to pay.

    ``reply_due``: the due date of the reply that day; ``received``: when the applicant got the notice (None: not
    known, the day of the notice is taken); ``copies``: whether paper, e-mail or copies of data were asked for.

    Raises ``ClockError`` ("fee_notice_after_limit") outside the reply limit [M]; ``FeeError``
    ("nothing_to_charge") inside what is free (条例 42) [C], ("no_copies") by page where only the way to published
    information is told [U], ("received_before_notice").
    """
    if notified > reply_due:
        raise clock_checks.fee_notice_after_limit(notified.toordinal(), reply_due.toordinal())
    if quote.amount == 0:
        text = Text("未超过免费的数量，不收取信息处理费。", "Inside what is free: no fee may be charged.")
        raise FeeError("nothing_to_charge", text, REG(42))
    if quote.method is FeeMethod.PAGES and not copies:
        text = Text(
            "只告知获取方式、途径的，不得按量计收。", "Where only the way is told there are no pages to charge."
        )
        raise FeeError("no_copies", text, _PAGES)
    if received is not None and received < notified:
        text = Text("收到收费通知的日期早于通知日期。", "The notice was received before it was sent.")
        raise FeeError("received_before_notice", text, _METHODS)
    return FeeCharge(quote, notified, fee_payment_limit(FeeNotice(notified, received), calendar))
