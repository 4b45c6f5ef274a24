"""Why a step may not be taken: each refusal says what must happen first and names the article.

Where no article exists the message says that it is an internal rule of handling (内部办理规则).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from gongkai.law import procedure_later_rules as later
from gongkai.law import procedure_route_rules as route
from gongkai.law import procedure_side_rules as side
from gongkai.law.citations import REG
from gongkai.law.clock import consultation_limit, correction_notice_limit
from gongkai.law.clock_events import Consulted
from gongkai.law.dates import day_text
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure_case import Case, Correction, Step
from gongkai.law.procedure_question import INTERNAL, ProcedureSettings, Question, Refusal
from gongkai.law.procedure_table import STEPS, Stage, StepKind
from gongkai.law.texts import Text
from gongkai.law.working_days import Calendar


def refusal(
    case: Case | None,
    step: Step,
    calendar: Calendar,
    today: dt.date | None = None,
    settings: ProcedureSettings | None = None,
) -> Refusal | None:
    """Why ``step`` may not be taken now; None if it may. ``case`` None: nothing was received yet.

    ``today``: a step dated after it is refused; None leaves that out.
    """
    refused = _wrong_role(step) or _in_future(step, today)
    if refused is not None:
        return refused
    if case is None:
        return None if step.kind is StepKind.RECEIPT else _no_receipt(step)
    question = Question(case, step, calendar, settings or ProcedureSettings())
    for check in (_before_last_step, _wrong_stage, *_CHECKS.get(step.kind, ())):
        refused = check(question)
        if refused is not None:
            return refused
    return None


def _wrong_role(step: Step) -> Refusal | None:
    rule = STEPS[step.kind]
    if step.role in rule.roles:
        return None
    zh = "或者".join(role.label.zh for role in rule.roles)
    en = " or ".join(role.label.en for role in rule.roles)
    message = Text(
        f"“{rule.label.zh}”只能由{zh}办理，{step.role.label.zh}不能办理。",
        f"Only the {en} may do this: {rule.label.en}; the {step.role.label.en} may not.",
    )
    return Refusal("wrong_role", message + INTERNAL)


def _in_future(step: Step, today: dt.date | None) -> Refusal | None:
    latest = max(step.on, step.received or step.on)
    if today is None or latest <= today:
        return None
    day, now = day_text(latest), day_text(today)
    return Refusal(
        "in_the_future",
        Text(f"日期{day.zh}晚于今天（{now.zh}）。", f"{day.en} is after today ({now.en}).") + INTERNAL,
    )


def _no_receipt(step: Step) -> Refusal:
    label = STEPS[step.kind].label
    return Refusal(
        "no_receipt",
        Text(
            f"尚未收到申请，不能{label.zh}。",
            f"No application was received yet; first its receipt, then: {label.en}.",
        ),
        REG(31),
    )


def _before_last_step(q: Question) -> Refusal | None:
    last = q.case.latest_day if q.step.kind is StepKind.DELIVER else q.case.last_day
    if q.step.on >= last:
        return None
    day, previous = day_text(q.step.on), day_text(last)
    return Refusal(
        "before_previous_step",
        Text(
            f"日期{day.zh}早于前一步骤的日期{previous.zh}。",
            f"{day.en} is before the previous step, {previous.en}.",
        )
        + INTERNAL,
    )


# What has to be done first while a case stands at a stage.
_FIRST: Mapping[Stage, StepKind] = {
    Stage.REGISTER: StepKind.REGISTER,
    Stage.ACCEPT: StepKind.ACCEPT,
    Stage.CONSULT: StepKind.OPINION,
    Stage.OPINE: StepKind.OPINION,
    Stage.DECIDE: StepKind.DECISION,
    Stage.APPROVE: StepKind.SIGN,
    Stage.DELIVER: StepKind.DELIVER,
    Stage.ARCHIVE: StepKind.ARCHIVE,
}
_ORDER = {stage: position for position, stage in enumerate(Stage)}


def _wrong_stage(q: Question) -> Refusal | None:
    rule, stage = STEPS[q.step.kind], q.case.stage
    if stage in rule.stages:
        return None
    if q.step.kind is StepKind.RECEIPT:
        return Refusal(
            "already_received",
            Text("申请已经收到，同一申请只登记收到一次。", "The application was received already; once is all."),
            REG(31),
        )
    if q.step.kind is StepKind.CORRECTION_NOTICE and q.case.correction is not Correction.NONE:
        return _second_notice(q.case)
    if stage is Stage.CORRECT:
        return _correction_first(q)
    if q.step.kind is StepKind.CORRECTED and q.case.outcome is None:
        return _no_correction_awaited()
    if max(_ORDER[allowed] for allowed in rule.stages) < _ORDER[stage]:
        return _too_late(q)
    return _too_early(q)


def _too_early(q: Question) -> Refusal:
    rule, first = STEPS[q.step.kind], STEPS[_FIRST[q.case.stage]].label
    message = Text(
        f"现在不能“{rule.label.zh}”：须先“{first.zh}”。",
        f"Not possible now: {rule.label.en}. First: {first.en}.",
    )
    return Refusal("too_early", message if rule.article else message + INTERNAL, rule.article)


def _too_late(q: Question) -> Refusal:
    rule, stage = STEPS[q.step.kind], q.case.stage.label
    message = Text(
        f"申请已到“{stage.zh}”阶段，不能再“{rule.label.zh}”。",
        f"The application has reached the stage {stage.en}; no longer possible: {rule.label.en}.",
    )
    return Refusal("too_late", message if rule.article else message + INTERNAL, rule.article)


def _second_notice(case: Case) -> Refusal:
    return Refusal(
        "second_correction_notice",
        Text(
            "补正应当一次性告知：本申请已经发出过补正通知，不能再次要求补正。",
            "Correction may be asked for only once, and was asked for already.",
        ),
        REG(30),
    )


def _correction_first(q: Question) -> Refusal:
    day = day_text(q.case.correct_by) if q.case.correct_by else Text("", "")
    label = STEPS[q.step.kind].label
    return Refusal(
        "correction_awaited",
        Text(
            f"正在等待申请人补正（期限至{day.zh}），不能“{label.zh}”：须先收到补正；"
            "逾期不补正的，可以提出不再处理的办理意见。",
            f"The applicant's correction is awaited (until {day.en}), so not possible: {label.en}. "
            "First the correction must come in; if it lapses, an opinion to close the case may be given.",
        ),
        REG(30),
    )


def _no_correction_awaited() -> Refusal:
    return Refusal(
        "no_correction_awaited",
        Text(
            "没有等待补正：须先发出补正通知，且每件申请只收到一次补正。",
            "No correction is awaited: a notice must go out first, and it is answered once.",
        ),
        REG(30),
    )


def _only_one_notice(q: Question) -> Refusal | None:
    return None if q.case.correction is Correction.NONE else _second_notice(q.case)


def _notice_in_seven_days(q: Question) -> Refusal | None:
    limit = correction_notice_limit(q.case.received, q.calendar).day
    if q.step.on <= limit:
        return None
    received, day = day_text(q.case.received), day_text(limit)
    return Refusal(
        "correction_notice_late",
        Text(
            f"补正通知应当自收到申请之日（{received.zh}）起7个工作日内发出，已于{day.zh}届满，不能再要求补正。",
            f"A correction notice must go out within 7 working days of receipt ({received.en}); "
            f"that period ended on {day.en}.",
        ),
        REG(30),
    )


def _notice_has_period(q: Question) -> Refusal | None:
    if q.step.correct_by is None:
        text = Text("补正通知须写明合理的补正期限。", "A correction notice must give a reasonable period to correct.")
        return Refusal("correct_by_missing", text, REG(30))
    if q.step.correct_by <= q.step.on:
        text = Text(
            "补正期限的最后一日须晚于补正通知的日期。",
            "The last day to correct must be after the day of the notice.",
        )
        return Refusal("correct_by_not_after_notice", text, REG(30))
    most = q.settings.correction_days_most
    if (q.step.correct_by - q.step.on).days > most:
        text = Text(
            f"补正期限应当合理：最迟为补正通知之后{most}天。",
            f"The period to correct must be reasonable: at most {most} days after the notice.",
        )
        return Refusal("correct_by_too_far", text, REG(30))
    return None


def _consultation_names_party(q: Question) -> Refusal | None:
    if q.step.consulted is None:
        text = Text("须写明向谁征求意见。", "Say who is consulted.")
        return Refusal("consulted_missing", text, REG(33, 3))
    if q.step.received is not None and q.step.received < q.step.on:
        return _received_out_of_order()
    return None


def _received_out_of_order() -> Refusal:
    return Refusal(
        "received_out_of_order",
        Text(
            "对方收到征求意见书的日期须在发出之后、答复之前。",
            "The letter must be received after it was issued and before it was answered.",
        ),
        REG(33, 3),
    )


def _reply_answers_one(q: Question) -> Refusal | None:
    index = q.step.consultation
    if index is None or index not in q.case.open_consultations:
        return Refusal(
            "no_open_consultation",
            Text(
                "没有待答复的该次征求意见：须先发出征求意见书，且每次只收到一次答复。",
                "No such consultation is open: a letter must go out first, and it is answered once.",
            ),
            REG(33, 3),
        )
    asked = q.case.history[index]
    received = q.step.received or asked.received
    if received is not None and not asked.on <= received <= q.step.on:
        return _received_out_of_order()
    return None


def _opinion_has_outcome(q: Question) -> Refusal | None:
    if q.step.outcome is not None:
        return None
    return Refusal(
        "outcome_missing",
        Text("办理意见须写明办理结果。", "The opinion must name an outcome."),
        REG(36),
    )


def _opinion_after_correction(q: Question) -> Refusal | None:
    """While a correction is awaited only its lapse can be found, and only after its last day (条例 30).

    After a reopening the lapse can be found again, or not [I].
    """
    lapsed = q.step.outcome is Outcome.CORRECTION_LAPSED
    unanswered = q.case.correction is Correction.UNANSWERED
    if not q.case.correction_awaited and not (lapsed and unanswered):
        return _nothing_lapsed() if lapsed else None
    if not lapsed:
        return _correction_first(q)
    if q.case.correct_by is not None and q.step.on <= q.case.correct_by:
        day = day_text(q.case.correct_by)
        return Refusal(
            "correction_not_lapsed",
            Text(
                f"补正期限至{day.zh}，届满之前不能认定逾期不补正。",
                f"The period to correct lasts until {day.en}; it has not lapsed.",
            ),
            REG(30),
        )
    return None


def _nothing_lapsed() -> Refusal:
    return Refusal(
        "correction_not_awaited",
        Text(
            "没有等待中的补正，不能以逾期不补正办结：须先发出补正通知且期满未补正。",
            "No correction is awaited, so none has lapsed: a notice must go out first and its period end.",
        ),
        REG(30),
    )


def _opinion_after_consultations(q: Question) -> Refusal | None:
    """A consultation must be answered or over. An abandoned or withdrawn application waits for no one (条例 30)."""
    if q.step.outcome in (Outcome.CORRECTION_LAPSED, Outcome.FEE_UNPAID) or q.case.withdrawn is not None:
        return None
    for index in q.case.open_consultations:
        asked = q.case.history[index]
        who = asked.consulted or Consulted.OTHER
        limit = consultation_limit(asked.on, asked.received, who, q.calendar)
        if limit is None or q.step.on <= limit.day:
            return _consultation_open(who, limit.day if limit else None)
    return None


def _consultation_open(who: Consulted, limit: dt.date | None) -> Refusal:
    zh, en = who.label.zh, who.label.en
    articles = {Consulted.THIRD_PARTY: REG(32), Consulted.CO_PRODUCER: REG(34), Consulted.OTHER: REG(33, 3)}
    if limit is None:
        text = Text(f"正在征求{zh}意见，尚未答复：须先收到其意见。", f"The {en} was consulted and must answer first.")
    else:
        day = day_text(limit)
        text = Text(
            f"正在征求{zh}意见，答复期限至{day.zh}：须先收到其意见，或者期限届满。",
            f"The {en} was consulted and has until {day.en}: first its answer, or the end of that period.",
        )
    return Refusal("consultation_open", text, articles[who])


def _outcome_has_grounds(q: Question) -> Refusal | None:
    if q.step.outcome is Outcome.STILL_UNCLEAR and q.case.correction is not Correction.RECEIVED:
        text = Text(
            "没有收到过补正，不能以“补正后申请内容仍不明确”办结：须先通知补正并收到补正。",
            "No correction was received, so it cannot be unclear after correction: first ask for one.",
        )
        return Refusal("no_correction_received", text, REG(30))
    if q.step.outcome is Outcome.THIRD_PARTY_RIGHTS and not _third_party_asked(q):
        text = Text(
            "以保护第三方合法权益为由不予公开的，须先书面征求第三方的意见。",
            "To refuse for the rights of a third party, that party must first be consulted in writing.",
        )
        return Refusal("third_party_not_asked", text, REG(32))
    return None


def _third_party_asked(q: Question) -> bool:
    return not q.settings.third_party_is_asked or q.case.has_consulted(Consulted.THIRD_PARTY)


def _decision_follows_opinion(q: Question) -> Refusal | None:
    if q.step.outcome is None or q.step.outcome is q.case.outcome:
        return None
    text = Text(
        "决定的办理结果须与办理意见一致；不同意办理意见的，由审批人退回。",
        "The decision must have the outcome of the opinion; who disagrees has it returned by the approver.",
    )
    return Refusal("outcome_differs", text + INTERNAL)


_CHECKS: Mapping[StepKind, tuple[Callable[[Question], Refusal | None], ...]] = {
    StepKind.CORRECTION_NOTICE: (
        side.not_withdrawn,
        _only_one_notice,
        _notice_in_seven_days,
        _notice_has_period,
    ),
    StepKind.CONSULTATION: (side.not_withdrawn, _consultation_names_party),
    StepKind.CONSULTATION_REPLY: (_reply_answers_one,),
    StepKind.EXTENSION: (
        side.not_withdrawn,
        side.no_day_is_set,
        side.no_fee_awaited,
        side.extension_has_days_and_consent,
        side.the_clock_takes_it,
    ),
    StepKind.REASONS_ASKED: (side.not_withdrawn, side.reasons_are_asked_once, side.request_has_period),
    StepKind.REASONS_GIVEN: (side.not_withdrawn, side.reasons_are_awaited),
    StepKind.AGREED_DELAY: (
        side.not_withdrawn,
        side.no_day_is_set,
        side.no_fee_awaited,
        side.delay_after_reasons,
        side.delay_has_day,
        side.the_clock_takes_it,
        side.delay_ends_later,
    ),
    StepKind.FEE_NOTICE: (
        side.not_withdrawn,
        side.fee_is_asked_once,
        side.fee_received_in_order,
        side.the_clock_takes_it,
    ),
    StepKind.FEE_PAID: (side.not_withdrawn, side.fee_is_awaited, side.fee_received_in_order),
    StepKind.WITHDRAWAL: (side.not_withdrawn,),
    StepKind.OPINION: (
        _opinion_has_outcome,
        side.opinion_after_withdrawal,
        _opinion_after_correction,
        side.opinion_after_fee,
        _opinion_after_consultations,
        _outcome_has_grounds,
        side.volume_after_reasons,
    ),
    StepKind.DECISION: (_decision_follows_opinion, route.route_ends_with_approver),
    StepKind.REVIEW: (route.it_is_your_turn, route.not_your_own_draft),
    StepKind.RETURN: (route.it_is_your_turn,),
    StepKind.SIGN: (route.reviews_come_first, route.not_your_own_draft),
    StepKind.DELIVER: (later.served_after_delivery,),
    StepKind.SERVED: (later.not_served_yet, later.service_has_day, later.served_after_delivery),
    StepKind.REOPEN: (later.reopening_has_ground, later.ordered_day_is_later),
    StepKind.TAKEN_OVER: (later.reply_has_outcome, later.served_after_delivery),
    StepKind.RECOUNT: (later.told_date_is_later,),
    StepKind.DUE_DECISION: (later.due_is_in_question,),
}
