"""The procedure as a table: each step, who may take it, when, what it produces, what it does to the clock.

The Regulation fixes five links only (登记、审核、办理、答复、归档, 条例 45); the finer steps are the agency's
own order of handling [I]. 受理 starts no clock (31, 33), and a decision binds only when signed and sealed.

There is no step of transfer: that another agency is responsible (条例 36(五)) is the outcome ``not_held``, whose
reply names that agency where it can be determined.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from gongkai.law.citations import REG, Article
from gongkai.law.texts import Text


class Role(StrEnum):
    """Who acts."""

    APPLICANT = "applicant"
    CLERK = "clerk"
    DRAFTER = "drafter"
    UNIT_HEAD = "unit_head"
    LEGAL_REVIEWER = "legal_reviewer"
    APPROVER = "approver"
    EDITOR = "editor"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"
    SYSTEM = "system"

    @property
    def label(self) -> Text:
        """The role in words."""
        return _ROLES[self]


_ROLES: Mapping[Role, Text] = MappingProxyType(
    {
        Role.APPLICANT: Text("申请人", "applicant"),
        Role.CLERK: Text("经办人", "clerk"),
        Role.DRAFTER: Text("承办人", "drafter"),
        Role.UNIT_HEAD: Text("业务科室负责人", "head of the unit"),
        Role.LEGAL_REVIEWER: Text("法制审核人", "legal reviewer"),
        Role.APPROVER: Text("审批人", "approver"),
        Role.EDITOR: Text("编辑", "editor"),
        Role.SUPERVISOR: Text("主管部门", "supervisor"),
        Role.ADMINISTRATOR: Text("系统管理员", "administrator"),
        Role.SYSTEM: Text("系统", "system"),
    }
)


class Stage(StrEnum):
    """Where an application stands, named for what it waits for; in order."""

    REGISTER = "register"
    ACCEPT = "accept"
    CORRECT = "correct"
    CONSULT = "consult"
    OPINE = "opine"
    DECIDE = "decide"
    APPROVE = "approve"
    DELIVER = "deliver"
    ARCHIVE = "archive"
    CLOSED = "closed"

    @property
    def label(self) -> Text:
        """The stage in words: the eight of the field's order, 答复送达, and 已归档."""
        return _STAGES[self]


_STAGES: Mapping[Stage, Text] = MappingProxyType(
    {
        Stage.REGISTER: Text("登记", "registration"),
        Stage.ACCEPT: Text("受理", "acceptance"),
        Stage.CORRECT: Text("补正", "correction"),
        Stage.CONSULT: Text("征求意见", "consultation"),
        Stage.OPINE: Text("提出办理意见", "handling opinion"),
        Stage.DECIDE: Text("作出决定", "decision"),
        Stage.APPROVE: Text("报批", "approval"),
        Stage.DELIVER: Text("答复送达", "delivery"),
        Stage.ARCHIVE: Text("归档", "archiving"),
        Stage.CLOSED: Text("已归档", "archived"),
    }
)


class StepKind(StrEnum):
    """Kinds of step: the legal acts a case consists of."""

    RECEIPT = "receipt"
    REGISTER = "register"
    ACCEPT = "accept"
    CORRECTION_NOTICE = "correction_notice"
    CORRECTED = "corrected"
    CONSULTATION = "consultation"
    CONSULTATION_REPLY = "consultation_reply"
    EXTENSION = "extension"
    REASONS_ASKED = "reasons_asked"
    REASONS_GIVEN = "reasons_given"
    AGREED_DELAY = "agreed_delay"
    FEE_NOTICE = "fee_notice"
    FEE_PAID = "fee_paid"
    WITHDRAWAL = "withdrawal"
    OPINION = "opinion"
    DECISION = "decision"
    REVIEW = "review"
    RETURN = "return"
    SIGN = "sign"
    DELIVER = "deliver"
    SERVED = "served"
    ARCHIVE = "archive"
    REOPEN = "reopen"
    TAKEN_OVER = "taken_over"
    RECOUNT = "recount"
    DUE_DECISION = "due_decision"

    @property
    def label(self) -> Text:
        """The step in words."""
        return STEPS[self].label

    @property
    def rule(self) -> StepRule:
        """Its row of the table."""
        return STEPS[self]


