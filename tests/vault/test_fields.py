"""Sealed columns in a real table: clear to the application, closed to the database."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.exceptions import FieldError
from django.db import connection
from django.db.models import F

from gongkai.applications.models import Application
from gongkai.vault.fields import SealedField
from gongkai.vault.sealing import SealBroken, blind_index, unseal
from tests.cast import Cast

SEALED = [field for field in Application._meta.fields if isinstance(field, SealedField)]
NAMES = [field.name for field in SEALED]
AGENT = {"agent_name": "陈代理", "agent_id_number": "110101199003074450", "agent_telephone": "13900001111"}


@pytest.fixture
def application(cast: Cast) -> Application:
    return cast.apply(address="演示路9号院", postcode="450016", contact_person="周敏", **AGENT).application


def raw(application: Application, column: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM applications_application WHERE id = %s", [application.pk])
        value: str = cursor.fetchone()[0]
    return value


def write_raw(application: Application, column: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE applications_application SET {column} = %s WHERE id = %s", [value, application.pk])


@pytest.mark.article("个人信息保护法", 51)
def test_every_column_that_says_who_applied_is_sealed() -> None:
    who = {"applicant_name", "id_number", "contact_person", "telephone", "email", "address", "postcode"}
    assert set(NAMES) == who | set(AGENT)


@pytest.mark.parametrize("name", NAMES)
def test_the_database_holds_no_clear_text(application: Application, name: str) -> None:
    clear, stored = getattr(application, name), raw(application, name)
    assert clear
    assert clear not in stored
    assert re.fullmatch(r"[A-Za-z0-9+/]+=*", stored)
    assert unseal(stored, f"applications.application.{name}") == clear


def test_no_row_of_any_table_holds_the_identity_in_clear(application: Application) -> None:
    """Not the ledger, not the steps, not the letters' rows: only the letters' own bytes name the applicant."""
    secrets = [application.applicant_name, application.id_number, application.telephone, application.email]
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')
            stored = str(cursor.fetchall())
        assert [secret for secret in secrets if secret in stored] == [], table


def test_what_was_stored_reads_back(application: Application) -> None:
    again = Application.objects.get(pk=application.pk)
    assert [getattr(again, name) for name in NAMES] == [getattr(application, name) for name in NAMES]


def test_values_are_opened_however_they_are_read(application: Application) -> None:
    assert Application.objects.values_list("applicant_name", flat=True).get() == application.applicant_name
    assert Application.objects.only("telephone").get().telephone == application.telephone


def test_an_update_by_queryset_seals_too(application: Application) -> None:
    Application.objects.update(telephone="0371-1234567")
    assert "1234567" not in raw(application, "telephone")
    application.refresh_from_db()
    assert application.telephone == "0371-1234567"


def test_saving_again_seals_anew(application: Application) -> None:
    before = raw(application, "applicant_name")
    application.save()
    assert raw(application, "applicant_name") != before


def test_the_empty_text_stays_empty(application: Application) -> None:
    application.contact_person = ""
    application.save()
    assert raw(application, "contact_person") == ""
    application.refresh_from_db()
    assert application.contact_person == ""


def test_a_value_copied_into_another_column_breaks_its_seal(application: Application) -> None:
    write_raw(application, "telephone", raw(application, "id_number"))
    with pytest.raises(SealBroken):
        Application.objects.get(pk=application.pk)


def test_a_copy_inside_the_database_breaks_its_seal_too(application: Application) -> None:
    Application.objects.update(email=F("applicant_name"))
    with pytest.raises(SealBroken):
        application.refresh_from_db()


def test_clear_text_written_past_the_application_is_refused(application: Application) -> None:
    write_raw(application, "applicant_name", "张三")
    with pytest.raises(SealBroken):
        application.refresh_from_db()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "lookup", ["", "__exact", "__in", "__icontains", "__gt", "__isnull", "__startswith", "__regex"]
)
def test_a_sealed_field_cannot_be_searched(db: None, name: str, lookup: str) -> None:
    value: Any = {"__in": ["x"], "__isnull": True}.get(lookup, "x")
    with pytest.raises(TypeError, match="sealed"):
        list(Application.objects.filter(**{name + lookup: value}))


def test_neither_excluded_nor_searched_from_another_table(db: None) -> None:
    from gongkai.applications.models import Step

    with pytest.raises(TypeError, match="sealed"):
        list(Application.objects.exclude(applicant_name="x"))
    with pytest.raises(TypeError, match="sealed"):
        list(Step.objects.filter(application__applicant_name="x"))


def test_no_transform_gets_at_it(db: None) -> None:
    with pytest.raises((TypeError, FieldError)):
        list(Application.objects.filter(applicant_name__lower="x"))


def test_the_blind_index_finds_the_same_applicant_again(cast: Cast) -> None:
    first, second = cast.apply().application, cast.apply(content="别的信息").application
    cast.apply(id_number="41000019800101003X", content="第三人")
    found = Application.objects.filter(id_index=blind_index(first.id_number, "id_number"))
    assert {row.pk for row in found} == {first.pk, second.pk}


def test_lists_show_masked_identity(application: Application) -> None:
    assert application.masked_name == application.applicant_name[0] + "*" * (len(application.applicant_name) - 1)
    assert application.masked_id == application.id_number[:4] + "*" * 12 + application.id_number[-2:]
