"""The time limits of reconsideration and litigation (rows 21–34)."""

from __future__ import annotations

from gongkai.law.citations import Article
from gongkai.law.texts import Text
from gongkai.law.time_limit import Bound, TimeLimit, Unit, Variant

_REVIEW = "行政复议法"
_SUIT = "行政诉讼法"
_BARRED = Text("丧失起诉权", "the suit is barred")
_ARTICLE_48 = Text("行政诉讼法第四十八条规定的事由", "the grounds of Administrative Litigation Law, art. 48")
_SIMPLE = Text("简易程序", "simple procedure")
_ORDINARY = Text("普通程序", "ordinary procedure")


def _procedures(unit: Unit, simple: int, ordinary: int, may_add: int | None = None) -> tuple[Variant, ...]:
    """The two procedures of a review; disclosure cases may take the simple one (行政复议法 53)."""
    return (
        Variant("simple", _SIMPLE, simple, unit),
        Variant("ordinary", _ORDINARY, ordinary, unit, may_add),
    )


RECONSIDERATION: tuple[TimeLimit, ...] = (
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
        "review_examination",
        22,
        Text("收到行政复议申请", "receipt of the application for review"),
        Unit.WORKING_DAYS,
        5,
        Text("期满未作决定的，视为受理", "without a decision it counts as accepted"),
        (Article(_REVIEW, 30), Article(_REVIEW, 88)),
        interrupted_by=Text("补正行政复议申请", "supplement of the application"),
    ),
    TimeLimit(
        "review_supplement",
        23,
        Text("复议申请材料不齐全", "the application for review is incomplete"),
        Unit.WORKING_DAYS,
        10,
        Text("无正当理由逾期不补正的，视为放弃复议申请", "without proper reason it counts as abandoned"),
        (Article(_REVIEW, 31), Article(_REVIEW, 88)),
        interrupted_by=Text("有正当理由", "a proper reason"),
        variants=(
            Variant("ask", Text("通知补正", "to ask"), 5, Unit.WORKING_DAYS),
            Variant("answer", Text("申请人补正", "to answer"), 10, Unit.WORKING_DAYS),
        ),
    ),
    TimeLimit(
        "review_copy",
        24,
        Text("受理复议申请（发送申请书副本）", "acceptance of the review (to the copy sent to the agency)"),
        Unit.WORKING_DAYS,
        7,
        Text("影响复议审理", "delays the review"),
        (Article(_REVIEW, 48), Article(_REVIEW, 54)),
        variants=_procedures(Unit.WORKING_DAYS, 3, 7),
    ),
    TimeLimit(
        "review_answer",
        25,
        Text(
            "被申请人收到申请书副本（提出书面答复和证据）",
            "the agency gets the copy (to its answer and evidence)",
        ),
        Unit.WORKING_DAYS,
        10,
        Text("视为该行政行为没有证据、依据", "the act counts as having no evidence and no basis"),
        (Article(_REVIEW, 48), Article(_REVIEW, 54), Article(_REVIEW, 70)),
        variants=_procedures(Unit.WORKING_DAYS, 5, 10),
    ),
    TimeLimit(
        "review_decision",
        26,
        Text("受理复议申请（作出复议决定）", "acceptance of the review (to the decision)"),
        Unit.CALENDAR_DAYS,
        60,
        Text("期满后15日内可以起诉", "a suit within 15 days"),
        (Article(_REVIEW, 62),),
        may_add=30,
        interrupted_by=Text("行政复议中止（第三十九条）", "stay of the review (art. 39)"),
        variants=_procedures(Unit.CALENDAR_DAYS, 30, 60, may_add=30),
    ),
    TimeLimit(
        "review_opinion",
        27,
        Text("收到行政复议意见书", "receipt of the opinion letter of the review organ"),
        Unit.CALENDAR_DAYS,
        60,
        Text("须通报纠正情况", "the correction is reported back"),
        (Article(_REVIEW, 76),),
    ),
)

LITIGATION: tuple[TimeLimit, ...] = (
    TimeLimit(
        "suit_after_review",
        28,
        Text("收到复议决定书，或者复议期满", "receipt of the review decision, or end of the review period"),
        Unit.CALENDAR_DAYS,
        15,
        _BARRED,
        (Article(_SUIT, 45), Article(_REVIEW, 34)),
        interrupted_by=_ARTICLE_48,
    ),
    TimeLimit(
        "suit",
        29,
        Text("知道或者应当知道该行政行为", "knowledge of the act"),
        Unit.MONTHS,
        6,
        _BARRED,
        (Article(_SUIT, 46),),
        interrupted_by=_ARTICLE_48,
    ),
    TimeLimit(
        "suit_untold",
        30,
        Text("未被告知起诉期限的，知道行政行为内容", "knowledge of the content, the period to sue not being told"),
        Unit.YEARS,
        1,
        _BARRED,
        (Article("行诉解释", 64),),
        bound=Bound.AT_MOST,
        note=Text(
            "从知道起诉期限之日起计算，最长不超过知道内容之日起一年",
            "counted from knowing the period, at most one year from knowing the content",
        ),
    ),
    TimeLimit(
        "suit_no_reply",
        31,
        Text("答复期限届满未答复", "end of the reply limit without a reply"),
        Unit.MONTHS,
        6,
        _BARRED,
        (Article("行诉解释", 66), Article(_SUIT, 47)),
        interrupted_by=_ARTICLE_48,
    ),
    TimeLimit(
        "court_evidence",
        32,
        Text(
            "被告收到起诉状副本（提交证据和答辩状）", "the agency gets the copy of the claim (to evidence and defence)"
        ),
        Unit.CALENDAR_DAYS,
        15,
        Text("视为没有相应证据", "the act counts as having no evidence"),
        (Article(_SUIT, 67),),
        interrupted_by=Text("经法院准许延期举证", "delay allowed by the court"),
    ),
    TimeLimit(
        "first_judgment",
        33,
        Text("法院立案（作出第一审判决）", "the court files the case (to judgment in first instance)"),
        Unit.MONTHS,
        6,
        Text("须报请延长", "an extension must be asked for"),
        (Article(_SUIT, 81), Article(_SUIT, 83)),
        interrupted_by=Text("行诉解释第五十条规定的期间", "the periods of the SPC Interpretation (2018), art. 50"),
        variants=(
            Variant("simple", _SIMPLE, 45, Unit.CALENDAR_DAYS),
            Variant("ordinary", _ORDINARY, 6, Unit.MONTHS),
        ),
    ),
    TimeLimit(
        "appeal",
        34,
        Text("判决书、裁定书送达", "service of the judgment or ruling"),
        Unit.CALENDAR_DAYS,
        15,
        Text("裁判发生法律效力", "it becomes final"),
        (Article(_SUIT, 85),),
        variants=(
            Variant("ruling", Text("裁定", "ruling"), 10, Unit.CALENDAR_DAYS),
            Variant("judgment", Text("判决", "judgment"), 15, Unit.CALENDAR_DAYS),
        ),
    ),
)
