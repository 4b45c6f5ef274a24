"""The demonstration office: loaded by its actions, all of it or nothing, and everything in it holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import authenticate
from django.utils import timezone
from stdnum.cn import ric, uscc

from gongkai.agencies.models import Agency, Appointment, Person
from gongkai.agencies.selectors import agencies_accepting, calendar, roles_of, today
from gongkai.applications.history import derived_columns, rebuild
from gongkai.applications.models import Application, ClockState, Letter, LetterKind, Step
from gongkai.applications.selectors import inbox
from gongkai.demonstration.applicants import applicant, credit_code, resident_id
from gongkai.demonstration.cases import Plan, cases_of_today, days_ago, play
from gongkai.demonstration.loading import is_loaded, load
from gongkai.demonstration.office import found_office
from gongkai.demonstration.people import PASSWORD, PEOPLE
from gongkai.demonstration.year_2021 import CHARGES, spread
from gongkai.disclosure.models import NormativeDocument
from gongkai.documents.models import Document
from gongkai.documents.store import read
from gongkai.law.applicants import ApplicantKind
from gongkai.law.procedure import STEPS, Role, Stage, StepKind
from gongkai.ledger.models import Chain, Entry
from gongkai.ledger.verification import chains, verify
from tests.demonstration.played import Played, played  # noqa: F401

Act = Callable[[], object]
of_2021 = {"received_on__year": 2021}


# --- what is in it ------------------------------------------------------------------------------------------


def test_the_office_and_its_people(played: Played) -> None:  # noqa: F811
    assert is_loaded()
    assert list(agencies_accepting()) == [played.agency]
    [city] = Agency.objects.get_ancestors(Agency.objects.get(pk=played.agency.pk))
    assert (city.slug, Agency.objects.find_problems()) == ("zhengzhou", ([], [], [], [], []))
    for username, name, role in PEOPLE:
        person = played.office[role]
        assert (person.username, str(person), roles_of(person, played.agency)) == (username, name, {role})
        assert not person.is_superuser


def test_everyone_can_sign_in_with_the_password_that_is_printed(played: Played, rf: Any) -> None:  # noqa: F811
    for username, _, _ in PEOPLE:
        assert authenticate(rf.post("/"), username=username, password=PASSWORD)


def test_what_the_steps_say_is_what_every_case_shows(played: Played) -> None:  # noqa: F811
    """The derived columns are the replay of the steps, for every case."""
    applications = list(Application.objects.all())
    assert len(applications) == 30
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
    assert acts["applications.submitted"] == 30


def test_every_step_was_taken_in_a_role_that_may(played: Played) -> None:  # noqa: F811
    for step in Step.objects.select_related("actor", "application__agency"):
        assert Role(step.role) in STEPS[StepKind(step.kind)].roles
        if step.actor:
            assert Role(step.role) in roles_of(step.actor, step.application.agency)


def test_every_letter_lies_in_the_store_as_a_pdf(played: Played, settings: Any) -> None:  # noqa: F811
    settings.DOCUMENT_STORE = played.store
    letters = Letter.objects.select_related("document")
    assert all(read(letter.document).startswith(b"%PDF-") for letter in letters)
    assert Counter(letter.kind for letter in letters)[LetterKind.RECEIPT] == 30
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
    for role in (Role.CLERK, Role.DRAFTER, Role.APPROVER):
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


# --- all or nothing -----------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_load_that_stops_leaves_nothing_behind() -> None:
    def stop_in_the_middle(acts: Iterable[Act]) -> Iterator[Act]:
        every = list(acts)
        yield every[-1]  # one application, with its letter
        yield from every[:3]
        assert Application.objects.exists()
        assert NormativeDocument.objects.count() == 3
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(stop_in_the_middle)
    for model in (Agency, Person, Appointment, Application, Step, Letter, NormativeDocument, Document, Entry, Chain):
        assert not model.objects.exists(), model
    assert not is_loaded()


@pytest.mark.django_db(transaction=True)
def test_an_act_that_is_refused_stops_the_whole_load() -> None:
    def with_one_that_is_refused(acts: Iterable[Act]) -> Iterator[Act]:
        first, *_ = acts
        yield first
        yield first

    with pytest.raises(Exception, match="invalid"):
        load(with_one_that_is_refused)
    assert not Agency.objects.exists()
    assert not Entry.objects.exists()


def test_progress_is_told_every_act(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []

    def none_of_them(acts: Iterable[Act]) -> Iterator[Act]:
        told.append(len(list(acts)))
        return iter(())

    load(none_of_them)
    assert told == [153 + 13 + 83 + 48 + 20 + 2 + 10]


def test_an_office_that_is_there_is_nobody_s_demonstration(db: None) -> None:
    assert not is_loaded()
    found_office()
    assert is_loaded()


# --- on any day ---------------------------------------------------------------------------------------------

AWKWARD = [
    datetime(2026, 10, 5, 3, tzinfo=UTC),  # in a week of holidays
    datetime(2027, 1, 3, 3, tzinfo=UTC),  # a Sunday in a year whose schedule is not out; the cases are last year's
]


@pytest.mark.parametrize("now", AWKWARD, ids=lambda now: f"{now:%Y-%m-%d}")
def test_the_cases_of_today_can_be_played_on_any_day(db: None, monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: now)
    office = found_office()
    played_to = [play(office, plan) for plan in cases_of_today()]
    assert [case.stage for case in played_to].count(Stage.CLOSED) == 0
    last_steps = [case.steps.latest("number").kind for case in played_to]
    assert last_steps == [plan.until.value for plan in cases_of_today()]
    assert [problem for chain in chains() for problem in verify(chain)] == []


@pytest.mark.parametrize("working_days", [0, 1, 5, 24])
@pytest.mark.parametrize("now", AWKWARD, ids=lambda now: f"{now:%Y-%m-%d}")
def test_days_ago(db: None, monkeypatch: pytest.MonkeyPatch, now: datetime, working_days: int) -> None:
    monkeypatch.setattr(timezone, "now", lambda: now)
    assert calendar().working_days_between(days_ago(working_days), today()) == working_days


# --- its parts ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("total", [0, 1, 11, 12, 13, 27, 893, 3288, int(CHARGES * 100)])
def test_a_year_s_figure_in_twelve_months_adds_up_to_it(total: int) -> None:
    assert sum(spread(total)) == total
    assert len(spread(total)) == 12
    assert max(spread(total)) - min(spread(total)) <= 1


@pytest.mark.parametrize("serial", [0, 1, 27, 28, 335, 336, 999])
def test_identity_numbers_of_nobody(serial: int) -> None:
    assert ric.is_valid(resident_id(serial))
    assert uscc.is_valid(credit_code(serial))


@pytest.mark.parametrize("kind", [kind for kind in ApplicantKind if kind.value not in ("welfare", "other")])
def test_applicants_of_a_kind(kind: ApplicantKind) -> None:
    data = applicant(kind, 3)
    assert data["applicant_kind"] == kind.value
    assert ("contact_person" in data) is (kind is not ApplicantKind.NATURAL_PERSON)


def test_a_case_stands_still_where_the_plan_says(db: None) -> None:
    office = found_office()
    plan = Plan(ApplicantKind.RESEARCH, 1, "某信息", date(2025, 3, 3), consulted=True, until=StepKind.CONSULTATION)
    case = play(office, plan)
    assert [step.kind for step in case.steps.all()] == ["receipt", "register", "accept", "consultation"]
    assert case.stage == Stage.CONSULT


def test_played_twice_it_is_the_same_case(db: None) -> None:
    """The form's token is the plan's: the second time nothing new is received."""
    office = found_office()
    plan = Plan(ApplicantKind.RESEARCH, 1, "某信息", date(2025, 3, 3), until=StepKind.RECEIPT)
    assert play(office, plan) == play(office, plan)
    assert Application.objects.count() == 1
    assert django_settings.DOCUMENT_STORE
