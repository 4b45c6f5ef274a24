"""Statutory time limits as data: what starts each, its length and unit, what follows if it is missed."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from gongkai.law.citations import REG, Article
from gongkai.law.texts import Text

_REVIEW = "行政复议法"
_SUIT = "行政诉讼法"
_FEE = Article("收费办法", None, certainty="M")


class Unit(StrEnum):
    """How a limit is measured. The last five have no number: the text of the law gives a standard only."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    MONTHS = "months"
    YEARS = "years"
    FIXED_DATE = "fixed_date"
    SAME_DAY = "same_day"
    REASONABLE = "reasonable"
    TIMELY = "timely"
    PERIODIC = "periodic"
    NONE = "none"

    @property
    def label(self) -> Text:
        """The unit in words, as it follows a number or stands alone."""
        return _UNITS[self]


_UNITS: Mapping[Unit, Text] = MappingProxyType(
    {
        Unit.WORKING_DAYS: Text("个工作日", "working days"),
        Unit.CALENDAR_DAYS: Text("日", "calendar days"),
        Unit.MONTHS: Text("个月", "months"),
        Unit.YEARS: Text("年", "years"),
        Unit.FIXED_DATE: Text("固定日期", "fixed date"),
        Unit.SAME_DAY: Text("当日", "the same day"),
        Unit.REASONABLE: Text("合理期限", "a reasonable period"),
        Unit.TIMELY: Text("及时", "in good time"),
        Unit.PERIODIC: Text("定期", "periodically"),
        Unit.NONE: Text("未规定期限", "no limit fixed"),
    }
)


class Bound(StrEnum):
    """Whether the length is the limit itself, a ceiling for what an agency may fix, or a floor."""

    EXACT = "exact"
    AT_MOST = "at_most"
    AT_LEAST = "at_least"


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """One limit.

    ``number``: row of the table of all limits in our reading of the law (1–36); ``length`` in ``unit``, None
    where the unit has no number; ``fixed``: (month, day) of the following year for a fixed date;
    ``may_add``: what an extension may add, in the same unit; ``interrupted_by``: what pauses or restarts it.
    """

    key: str
    number: int
    start: Text
    unit: Unit
    length: int | None
    consequence: Text
    articles: tuple[Article, ...]
    bound: Bound = Bound.EXACT
    fixed: tuple[int, int] | None = None
    may_add: int | None = None
    interrupted_by: Text | None = None

    @property
    def article(self) -> Article:
        """The article that fixes the limit."""
        return self.articles[0]

    @property
    def days(self) -> int:
        """The length as a number; ValueError for a limit without one."""
        if self.length is None:
            raise ValueError(f"the limit {self.key} has no number")
        return self.length

    @property
    def wording(self) -> Text:
        """The length in words: 20个工作日, 不超过20个工作日, 合理期限, 1月31日前."""
        if self.fixed is not None:
            month, day = self.fixed
            return Text(f"{month}月{day}日前", f"by {day} {month_name[month]}")
        if self.length is None:
            return self.unit.label
        zh, en = _BOUNDS[self.bound]
        return Text(f"{zh}{self.length}{self.unit.label.zh}", f"{en}{self.length} {self.unit.label.en}")


_BOUNDS: Mapping[Bound, tuple[str, str]] = MappingProxyType(
    {Bound.EXACT: ("", ""), Bound.AT_MOST: ("不超过", "at most "), Bound.AT_LEAST: ("不少于", "at least ")}
)

_INTERRUPTIONS = Text(
    "征求第三方或者其他机关意见的时间不计入；收到补正的申请后重新计算；缴费后重新计算（设置）",
    "consultation pauses it; a corrected application starts it anew; so does payment of the fee (a setting)",
)

_ROWS: tuple[TimeLimit, ...] = (
    TimeLimit(
        "correction_notice",
        5,
        Text("收到申请（之后发出补正通知）", "receipt of the application (to the correction notice)"),
        Unit.WORKING_DAYS,
        7,
        Text(
            "不得再要求申请人补正，存在逾期答复的风险",
            "no correction may be asked for later; risk of a late reply",
        ),
        (REG(30),),
    ),
    TimeLimit(
        "reply",
        7,
        Text("收到申请（或者补正的申请）", "receipt of the application (or of the corrected one)"),
        Unit.WORKING_DAYS,
        20,
        Text("答复逾期违法，申请人可以投诉举报、复议、起诉", "unlawful; complaint, review or suit may follow"),
        (REG(33, 2),),
        may_add=20,
        interrupted_by=_INTERRUPTIONS,
    ),
    TimeLimit(
        "extension",
        8,
        Text("原答复期限届满", "end of the reply limit"),
        Unit.WORKING_DAYS,
        20,
        Text(
            "同答复期限；须经政府信息公开工作机构负责人同意并在期限届满前告知申请人",
            "as for the reply; needs the consent of the head of the disclosure office, "
            "and notice to the applicant before the limit ends",
        ),
        (REG(33, 2),),
        bound=Bound.AT_MOST,
        interrupted_by=_INTERRUPTIONS,
    ),
    TimeLimit(
        "third_party",
        9,
        Text("第三方收到征求意见书", "receipt of the letter of consultation by the third party"),
        Unit.WORKING_DAYS,
        15,
        Text(
            "逾期未提出意见的，由行政机关依照条例决定是否公开",
            "silence: the agency decides under the Regulation",
        ),
        (REG(32),),
    ),
    TimeLimit(
        "co_producer",
        10,
        Text("共同制作机关收到征求意见书", "receipt of the letter of consultation by the co-producing agency"),
        Unit.WORKING_DAYS,
        15,
        Text("逾期未提出意见的，视为同意公开", "silence counts as agreement to disclosure"),
        (REG(34),),
    ),
    TimeLimit(
        "fee_payment",
        16,
        Text("收到收费通知次日", "the day after receipt of the fee notice"),
        Unit.WORKING_DAYS,
        20,
        Text("视为放弃申请，行政机关不再处理", "the application counts as abandoned and is no longer processed"),
        (_FEE,),
    ),
    TimeLimit(
        "review",
        21,
        Text("知道或者应当知道该行政行为", "knowledge of the act"),
        Unit.CALENDAR_DAYS,
        60,
        Text("申请复议不予受理", "the application for review is inadmissible"),
        (Article(_REVIEW, 20),),
        interrupted_by=Text("不可抗力等正当理由", "force majeure or another proper reason"),
    ),
    TimeLimit(
        "suit_after_review",
        28,
        Text("收到复议决定书，或者复议期满", "receipt of the review decision, or end of the review period"),
        Unit.CALENDAR_DAYS,
        15,
        Text("丧失起诉权", "the suit is barred"),
        (Article(_SUIT, 45), Article(_REVIEW, 34)),
        interrupted_by=Text("行政诉讼法第四十八条规定的事由", "the grounds of Administrative Litigation Law, art. 48"),
    ),
    TimeLimit(
        "suit",
        29,
        Text("知道或者应当知道该行政行为", "knowledge of the act"),
        Unit.MONTHS,
        6,
        Text("丧失起诉权", "the suit is barred"),
        (Article(_SUIT, 46),),
        interrupted_by=Text("行政诉讼法第四十八条规定的事由", "the grounds of Administrative Litigation Law, art. 48"),
    ),
)

#: Every limit by its key, in the order of the table.
TIME_LIMITS: Mapping[str, TimeLimit] = MappingProxyType({row.key: row for row in _ROWS})
