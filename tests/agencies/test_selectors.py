"""Who holds which role where, on which day; and what day it is."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from gongkai.agencies.models import Agency, Appointment
from gongkai.agencies.selectors import (
    agencies_of,
    appointments_of,
    current_agency,
    day_of,
    is_administrator,
    roles_of,
    today,
)
from gongkai.law.procedure import Role
from tests.cast import Cast, make_agency, make_person

DAY = date(2025, 6, 15)


@pytest.fixture
def on_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2025, 6, 15, 4, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2025, 6, 14, 15, 59, 59, tzinfo=UTC), date(2025, 6, 14)),
        (datetime(2025, 6, 14, 16, 0, tzinfo=UTC), date(2025, 6, 15)),
        (datetime(2025, 12, 31, 16, 0, tzinfo=UTC), date(2026, 1, 1)),
    ],
)
def test_the_day_is_the_day_in_china(moment: datetime, day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    assert day_of(moment) == day
    monkeypatch.setattr(timezone, "now", lambda: moment)
    assert today() == day


@pytest.mark.parametrize(
    ("since", "until", "holds"),
    [
        (date(2025, 6, 15), None, True),
        (date(2025, 6, 16), None, False),
        (date(2020, 1, 1), date(2025, 6, 15), True),
        (date(2020, 1, 1), date(2025, 6, 14), False),
        (date(2025, 6, 15), date(2025, 6, 15), True),
        (date(2025, 6, 16), date(2025, 12, 31), False),
    ],
)
def test_a_role_holds_from_its_first_to_its_last_day(
    cast: Cast, on_that_day: None, since: date, until: date | None, holds: bool
) -> None:
    Appointment.objects.create(person=cast.stranger, agency=cast.agency, role="clerk", since=since, until=until)
    assert roles_of(cast.stranger, cast.agency) == ({Role.CLERK} if holds else frozenset())
    assert agencies_of(cast.stranger).exists() is holds
    assert (current_agency(cast.stranger) == cast.agency) is holds


def test_another_day_can_be_asked_for(cast: Cast) -> None:
    until = date(2020, 12, 31)
    Appointment.objects.create(
        person=cast.stranger, agency=cast.agency, role="editor", since=date(2020, 1, 1), until=until
    )
    assert appointments_of(cast.stranger, until).count() == 1
    assert appointments_of(cast.stranger).count() == 0


def test_a_role_is_held_at_this_very_agency_not_below_nor_above(cast: Cast) -> None:
    parent = Agency.objects.get(pk=cast.agency.pk)
    below = {"slug": "below", "name": "下属单位", "short_name": "下属", "kind": "department", "document_prefix": "下"}
    child = Agency.objects.add_child(parent, below)
    grandchild = make_person("below", child, Role.CLERK)
    assert roles_of(cast.clerk, child) == frozenset()
    assert roles_of(grandchild, parent) == frozenset()
    assert roles_of(grandchild, child) == {Role.CLERK}


def test_several_roles_at_several_agencies(cast: Cast) -> None:
    assert roles_of(cast.other_clerk, cast.other_agency) == {Role.CLERK, Role.DRAFTER, Role.APPROVER}
    Appointment.objects.create(person=cast.other_clerk, agency=cast.agency, role="editor", since=DAY)
    assert [agency.slug for agency in agencies_of(cast.other_clerk)] == ["ours", "theirs"]
    assert roles_of(cast.other_clerk, cast.agency) == {Role.EDITOR}
    # The first in the order of the tree, each agency once however many roles.
    assert current_agency(cast.other_clerk) == cast.agency


def test_without_any_role_there_is_no_agency(cast: Cast) -> None:
    assert current_agency(cast.stranger) is None
    assert not agencies_of(cast.stranger).exists()


def test_a_visitor_holds_nothing(cast: Cast) -> None:
    visitor = AnonymousUser()
    assert roles_of(visitor, cast.agency) == frozenset()  # type: ignore[arg-type]
    assert not appointments_of(visitor).exists()  # type: ignore[arg-type]
    assert current_agency(visitor) is None  # type: ignore[arg-type]
    assert not is_administrator(visitor)  # type: ignore[arg-type]


def test_only_the_administrator_is_one(cast: Cast) -> None:
    assert is_administrator(cast.administrator)
    people = (cast.clerk, cast.drafter, cast.approver, cast.editor, cast.supervisor, cast.other_clerk, cast.stranger)
    assert not any(is_administrator(person) for person in people)


def test_names_of_things(cast: Cast) -> None:
    appointment = Appointment.objects.get(person=cast.clerk)
    assert str(appointment) == "Clerk clerk@演示市城市管理局"
    assert str(make_agency("x", "某局", "某")) == "某局"
    cast.clerk.display_name = ""
    assert str(cast.clerk) == "clerk"
