"""Who among the third parties asked did not consent (条例 32)."""

from __future__ import annotations

import datetime as dt

import pytest

from gongkai.law.clock import Consulted
from gongkai.law.procedure import Role, Step, StepKind, replay
from gongkai.law.third_parties import not_consenting

ON = dt.date(2025, 3, 3)


def consulted(who: Consulted, *answers: bool) -> dict[int, bool]:
    """A case in which such a party was asked, and answered or not."""
    history = [
        Step(StepKind.RECEIPT, ON, Role.APPLICANT),
        Step(StepKind.REGISTER, ON, Role.CLERK),
        Step(StepKind.ACCEPT, ON, Role.CLERK),
        Step(StepKind.CONSULTATION, ON, Role.CLERK, consulted=who),
        *(Step(StepKind.CONSULTATION_REPLY, ON, Role.CLERK, consultation=3, objected=said) for said in answers),
    ]
    return not_consenting(replay(history))


@pytest.mark.article("条例", 32)
def test_an_objection_and_silence_are_no_consent() -> None:
    assert consulted(Consulted.THIRD_PARTY, True) == {3: True}
    assert consulted(Consulted.THIRD_PARTY) == {3: False}
    assert consulted(Consulted.THIRD_PARTY, False) == {}


@pytest.mark.article("条例", 34)
def test_of_others_nothing_is_told() -> None:
    for who in (Consulted.CO_PRODUCER, Consulted.OTHER):
        assert consulted(who, True) == consulted(who) == {}
