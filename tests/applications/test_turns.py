"""Whose turn it is where several people share the work: holders, units, delegation, own drafts, unclaimed work."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from gongkai.agencies.models import Appointment, Delegation, Person, Unit
from gongkai.agencies.selectors import today
from gongkai.applications.models import Application
from gongkai.applications.selectors import VIEWS, around, inbox, keys_in_order, reader_of
from gongkai.applications.selectors.filters import Filters
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import Role, Stage, StepKind
from tests.applications.scenes import RECEIVED, Scene
from tests.cast import SINCE, make_person

DAY = date(2025, 3, 5)


def opine(scene: Scene, **columns: Any) -> Application:
    """A case that waits for its opinion, with these columns."""
    application = scene.apply()
    usual = {"stage": Stage.OPINE.value, "next_step": StepKind.OPINION.value}
    Application.objects.filter(pk=application.pk).update(**{**usual, **columns})
    application.refresh_from_db()
    return application


def shown(person: Person, view: str = "mine", on: date = DAY) -> set[int]:
    page = inbox(person, view=view, on=on)
    counts = around(reader_of(person, on)).counts
    assert counts.get(view, len(page.rows)) == len(page.rows), "count and list say the same"
    return {row.application.pk for row in page.rows}


def drafter(scene: Scene, name: str, unit: Unit | None = None) -> Person:
    person = make_person(name, None)
    Appointment.objects.create(person=person, agency=scene.cast.agency, role=Role.DRAFTER.value, since=SINCE, unit=unit)
    return person


def test_the_opinion_is_its_holder_s_and_anybody_s_while_nobody_has_it(scene: Scene) -> None:
    one, other = scene.cast.drafter, drafter(scene, "other-drafter")
    free, his = opine(scene), opine(scene, holder=one)
    assert shown(one) == {free.pk, his.pk}
    assert shown(other) == {free.pk}
    rows = {row.application.pk: row for row in inbox(other, view="open", on=DAY).rows}
    assert (rows[his.pk].mine, rows[free.pk].mine) == (False, True)
    assert (rows[his.pk].claimable, rows[free.pk].claimable) == (False, True)


def test_who_has_a_case_does_not_keep_the_clerk_from_the_clerk_s_duties(scene: Scene) -> None:
    held = opine(scene, holder=scene.cast.drafter, stage=Stage.DECIDE.value, next_step=StepKind.DECISION.value)
    assert shown(scene.cast.clerk) == {held.pk}


def test_what_a_unit_has_is_not_another_unit_s(scene: Scene) -> None:
    units = [Unit.objects.create(agency=scene.cast.agency, name=name) for name in ("规划科", "财务科")]
    people = [drafter(scene, unit.name, unit) for unit in units]
    given, free = opine(scene, unit=units[0]), opine(scene)
    assert shown(people[0]) == {given.pk, free.pk}
    assert shown(people[1]) == {free.pk}
    assert shown(scene.cast.drafter) == {given.pk, free.pk}, "who belongs to no unit sees them all"
    Application.objects.filter(pk=given.pk).update(holder=people[1])
    assert shown(people[1]) == {given.pk, free.pk}, "what I hold is mine, whatever unit it came by"


def test_who_stands_in_has_what_the_other_holds(scene: Scene) -> None:
    unit = Unit.objects.create(agency=scene.cast.agency, name="规划科")
    away = drafter(scene, "away", unit)
    held, given = opine(scene, holder=away), opine(scene, unit=unit)
    other = Unit.objects.create(agency=scene.cast.agency, name="财务科")
    stand_in = make_person("stand-in", None)
    Appointment.objects.create(
        person=stand_in, agency=scene.cast.agency, role=Role.CLERK.value, since=SINCE, unit=other
    )
    assert shown(stand_in) == set()
    Delegation.objects.create(
        agency=scene.cast.agency, role=Role.DRAFTER.value, giver=away, taker=stand_in, since=DAY, until=today()
    )
    assert shown(stand_in) == {held.pk, given.pk}
    Delegation.objects.update(until=today() - timedelta(days=1))
    assert shown(stand_in) == set()


def test_what_lies_with_somebody_who_does_not_draft_is_every_drafter_s(scene: Scene) -> None:
    """Given to a clerk, or to who has left since: it is not lost from sight."""
    gone = drafter(scene, "gone")
    cases = {opine(scene, holder=scene.cast.clerk).pk, opine(scene, holder=gone).pk}
    assert len(shown(scene.cast.drafter)) == 1, "who is gone is still here"
    Appointment.objects.filter(person=gone).update(until=today() - timedelta(days=1))
    assert shown(scene.cast.drafter) == cases
    assert shown(scene.cast.clerk) == set()


def test_nobody_is_asked_to_sign_the_own_draft(scene: Scene) -> None:
    """Sent back and drafted anew by somebody else, it may be signed by who drafted first."""
    cast = scene.cast
    both = make_person("both", cast.agency, Role.DRAFTER, Role.APPROVER)
    case = scene.at(Stage.OPINE)
    scene.take(StepKind.OPINION, case, actor=both)
    scene.take(StepKind.DECISION, case)
    day = date(2025, 3, 18)
    assert shown(both, on=day) == set()
    assert shown(cast.approver, on=day) == {case.pk}
    (row,) = inbox(both, view="open", on=day).rows
    assert not row.mine
    scene.along(case, StepKind.RETURN)
    scene.take(StepKind.OPINION, case, on=day)
    scene.take(StepKind.DECISION, case, on=day)
    assert shown(both, on=day) == {case.pk}


@pytest.mark.parametrize(("on", "rises"), [(date(2025, 3, 5), False), (date(2025, 3, 6), True)])
def test_what_nobody_claims_rises_to_the_head(scene: Scene, on: date, rises: bool) -> None:
    """Received on Monday 3 March; after more than two working days the approver sees it, marked."""
    case = opine(scene)
    opine(scene, holder=scene.cast.drafter)
    opine(scene, stage=Stage.CORRECT.value, next_step=StepKind.CORRECTED.value, waits_until=date(2025, 3, 20))
    assert scene.cast.agency.rises_after_days == 2
    assert shown(scene.cast.approver, on=on) == ({case.pk} if rises else set())
    rows = {row.application.pk: row for row in inbox(scene.cast.approver, view="open", on=on).rows}
    assert [row.application.pk for row in rows.values() if row.risen] == ([case.pk] if rises else [])
    assert not rows[case.pk].mine, "it is not the head's to draft"
    (drafters,) = [row for row in inbox(scene.cast.drafter, on=on).rows if row.application == case]
    assert not drafters.risen
    assert shown(scene.cast.other_clerk, on=on) == set(), "another agency's head sees nothing"


def test_the_views(scene: Scene) -> None:
    free, held = opine(scene), opine(scene, holder=scene.cast.drafter)
    paused = {"clock_state": "paused", "waits_until": date(2025, 3, 20)}
    waits = opine(scene, stage=Stage.CORRECT.value, next_step=StepKind.CORRECTED.value, **paused)
    organ = opine(scene, stage=Stage.CONSULT.value, next_step=StepKind.CONSULTATION_REPLY.value, clock_state="paused")
    late = opine(scene, due_on=date(2025, 3, 4), holder=scene.cast.drafter)
    closed = opine(scene, archived_on=RECEIVED, stage=Stage.CLOSED.value, next_step="", clock_state="closed")
    expected = {
        "unclaimed": {free, waits, organ},
        "open": {free, held, waits, organ, late},
        "late": {late},
        "waiting": {waits, organ},
        "all": {free, held, waits, organ, late, closed},
        "mine": set(),
    }
    assert set(expected) == set(VIEWS)
    for view, cases in expected.items():
        assert shown(scene.cast.clerk, view) == {case.pk for case in cases}, view
    after = date(2025, 3, 21)
    assert shown(scene.cast.clerk, "waiting", on=after) == {organ.pk}, "an organ without a limit is waited for"


def test_what_is_answered_comes_after_what_runs(scene: Scene) -> None:
    """A reply that only waits for the archive is urgent to nobody, however long ago it was due."""
    answered = opine(
        scene, stage=Stage.ARCHIVE.value, next_step=StepKind.ARCHIVE.value, clock_state="closed",
        due_on=date(2025, 3, 1), answered_on=RECEIVED, outcome=Outcome.GRANTED.value,
    )  # fmt: skip
    runs = opine(scene, stage=Stage.DECIDE.value, next_step=StepKind.DECISION.value)
    page = inbox(scene.cast.clerk, on=DAY)
    assert [row.application.pk for row in page.rows] == [runs.pk, answered.pk]
    assert [row.why for row in page.rows] == ["due", "closed"]


def test_every_page_of_every_view_shows_every_case_once(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """All three parts of the order, equal and unknown due dates, pages of three; and the export has the same order."""
    from gongkai.applications.selectors import ordering

    monkeypatch.setattr(ordering, "PAGE", 3)
    like = opine(scene)
    for place in range(23):
        copy = Application.objects.get(pk=like.pk)
        copy.pk, copy.number = None, f"副本{place}"
        copy.query_code_index, copy.token_index = f"q{place:063}", f"t{place:063}"
        copy.due_on = None if place % 4 == 0 else date(2025, 3, 4 + place % 2)
        copy.clock_state = "closed" if place % 3 == 0 and copy.due_on else "running"
        if place % 5 == 0:
            copy.stage, copy.next_step = Stage.DELIVER.value, StepKind.DELIVER.value
        if place % 7 == 0:
            copy.next_step, copy.stage = StepKind.CORRECTED.value, Stage.CORRECT.value
        copy.save(force_insert=True)
    person = make_person("everything", scene.cast.agency, Role.CLERK, Role.DRAFTER, Role.APPROVER)
    reader = reader_of(person, DAY)
    for view in VIEWS:
        seen, after = [], ""
        for _ in range(12):
            page = inbox(reader, view=view, after=after)
            seen += [row.application.pk for row in page.rows]
            after = page.next_cursor
            if not after:
                break
        assert len(seen) == len(set(seen)) > 0, view
        assert seen == [key for key, _ in keys_in_order(reader, view, Filters(), 99)], view
        counts = around(reader).counts
        assert counts.get(view, 24) == len(seen), view


def test_the_internal_day_is_shown_where_it_is_nearer(scene: Scene) -> None:
    near, far = opine(scene, internal_due_on=date(2025, 3, 6)), opine(scene, internal_due_on=date(2025, 4, 6))
    decided = opine(scene, internal_due_on=date(2025, 3, 6), stage=Stage.DECIDE.value, next_step="decision")
    rows = {row.application.pk: row for row in inbox(scene.cast.clerk, view="open", on=DAY).rows}
    assert (rows[near.pk].internal.day, rows[near.pk].internal.days_left) == (date(2025, 3, 6), 1)
    assert rows[far.pk].internal is None
    assert rows[decided.pk].internal is None, "the opinion is given"
    late = {row.application.pk: row for row in inbox(scene.cast.clerk, view="open", on=date(2025, 3, 10)).rows}
    assert late[near.pk].internal.days_left == -2


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ({}, "due"),
        ({"due_on": None, "clock_state": "waiting"}, "waiting"),
        ({"stage": "consult", "clock_state": "paused", "next_step": "consultation_reply"}, "consulting"),
        ({"stage": "correct", "clock_state": "paused", "next_step": "corrected"}, "correcting"),
        ({"clock_state": "paused", "next_step": "fee_paid"}, "paying"),
        ({"clock_state": "paused"}, "paused"),
        ({"clock_state": "closed", "stage": "archive"}, "closed"),
    ],
)
def test_why_there_are_no_days(scene: Scene, columns: dict[str, Any], why: str) -> None:
    opine(scene, **columns)
    (row,) = inbox(scene.cast.supervisor, view="all", on=DAY).rows
    assert (row.why, row.days_left is None) == (why, why != "due")
