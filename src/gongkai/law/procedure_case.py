"""A case as its history makes it: steps in, state out. What is allowed is decided in ``procedure``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from gongkai.law.clock_events import Consulted
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure_table import Role, Stage, StepKind


@dataclass(frozen=True, slots=True)
class Step:
    """One legal act of a case, dated ``on``.

    ``outcome``: of an opinion (and, if given, of the decision, which must be the same); ``correct_by``: of a
    correction notice, the last day to correct; ``consulted``: whom a consultation asks; ``consultation``:
    of a reply, the index in the history of the consultation it answers; ``received``: when the party asked
    got the letter (told with the consultation or the reply, the fee notice or the payment); ``objected``: whether a
    reply objects; ``days`` and ``consented``: of an extension, its working days and the day of the consent;
    ``until``: the last day told with an agreed delay (to reply) or with a request for reasons (to give them).
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


class Correction(StrEnum):
    """Whether correction was asked for (条例 30)."""

    NONE = "none"
    AWAITED = "awaited"
    RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class Case:
    """What a history amounts to. Made by ``procedure.replay`` only.

    ``outcome``: of the standing opinion, final once ``signed``; ``drafter``: the actor of the last opinion;
    ``open_consultations``: indexes in the history of consultations not answered; ``correct_by``: the last day
    to correct; ``fee_notice``: the index in the history of the fee notice; ``reasons_by``: the last day to give the
    reasons that were asked.
    """

    history: tuple[Step, ...]
    stage: Stage
    received: dt.date
    outcome: Outcome | None = None
    drafter: str | None = None
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

    @property
    def last_day(self) -> dt.date:
        """The date of the last step: no later step may be dated before it."""
        return self.history[-1].on

    @property
    def latest_day(self) -> dt.date:
        """The latest date the history knows, receipts by consulted parties included."""
        return max(max(step.on, step.received or step.on) for step in self.history)

    @property
    def correction_awaited(self) -> bool:
        """Whether the applicant's correction is awaited, in time or late."""
        return self.correction is Correction.AWAITED and self.withdrawn is None

    @property
    def fee_awaited(self) -> bool:
        """Whether a payment is awaited, in time or late."""
        return self.fee_notice is not None and self.fee_paid is None and self.withdrawn is None

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


def advanced(case: Case, step: Step) -> Case:
    """The case after a step that is allowed."""
    return _EFFECTS[step.kind](replace(case, history=(*case.history, step)), step)


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


def _withdrawal(case: Case, step: Step) -> Case:
    return _at_work(replace(case, withdrawn=step.on, outcome=None))


def _return(case: Case, step: Step) -> Case:
    return _at_work(replace(case, outcome=None))


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
    StepKind.FEE_NOTICE: lambda case, step: replace(case, fee_notice=len(case.history) - 1),
    StepKind.FEE_PAID: lambda case, step: replace(case, fee_paid=step.on),
    StepKind.WITHDRAWAL: _withdrawal,
    StepKind.OPINION: _opinion,
    StepKind.DECISION: lambda case, step: replace(case, stage=Stage.APPROVE),
    StepKind.RETURN: _return,
    StepKind.SIGN: lambda case, step: replace(case, stage=Stage.DELIVER, signed=step.on),
    StepKind.DELIVER: lambda case, step: replace(case, stage=Stage.ARCHIVE, delivered=step.on),
    StepKind.ARCHIVE: lambda case, step: replace(case, stage=Stage.CLOSED, archived=step.on),
}
