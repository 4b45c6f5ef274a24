"""Histories of April 2025 for the tests of the procedure: received on the 1st, the limit ends on the 29th."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import STEPS, Case, Refusal, Role, Step, StepKind, refusal, replay
from gongkai.law.working_days import Calendar

D = dt.date
NATIONAL = Calendar.national()
K, R, O = StepKind, Role, Outcome  # noqa: E741  (short names for the tables)


def day(number: int) -> D:
    """The ``number``-th of April 2025, running on."""
    return D(2025, 4, 1) + dt.timedelta(days=number - 1)


def step(kind: StepKind, on: int, role: Role | None = None, **more: Any) -> Step:
    return Step(kind, day(on), role or STEPS[kind].roles[-1], **more)


RECEIPT = step(K.RECEIPT, 1, R.APPLICANT)
ACCEPTED = (RECEIPT, step(K.REGISTER, 1), step(K.ACCEPT, 2))
OPINION = step(K.OPINION, 10, outcome=O.GRANTED, actor="chen")
DECISION = step(K.DECISION, 11)
SIGN = step(K.SIGN, 12, actor="wang")
DELIVER = step(K.DELIVER, 14)
ARCHIVE = step(K.ARCHIVE, 15)
SIGNED = (*ACCEPTED, OPINION, DECISION, SIGN)
DELIVERED = (*SIGNED, DELIVER)
CLOSED = (*DELIVERED, ARCHIVE)


def reply(on: int, outcome: Outcome = O.PARTIALLY_GRANTED) -> tuple[Step, ...]:
    """From opinion to delivery on one day."""
    return (
        step(K.OPINION, on, outcome=outcome, actor="chen"),
        step(K.DECISION, on),
        step(K.SIGN, on, actor="wang"),
        step(K.DELIVER, on),
    )


def case(*history: Step) -> Case:
    return replay(history, NATIONAL)


def refused(history: tuple[Step, ...], wanted: Step, **more: Any) -> Refusal:
    """Why the step is refused: in both languages, with an article or as an internal rule."""
    found = refusal(case(*history), wanted, NATIONAL, **more)
    assert found is not None, f"{wanted.kind} was allowed"
    assert found.message.zh
    assert found.message.en.isascii()
    assert found.article is not None or "内部办理规则" in found.message.zh
    return found


def code(history: tuple[Step, ...], wanted: Step, **more: Any) -> str:
    return refused(history, wanted, **more).code