@dataclass(frozen=True, slots=True)
class StepRule:
    """One row.

    ``stages``: where the case must stand; ``needs``: the same and the further conditions, in words;
    ``letter``: what it produces, None if nothing; ``clock``: its effect on the reply limit; ``article``: the
    basis, None for a rule of the agency's own handling.
    """

    kind: StepKind
    label: Text
    roles: tuple[Role, ...]
    stages: frozenset[Stage]
    needs: Text
    letter: Text | None
    clock: Text
    article: Article | None


_NO_EFFECT = Text("不影响答复期限", "none")
_OPEN = frozenset({Stage.OPINE, Stage.CONSULT})
_AT_WORK = _OPEN | {Stage.CORRECT}
_UNSIGNED = _OPEN | {Stage.DECIDE, Stage.APPROVE}
_UNANSWERED = frozenset(Stage) - {Stage.ARCHIVE, Stage.CLOSED}
_FEE = Article("收费办法", None, certainty="M")

_ROWS: tuple[StepRule, ...] = (
    StepRule(
        StepKind.RECEIPT,
        Text("收到申请", "receipt of the application"),
        (Role.APPLICANT, Role.CLERK),
        frozenset(),
        Text("每件申请只收到一次，是第一步", "once, as the first step"),
        Text("收件回执", "receipt"),
        Text("答复期限自次日起算", "the reply limit runs from the next day"),
        REG(31),
    ),
    StepRule(
        StepKind.REGISTER,
        Text("登记", "registration"),
        (Role.CLERK,),
        frozenset({Stage.REGISTER}),
        Text("已收到申请", "the application was received"),
        Text("申请登记表", "registration form"),
        _NO_EFFECT,
        REG(45),
    ),
    StepRule(
        StepKind.ACCEPT,
        Text("受理", "acceptance"),
        (Role.CLERK,),
        frozenset({Stage.ACCEPT}),
        Text("已登记", "the application was registered"),
        None,
        Text(
            "不影响答复期限：期限自收到之日起算，与受理无关",
            "none: the limit runs from receipt, not acceptance",
        ),
        REG(45),
    ),
    StepRule(
        StepKind.CORRECTION_NOTICE,
        Text("补正通知", "correction notice"),
        (Role.CLERK,),
        _OPEN,
        Text(
            "已受理，尚未提出办理意见，收到申请之日起7个工作日内，仅限一次，并写明合理的补正期限",
            "accepted, no opinion yet, within 7 working days of receipt, once, with a reasonable period",
        ),
        Text("补正告知书", "correction notice"),
        Text("等待补正；收到补正的申请后重新计算", "the limit will start anew on receipt of the correction"),
        REG(30),
    ),
    StepRule(
        StepKind.CORRECTED,
        Text("收到补正", "receipt of the correction"),
        (Role.APPLICANT, Role.CLERK),
        frozenset({Stage.CORRECT}),
        Text("已发出补正通知，尚未收到补正", "a correction is awaited"),
        Text("收件回执", "receipt"),
        Text("答复期限自次日起重新计算", "the limit starts anew from the next day"),
        REG(30),
    ),
    StepRule(
        StepKind.CONSULTATION,
        Text("征求意见", "consultation"),
        (Role.CLERK, Role.DRAFTER),
        _OPEN,
        Text("已受理，尚未提出办理意见，不在等待补正", "accepted, no opinion yet, no correction awaited"),
        Text("征求意见书", "letter of consultation"),
        Text("发出次日起暂停，至收到意见之日", "pauses from the day after issue to the day of the answer"),
        REG(33, 3),
    ),
    StepRule(
        StepKind.CONSULTATION_REPLY,
        Text("收到意见", "receipt of the opinion asked"),
        (Role.CLERK, Role.DRAFTER),
        _AT_WORK,
        Text("该次征求意见尚未收到答复，尚未提出办理意见", "that consultation is unanswered, no opinion yet"),
        None,
        Text("次日起恢复计算", "the limit runs on from the next day"),
        REG(33, 3),
    ),
    StepRule(
        StepKind.EXTENSION,
        Text("延期", "extension"),
        # 政府信息公开工作机构负责人同意 (33(2)) [C]: here the approver is that head.
        (Role.APPROVER,),
        _UNSIGNED,
        Text(
            "已受理，尚未签发，答复期限届满前，经政府信息公开工作机构负责人同意并记录，仅限一次，1至20个工作日，并告知申请人",
            "accepted, not signed, before the limit ends; with the recorded consent of the head of the disclosure "
            "office; once, 1 to 20 working days; the applicant is told",
        ),
        Text("延期答复告知书", "notice of extension"),
        Text("延长所定的工作日数", "adds that many working days"),
        REG(33, 2),
    ),
    StepRule(
        StepKind.REASONS_ASKED,
        Text("要求说明理由", "request for reasons"),
        (Role.CLERK,),
        _OPEN,
        Text(
            "已受理，尚未提出办理意见，申请的数量、频次明显超过合理范围，并写明说明理由的期限",
            "accepted, no opinion yet; number or frequency clearly beyond reason; with a period to answer",
        ),
        Text("说明理由告知书", "request for reasons"),
        _NO_EFFECT,
        REG(35),
    ),
    StepRule(
        StepKind.REASONS_GIVEN,
        Text("收到理由", "receipt of the reasons"),
        (Role.APPLICANT, Role.CLERK),
        _AT_WORK,
        Text("已要求说明理由，尚未收到", "reasons were asked and are awaited"),
        None,
        _NO_EFFECT,
        REG(35),
    ),
    StepRule(
        StepKind.AGREED_DELAY,
        Text("延迟答复", "agreed delay"),
        (Role.APPROVER,),
        _UNSIGNED,
        Text(
            "申请人已说明理由且理由合理，尚未签发，答复期限届满前，仅限一次，确定合理期限并告知申请人",
            "reasons were given and are good; not signed; before the limit ends; once; the applicant is told a "
            "reasonable period",
        ),
        Text("延期答复告知书", "notice of delay"),
        Text("至所定之日届满", "the limit ends on the day told"),
        REG(35),
    ),
    StepRule(
        StepKind.FEE_NOTICE,
        Text("收费通知", "fee notice"),
        (Role.CLERK,),
        _OPEN,
        Text(
            "已受理，尚未提出办理意见，答复期限之内，仅限一次",
            "accepted, no opinion yet, inside the reply limit, once",
        ),
        Text("收费通知书", "fee notice"),
        Text(
            "等待缴费；缴费后重新计算（可设为只暂停）",
            "waits for payment, then starts anew (or only pauses: a setting)",
        ),
        _FEE,
    ),
    StepRule(
        StepKind.FEE_PAID,
        Text("缴费", "payment of the fee"),
        (Role.CLERK,),
        _AT_WORK,
        Text("已发出收费通知，尚未缴费", "a fee was asked and is not paid"),
        None,
        Text("自缴费次日起重新计算（可设为恢复计算）", "starts anew from the next day (or runs on: a setting)"),
        _FEE,
    ),
    StepRule(
        StepKind.WITHDRAWAL,
        Text("撤回申请", "withdrawal"),
        (Role.APPLICANT, Role.CLERK),
        _UNSIGNED | {Stage.ACCEPT, Stage.CORRECT},
        Text(
            "已登记，尚未签发；此后以“其他”办结，仍须告知申请人",
            "registered, not signed; the case then closes as 'other', with a letter to the applicant",
        ),
        None,
        _NO_EFFECT,
        None,
    ),
    StepRule(
        StepKind.OPINION,
        Text("提出办理意见", "handling opinion"),
        (Role.DRAFTER,),
        _AT_WORK,
        Text(
            "已受理，征求意见已答复或者期满，补正已收到或者逾期，费用已缴纳或者逾期，并写明办理结果",
            "accepted; consultations answered or lapsed; correction received or lapsed; fee paid or lapsed; "
            "with an outcome",
        ),
        Text("拟办意见", "handling opinion"),
        _NO_EFFECT,
        None,
    ),
    StepRule(
        StepKind.DECISION,
        Text("作出决定", "decision"),
        (Role.CLERK,),
        frozenset({Stage.DECIDE}),
        Text(
            "已提出办理意见；可以写明报批路线，未写明的由审批人签发",
            "an opinion was given; may name an approval route, without one the approver signs",
        ),
        Text("政府信息公开申请答复书", "reply"),
        _NO_EFFECT,
        REG(36),
    ),
    StepRule(
        StepKind.REVIEW,
        Text("审核", "review"),
        (Role.UNIT_HEAD, Role.LEGAL_REVIEWER),
        frozenset({Stage.APPROVE}),
        Text(
            "已作出决定，按报批路线轮到该审核人；审核人不是提出办理意见的人",
            "a decision was drawn up; in the order of the approval route; not reviewed by its own drafter",
        ),
        None,
        _NO_EFFECT,
        None,
    ),
    StepRule(
        StepKind.RETURN,
        Text("退回", "return"),
        (Role.UNIT_HEAD, Role.LEGAL_REVIEWER, Role.APPROVER),
        frozenset({Stage.APPROVE}),
        Text(
            "已作出决定，尚未签发，按报批路线轮到该审核人、审批人",
            "a decision was drawn up and is not signed; by the role whose turn it is",
        ),
        None,
        _NO_EFFECT,
        None,
    ),
    StepRule(
        StepKind.SIGN,
        Text("签发", "signature"),
        (Role.APPROVER,),
        frozenset({Stage.APPROVE}),
        Text(
            "已作出决定，报批路线上的审核均已完成；签发人不是提出办理意见的人",
            "a decision was drawn up, every review of the approval route is done; not signed by its own drafter",
        ),
        Text("答复审批表", "approval form"),
        _NO_EFFECT,
        None,
    ),
    StepRule(
        StepKind.DELIVER,
        Text("答复送达", "delivery of the reply"),
        (Role.CLERK,),
        frozenset({Stage.DELIVER}),
        Text("已签发", "the reply was signed"),
        Text("送达回证", "proof of service"),
        Text("期限停止：以签收或者交邮之日为准", "stops the limit, on the day of signature or posting"),
        REG(33),
    ),
    StepRule(
        StepKind.SERVED,
        Text("收到送达回证", "receipt of the proof of service"),
        (Role.CLERK,),
        frozenset({Stage.ARCHIVE}),
        Text(
            "答复已送达，申请人收到的日期尚未登记，并写明该日期",
            "the reply was delivered, the day it reached the applicant is not recorded yet; with that day",
        ),
        None,
        Text("不影响答复期限；救济期限自申请人收到之日起算", "none; the remedy periods run from that day"),
        Article("送达解释", None, certainty="M"),
    ),
    StepRule(
        StepKind.ARCHIVE,
        Text("归档", "archiving"),
        (Role.CLERK,),
        frozenset({Stage.ARCHIVE}),
        Text("答复已送达", "the reply was delivered"),
        Text("卷宗目录", "list of the file"),
        _NO_EFFECT,
        REG(45),
    ),
    StepRule(
        StepKind.REOPEN,
        Text("重新办理", "reopening"),
        (Role.CLERK, Role.APPROVER),
        frozenset({Stage.ARCHIVE, Stage.CLOSED}),
        Text(
            "答复已送达，并写明原因；答复有误自行更正的，由审批人决定",
            "the reply was delivered; with its ground; own errors are corrected by decision of the approver",
        ),
        None,
        Text(
            "自次日起重新计算；复议决定、判决定有期限的，至该日届满",
            "the limit starts anew; where the decision or judgment sets a day, it ends on that day",
        ),
        None,
    ),
    # A step of its own, so that no opinion, approval or signature of an earlier register has to be pretended here.
    StepRule(
        StepKind.TAKEN_OVER,
        Text("转入历史台账", "taken over from an earlier register"),
        (Role.SYSTEM, Role.CLERK),
        frozenset({Stage.REGISTER}),
        Text(
            "在先前的台账中已经答复，尚未在本系统登记，并写明办理结果",
            "answered in an earlier register, not registered here; with its outcome",
        ),
        None,
        Text("期限停止：以答复之日为准", "stops the limit, on the day of the reply"),
        None,
    ),
    StepRule(
        StepKind.RECOUNT,
        Text("期限重新推算", "recount of the limit"),
        (Role.SYSTEM,),
        _UNANSWERED,
        Text("工作日安排已调整，尚未送达答复", "the working days were changed; no reply was delivered"),
        None,
        Text(
            "期限提前的，已告知申请人的日期不变，直至工作人员决定",
            "where it came nearer, the date already told stands until a person decides",
        ),
        None,
    ),
    StepRule(
        StepKind.DUE_DECISION,
        Text("决定答复期限", "decision on the due date"),
        (Role.CLERK, Role.APPROVER),
        _UNANSWERED,
        Text(
            "重新推算后期限提前，尚未决定，并写明是否保留已告知的日期",
            "a recount brought the date nearer, nobody decided yet; says whether the told date is kept",
        ),
        None,
        Text("保留已告知的日期，或者改为提前的日期", "keeps the date told, or takes the nearer one"),
        None,
    ),
)

#: Every step by its kind, in the order of a case.
STEPS: Mapping[StepKind, StepRule] = MappingProxyType({row.kind: row for row in _ROWS})
