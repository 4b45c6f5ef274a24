"""The demonstration is loaded by its actions, all of it or nothing, and on any day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime

import pytest
from django.conf import settings as django_settings
from django.utils import timezone
from stdnum.cn import ric, uscc

from gongkai.agencies.models import Agency, Appointment, Person
from gongkai.agencies.selectors import calendar, today
from gongkai.applications.models import Application, Letter, Step
from gongkai.demonstration.applicants import applicant, credit_code, resident_id
from gongkai.demonstration.cases import Plan, cases_of_today, days_ago, play
from gongkai.demonstration.loading import is_loaded, load
from gongkai.demonstration.office import found_office
from gongkai.demonstration.year_2021 import CHARGES, spread
from gongkai.disclosure.models import NormativeDocument
from gongkai.documents.models import Document
from gongkai.law.applicants import ApplicantKind
from gongkai.law.procedure import Stage, StepKind
from gongkai.ledger.models import Chain, Entry
from gongkai.ledger.verification import chains, verify

Act = Callable[[], object]


@pytest.mark.django_db(transaction=True)
def test_a_load_that_stops_leaves_nothing_behind() -> None:
    def stop_in_the_middle(acts: Iterable[Act]) -> Iterator[Act]:
        every = list(acts)
        yield every[-30]  # one application, with its letter; what is published comes after
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
    assert told == [153 + 13 + 83 + 48 + 20 + 2 + 11 + 11 + 18 + 5 + 6]


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
