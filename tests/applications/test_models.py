"""What the database itself holds to, whoever writes into it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from gongkai.applications.models import Application, Letter, Step
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import Stage
from tests.applications.scenes import RECEIVED, Scene
from tests.cast import application_data

ANSWERED = date(2025, 3, 19)


@pytest.mark.parametrize(
    "change",
    [
        {"outcome": "granted"},
        {"answered_on": ANSWERED},
        {"answered_on": ANSWERED, "outcome": "approved"},
        {"answered_on": ANSWERED, "outcome": "total"},
        {"answered_on": date(2025, 3, 2), "outcome": "granted"},
        {"applicant_kind": "total"},
        {"applicant_kind": ""},
    ],
)
def test_the_report_rests_on_what_the_database_refuses(scene: Scene, change: dict[str, Any]) -> None:
    """One of six kinds; one of 21 outcomes, exactly when it was answered, and not before it came in."""
    application = scene.apply()
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(**change)


@pytest.mark.parametrize("outcome", list(Outcome))
def test_each_outcome_can_be_stored(scene: Scene, outcome: Outcome) -> None:
    application = scene.apply()
    Application.objects.filter(pk=application.pk).update(answered_on=RECEIVED, outcome=outcome.value)


def test_a_form_and_a_code_belong_to_one_application(scene: Scene) -> None:
    first, second = scene.apply(), scene.apply()
    for name in ("token_index", "query_code_index"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Application.objects.filter(pk=second.pk).update(**{name: getattr(first, name)})


def test_a_step_s_number_is_its_own(scene: Scene) -> None:
    application = scene.apply()
    for change in ({"number": 1, "kind": "register"}, {"number": 2, "kind": "unheard_of"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Step.objects.create(application=application, on=RECEIVED, role="clerk", **change)


def test_a_case_with_history_is_never_deleted(scene: Scene) -> None:
    application = scene.at(Stage.DELIVER)
    with pytest.raises(ProtectedError):
        application.delete()
    with pytest.raises(ProtectedError):
        scene.cast.clerk.delete()
    with pytest.raises(ProtectedError):
        Letter.objects.filter(application=application).first().document.delete()


def test_a_name_is_masked_and_a_number_too(scene: Scene) -> None:
    application = Application(**application_data(applicant_name="张三丰", id_number="410000198001010071"))
    assert application.masked_name == "张**"
    assert application.masked_id == "4100************71"


def test_what_they_are_called(scene: Scene) -> None:
    application = scene.apply()
    assert str(application) == application.number == str(application.letters.get())
    assert str(application.steps.get()) == f"{application.pk}/1 receipt"
