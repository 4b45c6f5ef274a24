"""The history of a case: replayed, derived, rebuilt, never judged anew by a calendar that came later."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from gongkai.agencies.actions.set_calendar_day import set_calendar_day
from gongkai.agencies.selectors import calendar, forget_calendar
from gongkai.applications.errors import CaseNotFound, Conflict
from gongkai.applications.history import (
    case_of,
    derived_columns,
    law_history,
    locked,
    rebuild,
    reckoning_of,
    waits_until,
)
from gongkai.applications.models import Application, ClockState, Step
from gongkai.applications.selectors import case_page, public_case
from gongkai.law import procedure
from gongkai.law.clock import Consulted
from gongkai.law.procedure import Stage, StepKind
from tests.applications.scenes import (
    ACTS,
    GRANTED,
    NO_SUCH_CASE,
    RECEIVED,
    WAY_TO,
    Scene,
    check_derived,
    nothing_written,
    outsiders,
)

STEPS_TO_CLOSED = WAY_TO[Stage.CLOSED]


def rows_of(application: Application) -> list[Step]:
    return list(application.steps.order_by("number"))


# --- steps that have no action yet ---


def told(*steps: tuple[StepKind, date, dict[str, Any]]) -> list[Step]:
    """Rows after acceptance, not stored: as an action will write them."""
    day, role = RECEIVED, procedure.Role.CLERK.value
    first = [(kind, day, {}) for kind in (StepKind.RECEIPT, StepKind.REGISTER, StepKind.ACCEPT)]
    taken = enumerate([*first, *steps], start=1)
    return [Step(number=number, kind=kind.value, on=on, role=role, facts=facts) for number, (kind, on, facts) in taken]


@pytest.mark.article("条例", 33)
@pytest.mark.django_db
def test_an_extension_is_read_from_its_facts() -> None:
    facts = {"days": 10, "consented": "2025-03-19"}
    columns = derived_columns(told((StepKind.EXTENSION, date(2025, 3, 20), facts)))
    assert columns["due_on"] == date(2025, 4, 15)
    assert columns["next_step"] == "opinion"
    step = law_history(told((StepKind.EXTENSION, date(2025, 3, 20), facts)))[-1]
    assert (step.days, step.consented, step.until) == (10, date(2025, 3, 19), None)


@pytest.mark.article("条例", 35)
@pytest.mark.django_db
def test_reasons_and_a_delay_are_read_from_their_facts() -> None:
    asked = (StepKind.REASONS_ASKED, date(2025, 3, 5), {"until": "2025-03-14"})
    columns = derived_columns(told(asked))
    assert (columns["next_step"], columns["waits_until"]) == ("reasons_given", date(2025, 3, 14))
    assert columns["clock_state"] == "running"
    given = (StepKind.REASONS_GIVEN, date(2025, 3, 10), {})
    delay = (StepKind.AGREED_DELAY, date(2025, 3, 11), {"until": "2025-05-30"})
    columns = derived_columns(told(asked, given, delay))
    assert (columns["next_step"], columns["waits_until"], columns["due_on"]) == ("opinion", None, date(2025, 5, 30))


@pytest.mark.article("收费办法", None)
@pytest.mark.django_db
def test_a_fee_and_a_withdrawal_are_read_from_their_facts() -> None:
    notice = (StepKind.FEE_NOTICE, date(2025, 3, 5), {"received": "2025-03-07"})
    columns = derived_columns(told(notice))
    assert (columns["next_step"], columns["waits_until"]) == ("fee_paid", date(2025, 4, 7))
    assert columns["clock_state"] == "paused"
    paid = derived_columns(told(notice, (StepKind.FEE_PAID, date(2025, 3, 20), {})))
    assert (paid["waits_until"], paid["due_on"], paid["clock_state"]) == (None, date(2025, 4, 18), "running")
    gone = derived_columns(told(notice, (StepKind.WITHDRAWAL, date(2025, 3, 20), {})))
    assert (gone["next_step"], gone["waits_until"], gone["stage"]) == ("opinion", None, "opine")


# --- derived columns ---

#: What the columns say at each stage (see scenes.ACTS for the days).
COLUMNS: dict[Stage, dict[str, Any]] = {
    Stage.REGISTER: {"next_step": "register", "steps_taken": 1},
    Stage.ACCEPT: {"next_step": "accept", "steps_taken": 2},
    Stage.OPINE: {"next_step": "opinion", "steps_taken": 3},
    Stage.CORRECT: {"next_step": "corrected", "waits_until": date(2025, 3, 20), "clock_state": "paused"},
    Stage.CONSULT: {
        "next_step": "consultation_reply",
        "waits_until": date(2025, 3, 27),
        "clock_state": "paused",
        "due_on": date(2025, 4, 22),
    },
    Stage.DECIDE: {"next_step": "decision"},
    Stage.APPROVE: {"next_step": "sign", "next_role": "approver"},
    Stage.DELIVER: {"next_step": "deliver"},
    Stage.ARCHIVE: {
        "next_step": "archive", "outcome": "granted", "answered_on": date(2025, 3, 19), "clock_state": "closed",
    },
    Stage.CLOSED: {
        "next_step": "", "outcome": "granted", "answered_on": date(2025, 3, 19), "clock_state": "closed",
        "archived_on": date(2025, 3, 20), "steps_taken": 8,
    },
}  # fmt: skip
USUAL = {
    "waits_until": None, "clock_state": "running", "received_on": RECEIVED, "due_on": date(2025, 3, 31),
    "due_provisional": False, "due_question": False, "next_role": "", "rounds": 1, "outcome": "", "answered_on": None, "archived_on": None,
}  # fmt: skip


def test_the_columns_at_every_stage(scene: Scene) -> None:
    met = set()
    for application in scene.everywhere():
        stage = Stage(application.stage)
        stored = Application.objects.get(pk=application.pk)
        for name, value in {**USUAL, **COLUMNS[stage]}.items():
            assert getattr(stored, name) == value, (stage, name)
        check_derived(application)
        met.add(stage)
    assert met == set(COLUMNS) == set(Stage)


def test_the_columns_hang_on_the_steps_and_not_on_the_day(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is stored tonight is what would be stored tomorrow: „today“ does not enter."""
    rows = rows_of(scene.at(Stage.CONSULT))
    before = derived_columns(rows)
    monkeypatch.setattr("gongkai.applications.history.today", lambda: date(2030, 1, 1))
    assert derived_columns(rows) == before


