"""A row of the old ledger as steps of a case, and whether the law lets them be taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongkai.agencies.models import Person
from gongkai.agencies.selectors import today
from gongkai.applications.history import RULES, law_step
from gongkai.applications.ledger_import.rows import LedgerRow
from gongkai.applications.models import Step
from gongkai.law import procedure
from gongkai.law.errors import LawError, ProcedureError
from gongkai.law.procedure import Role, StepKind
from gongkai.law.procedure_case import Case, advanced, opened
from gongkai.law.texts import Text
from gongkai.law.working_days import Calendar
from gongkai.vault.masking import mask_within


def steps_of(row: LedgerRow, actor: Person | None, source: Mapping[str, Any]) -> list[Step]:
    """The steps of an imported case, not saved yet. Answered: received, and taken over with its outcome (no approval
    is pretended). Not answered: received and registered, both on the day of receipt, so that what was done since can
    be entered with its true date; from then on it is a case like any other."""
    received: dict[str, Any] = {"channel": str(row.channel.value)}
    if row.assumed:
        received["assumed"] = list(row.assumed)
    more: dict[str, Any] = {**source, "line": row.line}
    if row.remark:
        more["remark"] = mask_within(row.remark)  # facts of a step are not sealed
    first = _step(1, StepKind.RECEIPT, row.received_on, actor, received)
    if row.answered_on is None or row.outcome is None:
        return [first, _step(2, StepKind.REGISTER, row.received_on, actor, more)]
    more |= {"outcome": row.outcome.value, "reply_number": row.reply_number}
    return [first, _step(2, StepKind.TAKEN_OVER, row.answered_on, actor, more)]


def _step(number: int, kind: StepKind, on: Any, actor: Person | None, facts: dict[str, Any]) -> Step:
    return Step(number=number, kind=kind.value, on=on, actor=actor, role=Role.CLERK.value, facts=facts)


def refusal_of(steps: list[Step], days: Calendar) -> Text | None:
    """Why the law does not let these steps be taken, with the article; None where it does."""
    judged = judgement_of(steps, days)
    return judged if isinstance(judged, Text) else None


def judgement_of(steps: list[Step], days: Calendar) -> Case | Text:
    """The case that these steps make, or why the law does not let them be taken."""
    first, *others = (law_step(row, {}) for row in steps)
    try:
        _ask(None, first, days)
        case = opened(first)
        for step in others:
            _ask(case, step, days)
            case = advanced(case, step)
        procedure.reckoning(case, days, case.last_day, explain=False)
    except LawError as error:  # refused, or a day that the calendar does not know
        return _with_article(error.message, error.article)
    return case


def _ask(case: Case | None, step: procedure.Step, days: Calendar) -> None:
    if refused := procedure.refusal(case, step, days, today(), RULES):
        raise ProcedureError(refused.code, refused.message, refused.article)


def _with_article(message: Text, article: Any) -> Text:
    return Text(f"{message.zh}（{article.zh}）", f"{message.en} ({article.en})") if article else message
