"""The inbox: whose turn it is, the most urgent first, every case once, in few queries."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.agencies.models import Appointment, Person
from gongkai.agencies.selectors import calendar
from gongkai.applications.models import Application, ClockState
from gongkai.applications.selectors import (
    PAGE,
    VIEWS,
    around,
    case_for_reading,
    case_page,
    cases_for,
    days_left,
    inbox,
    letter_for_reading,
    reader_of,
)
from gongkai.applications.selectors.ordering import read_cursor
from gongkai.applications.selectors.together import read_together
from gongkai.law.procedure import Role, Stage, StepKind
from tests.applications.scenes import NO_SUCH_CASE, RECEIVED, Scene, last_day, outsiders
from tests.cast import SINCE, make_person

SOON = date(2025, 3, 21)


def everyone(scene: Scene) -> list[Person]:
    cast = scene.cast
    return [cast.clerk, cast.drafter, cast.approver, cast.supervisor]


def counts(person: Person, on: date) -> dict[str, int]:
    return dict(around(reader_of(person, on)).counts)


def numbers(rows: Iterable[Any]) -> list[int]:
    return [row.application.pk for row in rows]


def copies(scene: Scene, how_many: int, **columns: Callable[[int], Any]) -> list[Application]:
    """Many cases like the first, written at once: reading does not ask how they came about."""
    like = scene.apply()
    for place in range(how_many):
        copy = Application.objects.get(pk=like.pk)
        copy.pk, copy.number = None, f"副本{place}"
        copy.query_code_index, copy.token_index = f"q{place:063}", f"t{place:063}"
        for name, value in columns.items():
            setattr(copy, name, value(place))
        copy.save(force_insert=True)
    like.refresh_from_db()
    return [like, *Application.objects.filter(number__startswith="副本").order_by("pk")]


# --- who sees which cases ---


def test_the_agency_s_people_see_its_cases_and_nobody_else(scene: Scene) -> None:
    application = scene.apply()
    letter = application.letters.get()
    for person in everyone(scene):
        assert list(cases_for(person)) == [application]
        assert case_for_reading(person, application.pk) == application
        assert letter_for_reading(person, letter.pk) == letter
    for person in outsiders(scene):
        assert list(cases_for(person)) == []
        assert inbox(person, view="all").rows == ()
        for read, pk in (
            (case_for_reading, application.pk),
            (letter_for_reading, letter.pk),
            (case_page, application.pk),
        ):
            hidden, missing = raised(read, person, pk), raised(read, person, NO_SUCH_CASE)
            assert (type(hidden), str(hidden)) == (type(missing), str(missing)), (person, read)


def raised(read: Callable[[Person, int], Any], person: Person, pk: int) -> Exception:
    with pytest.raises(Exception) as error:  # noqa: PT011
        read(person, pk)
    return error.value


def test_a_letter_is_read_by_whoever_reads_its_case(scene: Scene) -> None:
    ours = scene.apply().letters.get()
    assert type(raised(letter_for_reading, scene.cast.other_clerk, ours.pk)).__name__ == "CaseNotFound"


@pytest.mark.parametrize(
    ("since", "until", "sees"),
    [(0, None, True), (1, None, False), (-9, 0, True), (-9, -1, False)],
)
def test_an_appointment_counts_from_day_to_day(scene: Scene, since: int, until: int | None, sees: bool) -> None:
    from gongkai.agencies.selectors import today

    application, person = scene.apply(), make_person("someone", None)
    Appointment.objects.create(
        person=person,
        agency=scene.cast.agency,
        role=Role.CLERK.value,
        since=today() + timedelta(since),
        until=None if until is None else today() + timedelta(until),
    )
    assert list(cases_for(person)) == ([application] if sees else [])


def test_two_roles_at_one_agency_show_a_case_once(scene: Scene) -> None:
    application = scene.apply()
    both = make_person("both", scene.cast.agency, Role.CLERK, Role.DRAFTER, Role.APPROVER)
    for view in VIEWS:
        shown = numbers(inbox(both, view=view, on=RECEIVED).rows)
        assert shown == ([application.pk] if view in ("mine", "open", "all") else []), view


# --- whose turn it is ---

TURN = {
    Stage.REGISTER: Role.CLERK,
    Stage.ACCEPT: Role.CLERK,
    Stage.OPINE: Role.DRAFTER,
    Stage.DECIDE: Role.CLERK,
    Stage.APPROVE: Role.APPROVER,
    Stage.DELIVER: Role.CLERK,
    Stage.ARCHIVE: Role.CLERK,
    Stage.CLOSED: None,
}


def test_whose_turn_it_is_at_every_stage(scene: Scene) -> None:
    for application in scene.everywhere():
        stage = Stage(application.stage)
        day = last_day(application)
        for role, person in scene.cast.staff.items():
            page = inbox(person, on=day)
            row = next((row for row in page.rows if row.application == application), None)
            if stage in TURN:
                assert (row is not None) == (role is TURN[stage]), (stage, role)
                assert counts(person, day)["mine"] == len(page.rows)
            everything = {row.application.pk: row for row in inbox(person, view="all", on=day).rows}
            assert everything[application.pk].mine == (row is not None), (stage, role)
            if row is not None:
                assert row.mine
                assert row.duty.kind.value == application.next_step
        assert inbox(scene.cast.supervisor, on=day).rows == ()


def test_what_waits_for_confirmation_is_the_clerk_s_turn(scene: Scene) -> None:
    """Received by nobody yet, it stands first, for the clerk alone."""
    urgent, waiting = scene.apply(), scene.unconfirmed()
    assert numbers(inbox(scene.cast.clerk, on=RECEIVED).rows) == [waiting.pk, urgent.pk]
    row = inbox(scene.cast.clerk, on=RECEIVED).rows[0]
    assert (row.duty.kind, row.days_left) == (StepKind.REGISTER, None)
    assert inbox(scene.cast.drafter, on=RECEIVED).rows == ()


@pytest.mark.article("条例", 32)
@pytest.mark.parametrize(("stage", "limit"), [(Stage.CONSULT, date(2025, 3, 27)), (Stage.CORRECT, date(2025, 3, 20))])
def test_when_the_time_has_passed_the_drafter_s_turn_comes_by_itself(scene: Scene, stage: Stage, limit: date) -> None:
    """Nobody has to touch the case for it; on the last day it still waits."""
    application = scene.at(stage)
    cast, after = scene.cast, limit + timedelta(days=1)
    assert application.waits_until == limit
    for person in (cast.clerk, cast.drafter):
        assert inbox(person, on=limit).rows == (), "it waits for somebody outside"
        (waiting,) = inbox(person, view="waiting", on=limit).rows
        assert (waiting.application, waiting.waits) == (application, True)
        assert inbox(person, view="waiting", on=after).rows == ()
    assert numbers(inbox(cast.clerk, on=after).rows) == []
    assert numbers(inbox(cast.drafter, on=after).rows) == [application.pk]
    assert [counts(cast.drafter, day)["mine"] for day in (limit, after)] == [0, 1]
    row = inbox(cast.drafter, on=after).rows[0]
    assert row.duty.kind is StepKind.OPINION
    assert case_page(cast.drafter, application.pk, on=after).duty.kind is StepKind.OPINION


def test_a_clerk_here_who_drafts_there_has_each_turn_in_its_place(scene: Scene) -> None:
    ours, cast = scene.at(Stage.OPINE), scene.cast
    person = make_person("commuter", cast.agency, Role.CLERK)
    Appointment.objects.create(person=person, agency=cast.other_agency, role=Role.DRAFTER.value, since=SINCE)
    assert inbox(person, on=SOON).rows == (), "drafting is not the clerk's turn"
    (row,) = inbox(person, view="open", on=SOON).rows
    assert (row.application, row.mine) == (ours, False)
    cast.agency = cast.other_agency
    cast.clerk = cast.other_clerk
    theirs = scene.at(Stage.OPINE)
    assert numbers(inbox(person, on=SOON).rows) == [theirs.pk]


def test_a_view_that_does_not_exist_shows_what_is_mine(scene: Scene) -> None:
    scene.at(Stage.OPINE)
    assert inbox(scene.cast.clerk, view="everything'--", on=SOON).rows == ()


# --- order and pages ---


def test_the_most_urgent_first_and_the_newest_first(scene: Scene) -> None:
    late, early = scene.apply(on=date(2025, 3, 5)), scene.apply(on=date(2025, 3, 3))
    unconfirmed = scene.unconfirmed()
    closed = Application.objects.create(
        **{
            **{
                field.attname: getattr(early, field.attname) for field in Application._meta.fields if field.name != "id"
            },
            "number": "closed",
            "query_code_index": "q",
            "token_index": "t",
            "archived_on": date(2025, 3, 6),
        }
    )
    clerk = scene.cast.clerk
    assert numbers(inbox(clerk, view="open", on=SOON).rows) == [unconfirmed.pk, early.pk, late.pk]
    assert numbers(inbox(clerk, view="all", on=SOON).rows) == [closed.pk, unconfirmed.pk, early.pk, late.pk]
    assert counts(clerk, SOON) == {"mine": 3, "open": 3, "late": 0, "unclaimed": 0, "waiting": 0}


DUE = {
    "all different": lambda place: date(2025, 3, 31) + timedelta(days=(place * 37) % 111),
    "all equal": lambda place: date(2025, 3, 31),
    "all unknown": lambda place: None,
    "some unknown, many equal": lambda place: None if place % 3 == 0 else date(2025, 3, 31 - place % 2),
}


LISTS = ("mine", "open", "all")


@pytest.mark.parametrize("due", DUE)
@pytest.mark.parametrize("view", LISTS)
def test_pages_hold_every_case_once(scene: Scene, due: str, view: str) -> None:
    """120 cases on three pages, also where due dates are equal or not known."""
    cases = copies(scene, 119, due_on=DUE[due])
    pages, after = [], ""
    while True:
        page = inbox(scene.cast.clerk, view=view, after=after, on=RECEIVED)
        pages.append(numbers(page.rows))
        after = page.next_cursor
        if not after:
            break
        assert len(pages) < 9
    assert [len(page) for page in pages] == [PAGE, PAGE, 20]
    shown = [pk for page in pages for pk in page]
    ids = [case.pk for case in cases]
    if view == "all":
        assert shown == sorted(ids, reverse=True)
    else:
        by_urgency = sorted(cases, key=lambda case: (case.due_on is not None, case.due_on or date.min, case.pk))
        assert shown == [case.pk for case in by_urgency]


def test_a_full_page_that_is_the_last_has_no_next(scene: Scene) -> None:
    copies(scene, PAGE - 1)
    page = inbox(scene.cast.clerk, on=RECEIVED)
    assert (len(page.rows), page.next_cursor) == (PAGE, "")


def test_a_case_that_moves_between_two_pages_is_no_error(scene: Scene) -> None:
    copies(scene, 60)
    page = inbox(scene.cast.clerk, on=RECEIVED)
    Application.objects.filter(pk=page.rows[-1].application.pk).update(archived_on=RECEIVED)
    rest = inbox(scene.cast.clerk, after=page.next_cursor, on=RECEIVED)
    assert len(rest.rows) == 11


HOSTILE = [
    "x", ".", "..", "0.2025-03-31.5", "1..5", "2..5", "3.2025-03-31.5", "1.2025-02-30.5", "-1.2025-03-31.1",
    "1.2025-03-31.9999999999999999999999", "１.2025-03-31.1", "1.2025-03-31.1\n", "2025-03-31", "2025-03-31.", "2025-02-30.5", "0000-00-00.5", ".-1", ".1e3", "2025-03-31.1;--",
    "2025-03-31.9999999999999999999999", "２０２５-03-31.1", "2025-03-31.1\n", "\x00", "😀", "%00", "[[[" * 5000,
    urlsafe_b64encode(json.dumps(["", 1e999]).encode()).decode(), urlsafe_b64encode(b'["2025-03-31", 1]').decode(),
    "null", "true", "NaN", "'" * 100_000,
]  # fmt: skip


@pytest.mark.parametrize("view", LISTS)
def test_a_cursor_that_is_not_ours_shows_the_first_page(scene: Scene, view: str) -> None:
    copies(scene, 60)
    first = inbox(scene.cast.clerk, view=view, on=RECEIVED)
    for cursor in HOSTILE:
        assert inbox(scene.cast.clerk, view=view, after=cursor, on=RECEIVED) == first, cursor[:40]


def test_a_cursor_beyond_everything_shows_an_empty_page(scene: Scene) -> None:
    scene.apply()
    for cursor in ("1.9999-12-31.1", "1.2025-03-31.999999999999999999", "2.0001-01-01.1"):
        assert inbox(scene.cast.clerk, view="open", after=cursor).rows == (), cursor
    assert inbox(scene.cast.clerk, view="all", after="0..1").rows == ()


@given(st.text(max_size=60))
def test_any_cursor_is_read_or_passed_over(text: str) -> None:
    found = read_cursor(text)
    assert found is None or isinstance(found.pk, int)


@pytest.mark.parametrize("view", LISTS)
def test_the_first_page_takes_few_queries_however_many_cases(
    scene: Scene, django_assert_max_num_queries: Any, view: str
) -> None:
    copies(scene, 59)
    with django_assert_max_num_queries(10):
        page = inbox(scene.cast.clerk, view=view, on=RECEIVED)
        assert len(page.rows) == PAGE
        assert [row.application.agency.name for row in page.rows]
        assert [row.application.masked_name for row in page.rows]


# --- counts ---


def test_late_counts_what_should_have_been_answered(scene: Scene) -> None:
    """Not what is answered, not what stands still, not what is due today."""
    due = date(2025, 3, 31)
    scene.apply()
    for stage in (Stage.CORRECT, Stage.ARCHIVE, Stage.CLOSED):
        scene.at(stage)
    clerk = scene.cast.clerk
    assert counts(clerk, due)["late"] == 0
    assert counts(clerk, due + timedelta(days=1))["late"] == 1


@pytest.mark.article("条例", 32)
def test_a_silent_third_party_stops_no_clock_for_ever(scene: Scene) -> None:
    """After its 15 working days the clock runs on by itself, and so does the count of what is late."""
    application, clerk = scene.at(Stage.CONSULT), scene.cast.clerk
    assert (application.clock_state, application.due_on) == (ClockState.PAUSED, date(2025, 4, 22))
    assert days_left(application, date(2025, 3, 27)) is None
    assert days_left(application, date(2025, 3, 28)) == 16
    assert days_left(application, date(2025, 4, 23)) == -1
    assert counts(clerk, date(2025, 4, 22))["late"] == 0
    assert counts(clerk, date(2025, 4, 23))["late"] == 1
    page = case_page(clerk, application.pk, on=date(2025, 3, 28))
    assert (page.reckoning.state.value, page.reckoning.days_left) == ("running", 16), "the page says the same"


def test_counts_stop_at_a_thousand(scene: Scene) -> None:
    copies(scene, 20)
    rows = {"ours": cases_for(scene.cast.clerk), "none": Application.objects.none()}
    assert read_together(rows, {}, most=10)[0] == {"ours": 10, "none": 0}
    assert read_together(rows, {}, most=1000)[0] == {"ours": 21, "none": 0}


# --- days left ---


@pytest.mark.parametrize(
    ("on", "left"),
    [
        (date(2025, 3, 3), 20),
        (date(2025, 3, 28), 1),
        (date(2025, 3, 30), 1),
        (date(2025, 3, 31), 0),
        (date(2025, 4, 1), -1),
        (date(2025, 4, 8), -5),
    ],
)
def test_days_left_are_working_days(scene: Scene, on: date, left: int) -> None:
    assert days_left(scene.apply(), on) == left


def test_late_on_a_weekend_is_late(scene: Scene) -> None:
    """Due on Friday 14 March 2025: on Saturday no working day has passed, and yet it is late."""
    application = scene.apply()
    application.due_on = date(2025, 3, 14)
    assert [days_left(application, date(2025, 3, day)) for day in (14, 15, 16, 17, 18)] == [0, -1, -1, -1, -2]


def test_no_days_where_nothing_runs(scene: Scene) -> None:
    for stage in (Stage.CORRECT, Stage.CONSULT, Stage.ARCHIVE, Stage.CLOSED):
        application = scene.at(stage)
        assert days_left(application, last_day(application)) is None, stage
    assert days_left(scene.at(Stage.CORRECT), date(2025, 6, 1)) is None, "what lapsed is closed, not answered late"
    assert days_left(scene.unconfirmed(), RECEIVED) is None


def test_days_left_are_those_of_the_case_page(scene: Scene) -> None:
    application = scene.at(Stage.OPINE)
    for on in (date(2025, 3, 4), date(2025, 3, 31), date(2025, 4, 2)):
        page = case_page(scene.cast.clerk, application.pk, on=on)
        assert page.reckoning.days_left == days_left(application, on, calendar()), on
