"""A case as its history makes it: steps in, state out. What is allowed is decided in ``procedure``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from gongkai.law.clock_events import Consulted, FeeClock
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure_replies import ReopenGround, Reply
from gongkai.law.procedure_table import Role, Stage, StepKind

#: Notes of the register, not legal acts of their day: no step has to be dated after them.
NOTES = frozenset({StepKind.RECOUNT, StepKind.DUE_DECISION})
# What starts the limit anew ends a date that was told of the old one. (A payment does so, too, where so set.)
_RESTARTS = frozenset({StepKind.CORRECTED, StepKind.REOPEN})


@dataclass(frozen=True, slots=True)
class Step:
    """One legal act of a case, dated ``on``.

    ``outcome``: of an opinion (and, if given, of the decision, which must be the same); ``correct_by``: of a
    correction notice, the last day to correct; ``consulted``: whom a consultation asks; ``consultation``:
    of a reply, the index in the history of the consultation it answers; ``received``: when the party asked
    got the letter (told with the consultation or the reply, the fee notice or the payment); ``objected``: whether a
    reply objects; ``days`` and ``consented``: of an extension, its working days and the day of the consent;
    ``until``: the last day told with an agreed delay (to reply) or with a request for reasons (to give them); of a
    reopening, the last day that the review organ or the court set; of a recount, the due date already told to the
    applicant, given only where the new reckoning would bring it nearer; ``route``: of a decision, the roles that
    review and sign it, in order (报批路线; empty: the approver alone); ``ground``: of a reopening; ``kept``: of a
    decision on the due date, whether the date told is kept.

    ``received`` of a delivery or a proof of service is the day on which the reply reached the applicant.
    """

    kind: StepKind
    on: dt.date
    role: Role
    actor: str | None = None
    outcome: Outcome | None = None
    correct_by: dt.date | None = None
    consulted: Consulted | None = None
    consultation: int | None = None
    received: dt.date | None = None
    objected: bool | None = None
    days: int | None = None
    consented: dt.date | None = None
    until: dt.date | None = None
    route: tuple[Role, ...] = ()
    ground: ReopenGround | None = None
    kept: bool | None = None


class Correction(StrEnum):
    """Whether correction was asked for (条例 30). ``unanswered``: asked for, not received before the case was reopened."""

    NONE = "none"
    AWAITED = "awaited"
    RECEIVED = "received"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class Case:
    """What a history amounts to. Made by ``procedure.replay`` only.

    ``outcome``: of the standing opinion, final once ``signed``; ``drafter``: the actor of the last opinion;
    ``drawn_up_by``: of the last decision;
    ``open_consultations``: indexes in the history of consultations not answered; ``correct_by``: the last day
    to correct; ``fee_notice``: the index in the history of the fee notice; ``fee_closed``: it was not paid before the
    case was reopened, and is awaited no more; ``reasons_by``: the last day to give the reasons that were asked;
    ``served``: when the reply reached the applicant; ``route``: the roles that review and sign the decision;
    ``reviewed``: how many of them have; ``reopened``: the index in the history of the last reopening; ``rounds``: how
    many times it was at work; ``due_kept``: the date told that stands though the working days changed;
    ``due_question``: whether somebody has to decide about it.

    ``replies`` holds every reply that went out, that of the current round too. The annual report counts an
    application once, by its first reply (``first_outcome``, ``first_delivered``) [I].
    """

    history: tuple[Step, ...]
    stage: Stage
    received: dt.date
    outcome: Outcome | None = None
    drafter: str | None = None
    drawn_up_by: str | None = None
    correction: Correction = Correction.NONE
    correct_by: dt.date | None = None
    open_consultations: tuple[int, ...] = ()
    fee_notice: int | None = None
    fee_paid: dt.date | None = None
    reasons_by: dt.date | None = None
    reasons_given: dt.date | None = None
    withdrawn: dt.date | None = None
    signed: dt.date | None = None
    delivered: dt.date | None = None
    archived: dt.date | None = None
    served: dt.date | None = None
    route: tuple[Role, ...] = ()
    reviewed: int = 0
    fee_closed: bool = False
    reopened: int | None = None
    rounds: int = 1
    replies: tuple[Reply, ...] = ()
    due_kept: dt.date | None = None
    due_question: bool = False

    @property
    def last_day(self) -> dt.date:
        """The date of the last legal act: no later step may be dated before it. Notes of the register do not count."""
        return next(step.on for step in reversed(self.history) if step.kind not in NOTES)

    @property
    def latest_day(self) -> dt.date:
        """The latest date of the legal acts, receipts by consulted parties included."""
        return max(max(step.on, step.received or step.on) for step in self.history if step.kind not in NOTES)

    @property
    def turn(self) -> Role | None:
        """Whose turn it is on the approval route; None while no decision awaits approval."""
        return self.route[self.reviewed] if self.stage is Stage.APPROVE else None

    @property
    def reopening(self) -> Step | None:
        """The step by which the current round began; None in the first."""
        return None if self.reopened is None else self.history[self.reopened]

    @property
    def clock_start(self) -> dt.date:
        """The day after which the reply limit runs: of the receipt, or of the last reopening [I]."""
        reopening = self.reopening
        return self.received if reopening is None else reopening.on

    @property
    def first_outcome(self) -> Outcome | None:
        """The outcome of the first reply, by which the annual report counts the application [I]; None before any."""
        return self.replies[0].outcome if self.replies else None

    @property
    def first_delivered(self) -> dt.date | None:
        """The day of the first reply; None before any."""
        return self.replies[0].delivered if self.replies else None

    @property
    def correction_awaited(self) -> bool:
        """Whether the applicant's correction is awaited, in time or late."""
        return self.correction is Correction.AWAITED and self.withdrawn is None

    @property
    def fee_awaited(self) -> bool:
        """Whether a payment is awaited, in time or late."""
        unpaid = self.fee_notice is not None and self.fee_paid is None and not self.fee_closed
        return unpaid and self.withdrawn is None

    @property
    def reasons_awaited(self) -> bool:
        """Whether the applicant's reasons are awaited, in time or late."""
        return self.reasons_by is not None and self.reasons_given is None and self.withdrawn is None

    @property
    def closed(self) -> bool:
        """Whether the case is archived."""
        return self.stage is Stage.CLOSED

    def has_consulted(self, who: Consulted) -> bool:
        """Whether such a party was ever asked in this case."""
        return any(step.kind is StepKind.CONSULTATION and step.consulted is who for step in self.history)


