"""The demonstration office as it stands after loading: everything in it holds."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.test import Client
from stdnum.cn import ric, uscc

from gongkai.agencies.models import Agency, Appointment
from gongkai.agencies.selectors import agencies_accepting, calendar, roles_of, route_of, today
from gongkai.annual_report.compiling import compile_tables
from gongkai.annual_report.content import ReportContent
from gongkai.annual_report.models import Publication
from gongkai.annual_report.writing.checks import notes_of
from gongkai.applications.history import derived_columns, rebuild
from gongkai.applications.models import Application, ClockState, Letter, LetterKind, Step
from gongkai.applications.selectors import inbox
from gongkai.demonstration.loading import is_loaded
from gongkai.demonstration.people import PASSWORD, PEOPLE
from gongkai.documents.store import read
from gongkai.law.procedure import STEPS, Role, Stage, StepKind
from gongkai.ledger.models import Chain, Entry
from gongkai.ledger.verification import chains, verify
from tests.demonstration.played import Played, played  # noqa: F401
from tests.portal.pages import text_of

# Said for the whole module: pytest-django makes only the databases that some test asks for.
pytestmark = pytest.mark.django_db
of_2021 = {"received_on__year": 2021}


def test_the_office_and_its_people(played: Played) -> None:  # noqa: F811
    assert is_loaded()
    assert list(agencies_accepting()) == [played.agency]
    [city] = Agency.objects.get_ancestors(Agency.objects.get(pk=played.agency.pk))
    assert (city.slug, Agency.objects.find_problems()) == ("zhengzhou", ([], [], [], [], []))
    for username, name, role in PEOPLE:
        person = played.office[role]
        assert (person.username, str(person), roles_of(person, played.agency)) == (username, name, {role})
        assert not person.is_superuser


def test_units_and_the_route_past_the_legal_reviewer(played: Played) -> None:  # noqa: F811
    first, second = played.agency.units.all()
    placed = Appointment.objects.filter(unit=first)
    assert {row.person.username for row in placed} == {"chengban", "kezhang"}
    assert not second.appointments.exists()
    assert route_of(played.agency, "granted") == (Role.APPROVER,)
    assert route_of(played.agency, "internal_affairs") == (Role.LEGAL_REVIEWER, Role.APPROVER)
    waiting = Application.objects.get(next_role=Role.LEGAL_REVIEWER.value)
    assert (waiting.stage, waiting.next_step) == (Stage.APPROVE, StepKind.REVIEW)


def test_everyone_can_sign_in_with_the_password_that_is_printed(played: Played, rf: Any) -> None:  # noqa: F811
    for username, _, _ in PEOPLE:
        assert authenticate(rf.post("/"), username=username, password=PASSWORD)


def test_what_the_steps_say_is_what_every_case_shows(played: Played) -> None:  # noqa: F811
    """The derived columns are the replay of the steps, for every case."""
    applications = list(Application.objects.all())
    assert len(applications) == 31
    for application in applications:
        columns = derived_columns(list(application.steps.order_by("number")))
        assert {name: getattr(application, name) for name in columns} == columns, application
        assert rebuild(application.pk) is False


def test_the_chains_hold(played: Played) -> None:  # noqa: F811
    assert [chain.name for chain in chains()] == ["system", "zzjk"]
    assert [problem for chain in chains() for problem in verify(chain)] == []
    assert Entry.objects.filter(chain="zzjk").count() == Chain.objects.get(name="zzjk").length > 500


def test_every_step_and_every_letter_is_in_the_ledger(played: Played) -> None:  # noqa: F811
    acts = Counter(Entry.objects.values_list("act", flat=True))
    steps = Counter(f"applications.{kind}" for kind in Step.objects.values_list("kind", flat=True))
    assert {act: acts[act] for act in steps} == dict(steps)
    assert acts["applications.letter"] == Letter.objects.count()
    assert acts["applications.submitted"] == 31


def test_every_step_was_taken_in_a_role_that_may(played: Played) -> None:  # noqa: F811
    for step in Step.objects.select_related("actor", "application__agency"):
        assert Role(step.role) in STEPS[StepKind(step.kind)].roles
        if step.actor:
            assert Role(step.role) in roles_of(step.actor, step.application.agency)


def test_every_letter_lies_in_the_store_as_a_pdf(played: Played, settings: Any) -> None:  # noqa: F811
    settings.DOCUMENT_STORE = played.store
    letters = Letter.objects.select_related("document")
    assert all(read(letter.document).startswith(b"%PDF-") for letter in letters)
    assert Counter(letter.kind for letter in letters)[LetterKind.RECEIPT] == 31
    numbers = [letter.number for letter in letters if letter.kind == LetterKind.REPLY]
    assert len(numbers) == len(set(numbers)) == 21


def test_the_twenty_of_2021_went_all_the_way_in_time(played: Played) -> None:  # noqa: F811
    cases = Application.objects.filter(**of_2021)
    assert Counter(cases.values_list("applicant_kind", flat=True)) == {
        "natural_person": 13, "business": 4, "legal_service": 3,
    }  # fmt: skip
    assert all(case.stage == Stage.CLOSED and case.outcome == "granted" for case in cases)
    assert all(case.answered_on <= case.due_on and not case.due_provisional for case in cases)
    assert {case.answered_on.year for case in cases} == {2021}
    assert len({case.content for case in cases}) == 20


def test_side_ways_are_shown_too(played: Played) -> None:  # noqa: F811
    kinds = Counter(Step.objects.filter(application__received_on__year=2021).values_list("kind", flat=True))
    assert kinds["correction_notice"] == kinds["corrected"] == 3
    assert kinds["consultation"] == kinds["consultation_reply"] == 2


def test_today_there_is_work_on_every_desk_at_every_stage(played: Played) -> None:  # noqa: F811
    now = Application.objects.exclude(**of_2021)
    assert {case.stage for case in now} == {
        stage.value for stage in (
            Stage.REGISTER, Stage.ACCEPT, Stage.CORRECT, Stage.CONSULT, Stage.OPINE, Stage.DECIDE, Stage.APPROVE,
            Stage.DELIVER,
        )
    }  # fmt: skip
    assert {case.clock_state for case in now} == {ClockState.RUNNING, ClockState.PAUSED}
    for role in (Role.CLERK, Role.DRAFTER, Role.LEGAL_REVIEWER, Role.APPROVER):
        assert any(row.mine for row in inbox(played.office[role]).rows), role
    assert any(row.days_left is not None and row.days_left < 0 for row in inbox(played.office[Role.DRAFTER]).rows)


def test_an_applicant_has_the_whole_time_to_correct(played: Played) -> None:  # noqa: F811
    """Ten working days from the notice, although the demonstration itself never acts after today."""
    for notice in Step.objects.filter(kind=StepKind.CORRECTION_NOTICE.value):
        allowed = calendar().working_days_between(notice.on, date.fromisoformat(notice.facts["correct_by"]))
        assert allowed == 10, notice


def test_nothing_lies_in_the_future(played: Played) -> None:  # noqa: F811
    assert all(step.on <= today() for step in Step.objects.all())


def test_who_applies_is_made_up_but_well_formed(played: Played) -> None:  # noqa: F811
    for case in Application.objects.all():
        valid = ric if case.applicant_kind == "natural_person" else uscc
        assert valid.is_valid(case.id_number), case
        assert case.email.endswith("@example.cn")


def test_its_report_on_2021_is_published_with_the_figures_of_the_records(
    played: Played,  # noqa: F811
    client: Client,
) -> None:
    publication = Publication.objects.get()
    content = ReportContent.from_data(publication.content)
    assert (content.year, content.signed_by) == (2021, "张伟")
    assert content.tables == compile_tables(played.agency, 2021)
    assert not [note for note in notes_of(content, publication.report) if note.blocks]
    assert "新收政府信息公开申请20件" in text_of(client.get("/reports/zzjk/2021/"))
