"""What a reply may say of third parties: only what happened in the case (条例 15, 32)."""

from __future__ import annotations

from gongkai.law.citations import REG
from gongkai.law.clock_events import Consulted
from gongkai.law.procedure_case import Case
from gongkai.law.procedure_question import Refusal
from gongkai.law.procedure_table import StepKind
from gongkai.law.texts import Text

_NOT_ASKED = Text(
    "以第三方合法权益为由不予公开部分内容的，须先书面征求第三方意见。",
    "Before a part is withheld for a third party's rights, the third party's opinion must be asked in writing.",
)
_NO_OBJECTION = Text(
    "本件没有收到第三方不同意公开的意见，不能写“不同意公开”。",
    "No third party has objected in this case, so the reply cannot say that one did.",
)


def third_party_objected(case: Case) -> bool:
    """Whether an answer that objects to disclosure came in from a third party."""
    return any(
        step.kind is StepKind.CONSULTATION_REPLY
        and step.objected is True
        and step.consultation is not None
        and case.history[step.consultation].consulted is Consulted.THIRD_PARTY
        for step in case.history
    )


def not_consenting(case: Case) -> dict[int, bool]:
    """The third-party consultations of the case that were not answered by consent, by their place in its history, each
    with whether it was answered by an objection (else there was silence). Who discloses all the same tells them: after
    an objection 条例 32 says so [C]; after silence it is our reading [I]."""
    answers = {
        step.consultation: step.objected is True
        for step in case.history
        if step.kind is StepKind.CONSULTATION_REPLY and step.consultation is not None
    }
    asked = [
        place
        for place, step in enumerate(case.history)
        if step.kind is StepKind.CONSULTATION and step.consulted is Consulted.THIRD_PARTY
    ]
    return {place: answers.get(place, False) for place in asked if answers.get(place) is not False}


def part_withheld(case: Case, *, asked_first: bool) -> Refusal | None:
    """Why no part can be withheld for a third party's rights; None where it can.

    Whoever would *disclose* what may harm a third party asks first (条例 32 [C]). That a part which is withheld needs
    the question as well (``asked_first``) is a stricter reading that nothing confirms [I]: the office says which holds.
    An ID number that is covered harms nobody.
    """
    if not asked_first or case.has_consulted(Consulted.THIRD_PARTY):
        return None
    return Refusal("not_consulted", _NOT_ASKED, REG(32))


def objection_stated(case: Case) -> Refusal | None:
    """Why the reply cannot say that a third party objected; None where one did (条例 32)."""
    return None if third_party_objected(case) else Refusal("no_objection", _NO_OBJECTION, REG(32))
