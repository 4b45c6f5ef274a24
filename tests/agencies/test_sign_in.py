"""Signing in and out is part of the record."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from gongkai.agencies.actions import sign_in
from gongkai.agencies.models import Person
from gongkai.ledger.models import SYSTEM, Entry
from tests.cast import Cast


def enter(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def told() -> list[tuple[str, str, str, str]]:
    rows = Entry.objects.filter(act__startswith="agencies.sign").order_by("recorded_at", "number")
    return [(row.chain_id, row.act.removeprefix("agencies."), row.actor, row.subject) for row in rows]


def test_in_and_out_are_entries_in_the_chain_of_the_person_s_agency(cast: Cast) -> None:
    client = enter(cast.clerk)
    subject = f"person:{cast.clerk.pk}"
    assert told() == [("ours", "sign_in", "clerk", subject)]
    client.logout()
    assert told() == [("ours", "sign_in", "clerk", subject), ("ours", "sign_out", "clerk", subject)]
    assert Entry.objects.first().facts == {}


def test_someone_of_another_agency_is_told_there(cast: Cast) -> None:
    enter(cast.other_clerk)
    assert [row[0] for row in told()] == ["theirs"]


def test_someone_without_a_role_is_told_in_the_chain_of_the_installation(cast: Cast) -> None:
    enter(cast.stranger)
    assert [row[0] for row in told()] == [SYSTEM]


def test_leaving_without_having_been_in_is_no_entry(cast: Cast) -> None:
    Client().logout()
    sign_in.record_sign_out(Person, user=None)
    assert told() == []


@pytest.mark.django_db(transaction=True)
def test_where_it_cannot_be_written_nobody_comes_in(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = Cast.assemble()

    def fail(**_: Any) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(sign_in, "record", fail)
    with pytest.raises(OSError, match="disk full"):
        enter(cast.clerk)
    assert told() == []
