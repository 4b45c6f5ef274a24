"""What must hold of the reply clock for every case, checked against a plain loop over days."""

from __future__ import annotations

import datetime as dt

import chinese_calendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.law.clock import (
    ClockEvent,
    Consultation,
    Consulted,
    Corrected,
    CorrectionNotice,
    Extension,
    consultation_limit,
    reckon,
)
from gongkai.law.working_days import Calendar

D = dt.date
DAY = dt.timedelta(days=1)
NATIONAL = Calendar.national()
RECEIVED = st.dates(D(2004, 1, 1), D(2025, 6, 30))
GAPS = st.integers(0, 40)


@st.composite
def consultations(draw: st.DrawFn, received: D) -> list[Consultation]:
    """Up to four consultations, in the order of their issue."""
    found = []
    for offset in sorted(draw(st.lists(GAPS, max_size=4))):
        issued = received + offset * DAY
        arrived = draw(st.none() | st.integers(0, 5).map(lambda n, i=issued: i + n * DAY))
        returned = draw(st.none() | st.integers(5, 45).map(lambda n, i=issued: i + n * DAY))
        who = draw(st.sampled_from([Consulted.THIRD_PARTY, Consulted.CO_PRODUCER]))
        found.append(Consultation(issued, arrived, returned, who))
    return found


@st.composite
def cases(draw: st.DrawFn) -> tuple[D, list[ClockEvent]]:
    """A receipt, perhaps a correction, then consultations, perhaps an extension on the last day."""
    received = draw(RECEIVED)
    events: list[ClockEvent] = []
    start = received
    if draw(st.booleans()):
        notice = received + draw(st.integers(0, 9)) * DAY
        start = notice + draw(GAPS) * DAY
        events += [CorrectionNotice(notice), Corrected(start)]
    events += draw(consultations(start))
    return received, events


def plain_due(received: D, events: list[ClockEvent], days: int) -> D:
    """The due date by walking from day to day."""
    anchor = max((e.on for e in events if isinstance(e, Corrected)), default=received)
    paused: set[D] = set()
    for event in events:
        if isinstance(event, Consultation):
            limit = consultation_limit(event.issued, event.received, event.who, NATIONAL)
            assert limit is not None
            end = event.returned or limit.day
            day = event.issued + DAY
            while day <= end:
                paused.add(day)
                day += DAY
    day = anchor
    while days:
        day += DAY
        if chinese_calendar.is_workday(day) and day not in paused:
            days -= 1
    return day


@given(cases(), st.none() | st.integers(1, 20))
@settings(max_examples=300)
def test_agrees_with_a_plain_loop_over_days(case: tuple[D, list[ClockEvent]], extra: int | None) -> None:
    received, events = case
    first = plain_due(received, events, 20)
    asked = [event.issued for event in events if isinstance(event, Consultation)]
    result = reckon(received, events, NATIONAL)
    assert (result.first_due, result.due) == (first, first)
    if extra is not None and all(day <= first for day in asked):
        extended = reckon(received, [*events, Extension(first, extra)], NATIONAL)
        assert (extended.first_due, extended.due) == (first, plain_due(received, events, 20 + extra))


@pytest.mark.article("条例", 33)
@given(RECEIVED, st.integers(1, 400))
def test_due_is_monotone_in_the_receipt(received: D, later: int) -> None:
    assert reckon(received, (), NATIONAL).due <= reckon(received + later * DAY, (), NATIONAL).due


@given(st.data(), RECEIVED, st.integers(1, 30))
def test_due_is_monotone_in_the_receipt_with_the_same_consultations(
    data: st.DataObject, received: D, later: int
) -> None:
    second = received + later * DAY
    events = data.draw(consultations(second))
    assert reckon(received, events, NATIONAL).due <= reckon(second, events, NATIONAL).due


@given(st.data(), RECEIVED)
def test_a_pause_never_shortens(data: st.DataObject, received: D) -> None:
    events = data.draw(consultations(received))
    without = [event for event in events if not data.draw(st.booleans())]
    assert reckon(received, without, NATIONAL).due <= reckon(received, events, NATIONAL).due


@given(cases(), st.integers(0, 200))
def test_used_and_left_make_the_limit_and_never_go_back(case: tuple[D, list[ClockEvent]], offset: int) -> None:
    received, events = case
    anchor = reckon(received, events, NATIONAL).counted_from
    today = reckon(received, events, NATIONAL, anchor + offset * DAY)
    tomorrow = reckon(received, events, NATIONAL, anchor + (offset + 1) * DAY)
    assert today.days_used + today.days_left == 20
    assert 0 <= tomorrow.days_used - today.days_used <= 1
    assert (today.as_of > today.due) <= (today.days_left <= 0)


@given(cases())
def test_the_same_question_gets_the_same_answer(case: tuple[D, list[ClockEvent]]) -> None:
    received, events = case
    assert reckon(received, events, NATIONAL) == reckon(received, tuple(events), NATIONAL)
