"""The steps an applicant is told of, in words that need no office jargon. The others are the agency's own work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.applications.selectors import PublicCase
from gongkai.law.procedure import StepKind
from gongkai.law.texts import Text

PUBLIC_STEPS = {
    StepKind.RECEIPT: Text("收到申请", "Application received"),
    StepKind.REGISTER: Text("已登记", "Registered"),
    StepKind.ACCEPT: Text("已受理", "Accepted"),
    StepKind.CORRECTION_NOTICE: Text("请您补正", "You were asked to correct it"),
    StepKind.CORRECTED: Text("收到您的补正，期限重新计算", "Your correction was received; the limit starts anew"),
    StepKind.CONSULTATION: Text("征求有关方面意见，暂停计时", "Others are consulted; the clock is paused"),
    StepKind.CONSULTATION_REPLY: Text("收到意见，继续计时", "The opinion came in; the clock runs on"),
    StepKind.EXTENSION: Text("告知您延长答复期限", "You were told that the reply limit is extended"),
    StepKind.REASONS_ASKED: Text("请您说明申请的理由", "You were asked for your reasons"),
    StepKind.REASONS_GIVEN: Text("收到您说明的理由", "Your reasons were received"),
    StepKind.AGREED_DELAY: Text("告知您延迟答复的期限", "You were told by when the delayed reply comes"),
    StepKind.FEE_NOTICE: Text("请您缴纳信息处理费", "You were asked to pay the processing fee"),
    StepKind.FEE_PAID: Text("已收到缴费", "The fee was paid"),
    StepKind.WITHDRAWAL: Text("您撤回了申请", "You withdrew the application"),
    StepKind.DELIVER: Text("答复已发出", "The reply was sent"),
    StepKind.SERVED: Text("您收到答复", "You received the reply"),
    StepKind.ARCHIVE: Text("已归档", "Archived"),
    StepKind.REOPEN: Text("重新办理，答复期限重新计算", "Handled again; the reply limit starts anew"),
    StepKind.TAKEN_OVER: Text("已答复（此前登记的申请）", "Answered (from an earlier register)"),
}


@dataclass(frozen=True)
class CourseEntry:
    """One line of the time line that the applicant sees."""

    label: Text
    on: date


def course_of(case: PublicCase) -> list[CourseEntry]:
    """The steps the applicant is told of."""
    return [CourseEntry(PUBLIC_STEPS[step.kind], step.on) for step in case.steps if step.kind in PUBLIC_STEPS]
