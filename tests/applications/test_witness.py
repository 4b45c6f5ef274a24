"""The ledger's verification looks behind its entries: at the steps, letters and submissions they speak of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from gongkai.applications.actions.assign import assign
from gongkai.applications.actions.note import add_note
from gongkai.applications.actions.reveal import reveal
from gongkai.applications.models import Application, Letter, Step
from gongkai.documents.models import Document
from gongkai.law.procedure import Stage, StepKind
from gongkai.ledger.append_only import protect, release
from gongkai.ledger.models import Chain, Entry
from gongkai.ledger.verification import Problem, verify
from tests.applications.scenes import Scene


def problems(application: Application) -> list[Problem]:
    return list(verify(Chain.objects.get(name=application.agency.slug)))


def behind_the_back(table: str, change: Callable[[], Any]) -> None:
    """What somebody with the database in his hands can do: drop the trigger, change, put it back."""
    release(connection, table)
    change()
    protect(connection, table)


@pytest.fixture
def archived(scene: Scene) -> Application:
    application = scene.at(Stage.CLOSED)
    assert problems(application) == []
    return application


@pytest.mark.parametrize(
    "change",
    [
        {"on": "2025-03-05"},
        {"facts": {"reason": "另一个理由"}},
        {"role": "approver"},
        {"actor": None},
        {"kind": "register"},
        {"number": 99},
    ],
)
def test_a_changed_step_is_found(archived: Application, change: dict[str, Any]) -> None:
    steps = Step.objects.filter(application=archived, kind=StepKind.ACCEPT.value)
    behind_the_back("applications_step", lambda: steps.update(**change))
    (problem,) = problems(archived)
    assert problem.kind == "witness"
    told = Entry.objects.get(act="applications.accept")
    assert problem.number == told.number


def test_a_step_moved_to_another_case_is_found(scene: Scene, archived: Application) -> None:
    other = scene.apply()
    steps = Step.objects.filter(application=archived, kind=StepKind.ARCHIVE.value)
    behind_the_back("applications_step", lambda: steps.update(application=other))
    assert [problem.kind for problem in problems(archived)] == ["witness"]


def test_a_removed_step_is_found(archived: Application) -> None:
    steps = Step.objects.filter(application=archived, kind=StepKind.ARCHIVE.value)
    behind_the_back("applications_step", lambda: steps.delete())
    assert [problem.kind for problem in problems(archived)] == ["witness"]


@pytest.mark.parametrize("change", [{"number": "演城公开答〔2025〕2号"}, "document"])
def test_a_changed_letter_is_found(scene: Scene, archived: Application, change: Any) -> None:
    reply = Letter.objects.filter(application=archived, kind="reply")
    if change == "document":
        change = {"document": Document.objects.exclude(pk=reply.get().document_id).first()}
    behind_the_back("applications_letter", lambda: reply.update(**change))
    assert [problem.kind for problem in problems(archived)] == ["witness"]


def test_a_removed_letter_is_found(archived: Application) -> None:
    letters = Letter.objects.filter(application=archived, kind="receipt")
    behind_the_back("applications_letter", lambda: letters.delete())
    assert [problem.kind for problem in problems(archived)] == ["witness"]


@pytest.mark.parametrize(
    "change",
    [
        {"content": "别的信息"},
        {"applicant_name": "别人"},
        {"id_number": "410000198001010071"},
        {"telephone": "13900000000"},
        {"needs_help": True},
        {"applicant_kind": "business"},
        {"number": "演城公开申〔2025〕9号"},
        {"form_digest": "0" * 64},
        {"channel": "fax"},
    ],
)
def test_an_application_that_says_something_else_is_found(archived: Application, change: dict[str, Any]) -> None:
    """What the applicant gave is not a derived column: the ledger holds its digest, and looks."""
    Application.objects.filter(pk=archived.pk).update(**change)
    (problem,) = problems(archived)
    assert (problem.kind, problem.number) == ("witness", 1)


def test_an_application_sealed_with_another_key_is_found_and_stops_nothing(
    archived: Application, settings: Any
) -> None:
    """Data that no longer opens is a finding, not a breakdown of the verification."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE applications_application SET applicant_name = 'AQ=='")
    (problem,) = problems(archived)
    assert problem.kind == "witness"


def test_derived_columns_are_no_matter_for_the_ledger(archived: Application) -> None:
    """They are mended by replaying (history.rebuild); the history itself still holds."""
    Application.objects.filter(pk=archived.pk).update(stage="accept", due_on=None)
    assert problems(archived) == []


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("assignment", {"holder": None}),
        ("assignment", {"internal_due_on": "2025-01-01"}),
        ("note", {"text": "别的备注"}),
        ("identityview", {"reason": "别的原因"}),
        ("identityview", "by"),
        ("identityview", "gone"),
    ],
)
def test_what_lies_beside_the_case_is_looked_at_too(scene: Scene, table: str, change: Any) -> None:
    """Who had the case, what was noted, and above all who saw the identity and why."""
    application, cast = scene.at(Stage.OPINE), scene.cast
    assign(case_ids=[application.pk], actor=cast.clerk, holder=cast.drafter)
    add_note(case_id=application.pk, actor=cast.drafter, text="已问过档案室")
    reveal(case_id=application.pk, actor=cast.clerk, reason="核对身份")
    assert problems(application) == []
    rows = apps.get_model("applications", table)._default_manager.filter(application=application)
    if change == "gone":
        behind_the_back(f"applications_{table}", lambda: rows.delete())
    else:
        changed = {"by": cast.approver} if change == "by" else change
        behind_the_back(f"applications_{table}", lambda: rows.update(**changed))
    assert [problem.kind for problem in problems(application)] == ["witness"]
