"""The register of rules and normative documents: made, in force, repealed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.selectors import today
from gongkai.disclosure.actions.normative_documents import issue_document, repeal_document
from gongkai.disclosure.models import DocumentClass, NormativeDocument
from gongkai.disclosure.selectors import documents_in_force, documents_made, documents_repealed
from gongkai.law.procedure import Role
from gongkai.ledger.models import Entry
from tests.at_once import at_once
from tests.cast import Cast, make_agency, make_person

MADE = date(2021, 5, 10)
OTHERS = ["clerk", "drafter", "approver", "supervisor", "administrator", "other_clerk", "stranger"]


def issue(cast: Cast, **changes: Any) -> NormativeDocument:
    values: dict[str, Any] = {
        "actor": cast.editor,
        "agency": cast.agency,
        "document_class": DocumentClass.NORMATIVE,
        "title": "市容管理办法",
        "document_number": "演城〔2021〕1号",
        "made_on": MADE,
    }
    return issue_document(**{**values, **changes})


def repeal(cast: Cast, document: NormativeDocument, **changes: Any) -> NormativeDocument:
    values = {"actor": cast.editor, "document_id": document.pk, "on": date(2021, 9, 30), "basis": "2021年清理结果"}
    return repeal_document(**{**values, **changes})


def entries(act: str) -> list[Entry]:
    return list(Entry.objects.filter(act=f"disclosure.{act}").order_by("number"))


# --- issue --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("document_class", list(DocumentClass))
def test_a_document_is_registered(cast: Cast, document_class: DocumentClass) -> None:
    document = issue(cast, document_class=document_class, title="  市容管理办法 ", document_number=" 演城〔2021〕1号 ")
    document.refresh_from_db()
    assert str(document) == "市容管理办法（演城〔2021〕1号）"
    assert (document.document_class, document.made_on, document.repealed_on) == (document_class, MADE, None)


def test_the_entry_of_a_document(cast: Cast) -> None:
    document = issue(cast)
    [entry] = entries("issue_document")
    assert (entry.chain_id, entry.actor, entry.subject) == ("ours", "editor", f"normative_document:{document.pk}")
    assert entry.facts == {"number": "演城〔2021〕1号", "title": "市容管理办法", "on": "2021-05-10"}


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_but_the_editor_of_this_agency(cast: Cast, role: str) -> None:
    with pytest.raises(NotAllowed):
        issue(cast, actor=getattr(cast, role))
    assert not NormativeDocument.objects.exists()
    assert not Entry.objects.exists()


def test_an_editor_of_another_agency_is_none_here(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        issue(cast, agency=cast.other_agency)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", " 　"),
        ("title", "长" * 301),
        ("document_number", ""),
        ("document_number", "  "),
        ("document_number", "1" * 81),
        ("document_class", "decree"),
        ("made_on", today() + timedelta(days=1)),
    ],
)
def test_bad_input_is_refused_at_its_field(cast: Cast, field: str, value: Any) -> None:
    with pytest.raises(Invalid) as caught:
        issue(cast, **{field: value})
    assert caught.value.field == field
    assert caught.value.message.zh
    assert not NormativeDocument.objects.exists()
    assert not Entry.objects.exists()


def test_a_document_of_today_is_taken(cast: Cast) -> None:
    assert issue(cast, made_on=today()).made_on == today()


def test_a_number_is_registered_once_an_agency(cast: Cast) -> None:
    issue(cast)
    with pytest.raises(Invalid) as caught:
        issue(cast, title="另一办法")
    assert caught.value.field == "document_number"
    assert "已登记" in caught.value.message.zh
    editor = make_person("bianji2", cast.other_agency, Role.EDITOR)
    issue(cast, actor=editor, agency=cast.other_agency)
    assert len(entries("issue_document")) == NormativeDocument.objects.count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrent
def test_registered_twice_at_once_it_is_one() -> None:
    cast = Cast.assemble()
    found = at_once(*[lambda: issue(cast)] * 3)
    assert sorted(type(result).__name__ for result in found) == ["Invalid", "Invalid", "NormativeDocument"], found
    assert {result.field for result in found if isinstance(result, Invalid)} == {"document_number"}
    assert len(entries("issue_document")) == NormativeDocument.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_rolled_back_it_leaves_neither() -> None:
    cast = Cast.assemble()

    @transaction.atomic
    def issue_and_fail() -> None:
        issue(cast)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        issue_and_fail()
    assert not NormativeDocument.objects.exists()
    assert not Entry.objects.exists()


# --- repeal -------------------------------------------------------------------------------------------------


def test_a_document_is_repealed(cast: Cast) -> None:
    document = repeal(cast, issue(cast), basis=" 2021年清理结果 ")
    document.refresh_from_db()
    assert (document.repealed_on, document.repeal_basis) == (date(2021, 9, 30), "2021年清理结果")
    [entry] = entries("change_document")
    assert (entry.chain_id, entry.actor) == ("ours", "editor")
    assert entry.facts == {
        "number": "演城〔2021〕1号", "title": "市容管理办法", "kind": "repealed", "on": "2021-09-30",
        "basis": "2021年清理结果", "change": document.changes.get().pk,
    }  # fmt: skip


@pytest.mark.parametrize("on", [MADE, today()])
def test_it_may_end_on_the_day_it_was_made_and_today(cast: Cast, on: date) -> None:
    assert repeal(cast, issue(cast), on=on).repealed_on == on


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_but_the_editor_repeals(cast: Cast, role: str) -> None:
    document = issue(cast)
    with pytest.raises((NotAllowed, Invalid)):  # who has no role there knows of no such document
        repeal(cast, document, actor=getattr(cast, role))
    document.refresh_from_db()
    assert document.repealed_on is None
    assert entries("change_document") == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"on": MADE - timedelta(days=1)}, "on"),
        ({"on": today() + timedelta(days=366 * 11)}, "on"),
        ({"basis": ""}, "basis"),
        ({"basis": "  "}, "basis"),
        ({"basis": "长" * 301}, "basis"),
        ({"document_id": 10**9}, "document"),
    ],
)
def test_a_bad_repeal_is_refused(cast: Cast, changes: dict[str, Any], field: str) -> None:
    document = issue(cast)
    with pytest.raises(Invalid) as caught:
        repeal(cast, document, **changes)
    assert caught.value.field == field
    document.refresh_from_db()
    assert document.repealed_on is None


def test_what_was_repealed_is_not_repealed_again(cast: Cast) -> None:
    document = repeal(cast, issue(cast))
    with pytest.raises(Invalid) as caught:
        repeal(cast, document, on=date(2021, 12, 1))
    assert caught.value.field == "document"
    document.refresh_from_db()
    assert document.repealed_on == date(2021, 9, 30)


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrent
def test_repealed_twice_at_once_it_is_repealed_once() -> None:
    cast = Cast.assemble()
    document = issue(cast)
    days = [date(2021, 10, day) for day in (1, 2, 3)]
    found = at_once(*[lambda day=day: repeal(cast, document, on=day) for day in days])
    assert sorted(type(result).__name__ for result in found) == ["Invalid", "Invalid", "NormativeDocument"], found
    assert len(entries("change_document")) == 1
    document.refresh_from_db()
    assert entries("change_document")[0].facts["on"] == document.repealed_on.isoformat()  # type: ignore[union-attr]


# --- what is in force when ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("made", "repealed", "counted"),
    [
        (date(2020, 12, 31), None, {"in_force"}),
        (date(2021, 1, 1), None, {"made", "in_force"}),
        (date(2021, 12, 31), None, {"made", "in_force"}),
        (date(2022, 1, 1), None, set()),
        (date(2020, 6, 1), date(2020, 12, 31), set()),
        (date(2020, 6, 1), date(2021, 1, 1), {"repealed"}),
        (date(2020, 6, 1), date(2021, 12, 31), {"repealed"}),
        (date(2020, 6, 1), date(2022, 1, 1), {"in_force"}),
        (date(2021, 6, 1), date(2021, 6, 1), {"made", "repealed"}),
    ],
)
def test_what_a_year_counts(cast: Cast, made: date, repealed: date | None, counted: set[str]) -> None:
    document = issue(cast, made_on=made)
    if repealed:
        repeal(cast, document, on=repealed)
    found = {
        "made": documents_made(cast.agency, 2021),
        "repealed": documents_repealed(cast.agency, 2021),
        "in_force": documents_in_force(cast.agency, date(2021, 12, 31)),
    }
    assert {name for name, rows in found.items() if rows.exists()} == counted
    assert not documents_made(cast.other_agency, made.year).exists()


# --- what the database holds by itself ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {"document_number": "演城〔2021〕1号"},
        {"document_class": "decree"},
        {"document_class": ""},
        {"repealed_on": MADE - timedelta(days=1)},
    ],
)
def test_the_database_refuses_what_no_action_would_write(cast: Cast, changes: dict[str, Any]) -> None:
    issue(cast)
    values = {"document_class": "rules", "title": "x", "document_number": "2", "made_on": MADE, **changes}
    with pytest.raises(IntegrityError), transaction.atomic():
        NormativeDocument.objects.create(agency=cast.agency, **values)


def test_an_agency_with_documents_is_not_deleted(cast: Cast) -> None:
    from django.db.models import ProtectedError

    issue(cast)
    make_agency("x", "某局", "某")
    with pytest.raises(ProtectedError):
        cast.agency.delete()
