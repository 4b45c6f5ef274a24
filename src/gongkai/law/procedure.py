"""The procedure of an application (条例 29–45): replay a history, say what may happen next and why not.

A history is a sequence of steps. ``replay`` turns it into a ``Case`` or says which step is not allowed;
``refusal`` answers the same question for one step before it is taken. Both use the same rules.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gongkai.law.clock import consultation_limit
from gongkai.law.clock_events import Consulted
from gongkai.law.dates import day_text
from gongkai.law.errors import ProcedureError
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure_case import Case, Correction, Step, advanced, opened
from gongkai.law.procedure_clock import clock_events, payment_limit, reckoning
from gongkai.law.procedure_question import ProcedureSettings, Refusal
from gongkai.law.procedure_replies import ReopenGround, Reply
from gongkai.law.procedure_rules import refusal
from gongkai.law.procedure_table import STEPS, Role, Stage, StepKind, StepRule
from gongkai.law.remedies import REGULATION_SINCE
from gongkai.law.texts import Text
from gongkai.law.working_days import Calendar

__all__ = [
    "STEPS",
    "Case",
    "Consulted",
    "Correction",
    "Duty",
    "ProcedureSettings",
    "Refusal",
    "ReopenGround",
    "Reply",
    "Role",
    "Stage",
    "Step",
    "StepKind",
    "StepRule",
    "allowed_outcomes",
    "allowed_steps",
    "clock_events",
    "next_duty",
    "payment_limit",
    "public_progress",
    "reckoning",
    "refusal",
    "replay",
    "why_not",
]


@dataclass(frozen=True, slots=True)
class Duty:
    """What has to happen next and whose it is."""

    kind: StepKind
    roles: tuple[Role, ...]
    text: Text


def replay(
    history: Sequence[Step],
    calendar: Calendar | None = None,
    today: dt.date | None = None,
    settings: ProcedureSettings | None = None,
) -> Case:
    """The case that a history makes. ``today``: no step may be dated after it; None leaves that out.

    ``calendar``: the national one if none is given. Raises ``ProcedureError`` with code, message and article of the first step that was not allowed.
    """
    days = calendar or Calendar.national()
    fee_clock = (settings or ProcedureSettings()).clock.fee_clock
    case: Case | None = None
    for step in history:
        refused = refusal(case, step, days, today, settings)
        if refused is not None:
            raise ProcedureError(refused.code, refused.message, refused.article)
        case = opened(step) if case is None else advanced(case, step, fee_clock)
    if case is None:
        raise ProcedureError("no_receipt", Text("尚未收到申请。", "No application was received."))
    return case


def _samples(case: Case | None, step: Step, calendar: Calendar, settings: ProcedureSettings | None) -> list[Step]:
    """The step, filled in every way that matters, to ask whether one of them is allowed on its day."""
    kind, tomorrow = step.kind, step.on + dt.timedelta(days=1)
    if kind is StepKind.CORRECTION_NOTICE:
        return [replace(step, correct_by=tomorrow)]
    if kind is StepKind.CONSULTATION:
        return [replace(step, consulted=Consulted.THIRD_PARTY)]
    if kind is StepKind.EXTENSION:
        return [replace(step, days=1, consented=step.on)]
    if kind is StepKind.REASONS_ASKED:
        return [replace(step, until=tomorrow)]
    if kind is StepKind.AGREED_DELAY and case is not None:
        clock = settings.clock if settings else None
        due = reckoning(case, calendar, max(step.on, case.clock_start), clock, explain=False).due
        return [replace(step, until=due + dt.timedelta(days=1))]
    if kind is StepKind.CONSULTATION_REPLY and case is not None:
        return [replace(step, consultation=index) for index in case.open_consultations]
    if kind is StepKind.OPINION:
        return [replace(step, outcome=outcome) for outcome in Outcome]
    return _later_samples(step)


def _later_samples(step: Step) -> list[Step]:
    """The same of the steps after the reply, and of those of the register."""
    if step.kind is StepKind.SERVED:
        return [replace(step, received=step.on)]
    if step.kind is StepKind.REOPEN:
        return [replace(step, ground=ground) for ground in ReopenGround]
    if step.kind is StepKind.TAKEN_OVER:
        return [replace(step, outcome=Outcome.GRANTED)]
    if step.kind is StepKind.DUE_DECISION:
        return [replace(step, kept=True)]
    return [step]


def allowed_steps(
    case: Case | Sequence[Step] | None,
    role: Role,
    calendar: Calendar | None = None,
    today: dt.date | None = None,
    settings: ProcedureSettings | None = None,
) -> tuple[StepKind, ...]:
    """The kinds of step that ``role`` may take today, in the order of a case. ``case``: or the history that makes it,
    which is then replayed; None or an empty history: nothing was received yet.

    ``calendar``: the national one if none is given; ``today``: the day of the last step if none is given (before any step the day does not matter).
    Whether a person may sign depends on who drafted, too: ask ``refusal`` with the actor.
    """
    days = calendar or Calendar.national()
    if case is not None and not isinstance(case, Case):
        case = replay(case, days, today, settings) if case else None
    day = today or (case.last_day if case is not None else REGULATION_SINCE)
    return tuple(
        kind
        for kind, rule in STEPS.items()
        # What the table rules out need not be tried in every way.
        if role in rule.roles
        and (case is None or case.stage in rule.stages)
        and any(
            refusal(case, step, days, day, settings) is None
            for step in _samples(case, Step(kind, day, role), days, settings)
        )
    )


def why_not(
    case: Case | None, step: Step, calendar: Calendar, today: dt.date, settings: ProcedureSettings | None = None
) -> Refusal | None:
    """Why a step of this kind cannot be taken by this role and person on its day, however it is filled in; None where
    one way of filling it in is allowed. Twin of ``allowed_steps``, with the actor."""
    samples = _samples(case, step, calendar, settings) or [step]
    refused = [refusal(case, sample, calendar, today, settings) for sample in samples]
    return None if None in refused else refused[0]


def allowed_outcomes(
    case: Case, calendar: Calendar, today: dt.date, settings: ProcedureSettings | None = None
) -> tuple[Outcome, ...]:
    """The outcomes an opinion given today may name."""
    return tuple(
        step.outcome
        for step in _samples(case, Step(StepKind.OPINION, today, Role.DRAFTER), calendar, settings)
        if step.outcome and refusal(case, step, calendar, today, settings) is None
    )


_DUTIES: dict[Stage, tuple[StepKind, Text]] = {
    Stage.REGISTER: (StepKind.REGISTER, Text("登记申请", "Register the application")),
    Stage.ACCEPT: (
        StepKind.ACCEPT,
        Text("审查申请内容并受理", "Check the application and accept it"),
    ),
    Stage.OPINE: (StepKind.OPINION, Text("提出办理意见", "Give the handling opinion")),
    Stage.DECIDE: (StepKind.DECISION, Text("拟制答复书", "Draw up the reply")),
    Stage.APPROVE: (StepKind.SIGN, Text("审核并签发，或者退回", "Check and sign the reply, or return it")),
    Stage.DELIVER: (StepKind.DELIVER, Text("送达答复书", "Deliver the reply")),
    Stage.ARCHIVE: (StepKind.ARCHIVE, Text("整理材料归档", "Archive the file")),
}


def next_duty(case: Case, calendar: Calendar, today: dt.date) -> Duty | None:
    """What has to happen next, by whom, in words; None when the case is archived."""
    if case.stage is Stage.CLOSED:
        return None
    if case.stage is Stage.CORRECT and case.correct_by is not None:
        return _correction_duty(case.correct_by, today)
    if case.stage in (Stage.CONSULT, Stage.OPINE):
        return _working_duty(case, calendar, today)
    if case.turn is not None and case.turn is not Role.APPROVER:
        who = case.turn.label
        return Duty(
            StepKind.REVIEW, (case.turn,), Text(f"由{who.zh}审核，或者退回", f"Review by the {who.en}, or return")
        )
    kind, text = _DUTIES[case.stage]
    return Duty(kind, STEPS[kind].roles, text)


def _working_duty(case: Case, calendar: Calendar, today: dt.date) -> Duty:
    if case.withdrawn is not None:
        text = Text("申请人已撤回申请，提出以“其他”办结的办理意见", "Withdrawn: propose to close the case as 'other'")
        return Duty(StepKind.OPINION, STEPS[StepKind.OPINION].roles, text)
    limit = payment_limit(case, calendar)
    if limit is not None:
        return _payment_duty(limit.day, today)
    if case.stage is Stage.CONSULT:
        return _consultation_duty(case, calendar, today)
    if case.reasons_awaited and case.reasons_by is not None and today <= case.reasons_by:
        day = day_text(case.reasons_by)
        text = Text(f"等待申请人于{day.zh}（含）前说明理由", f"Wait for the applicant's reasons by {day.en}")
        return Duty(StepKind.REASONS_GIVEN, STEPS[StepKind.REASONS_GIVEN].roles, text)
    kind, text = _DUTIES[Stage.OPINE]
    return Duty(kind, STEPS[kind].roles, text)


def _payment_duty(limit: dt.date, today: dt.date) -> Duty:
    day = day_text(limit)
    if today <= limit:
        text = Text(f"等待申请人于{day.zh}（含）前缴费", f"Wait for the applicant to pay by {day.en}")
        return Duty(StepKind.FEE_PAID, STEPS[StepKind.FEE_PAID].roles, text)
    text = Text(
        f"缴费期限已于{day.zh}届满，提出不再处理的办理意见",
        f"The period to pay ended on {day.en}: propose to close the application",
    )
    return Duty(StepKind.OPINION, STEPS[StepKind.OPINION].roles, text)


def _correction_duty(correct_by: dt.date, today: dt.date) -> Duty:
    day = day_text(correct_by)
    if today <= correct_by:
        text = Text(f"等待申请人于{day.zh}（含）前补正", f"Wait for the applicant to correct by {day.en}")
        return Duty(StepKind.CORRECTED, STEPS[StepKind.CORRECTED].roles, text)
    text = Text(
        f"补正期限已于{day.zh}届满：申请人无正当理由的，提出不再处理的办理意见",
        f"The period to correct ended on {day.en}: without a proper reason, propose to close the application",
    )
    return Duty(StepKind.OPINION, STEPS[StepKind.OPINION].roles, text)


def _consultation_duty(case: Case, calendar: Calendar, today: dt.date) -> Duty:
    for index in case.open_consultations:
        step = case.history[index]
        who = step.consulted or Consulted.OTHER
        limit = consultation_limit(step.on, step.received, who, calendar)
        if limit is None:
            text = Text(f"等待{who.label.zh}答复意见", f"Wait for the answer of the {who.label.en}")
        elif today <= limit.day:
            day = day_text(limit.day)
            text = Text(
                f"等待{who.label.zh}于{day.zh}（含）前答复意见",
                f"Wait for the answer of the {who.label.en} by {day.en}",
            )
        else:
            continue
        return Duty(StepKind.CONSULTATION_REPLY, STEPS[StepKind.CONSULTATION_REPLY].roles, text)
    text = Text("征求意见期限已届满，提出办理意见", "The period of consultation is over: give the handling opinion")
    return Duty(StepKind.OPINION, STEPS[StepKind.OPINION].roles, text)


_PROGRESS: dict[Stage, Text] = {
    Stage.REGISTER: Text("您的申请已经收到，正在登记。", "Your application has been received and is being registered."),
    Stage.ACCEPT: Text("您的申请已经登记，正在审查。", "Your application is registered and is being checked."),
    Stage.CONSULT: Text(
        "正在就您的申请征求有关方面的意见，所需时间不计入答复期限。",
        "Others concerned are being consulted; the time this takes does not count towards the reply limit.",
    ),
    Stage.OPINE: Text("您的申请正在办理。", "Your application is being handled."),
    Stage.DECIDE: Text("正在拟制对您申请的答复。", "The reply to your application is being drawn up."),
    Stage.APPROVE: Text("对您申请的答复正在审批。", "The reply to your application awaits approval."),
    Stage.DELIVER: Text("对您申请的答复已经作出，正在送达。", "The reply has been made and is on its way to you."),
}


def public_progress(case: Case) -> Text:
    """Where the case stands, in plain words for the applicant."""
    if case.delivered is not None and case.outcome is not None:
        day, result = day_text(case.delivered), case.outcome.label
        return Text(
            f"您的申请已于{day.zh}答复，办理结果：{result.zh}。",
            f"Your application was answered on {day.en}. Result: {result.en}.",
        )
    if case.stage is Stage.CORRECT and case.correct_by is not None:
        day = day_text(case.correct_by)
        return Text(
            f"您的申请内容需要补正，请按补正告知书于{day.zh}（含）前补正；收到补正后重新计算答复期限。",
            f"Your application needs correction: please correct it by {day.en} as the notice says; "
            "the reply limit starts anew when the correction is received.",
        )
    text = _asked_of_applicant(case) or _PROGRESS[case.stage]
    return text if case.reopening is None else _reopened(case.reopening) + text


def _reopened(reopening: Step) -> Text:
    """That a reply went out before, and why there will be another."""
    day, why = day_text(reopening.on), (reopening.ground or ReopenGround.ERROR).label
    return Text(
        f"您的申请自{day.zh}起重新办理（{why.zh}）。",
        f"Your application is being handled again since {day.en} ({why.en}).",
    )


def _asked_of_applicant(case: Case) -> Text | None:
    """What else the applicant has to do or has done, while the case is at work."""
    if case.withdrawn is not None:
        day = day_text(case.withdrawn)
        return Text(
            f"您已于{day.zh}撤回申请，正在办理办结手续。",
            f"You withdrew your application on {day.en}; it is being closed.",
        )
    if case.stage not in (Stage.CONSULT, Stage.OPINE):
        return None
    if case.fee_awaited:
        return Text(
            "请按收费通知书缴纳信息处理费；自收到通知次日起20个工作日内未缴纳的，视为放弃申请，不再处理。",
            "Please pay the processing fee as the notice says; unpaid for 20 working days from the day after you "
            "received the notice, the application counts as abandoned.",
        )
    if case.reasons_awaited and case.reasons_by is not None:
        day = day_text(case.reasons_by)
        return Text(
            f"请于{day.zh}（含）前说明申请的理由；答复期限不因此暂停。",
            f"Please give the reasons for your application by {day.en}; the reply limit is not paused by this.",
        )
    return None
