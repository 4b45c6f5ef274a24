"""有效性 on a day: worked examples, and what holds of every history."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.validity import CHANGES, ENDINGS, HOLDING, Change, Validity, validity_on

D, DAY = dt.date, dt.timedelta(days=1)
BEGINS = D(2020, 1, 1)
DAYS = st.dates(D(2020, 1, 1), D(2022, 12, 31))
HISTORIES = st.lists(st.builds(Change, st.sampled_from(CHANGES), DAYS), max_size=5)


def state(day: D, *changes: Change, last_day: D | None = None) -> Validity:
    return validity_on(day, in_force_from=BEGINS, last_day=last_day, changes=changes)


def test_a_document_is_in_force_from_the_day_it_says() -> None:
    assert state(BEGINS - DAY) is Validity.NOT_YET
    assert state(BEGINS) is Validity.IN_FORCE


def test_the_last_day_still_holds_and_the_next_does_not() -> None:
    assert state(D(2024, 12, 31), last_day=D(2024, 12, 31)) is Validity.IN_FORCE
    assert state(D(2025, 1, 1), last_day=D(2024, 12, 31)) is Validity.EXPIRED


def test_an_act_holds_from_its_own_day_on() -> None:
    amended, part = Change(Validity.AMENDED, D(2021, 5, 1)), Change(Validity.PARTLY_REPEALED, D(2021, 8, 1))
    repealed = Change(Validity.REPEALED, D(2022, 3, 1))
    history = (repealed, part, amended)
    assert state(D(2021, 4, 30), *history) is Validity.IN_FORCE
    assert state(D(2021, 5, 1), *history) is Validity.AMENDED
    assert state(D(2021, 8, 1), *history) is Validity.PARTLY_REPEALED
    assert state(D(2022, 2, 28), *history) is Validity.PARTLY_REPEALED
    assert state(D(2022, 3, 1), *history) is Validity.REPEALED


def test_what_ended_it_first_ended_it() -> None:
    declared = Change(Validity.DECLARED_INVALID, D(2022, 1, 1))
    late = Change(Validity.REPEALED, D(2022, 6, 1))
    assert state(D(2023, 1, 1), late, declared) is Validity.DECLARED_INVALID
    assert state(D(2023, 1, 1), declared, last_day=D(2021, 6, 30)) is Validity.EXPIRED
    assert state(D(2023, 1, 1), declared, last_day=D(2021, 12, 31)) is Validity.DECLARED_INVALID, (
        "the same day: the act"
    )
    assert state(D(2019, 6, 1), Change(Validity.REPEALED, D(2019, 5, 1))) is Validity.REPEALED, "before it began"


@given(HISTORIES, DAYS, st.none() | DAYS)
def test_what_has_ended_stays_ended_and_nothing_to_come_is_known(
    changes: list[Change], day: D, last_day: D | None
) -> None:
    found = validity_on(day, in_force_from=BEGINS, last_day=last_day, changes=changes)
    past = [change for change in changes if change.on <= day]
    assert found is validity_on(day, in_force_from=BEGINS, last_day=last_day, changes=past)
    ended = any(change.kind in ENDINGS for change in past) or (last_day is not None and last_day < day)
    assert found.holds is (found in HOLDING) is (not ended)
    if ended:
        later = validity_on(day + 400 * DAY, in_force_from=BEGINS, last_day=last_day, changes=changes)
        assert later is found
