"""The time limits of the Regulation, of the fee measures and of personal data (rows 1–20, 35 and 36)."""

from __future__ import annotations

from gongkai.law.citations import REG, Article
from gongkai.law.texts import Text
from gongkai.law.time_limit import Bound, TimeLimit, Unit

_FEE = Article("收费办法", None, certainty="M")
_INTERRUPTIONS = Text(
    "征求第三方或者其他机关意见的时间不计入；收到补正的申请后重新计算；缴费后重新计算（设置）",
    "consultation pauses it; a corrected application starts it anew; so does payment of the fee (a setting)",
)
_OTHER_LAW = Text("法律、法规对期限另有规定的，从其规定", "another limit in a law or regulation prevails")
_CORRECTION_BY_SUPERIOR = Text(
    "由上一级行政机关责令改正，情节严重的依法处分",
    "the superior agency orders correction; discipline in serious cases",
)

PUBLISHING: tuple[TimeLimit, ...] = (
    TimeLimit(
        "publication",
        1,
        Text("政府信息形成或者变更（应当主动公开的）", "information is formed or changed (proactive disclosure)"),
        Unit.WORKING_DAYS,
        20,
        _CORRECTION_BY_SUPERIOR,
        (REG(26), REG(53)),
        interrupted_by=_OTHER_LAW,
    ),
    TimeLimit(
        "guide_update",
        2,
        Text(
            "政府信息公开指南、目录的内容发生变化",
            "the content of the guide or the catalogue changes",
        ),
        Unit.TIMELY,
        None,
        _CORRECTION_BY_SUPERIOR,
        (REG(12), REG(53)),
    ),
    TimeLimit(
        "reassessment",
        3,
        Text("决定不予公开的政府信息", "information not disclosed"),
        Unit.PERIODIC,
        None,
        _CORRECTION_BY_SUPERIOR,
        (REG(18), REG(53)),
    ),
)

APPLICATIONS: tuple[TimeLimit, ...] = (
    TimeLimit(
        "letter_confirmation",
        4,
        Text("收到平常信函（与申请人确认）", "an ordinary letter arrives (to confirm with the applicant)"),
        Unit.SAME_DAY,
        None,
        Text("收到申请的日期发生争议", "the date of receipt is open to dispute"),
        (REG(31), Article("期限解释", None, certainty="M")),
        interrupted_by=Text(
            "无法联系申请人的，至恢复联系之日", "until contact is restored, if the applicant is unreachable"
        ),
    ),
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
        "correction",
        6,
        Text("申请人收到补正通知", "the applicant gets the correction notice"),
        Unit.REASONABLE,
        None,
        Text(
            "无正当理由逾期不补正的，视为放弃申请，不再处理",
            "without proper reason the application counts as abandoned and is no longer processed",
        ),
        (REG(30),),
        interrupted_by=Text("有正当理由", "a proper reason"),
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
        note=Text("能够当场答复的，应当当场答复（条例第三十三条第一款）", "on the spot where possible (art. 33(1))"),
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
        "other_agency",
        11,
        Text("其他机关被征求意见", "another agency is consulted"),
        Unit.NONE,
        None,
        Text("所需时间不计入答复期限", "the time it takes is not counted in the reply limit"),
        (REG(33, 3),),
    ),
    TimeLimit(
        "agreed_delay",
        12,
        Text(
            "申请理由合理但无法在规定期限内答复",
            "the reasons given are good, but the limit cannot be kept",
        ),
        Unit.REASONABLE,
        None,
        Text("延迟答复的期限须告知申请人", "the applicant is told until when the reply is delayed"),
        (REG(35),),
    ),
    TimeLimit(
        "third_party_notice",
        13,
        Text("决定公开第三方不同意公开的信息", "decision to disclose against a third party's objection"),
        Unit.NONE,
        None,
        Text(
            "须书面告知第三方公开的内容和理由；第三方可以起诉",
            "the third party is told in writing what is disclosed and why, and may sue",
        ),
        (REG(32),),
    ),
    TimeLimit(
        "information_correction",
        14,
        Text("要求更正与其自身相关的不准确信息", "request to correct inaccurate information about oneself"),
        Unit.NONE,
        None,
        Text("可以起诉", "a suit is possible"),
        (REG(41),),
        note=Text(
            "条例未规定期限；行政诉讼法第四十七条的两个月为推断",
            "no limit in the Regulation; the two months of Administrative Litigation Law art. 47 are inferred",
        ),
        certainty="I",
    ),
)

FEES: tuple[TimeLimit, ...] = (
    TimeLimit(
        "fee_notice",
        15,
        Text("决定收取信息处理费", "decision to charge a processing fee"),
        Unit.INSIDE_LIMIT,
        None,
        Text("期限届满后不得再收费", "no fee may be asked for later"),
        (_FEE,),
        certainty="M",
    ),
    TimeLimit(
        "fee_payment",
        16,
        Text("收到收费通知次日", "the day after receipt of the fee notice"),
        Unit.WORKING_DAYS,
        20,
        Text("视为放弃申请，行政机关不再处理", "the application counts as abandoned and is no longer processed"),
        (_FEE,),
        certainty="M",
    ),
    TimeLimit(
        "reply_after_fee",
        17,
        Text("缴费次日", "the day after payment"),
        Unit.WORKING_DAYS,
        20,
        Text("同答复期限", "as for the reply"),
        (Article("收费办法", None, certainty="U"),),
        interrupted_by=_INTERRUPTIONS,
        certainty="U",
        note=Text("重新计算或者暂停为设置，默认重新计算", "a setting: anew (default) or pause"),
    ),
)

SUPERVISION: tuple[TimeLimit, ...] = (
    TimeLimit(
        "department_report",
        18,
        Text("年度终了（部门的年度报告）", "end of the year (annual report of a department)"),
        Unit.FIXED_DATE,
        None,
        _CORRECTION_BY_SUPERIOR,
        (REG(49), REG(53)),
        fixed=(1, 31),
    ),
    TimeLimit(
        "government_report",
        19,
        Text("年度终了（本级政府的年度报告）", "end of the year (annual report of the government)"),
        Unit.FIXED_DATE,
        None,
        _CORRECTION_BY_SUPERIOR,
        (REG(49), REG(53)),
        fixed=(3, 31),
    ),
    TimeLimit(
        "complaint",
        20,
        Text("主管部门收到投诉举报", "the supervising department gets a complaint"),
        Unit.WORKING_DAYS,
        15,
        _CORRECTION_BY_SUPERIOR,
        (REG(47), REG(51), REG(53)),
        may_add=10,
        certainty="I",
        note=Text(
            "条例未规定期限；15个工作日（可延长10个工作日）为地方常见规定，可设置",
            "none nationally; 15 working days (+10) are common in local rules, and a setting",
        ),
    ),
)

PERSONAL_DATA: tuple[TimeLimit, ...] = (
    TimeLimit(
        "leak",
        35,
        Text("个人信息泄露、篡改、丢失", "personal data leak, are falsified or lost"),
        Unit.AT_ONCE,
        None,
        Text("责令改正，依法处分", "order to correct; discipline"),
        (Article("个人信息保护法", 57), Article("个人信息保护法", 68)),
    ),
    TimeLimit(
        "assessment_records",
        36,
        Text("个人信息保护影响评估报告和处理记录", "impact assessments and records of processing"),
        Unit.YEARS,
        3,
        Text("须保存", "to be kept"),
        (Article("个人信息保护法", 56),),
        bound=Bound.AT_LEAST,
    ),
)
