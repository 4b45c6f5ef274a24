"""The printed state diagram is that of the rules."""

from __future__ import annotations

import pytest

from gongkai.law.procedure import STEPS, Stage, StepKind
from scripts.procedure_diagram import TARGET, page, transitions


def test_the_page_is_fresh() -> None:
    assert TARGET.read_text(encoding="utf-8") == page(), "run: python scripts/procedure_diagram.py"


@pytest.mark.article("条例", 45)
def test_every_stage_is_reached_and_all_but_the_last_are_left() -> None:
    found = transitions()
    assert {after for _, _, after in found} | {Stage.REGISTER} == set(Stage)
    assert {before for before, kind, _ in found if kind is not StepKind.REOPEN} == set(Stage) - {Stage.CLOSED}
    assert {after for _, kind, after in found if kind is StepKind.REOPEN} == {Stage.OPINE}


def test_every_step_stands_in_the_diagram_and_only_where_the_table_allows_it() -> None:
    found = transitions()
    assert {kind for _, kind, _ in found} == set(StepKind) - {StepKind.RECEIPT}
    for kind in StepKind:
        assert {before for before, step, _ in found if step is kind} == STEPS[kind].stages


def test_from_every_stage_there_is_a_way_to_the_end() -> None:
    found, ends = transitions(), {Stage.CLOSED}
    while more := {before for before, _, after in found if after in ends} - ends:
        ends |= more
    assert ends == set(Stage)