def test_waiting_ends_with_the_last_limit(scene: Scene) -> None:
    """Two third parties, one asked later: the case waits for the later limit, and without end for another organ."""
    application = scene.at(Stage.CONSULT)
    application = scene.take(StepKind.CONSULTATION, application, on=date(2025, 3, 10), addressee="演示监理有限公司")
    assert application.waits_until == date(2025, 3, 31)
    application = scene.take(
        StepKind.CONSULTATION, application, on=date(2025, 3, 10), consulted=Consulted.OTHER, addressee="演示市档案馆"
    )
    assert application.waits_until is None
    case = case_of(rows_of(application))
    assert case is not None
    assert waits_until(case) is None


# --- rebuilding ---

CORRUPTED: list[dict[str, Any]] = [
    {"stage": "archive"},
    {"steps_taken": 99},
    {"next_step": "sign"},
    {"waits_until": date(2025, 1, 1)},
    {"clock_state": "paused"},
    {"received_on": date(2024, 1, 2)},
    {"next_role": "unit_head"},
    {"due_question": True},
    {"rounds": 2},
    {"due_on": date(2099, 1, 1)},
    {"due_provisional": True},
    {"outcome": "granted", "answered_on": date(2025, 3, 31)},
    {"archived_on": date(2025, 3, 31)},
]


def test_every_derived_column_has_its_corruption(scene: Scene) -> None:
    assert {name for change in CORRUPTED for name in change} == set(derived_columns([]))
    assert set(derived_columns([])) == set(derived_columns(rows_of(scene.apply())))


@pytest.mark.parametrize("unconfirmed", [False, True])
def test_rebuilding_mends_a_corrupted_column_and_tells_so(scene: Scene, unconfirmed: bool) -> None:
    application = scene.unconfirmed() if unconfirmed else scene.at(Stage.OPINE)
    right = Application.objects.filter(pk=application.pk).values().get()
    for change in CORRUPTED:
        if unconfirmed and "answered_on" in change:
            change = {**change, "received_on": RECEIVED}  # else the database itself refuses
        Application.objects.filter(pk=application.pk).update(**change)
        assert rebuild(application.pk), change
        assert Application.objects.filter(pk=application.pk).values().get() == right, change
        assert not rebuild(application.pk), change


def test_rebuilding_writes_no_history(scene: Scene) -> None:
    application = scene.at(Stage.CONSULT)
    with nothing_written():
        assert not rebuild(application.pk)
    with pytest.raises(CaseNotFound):
        rebuild(NO_SUCH_CASE)


@pytest.mark.parametrize("stage", list(Stage))
def test_rebuilding_changes_nothing_where_nothing_is_wrong(scene: Scene, stage: Stage) -> None:
    assert not rebuild(scene.at(stage).pk)


# --- replaying ---


def test_what_was_taken_is_what_the_law_replays(scene: Scene) -> None:
    for application in scene.everywhere():
        case = case_of(rows_of(application))
        assert case is not None
        assert procedure.replay(case.history, calendar()) == case


def test_before_the_receipt_is_confirmed_there_is_no_case(scene: Scene) -> None:
    rows = rows_of(scene.unconfirmed())
    assert case_of(rows) is None
    assert reckoning_of(None) is None


