"""What the reply clock is told: the events of a case that move its limit, and the readings it is set to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from gongkai.law.texts import Text
from gongkai.law.time_limits import TIME_LIMITS


class Consulted(StrEnum):
    """Whose opinion is asked. Silence differs: 条例 32 (the agency decides), 34 (counts as agreement)."""

    THIRD_PARTY = "third_party"
    CO_PRODUCER = "co_producer"
    OTHER = "other"

    @property
    def label(self) -> Text:
        """第三方, 共同制作机关, 其他机关."""
        return _CONSULTED[self]


_CONSULTED: Mapping[Consulted, Text] = MappingProxyType(
    {
        Consulted.THIRD_PARTY: Text("第三方", "third party"),
        Consulted.CO_PRODUCER: Text("共同制作机关", "co-producing agency"),
        Consulted.OTHER: Text("其他机关", "other agency"),
    }
)


class ClockState(StrEnum):
    """State of the clock on the day asked about. ``late``: no reply has gone out and the due date is over."""

    RUNNING = "running"
    PAUSED = "paused"
    CLOSED = "closed"
    LATE = "late"

    @property
    def label(self) -> Text:
        """计时中, 暂停, 已办结, 已逾期."""
        return _STATES[self]


_STATES: Mapping[ClockState, Text] = MappingProxyType(
    {
        ClockState.RUNNING: Text("计时中", "running"),
        ClockState.PAUSED: Text("暂停计时", "paused"),
        ClockState.CLOSED: Text("已答复", "replied"),
        ClockState.LATE: Text("已逾期", "late"),
    }
)


@dataclass(frozen=True, slots=True)
class CorrectionNotice:
    """The one notice to correct (补正通知) went out; from here the corrected application is awaited."""

    on: dt.date


@dataclass(frozen=True, slots=True)
class Corrected:
    """The corrected application (补正的申请) was received; a fresh reply limit starts (条例 30)."""

    on: dt.date


@dataclass(frozen=True, slots=True)
class Consultation:
    """An opinion was asked (征求意见): issued by us, received by them, returned to us (None: no answer)."""

    issued: dt.date
    received: dt.date | None = None
    returned: dt.date | None = None
    who: Consulted = Consulted.THIRD_PARTY


@dataclass(frozen=True, slots=True)
class Extension:
    """The applicant was told ``on`` that day of an extension (延期) by ``days`` working days, 1 to 20.

    ``consented``: when the head of the disclosure office agreed to it (条例 33(2)), None where not recorded.
    """

    on: dt.date
    days: int = 20
    consented: dt.date | None = None


@dataclass(frozen=True, slots=True)
class AgreedDelay:
    """The applicant was told ``on`` that day that the reply comes by ``until`` (延迟答复的合理期限, 条例 35)."""

    on: dt.date
    until: dt.date


@dataclass(frozen=True, slots=True)
class FeeNotice:
    """A processing fee was asked (收费通知): issued, received by the applicant, paid (None: not yet)."""

    issued: dt.date
    received: dt.date | None = None
    paid: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Delivered:
    """The reply went out (答复送达): signed for, or posted (送达解释) [M]."""

    on: dt.date


ClockEvent = CorrectionNotice | Corrected | Consultation | Extension | AgreedDelay | FeeNotice | Delivered


class FeeClock(StrEnum):
    """What payment of the fee does to the limit."""

    RESTART = "restart"
    PAUSE = "pause"


class LateAnswer(StrEnum):
    """Where the pause ends when a third party or co-producer answers after its 15 working days."""

    RETURN = "return"
    LIMIT = "limit"


@dataclass(frozen=True, slots=True)
class ClockSettings:
    """The readings of the law that are not settled, each with its default.

    ``reply_days``: the reply limit in working days, 20 (条例 33(2)) [C]; 15 gives the Regulation of 2007.
    ``fee_clock``: a paid fee starts the limit anew from the day after payment [U].
    ``late_answer``: a pause lasts until the answer came in, even when it came after the 15 working days [I].
    ``late_correction_restarts``: a corrected application starts a fresh limit (条例 30) [C] also when the
    notice had gone out after its 7 working days; False lets the first limit run on [I].
    ``consent_is_recorded``: an extension counts only where the day of the consent is given. The consent is the
    law's (条例 33(2)) [C]; that it must be on record here is the agency's own rule.
    """

    reply_days: int = TIME_LIMITS["reply"].days
    fee_clock: FeeClock = FeeClock.RESTART
    late_answer: LateAnswer = LateAnswer.RETURN
    late_correction_restarts: bool = True
    consent_is_recorded: bool = False
