"""Who may do what to an annual report, and when; and by when it is due."""

from __future__ import annotations

import datetime as dt
from itertools import product

import pytest

from gongkai.law.agency_levels import AgencyLevel
from gongkai.law.procedure_table import Role
from gongkai.law.report_deadlines import deadlines, next_deadline
from gongkai.law.report_procedure import (
    ACTS,
    SIGNERS,
    WRITERS,
    ReportAct,
    ReportRefused,
    ReportState,
    check_act,
    possible,
)

WRITER, SIGNER = frozenset({Role.CLERK}), frozenset({Role.APPROVER})


def test_the_way_of_a_report() -> None:
    state: ReportState | None = None
    frozen = False
    for act in (
        ReportAct.BEGIN,
        ReportAct.FREEZE,
        ReportAct.SUBMIT,
        ReportAct.SIGN,
        ReportAct.PUBLISH,
        ReportAct.REOPEN,
    ):
        roles = SIGNER if ACTS[act].roles == SIGNERS else WRITER
        role = check_act(act, state=state, roles=roles, frozen=frozen, reason="更正数据")
        assert role in roles
        state, frozen = ACTS[act].after, frozen or act is ReportAct.FREEZE
    assert state is ReportState.WRITING


@pytest.mark.parametrize(("state", "act"), list(product([None, *ReportState], ReportAct)))
def test_an_act_is_possible_from_its_states_alone(state: ReportState | None, act: ReportAct) -> None:
    everybody = WRITERS | SIGNERS
    needed = ACTS[act].frozen
    offered = possible(state=state, roles=everybody, frozen=bool(needed))
    assert (act in offered) == (state in ACTS[act].before)


@pytest.mark.parametrize(
    ("code", "arguments"),
    [
        ("wrong_role", {"act": ReportAct.SIGN, "roles": WRITER, "state": ReportState.APPROVAL, "frozen": True}),
        (
            "wrong_role",
            {"act": ReportAct.BEGIN, "roles": frozenset({Role.ADMINISTRATOR}), "state": None, "frozen": False},
        ),
        ("wrong_state", {"act": ReportAct.PUBLISH, "roles": WRITER, "state": ReportState.WRITING, "frozen": True}),
        ("not_frozen", {"act": ReportAct.SUBMIT, "roles": WRITER, "state": ReportState.WRITING, "frozen": False}),
        ("frozen_already", {"act": ReportAct.FREEZE, "roles": WRITER, "state": ReportState.WRITING, "frozen": True}),
        ("no_reason", {"act": ReportAct.REOPEN, "roles": SIGNER, "state": ReportState.PUBLISHED, "frozen": True}),
        (
            "own_work",
            {"act": ReportAct.SIGN, "roles": SIGNER, "state": ReportState.APPROVAL, "frozen": True, "wrote": True},
        ),
    ],
)
def test_every_refusal_has_its_reason(code: str, arguments: dict[str, object]) -> None:
    with pytest.raises(ReportRefused) as refused:
        check_act(**arguments)  # type: ignore[arg-type]
    assert refused.value.code == code
    assert refused.value.message.zh
    assert refused.value.message.en


@pytest.mark.article("条例", 49)
@pytest.mark.parametrize(
    ("level", "whole", "days"),
    [
        (AgencyLevel.DEPARTMENT, False, ["2022-01-31"]),
        (AgencyLevel.COUNTY, False, ["2022-01-31"]),
        (None, False, ["2022-01-31"]),
        (AgencyLevel.COUNTY, True, ["2022-02-20", "2022-03-31"]),
        (AgencyLevel.CITY_WITH_DISTRICTS, True, ["2022-03-10", "2022-03-31"]),
        (AgencyLevel.PROVINCE, True, ["2022-03-31", "2022-03-31"]),
        (None, True, ["2022-03-31"]),
    ],
)
def test_when_the_report_on_2021_is_due(level: AgencyLevel | None, whole: bool, days: list[str]) -> None:
    assert [one.on.isoformat() for one in deadlines(2021, whole=whole, level=level)] == days


@pytest.mark.article("条例", 49)
def test_the_last_day_counts_and_the_next_does_not() -> None:
    due = next_deadline(2021, dt.date(2022, 1, 31), whole=False, level=None)
    assert due is not None
    assert due.on == dt.date(2022, 1, 31)
    assert next_deadline(2021, dt.date(2022, 2, 1), whole=False, level=None) is None
