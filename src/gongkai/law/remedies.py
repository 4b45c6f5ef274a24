"""Remedies (救济途径): the paragraph that closes a reply, and the organ that hears a review.

Rules that changed on 2024-01-01 with the revised 行政复议法 are chosen by the date of the reply.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from gongkai.law.citations import Article
from gongkai.law.errors import LawError
from gongkai.law.outcomes import OUTCOMES, REVIEW_FIRST_SINCE, Outcome, ReviewFirstSettings
from gongkai.law.texts import Text
from gongkai.law.time_limits import TIME_LIMITS

#: The Regulation in its present form is in force since this day (条例 56) [C]; older replies are not ours.
REGULATION_SINCE = dt.date(2019, 5, 15)

_LAW = "行政复议法"
_COURT = Text("有管辖权的人民法院", "the people's court with jurisdiction")
_REVIEW_DAYS = TIME_LIMITS["review"].days
_SUIT_MONTHS = TIME_LIMITS["suit"].days
_AFTER_DAYS = TIME_LIMITS["suit_after_review"].days


class AgencyKind(StrEnum):
    """What kind of agency made the reply: it decides which organ hears the review."""

    GOVERNMENT = "government"
    PROVINCIAL_GOVERNMENT = "provincial_government"
    DEPARTMENT = "department"
    STATE_COUNCIL_DEPARTMENT = "state_council_department"
    VERTICAL = "vertical"
    JUSTICE = "justice"
    DISPATCHED_ORGAN = "dispatched_organ"
    DISPATCHED_OFFICE = "dispatched_office"
    AUTHORISED = "authorised"

    @property
    def label(self) -> Text:
        """The kind in words."""
        return _KINDS[self]


_KINDS: Mapping[AgencyKind, Text] = MappingProxyType(
    {
        AgencyKind.GOVERNMENT: Text("地方人民政府（省级以下）", "local people's government below the province"),
        AgencyKind.PROVINCIAL_GOVERNMENT: Text("省级人民政府", "provincial people's government"),
        AgencyKind.DEPARTMENT: Text("地方人民政府工作部门", "department of a local government"),
        AgencyKind.STATE_COUNCIL_DEPARTMENT: Text("国务院部门", "department of the State Council"),
        AgencyKind.VERTICAL: Text(
            "垂直领导机关（海关、金融、外汇管理、税务、国家安全）",
            "vertically led agency (customs, finance, foreign exchange, tax, state security)",
        ),
        AgencyKind.JUSTICE: Text("司法行政部门", "justice department"),
        AgencyKind.DISPATCHED_ORGAN: Text(
            "人民政府派出机关（街道办事处、开发区管委会等）",
            "organ dispatched by a government (subdistrict office, development zone committee)",
        ),
        AgencyKind.DISPATCHED_OFFICE: Text("工作部门派出机构", "office dispatched by a department"),
        AgencyKind.AUTHORISED: Text("法律、法规授权的组织", "organisation authorised by law or regulation"),
    }
)


@dataclass(frozen=True, slots=True)
class ReviewOrgan:
    """Who hears the review: ``organ``, or by the applicant's choice ``alternative`` where there is one.

    ``ruling``: whether the State Council may be asked for a final ruling instead of suing afterwards.
    """

    organ: Text
    article: Article
    alternative: Text | None = None
    ruling: bool = False


_SAME_LEVEL = Text("本级人民政府", "the people's government of the same level")
_HIGHER = Text("上一级人民政府", "the people's government of the next higher level")
_ITSELF = Text("本机关", "the agency itself")
_SUPERIOR = Text("上一级主管部门", "the superior department")
_FOUNDER = Text("设立该派出机关的人民政府", "the government that set the organ up")
_PARENT_GOVERNMENT = Text(
    "设立该派出机构的部门的本级人民政府", "the government of the department that set the office up"
)
_PARENT_DEPARTMENT = Text("设立该派出机构的部门", "the department that set the office up")
_MANAGER = Text("管理该组织的人民政府或者其工作部门的本级人民政府", "the government that manages the organisation")

# 行政复议法 24–28, in force 2024-01-01 [C].
_NEW: Mapping[AgencyKind, ReviewOrgan] = MappingProxyType(
    {
        AgencyKind.GOVERNMENT: ReviewOrgan(_HIGHER, Article(_LAW, 24)),
        AgencyKind.PROVINCIAL_GOVERNMENT: ReviewOrgan(_ITSELF, Article(_LAW, 24), ruling=True),
        AgencyKind.DEPARTMENT: ReviewOrgan(_SAME_LEVEL, Article(_LAW, 24)),
        AgencyKind.STATE_COUNCIL_DEPARTMENT: ReviewOrgan(_ITSELF, Article(_LAW, 25), ruling=True),
        AgencyKind.VERTICAL: ReviewOrgan(_SUPERIOR, Article(_LAW, 27)),
        AgencyKind.JUSTICE: ReviewOrgan(
            _SAME_LEVEL,
            Article(_LAW, 28),
            Text("上一级司法行政部门", "the superior justice department"),
        ),
        AgencyKind.DISPATCHED_ORGAN: ReviewOrgan(_FOUNDER, Article(_LAW, 24, certainty="I")),
        AgencyKind.DISPATCHED_OFFICE: ReviewOrgan(
            _PARENT_GOVERNMENT,
            Article(_LAW, 24),
            Text(
                "派出机构所在地人民政府（限直辖市、设区的市按行政区划设立的派出机构）",
                "the government where the office sits (only in a municipality or city with districts, "
                "for an office set up by area)",
            ),
        ),
        AgencyKind.AUTHORISED: ReviewOrgan(_MANAGER, Article(_LAW, 24, certainty="I")),
    }
)

# 行政复议法 12–15 as in force until 2023-12-31 [I: recalled, the old text was not read again].
_OLD: Mapping[AgencyKind, ReviewOrgan] = MappingProxyType(
    {
        AgencyKind.GOVERNMENT: ReviewOrgan(_HIGHER, Article(_LAW, 13, certainty="I")),
        AgencyKind.PROVINCIAL_GOVERNMENT: ReviewOrgan(_ITSELF, Article(_LAW, 14, certainty="I"), ruling=True),
        AgencyKind.DEPARTMENT: ReviewOrgan(_SAME_LEVEL, Article(_LAW, 12, certainty="I"), _SUPERIOR),
        AgencyKind.STATE_COUNCIL_DEPARTMENT: ReviewOrgan(_ITSELF, Article(_LAW, 14, certainty="I"), ruling=True),
        AgencyKind.VERTICAL: ReviewOrgan(_SUPERIOR, Article(_LAW, 12, certainty="I")),
        AgencyKind.JUSTICE: ReviewOrgan(_SAME_LEVEL, Article(_LAW, 12, certainty="I"), _SUPERIOR),
        AgencyKind.DISPATCHED_ORGAN: ReviewOrgan(_FOUNDER, Article(_LAW, 15, certainty="I")),
        AgencyKind.DISPATCHED_OFFICE: ReviewOrgan(
            _PARENT_GOVERNMENT, Article(_LAW, 15, certainty="I"), _PARENT_DEPARTMENT
        ),
        AgencyKind.AUTHORISED: ReviewOrgan(_MANAGER, Article(_LAW, 15, certainty="I")),
    }
)


class RemedyOrder(StrEnum):
    """In which order review and suit are open after a reply (行政复议法 23)."""

    CHOICE = "choice"
    REVIEW_FIRST = "review_first"
    REVIEW_FIRST_IN_PART = "review_first_in_part"

    @property
    def label(self) -> Text:
        """The order in words."""
        return _ORDERS[self]


_ORDERS: Mapping[RemedyOrder, Text] = MappingProxyType(
    {
        RemedyOrder.CHOICE: Text("可以申请复议，也可以直接起诉", "reconsideration or suit, by choice"),
        RemedyOrder.REVIEW_FIRST: Text("先申请复议，对复议决定不服再起诉", "reconsideration first, then suit"),
        RemedyOrder.REVIEW_FIRST_IN_PART: Text(
            "不予公开的部分先申请复议，其他内容可以复议也可以起诉",
            "reconsideration first for the part withheld, by choice for the rest",
        ),
    }
)


def remedy_order(outcome: Outcome, on: dt.date, settings: ReviewFirstSettings | None = None) -> RemedyOrder:
    """Which remedy paragraph follows a reply with this ``outcome`` made ``on`` that day (行政复议法 23) [C].

    Review comes first for refusals since 2024-01-01; for the withheld part of a partial disclosure and for
    administrative queries as ``settings`` say [I].
    """
    if not OUTCOMES[outcome].review_first(on, settings):
        return RemedyOrder.CHOICE
    return RemedyOrder.REVIEW_FIRST_IN_PART if outcome is Outcome.PARTIALLY_GRANTED else RemedyOrder.REVIEW_FIRST


def review_organ_kind(kind: AgencyKind, on: dt.date) -> ReviewOrgan:
    """Which organ hears a review of what an agency of this ``kind`` did ``on`` that day."""
    return (_NEW if on >= REVIEW_FIRST_SINCE else _OLD)[kind]


def remedy_paragraph(
    outcome: Outcome,
    *,
    kind: AgencyKind,
    review_organ: str,
    court: str | None = None,
    on: dt.date,
    settings: ReviewFirstSettings | None = None,
    online_channel: str | None = None,
) -> Text:
    """The remedies a reply with this ``outcome``, made ``on`` that day, must tell.

    ``review_organ``: its name, or both names where there is a choice; ``court``: its name, None for "the
    court with jurisdiction"; ``online_channel``: to be given when the reply is served online (行政复议法 22).
    Periods: review 60 days (20) [C], suit 6 months (行政诉讼法 46) [C], suit after review 15 days (45) [C].
    Review comes first for refusals since 2024-01-01, and the reply must say so (行政复议法 23) [C].

    Raises ``LawError`` ("before_regulation") for a reply before 2019-05-15, ("review_organ_missing") without
    an organ's name.
    """
    _checked(review_organ, on)
    where = _Where(review_organ, Text(court, court) if court else _COURT, review_organ_kind(kind, on).ruling)
    order = remedy_order(outcome, on, settings)
    if order is RemedyOrder.CHOICE:
        text = _choice(where, Text("对本答复不服的", "Whoever disagrees with this reply"))
    elif order is RemedyOrder.REVIEW_FIRST_IN_PART:
        withheld = Text("对本答复中不予公开的部分不服的", "Whoever disagrees with the withholding of a part")
        rest = Text("对本答复的其他内容不服的", "Whoever disagrees with the rest of this reply")
        text = _review_first(where, withheld) + _choice(where, rest)
    else:
        text = _review_first(where, Text("对本答复不服的", "Whoever disagrees with this reply"))
    return text if online_channel is None else text + _online(online_channel)


@dataclass(frozen=True, slots=True)
class _Where:
    organ: str
    court: Text
    ruling: bool


def _checked(review_organ: str, on: dt.date) -> None:
    if on < REGULATION_SINCE:
        raise LawError(
            "before_regulation",
            Text(
                "现行《政府信息公开条例》自2019年5月15日起施行，此前的答复不适用。",
                "The Regulation in its present form applies since 2019-05-15, not to earlier replies.",
            ),
            Article("条例", 56),
        )
    if not review_organ.strip():
        raise LawError(
            "review_organ_missing",
            Text("须写明行政复议机关的名称。", "The reply must name the organ of review."),
            Article(_LAW, 20),
        )


def _review_first(where: _Where, who: Text) -> Text:
    zh = (
        f"{who.zh}，应当自收到本答复之日起{_REVIEW_DAYS}日内先向{where.organ}申请行政复议；"
        f"对行政复议决定不服的，可以自收到行政复议决定书之日起{_AFTER_DAYS}日内"
        f"向{where.court.zh}提起行政诉讼"
    )
    en = (
        f"{who.en} must first apply to {where.organ} for administrative reconsideration within "
        f"{_REVIEW_DAYS} days of receiving it; the decision made there may be brought before "
        f"{where.court.en} within {_AFTER_DAYS} days of its receipt"
    )
    return _ended(where, zh, en)


def _choice(where: _Where, who: Text) -> Text:
    zh = (
        f"{who.zh}，可以自收到本答复之日起{_REVIEW_DAYS}日内向{where.organ}申请行政复议，"
        f"或者自收到本答复之日起{_SUIT_MONTHS}个月内向{where.court.zh}提起行政诉讼"
    )
    en = (
        f"{who.en} may apply to {where.organ} for administrative reconsideration within {_REVIEW_DAYS} days "
        f"of receiving it, or sue before {where.court.en} within {_SUIT_MONTHS} months of receiving it"
    )
    return _ended(where, zh, en)


def _ended(where: _Where, zh: str, en: str) -> Text:
    """A decision that an organ made on its own act may also go to the State Council (行政复议法 26) [I]."""
    if not where.ruling:
        return Text(f"{zh}。", f"{en}.")
    return Text(
        f"{zh}；对该行政复议决定不服的，也可以向国务院申请裁决，国务院的裁决为最终裁决。",
        f"{en}; a decision on reconsideration may also be put to the State Council for a final ruling.",
    )


def _online(channel: str) -> Text:
    return Text(
        f"可以通过以下互联网渠道提交行政复议申请：{channel}。",
        f"The application for reconsideration can be made online: {channel}.",
    )