def opened(step: Step) -> Case:
    """The case that a receipt opens."""
    return Case(history=(step,), stage=Stage.REGISTER, received=step.on)


def advanced(case: Case, step: Step, fee_clock: FeeClock = FeeClock.RESTART) -> Case:
    """The case after a step that is allowed. ``fee_clock``: whether a payment starts the limit anew [U]."""
    after = _EFFECTS[step.kind](replace(case, history=(*case.history, step)), step)
    restarts = _RESTARTS | ({StepKind.FEE_PAID} if fee_clock is FeeClock.RESTART else set())
    return replace(after, due_kept=None, due_question=False) if step.kind in restarts else after


def _working_stage(case: Case) -> Stage:
    """Where a case stands between acceptance and opinion: what it waits for."""
    if case.correction_awaited:
        return Stage.CORRECT
    if case.withdrawn is not None:
        return Stage.OPINE
    return Stage.CONSULT if case.open_consultations else Stage.OPINE


def _at_work(case: Case) -> Case:
    return replace(case, stage=_working_stage(case))


def _correction_notice(case: Case, step: Step) -> Case:
    return _at_work(replace(case, correction=Correction.AWAITED, correct_by=step.correct_by))


def _corrected(case: Case, step: Step) -> Case:
    return _at_work(replace(case, correction=Correction.RECEIVED))


def _consultation(case: Case, step: Step) -> Case:
    return _at_work(replace(case, open_consultations=(*case.open_consultations, len(case.history) - 1)))


def _consultation_reply(case: Case, step: Step) -> Case:
    left = tuple(index for index in case.open_consultations if index != step.consultation)
    return _at_work(replace(case, open_consultations=left))


def _opinion(case: Case, step: Step) -> Case:
    return replace(case, stage=Stage.DECIDE, outcome=step.outcome, drafter=step.actor)


def _fee_notice(case: Case, step: Step) -> Case:
    return replace(case, fee_notice=len(case.history) - 1, fee_closed=False)


