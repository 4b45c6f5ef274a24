"""An opinion says of third parties and earlier days only what happened (条例 32, 36, 37)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongkai.applications.actions.accept import accept
from gongkai.applications.actions.consult import consult, receive_opinion
from gongkai.applications.actions.propose import propose
from gongkai.applications.actions.register import register
from gongkai.applications.letters import WrongSlotError, required_slots
from gongkai.law.citations import REG
from gongkai.law.clock import Consulted
from gongkai.law.outcomes import Outcome


def consulted_case(cast: Any, objected: bool | None) -> int:
    """A case in which a third party was asked, and (None: not) answered."""
    received = date(2025, 3, 3)
    pk = cast.apply(on=received).application.pk
    register(case_id=pk, actor=cast.clerk, on=received)
    accept(case_id=pk, actor=cast.clerk, on=received)
    asked = {"consulted": Consulted.THIRD_PARTY, "addressee": "演示公司", "text": "合同"}
    consult(case_id=pk, actor=cast.clerk, on=received, **asked)
    if objected is not None:
        receive_opinion(case_id=pk, actor=cast.clerk, on=date(2025, 3, 10), consultation=4, objected=objected, text="")
    return int(pk)


def third_party_slots(position: str) -> dict[str, str]:
    (matter,) = [slot for slot in required_slots(Outcome.THIRD_PARTY_RIGHTS) if slot.name == "private_matter"]
    return {"private_matter": matter.choices[0].value, "third_party_position": position}


@pytest.mark.article("条例", 32)
@pytest.mark.parametrize(("objected", "on"), [(False, date(2025, 3, 11)), (None, date(2025, 4, 30))])
def test_an_objection_that_nobody_made_is_not_written(cast: Any, objected: bool | None, on: date) -> None:
    pk = consulted_case(cast, objected)
    common = {"case_id": pk, "actor": cast.drafter, "on": on, "outcome": Outcome.THIRD_PARTY_RIGHTS, "reasons": "理由"}
    with pytest.raises(WrongSlotError) as caught:
        propose(slots=third_party_slots("objected"), **common)
    assert caught.value.slot == "third_party_position"
    assert caught.value.article == REG(32)
    propose(slots=third_party_slots("agency_found"), **common)


@pytest.mark.article("条例", 32)
def test_an_objection_that_was_made_is_written(cast: Any) -> None:
    pk = consulted_case(cast, objected=True)
    common = {"case_id": pk, "actor": cast.drafter, "on": date(2025, 3, 11), "reasons": "理由"}
    propose(outcome=Outcome.THIRD_PARTY_RIGHTS, slots=third_party_slots("objected"), **common)


@pytest.mark.article("条例", 32)
@pytest.mark.article("条例", 37)
def test_whether_a_part_is_withheld_unasked_is_for_the_office_to_say(cast: Any, settings: Any) -> None:
    """By default an ID number is covered without a letter to its owner; an office may want to ask first."""
    received = date(2025, 3, 3)
    pk = cast.apply(on=received).application.pk
    register(case_id=pk, actor=cast.clerk, on=received)
    accept(case_id=pk, actor=cast.clerk, on=received)
    slots = {
        "given": "第一条",
        "provision": "stated",
        "information": "第一条的内容",
        "withheld": "第二条",
        "withheld_ground": "third_party_rights",
    }
    common = {"actor": cast.drafter, "outcome": Outcome.PARTIALLY_GRANTED, "reasons": "理由", "slots": slots}
    settings.PART_NEEDS_CONSULTATION = True
    with pytest.raises(WrongSlotError) as caught:
        propose(case_id=pk, on=received, **common)
    assert caught.value.slot == "withheld_ground"
    propose(case_id=consulted_case(cast, objected=True), on=date(2025, 3, 11), **common)
    settings.PART_NEEDS_CONSULTATION = False
    propose(case_id=pk, on=received, **common)


@pytest.mark.article("条例", 36)
def test_a_reply_speaks_of_no_day_after_it(cast: Any) -> None:
    received = date(2025, 3, 3)
    pk = cast.apply(on=received).application.pk
    register(case_id=pk, actor=cast.clerk, on=received)
    accept(case_id=pk, actor=cast.clerk, on=received)
    slots = {"earlier_number": "演城公开答〔2024〕1号", "earlier_on": "9999-12-31"}
    with pytest.raises(WrongSlotError) as caught:
        propose(case_id=pk, actor=cast.drafter, on=received, outcome=Outcome.REPEATED, slots=slots)
    assert (caught.value.code, caught.value.slot) == ("slot_not_yet", "earlier_on")