@pytest.fixture
def _own_calendar() -> Any:
    """The calendar is kept in memory; a test that changes it leaves none behind."""
    forget_calendar()
    yield
    forget_calendar()


@pytest.mark.usefixtures("_own_calendar")
@pytest.mark.article("条例", 30)
def test_a_holiday_announced_later_does_not_make_a_history_unreadable(scene: Scene) -> None:
    """Sent on the seventh working day, the notice was in time. Then Saturday the 8th is told to have been worked."""
    application = scene.take(StepKind.CORRECTION_NOTICE, scene.at(Stage.OPINE), on=date(2025, 3, 12))
    make_working(scene, date(2025, 3, 8))
    assert case_page(scene.cast.clerk, application.pk, on=date(2025, 3, 13)).case.stage == Stage.CORRECT
    assert public_case(application, date(2025, 3, 13)).correction
    assert scene.take(StepKind.CORRECTED, application, on=date(2025, 3, 14)).stage == Stage.OPINE


@pytest.mark.usefixtures("_own_calendar")
@pytest.mark.article("条例", 32)
def test_a_limit_that_moves_later_does_not_undo_the_opinion_given_after_it(scene: Scene) -> None:
    application = scene.take(StepKind.OPINION, scene.at(Stage.CONSULT), on=date(2025, 3, 28), **GRANTED)
    row = set_calendar_day(
        actor=scene.cast.administrator, day=date(2025, 3, 24), working=False, source="演示通知〔2025〕1号"
    )
    forget_calendar()
    assert row.pk
    assert case_page(scene.cast.clerk, application.pk).case.stage == Stage.DECIDE
    assert scene.take(StepKind.DECISION, application, on=date(2025, 3, 28)).stage == Stage.APPROVE


@pytest.mark.usefixtures("_own_calendar")
def test_rebuilding_reckons_by_the_calendar_of_now(scene: Scene) -> None:
    application = scene.at(Stage.OPINE)
    make_working(scene, date(2025, 3, 8))
    assert rebuild(application.pk), "one more working day: due a day earlier"
    application.refresh_from_db()
    assert application.due_on == date(2025, 3, 28)
    check_derived(application)


def make_working(scene: Scene, day: date) -> None:
    set_calendar_day(actor=scene.cast.administrator, day=day, working=True, source="演示通知〔2025〕1号")
    forget_calendar()  # what on_commit does outside of tests


# --- the lock ---


def test_who_may_not_read_a_case_may_not_lock_it(scene: Scene) -> None:
    application = scene.apply()
    with transaction.atomic():
        for outsider in outsiders(scene):
            with pytest.raises(CaseNotFound):
                locked(application.pk, outsider)
        for person in (scene.cast.clerk, scene.cast.drafter, scene.cast.approver, scene.cast.supervisor, None):
            assert locked(application.pk, person) == application


def test_what_has_happened_since_is_told_with_who_and_when(scene: Scene) -> None:
    application = scene.at(Stage.OPINE)
    with pytest.raises(Conflict) as told, transaction.atomic():
        locked(application.pk, scene.cast.drafter, seen=2)
    assert "Clerk" in told.value.message.zh
    assert "受理" in told.value.message.zh
    recorded = application.steps.get(number=3).recorded_at
    assert f"{recorded.astimezone():%Y}" in told.value.message.zh
    assert told.value.article is None


def test_the_applicant_is_named_as_the_applicant(scene: Scene) -> None:
    application = scene.apply()
    with pytest.raises(Conflict) as told, transaction.atomic():
        locked(application.pk, scene.cast.clerk, seen=0)
    assert "申请人" in told.value.message.zh


# --- the rows themselves ---


@pytest.mark.parametrize("table", [Step, None])
def test_a_step_is_never_changed_and_never_deleted(scene: Scene, table: type[Step] | None) -> None:
    application = scene.at(Stage.DELIVER)
    rows: Any = application.steps if table else application.letters
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(on=date(2020, 1, 2))
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.order_by("-pk").first().delete()


def test_the_clock_is_stored_as_running_even_when_it_is_late(scene: Scene) -> None:
    """„Late“ is the due date against today and nothing stored."""
    application = scene.take(StepKind.ACCEPT, scene.at(Stage.ACCEPT), on=date(2025, 6, 3))
    assert application.clock_state == ClockState.RUNNING
    assert reckoning_of(case_of(rows_of(application)), date(2025, 6, 3)).state.value == "late"


def test_every_step_of_the_way_has_a_number_of_its_own(scene: Scene) -> None:
    application = scene.at(Stage.CLOSED)
    assert [row.number for row in rows_of(application)] == list(range(1, len(STEPS_TO_CLOSED) + 2))
    assert [row.on for row in rows_of(application)][1:] == [ACTS[kind].on for kind in STEPS_TO_CLOSED]
