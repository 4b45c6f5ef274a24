"""Why a step of after the reply, or of the register, may not be taken: service, reopening, taking over, recounts."""

from __future__ import annotations

from gongkai.law.citations import REG, Article
from gongkai.law.dates import day_text
from gongkai.law.procedure_clock import counted_reckoning
from gongkai.law.procedure_question import INTERNAL, Question, Refusal
from gongkai.law.procedure_replies import ReopenGround
from gongkai.law.procedure_table import STEPS, Role, StepKind
from gongkai.law.texts import Text

_SERVICE = Article("送达解释", None, certainty="M")


# Service


def not_served_yet(q: Question) -> Refusal | None:
    """The day on which the reply reached the applicant is recorded once, with the delivery or after it."""
    if q.case.served is None:
        return None
    day = day_text(q.case.served)
    text = Text(
        f"申请人收到答复的日期（{day.zh}）已经登记。",
        f"That the reply reached the applicant on {day.en} is recorded already.",
    )
    return Refusal("already_served", text, _SERVICE)


def service_has_day(q: Question) -> Refusal | None:
    """Remedies run from the day on which the reply reached the applicant: a proof of service says it."""
    if q.step.received is not None:
        return None
    text = Text("须写明申请人收到答复的日期。", "Say on which day the reply reached the applicant.")
    return Refusal("received_missing", text, _SERVICE)


def served_after_delivery(q: Question) -> Refusal | None:
    """The reply reaches the applicant on the day it goes out, or later; its proof comes back then, or later."""
    received = q.step.received
    proof = q.step.kind is StepKind.SERVED
    sent = q.case.delivered if proof else q.step.on
    if received is None or sent is None or (sent <= received and (not proof or received <= q.step.on)):
        return None
    text = Text(
        "申请人收到答复的日期须在送达（交邮）之日或者之后，且不晚于收到送达回证之日。",
        "The reply reaches the applicant on or after the day it went out, and not after its proof came back.",
    )
    return Refusal("received_out_of_order", text, _SERVICE)


# Reopening


def reopening_has_ground(q: Question) -> Refusal | None:
    """A reopening says why; its own error the agency corrects by decision of its head [I]."""
    if q.step.ground is None:
        text = Text("须写明重新办理的原因。", "Say why the application is handled again.")
        return Refusal("ground_missing", text + INTERNAL)
    if q.step.ground is not ReopenGround.ERROR or q.step.role is Role.APPROVER:
        return None
    who = Role.APPROVER.label
    text = Text(
        f"答复有误自行更正的，由{who.zh}决定，{q.step.role.label.zh}不能办理。",
        f"Whether an own error is corrected is for the {who.en} to decide, not for the {q.step.role.label.en}.",
    )
    return Refusal("wrong_role", text + INTERNAL)


def ordered_day_is_later(q: Question) -> Refusal | None:
    """A day for the new reply is set by the review organ or the court, never by the agency itself [I]."""
    if q.step.until is None:
        return None
    if q.step.ground is ReopenGround.ERROR:
        text = Text(
            "自行更正的，答复期限依法计算，不能自行另定期限。",
            "Where an own error is corrected the limit is counted by the law; no other day can be set.",
        )
        return Refusal("until_without_order", text, REG(33, 2, certainty="I"))
    if q.step.until > q.step.on:
        return None
    text = Text(
        "所定的重新答复期限须晚于重新办理的日期。", "The day set for the new reply must be after the day of reopening."
    )
    return Refusal("until_not_after_reopening", text + INTERNAL)


# Taking over


def reply_has_outcome(q: Question) -> Refusal | None:
    """A case answered in an earlier register is taken over with its outcome."""
    if q.step.outcome is not None:
        return None
    return Refusal("outcome_missing", Text("须写明办理结果。", "Name the outcome of the reply."), REG(36))


# Recounts


def told_date_is_later(q: Question) -> Refusal | None:
    """A recount names the date told only where the new reckoning would bring it nearer [I]."""
    if q.step.until is None:
        return None
    day = max(q.step.on, q.case.clock_start)
    due = counted_reckoning(q.case, q.calendar, day, q.settings.clock, explain=False).due
    if q.step.until > due:
        return None
    told, new = day_text(q.step.until), day_text(due)
    text = Text(
        f"重新推算的届满日{new.zh}不早于已告知的{told.zh}，无须保留。",
        f"The recount gives {new.en}, which is not before the date told, {told.en}: there is nothing to keep.",
    )
    return Refusal("until_not_later", text + INTERNAL)


def due_is_in_question(q: Question) -> Refusal | None:
    """Somebody decides about the date told once, after a recount that would bring it nearer [I]."""
    if not q.case.due_question:
        text = Text("没有待决定的答复期限。", "No due date waits for a decision.")
        return Refusal("no_due_question", text + INTERNAL)
    if q.step.kept is None:
        text = Text("须写明是否保留已告知申请人的日期。", "Say whether the date told to the applicant is kept.")
        return Refusal("kept_missing", text + INTERNAL)
    asked = next(step.on for step in reversed(q.case.history) if step.kind is StepKind.RECOUNT and step.until)
    if q.step.on >= asked:
        return None
    day, label = day_text(asked), STEPS[StepKind.RECOUNT].label
    text = Text(
        f"日期早于{day.zh}的“{label.zh}”。",
        f"The date is before the step it answers, of {day.en}: {label.en}.",
    )
    return Refusal("before_previous_step", text + INTERNAL)