def _withdrawal(case: Case, step: Step) -> Case:
    return _at_work(replace(case, withdrawn=step.on, outcome=None, route=(), reviewed=0))


def _decision(case: Case, step: Step) -> Case:
    route = step.route or (Role.APPROVER,)
    return replace(case, stage=Stage.APPROVE, route=route, reviewed=0, drawn_up_by=step.actor)


def _return(case: Case, step: Step) -> Case:
    return _at_work(replace(case, outcome=None, route=(), reviewed=0))


def _replied(case: Case, step: Step, outcome: Outcome) -> Case:
    """The reply went out: it is on record, and about its due date nothing is left to decide."""
    replies = (*case.replies, Reply(outcome, step.on, step.received))
    return replace(case, delivered=step.on, served=step.received, replies=replies, due_question=False)


def _delivery(case: Case, step: Step) -> Case:
    assert case.outcome is not None  # nothing is signed without an outcome
    return replace(_replied(case, step, case.outcome), stage=Stage.ARCHIVE)


def _served(case: Case, step: Step) -> Case:
    last = replace(case.replies[-1], served=step.received)
    return replace(case, served=step.received, replies=(*case.replies[:-1], last))


def _taken_over(case: Case, step: Step) -> Case:
    assert step.outcome is not None  # not allowed without
    return replace(_replied(case, step, step.outcome), stage=Stage.CLOSED, outcome=step.outcome, archived=step.on)


def _reopening(case: Case, step: Step) -> Case:
    """At work again: what was awaited in the round before is awaited no more, what was asked once stays asked once.

    A withdrawal ends with the round: whoever is ordered to answer has an application before him [I].
    """
    awaited = case.correction is Correction.AWAITED
    return Case(
        history=case.history,
        stage=Stage.OPINE,
        received=case.received,
        correction=Correction.UNANSWERED if awaited else case.correction,
        correct_by=case.correct_by,
        fee_notice=case.fee_notice,
        fee_paid=case.fee_paid,
        fee_closed=case.fee_notice is not None and case.fee_paid is None,
        reasons_by=case.reasons_by,
        reasons_given=case.reasons_given,
        reopened=len(case.history) - 1,
        rounds=case.rounds + 1,
        replies=case.replies,
    )


def _recount(case: Case, step: Step) -> Case:
    return case if step.until is None else replace(case, due_kept=step.until, due_question=True)


def _due_decision(case: Case, step: Step) -> Case:
    return replace(case, due_kept=case.due_kept if step.kept else None, due_question=False)


_EFFECTS: Mapping[StepKind, Callable[[Case, Step], Case]] = {
    StepKind.REGISTER: lambda case, step: replace(case, stage=Stage.ACCEPT),
    StepKind.ACCEPT: lambda case, step: _at_work(case),
    StepKind.CORRECTION_NOTICE: _correction_notice,
    StepKind.CORRECTED: _corrected,
    StepKind.CONSULTATION: _consultation,
    StepKind.CONSULTATION_REPLY: _consultation_reply,
    StepKind.EXTENSION: lambda case, step: case,
    StepKind.REASONS_ASKED: lambda case, step: replace(case, reasons_by=step.until),
    StepKind.REASONS_GIVEN: lambda case, step: replace(case, reasons_given=step.on),
    StepKind.AGREED_DELAY: lambda case, step: case,
    StepKind.FEE_NOTICE: _fee_notice,
    StepKind.FEE_PAID: lambda case, step: replace(case, fee_paid=step.on),
    StepKind.WITHDRAWAL: _withdrawal,
    StepKind.OPINION: _opinion,
    StepKind.DECISION: _decision,
    StepKind.REVIEW: lambda case, step: replace(case, reviewed=case.reviewed + 1),
    StepKind.RETURN: _return,
    StepKind.SIGN: lambda case, step: replace(case, stage=Stage.DELIVER, signed=step.on),
    StepKind.DELIVER: _delivery,
    StepKind.SERVED: _served,
    StepKind.ARCHIVE: lambda case, step: replace(case, stage=Stage.CLOSED, archived=step.on),
    StepKind.REOPEN: _reopening,
    StepKind.TAKEN_OVER: _taken_over,
    StepKind.RECOUNT: _recount,
    StepKind.DUE_DECISION: _due_decision,
}
