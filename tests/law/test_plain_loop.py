"""The engine against the loop over days that the benchmark compares it with: same cases, same answers."""

from __future__ import annotations

import json

import pytest
from bench.cases import lines, mixed_cases
from bench.plain import PlainLoop
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.law.case_lines import LineReckoner
from gongkai.law.working_days import FIRST_DAY, LAST_DAY, Calendar

NATIONAL = Calendar.national()
RECKONER = LineReckoner(NATIONAL)
PLAIN = PlainLoop(frozenset(NATIONAL.working_days(FIRST_DAY, LAST_DAY)))


@pytest.mark.article("条例", 33)
@settings(max_examples=60)
@given(st.integers())
def test_both_give_the_same_due_dates_states_and_days(seed: int) -> None:
    for line in lines(15, seed):
        text, ok = RECKONER.answer(line)
        assert ok, (line, text)
        found = json.loads(text)
        assert {key: found[key] for key in ("due", "first_due", "state", "days_used", "days_left")} == PLAIN.answer(
            line
        )


def test_the_cases_are_mixed_and_always_the_same() -> None:
    assert lines(200) == lines(200)
    kinds = [step["kind"] for case in mixed_cases(2000) for step in case["steps"]]
    assert set(kinds) == {"correction_notice", "corrected", "consultation", "extension", "fee_notice", "delivered"}
    assert min(kinds.count(kind) for kind in set(kinds)) > 50
