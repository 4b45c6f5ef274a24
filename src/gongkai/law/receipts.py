"""The day an application counts as received (收到申请之日, 条例 31): by the channel it came through."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from gongkai.law.citations import REG, Article
from gongkai.law.dates import day_text
from gongkai.law.errors import ClockError
from gongkai.law.texts import Text
from gongkai.law.working_days import Calendar

_LETTERS = Article("期限解释", None, certainty="M")


class Channel(StrEnum):
    """How an application came in."""

    IN_PERSON = "in_person"
    SIGNED_MAIL = "signed_mail"
    ORDINARY_MAIL = "ordinary_mail"
    WEB = "web"
    EMAIL = "email"
    FAX = "fax"

    @property
    def label(self) -> Text:
        """The channel in words."""
        return _CHANNELS[self]


_CHANNELS: Mapping[Channel, Text] = MappingProxyType(
    {
        Channel.IN_PERSON: Text("当面提交", "in person"),
        Channel.SIGNED_MAIL: Text("邮寄（签收）", "mail signed for"),
        Channel.ORDINARY_MAIL: Text("平常信函", "ordinary letter"),
        Channel.WEB: Text("互联网渠道", "website or application"),
        Channel.EMAIL: Text("电子邮件", "e-mail"),
        Channel.FAX: Text("传真", "fax"),
    }
)


class ReceiptRule(StrEnum):
    """What fixes the day of an application by internet: both sides' confirmation, or the system's own."""

    BOTH_CONFIRM = "both_confirm"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class ReceiptSettings:
    """Readings of art. 31 that an agency may set.

    ``internet``: the article says the day both sides confirm (双方确认之日) [C]; Guiding Case 26 took the day the
    system confirmed the submission, unless the site says otherwise [M]. ``email``: 2015 guidance took the day the
    mail reached the system [M]; the article of 2019 names only the internet channel [C].
    ``late_letter_from_arrival``: an ordinary letter counts from the day it was confirmed with the applicant [C], and
    the article wants that done the same day; True lets one that was confirmed late for no reason of the applicant's
    count from the day it came [I].
    """

    internet: ReceiptRule = ReceiptRule.BOTH_CONFIRM
    email: ReceiptRule = ReceiptRule.BOTH_CONFIRM
    late_letter_from_arrival: bool = False


@dataclass(frozen=True, slots=True)
class Arrival:
    """What is known of how an application arrived.

    ``arrived``: handed over, signed for by the agency (whichever of its offices [I]), put into its letter box, taken
    in by the system or the fax; ``confirmed``: when agency and applicant confirmed it with each other;
    ``unreachable``: the applicant could not be reached on the day of arrival.
    """

    channel: Channel
    arrived: dt.date
    confirmed: dt.date | None = None
    unreachable: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """The day of receipt, why, and a warning where it leaves the agency open to dispute."""

    day: dt.date
    text: Text
    article: Article
    warning: Text | None = None


def receipt_of(arrival: Arrival, calendar: Calendar, settings: ReceiptSettings | None = None) -> Receipt | None:
    """The day of receipt (条例 31); None while a confirmation is awaited that decides it.

    The day may be a rest day: the limit then begins on the next working day all the same.
    Raises ``ClockError`` ("confirmed_before_arrival").
    """
    chosen = settings or ReceiptSettings()
    if arrival.confirmed is not None and arrival.confirmed < arrival.arrived:
        before, after = day_text(arrival.confirmed), day_text(arrival.arrived)
        text = Text(f"确认日期{before.zh}早于收到日期{after.zh}。", f"Confirmed on {before.en}, before {after.en}.")
        raise ClockError("confirmed_before_arrival", text, REG(31))
    if arrival.channel in (Channel.IN_PERSON, Channel.SIGNED_MAIL):
        return _on_arrival(arrival)
    if arrival.channel is Channel.ORDINARY_MAIL:
        return _letter(arrival, chosen)
    rule = {Channel.WEB: chosen.internet, Channel.EMAIL: chosen.email}.get(arrival.channel, ReceiptRule.BOTH_CONFIRM)
    return _by_system(arrival) if rule is ReceiptRule.SYSTEM else _by_both(arrival, calendar)


def _on_arrival(arrival: Arrival) -> Receipt:
    if arrival.channel is Channel.IN_PERSON:
        text = Text("当面提交，以提交之日为收到之日。", "In person: the day of submission.")
        return Receipt(arrival.arrived, text, REG(31, item=1))
    text = Text("邮寄签收，以行政机关签收之日为收到之日。", "By mail: the day the agency signed for it.")
    return Receipt(arrival.arrived, text, REG(31, item=2))


def _letter(arrival: Arrival, settings: ReceiptSettings) -> Receipt | None:
    """An ordinary letter is confirmed with the applicant on the day it comes; the day of that is the receipt (31(二)).

    Where the applicant cannot be reached it is registered, and counts from the day contact is restored (期限解释 [M]).
    """
    if arrival.confirmed is None:
        return None
    if arrival.unreachable:
        text = Text(
            "平常信函，当日无法联系申请人，以恢复联系之日为收到之日。",
            "A letter whose sender could not be reached: the day contact was restored.",
        )
        return Receipt(arrival.confirmed, text, _LETTERS)
    late = arrival.confirmed > arrival.arrived
    if late and settings.late_letter_from_arrival:
        text = Text(
            "平常信函应当于收到当日与申请人确认，逾日确认的以收到之日为准。",
            "A letter is to be confirmed the day it comes; confirmed later it counts from that day.",
        )
        return Receipt(arrival.arrived, text, REG(31, item=2, certainty="I"))
    text = Text("平常信函，以与申请人确认之日为收到之日。", "A letter: the day it was confirmed with the applicant.")
    return Receipt(arrival.confirmed, text, REG(31, item=2), _same_day(arrival) if late else None)


def _by_system(arrival: Arrival) -> Receipt:
    text = Text(
        "系统提示提交成功之日为收到之日，内部转办不改变该日期。",
        "The day the system confirmed the submission; handing over inside the agency changes nothing.",
    )
    return Receipt(arrival.arrived, text, REG(31, item=3, certainty="M"))


def _by_both(arrival: Arrival, calendar: Calendar) -> Receipt | None:
    if arrival.confirmed is None:
        return None
    text = Text(
        f"{arrival.channel.label.zh}提交，以双方确认之日为收到之日。",
        f"By {arrival.channel.label.en}: the day both sides confirmed.",
    )
    return Receipt(arrival.confirmed, text, REG(31, item=3), _late(arrival, calendar))


def _late(arrival: Arrival, calendar: Calendar) -> Text | None:
    """More than a working day between arrival and confirmation is a risk (Guiding Case 26) [I]."""
    if arrival.confirmed is None or calendar.working_days_between(arrival.arrived, arrival.confirmed) <= 1:
        return None
    came, day = day_text(arrival.arrived), day_text(arrival.confirmed)
    return Text(
        f"{came.zh}到达，{day.zh}才确认，间隔超过1个工作日，收到日期可能引起争议。",
        f"It came on {came.en} and was confirmed only on {day.en}: the date of receipt is open to dispute.",
    )


def _same_day(arrival: Arrival) -> Text:
    came = day_text(arrival.arrived)
    return Text(
        f"平常信函应当于收到当日（{came.zh}）与申请人确认。",
        f"A letter is to be confirmed with the applicant the day it comes ({came.en}).",
    )
