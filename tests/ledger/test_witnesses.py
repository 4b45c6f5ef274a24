"""Entries against the rows they speak of: a step or letter changed behind the ledger's back is found."""

from __future__ import annotations

import pytest

from gongkai.applications.models import Application, Letter, Step
from gongkai.documents.store import keep
from gongkai.ledger.models import Chain, Entry
from gongkai.ledger.verification import verify
from tests.cast import Cast
from tests.ledger.tampering import open_up, sql


@pytest.fixture
def application(cast: Cast) -> Application:
    application = cast.apply().application
    open_up("applications_step", "applications_letter")
    return application


def found(application: Application) -> list[tuple[str, str]]:
    """The acts whose entries have a problem, and its kind."""
    problems = verify(Chain.objects.get(name=application.agency.slug))
    acts = dict(Entry.objects.filter(chain=application.agency.slug).values_list("number", "act"))
    return [(acts[problem.number], problem.kind) for problem in problems]


RECEIPT = [("applications.receipt", "witness")]
LETTER = [("applications.letter", "witness")]


def test_an_untouched_case_holds(application: Application) -> None:
    assert found(application) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("on", "2025-03-04"),
        ("kind", "register"),
        ("role", "clerk"),
        ("facts", '{"channel": "fax"}'),
        ("number", 2),
    ],
)
def test_a_changed_step(application: Application, column: str, value: object) -> None:
    assert sql(f'UPDATE applications_step SET "{column}" = %s', value) == 1
    assert found(application) == RECEIPT


def test_a_step_given_another_actor(application: Application, cast: Cast) -> None:
    sql("UPDATE applications_step SET actor_id = %s", cast.clerk.pk)
    assert found(application) == RECEIPT


def test_a_step_moved_to_another_case(application: Application, cast: Cast) -> None:
    """With its letter: the database itself would not have a letter in another case than its step."""
    other = cast.apply(content="另一件").application
    sql("UPDATE applications_letter SET application_id = %s WHERE application_id = %s", other.pk, application.pk)
    sql(
        "UPDATE applications_step SET number = 2, application_id = %s WHERE application_id = %s",
        other.pk,
        application.pk,
    )
    assert found(application) == RECEIPT


def test_a_removed_step(application: Application) -> None:
    Letter.objects.all()._raw_delete("default")
    Step.objects.all()._raw_delete("default")
    assert found(application) == RECEIPT + LETTER


def test_a_letter_with_another_number(application: Application) -> None:
    sql("UPDATE applications_letter SET number = 'x'")
    assert found(application) == LETTER


def test_a_letter_with_other_bytes(application: Application) -> None:
    other = keep(b"%PDF-forged", name="x.pdf", media_type="application/pdf")
    sql("UPDATE applications_letter SET document_id = %s", other.pk)
    assert found(application) == LETTER


def test_a_removed_letter(application: Application) -> None:
    Letter.objects.all()._raw_delete("default")
    assert found(application) == LETTER


def test_a_changed_submission(application: Application) -> None:
    sql("UPDATE applications_application SET content = 'x'")
    assert found(application) == [("applications.submitted", "witness")]


def test_sealed_identity_data_that_no_longer_opens(application: Application) -> None:
    """The broken seal does not stop the reading: it is told as what it is, and the rest is read on."""
    sql("UPDATE applications_application SET telephone = id_number")
    assert found(application) == [("applications.submitted", "witness")]
