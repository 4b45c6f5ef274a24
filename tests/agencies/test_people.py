"""People are taken on, appointed and dismissed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction

from gongkai.agencies.actions.appoint import add_person, appoint, dismiss
from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.models import STAFF_ROLES, Appointment, Person
from gongkai.agencies.selectors import is_administrator, roles_of, today
from gongkai.law.procedure import Role
from gongkai.ledger.models import SYSTEM, Entry
from tests.at_once import at_once
from tests.cast import Cast, make_agency

OTHERS = ["clerk", "drafter", "approver", "editor", "supervisor", "other_clerk", "stranger"]


def take_on(actor: Person | None = None, **changes: Any) -> Person:
    values = {"username": "xinren", "display_name": "新人", "password": "yi-ge-mima-2026", **changes}
    return add_person(actor=actor, **values)


def entries(act: str) -> list[Entry]:
    return list(Entry.objects.filter(act=f"agencies.{act}").order_by("number"))


# --- add_person ---------------------------------------------------------------------------------------------


def test_a_new_person_can_sign_in_and_holds_no_role(cast: Cast) -> None:
    person = take_on(cast.administrator)
    assert person.check_password("yi-ge-mima-2026")
    assert "yi-ge-mima-2026" not in person.password
    assert roles_of(person, cast.agency) == frozenset()
    assert not person.is_superuser
    assert not person.is_staff


def test_blanks_around_names_are_not_kept(db: None) -> None:
    person = take_on(username="  xinren ", display_name=" 新人　")
    assert (person.username, person.display_name) == ("xinren", "新人")


def test_the_entry_says_who_was_taken_on_and_no_password(cast: Cast) -> None:
    person = take_on(cast.administrator)
    [entry] = entries("add_person")
    assert (entry.chain_id, entry.actor, entry.subject) == (SYSTEM, "administrator", f"person:{person.pk}")
    assert entry.facts == {"username": "xinren", "name": "新人"}
    assert "mima" not in entry.body


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_takes_people_on(cast: Cast, role: str) -> None:
    with pytest.raises(NotAllowed):
        take_on(getattr(cast, role))
    assert not Person.objects.filter(username="xinren").exists()


def test_a_dismissed_administrator_may_no_longer(cast: Cast) -> None:
    Appointment.objects.filter(person=cast.administrator).update(until=today() - timedelta(days=1))
    with pytest.raises(NotAllowed):
        take_on(cast.administrator)


@pytest.mark.parametrize("password", ["", "short", "123456789", "1234567890123", "password123", "qwertyuiop"])
def test_weak_passwords_are_refused(cast: Cast, password: str) -> None:
    with pytest.raises(Invalid) as caught:
        take_on(password=password)
    assert caught.value.field == "password"
    assert caught.value.message.zh
    assert entries("add_person") == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("username", "clerk"),
        ("username", ""),
        ("username", "   "),
        ("username", "with blank"),
        ("username", "x" * 151),
        ("display_name", ""),
        ("display_name", "长" * 41),
    ],
)
def test_bad_names_are_refused_at_their_field(cast: Cast, field: str, value: str) -> None:
    before = Person.objects.count()
    with pytest.raises(Invalid) as caught:
        take_on(**{field: value})
    assert caught.value.field == field
    assert Person.objects.count() == before


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrent
def test_the_same_user_name_taken_twice_at_once() -> None:
    found = at_once(*[take_on] * 3)
    assert sorted(type(result).__name__ for result in found) == ["Invalid", "Invalid", "Person"], found
    assert {result.field for result in found if isinstance(result, Invalid)} == {"username"}
    assert len(entries("add_person")) == Person.objects.count() == 1


# --- appoint ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", STAFF_ROLES)
def test_an_appointment_gives_the_role_from_its_day_on(cast: Cast, role: Role) -> None:
    appoint(actor=cast.administrator, person=cast.stranger, agency=cast.agency, role=role, since=today())
    assert roles_of(cast.stranger, cast.agency) == {role}
    assert roles_of(cast.stranger, cast.other_agency) == frozenset()
    [entry] = entries("appoint")
    assert (entry.chain_id, entry.actor) == ("ours", "administrator")
    assert entry.facts == {"person": "stranger", "role": role.value, "since": today().isoformat()}


def test_an_appointment_from_tomorrow_is_not_yet_one(cast: Cast) -> None:
    since = today() + timedelta(days=1)
    appoint(actor=None, person=cast.stranger, agency=cast.agency, role=Role.CLERK, since=since)
    assert roles_of(cast.stranger, cast.agency) == frozenset()


@pytest.mark.parametrize("since", [date(2024, 1, 1), date(2025, 1, 1)])
def test_given_twice_it_is_the_same(cast: Cast, since: date) -> None:
    first = appoint(actor=None, person=cast.stranger, agency=cast.agency, role=Role.CLERK, since=date(2024, 1, 1))
    second = appoint(actor=None, person=cast.stranger, agency=cast.agency, role=Role.CLERK, since=since)
    assert first == second
    assert second.since == date(2024, 1, 1)
    assert len(entries("appoint")) == 1


@pytest.mark.parametrize("role", [Role.APPLICANT, Role.SYSTEM])
def test_roles_that_are_no_post_are_refused(cast: Cast, role: Role) -> None:
    with pytest.raises(Invalid) as caught:
        appoint(actor=None, person=cast.stranger, agency=cast.agency, role=role, since=today())
    assert caught.value.field == "role"


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_appoints(cast: Cast, role: str) -> None:
    with pytest.raises(NotAllowed):
        appoint(actor=getattr(cast, role), person=cast.stranger, agency=cast.agency, role=Role.CLERK, since=today())
    assert not Appointment.objects.filter(person=cast.stranger).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrent
def test_appointed_twice_at_once_from_different_days_it_is_one_appointment() -> None:
    agency = make_agency("ours", "演示市城市管理局", "演城公开")
    person = take_on()
    days = [date(2024, 1, day) for day in (1, 2, 3)]
    found = at_once(
        *[
            lambda day=day: appoint(actor=None, person=person, agency=agency, role=Role.CLERK, since=day).pk
            for day in days
        ]
    )
    assert len(set(found)) == 1, found
    appointment = Appointment.objects.get()
    assert appointment.since == days[0], "given sooner, it begins sooner"
    assert 1 <= len(entries("appoint")) <= 3


def test_given_anew_for_a_sooner_day_it_begins_then(db: None) -> None:
    """An appointment mistyped into the future must not swallow the one that mends it."""
    agency = make_agency("ours", "演示市城市管理局", "演城公开")
    person = take_on()
    common = {"actor": None, "person": person, "agency": agency, "role": Role.CLERK}
    appoint(since=today() + timedelta(days=300), **common)
    assert Role.CLERK not in roles_of(person, agency)
    appoint(since=today(), **common)
    assert Role.CLERK in roles_of(person, agency)
    appoint(since=today() + timedelta(days=1), **common)
    assert Appointment.objects.get().since == today()
    for since in (date(1999, 12, 31), today() + timedelta(days=367), date(9999, 12, 31)):
        with pytest.raises(Invalid) as caught:
            appoint(since=since, **common)
        assert caught.value.field == "since"


@pytest.mark.parametrize("name", ["\u202e坏", "\u200b", "李\u2028明"])
def test_a_name_that_hides_characters_is_refused(db: None, name: str) -> None:
    with pytest.raises(Invalid) as caught:
        add_person(actor=None, username="somebody", display_name=name, password="correct-horse")
    assert caught.value.field == "display_name"


def test_names_that_differ_in_capitals_alone_are_one(db: None) -> None:
    add_person(actor=None, username="liming", display_name="李明", password="correct-horse")
    with pytest.raises(Invalid) as caught:
        add_person(actor=None, username="LiMing", display_name="李鸣", password="correct-horse")
    assert caught.value.field == "username"


def test_the_database_holds_one_open_appointment_a_post(cast: Cast) -> None:
    values = {"person": cast.clerk, "agency": cast.agency, "role": "clerk"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.create(**values, since=date(2025, 1, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.create(**{**values, "role": "applicant"}, since=date(2025, 1, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.create(**values, since=date(2025, 1, 2), until=date(2025, 1, 1))
    Appointment.objects.create(**values, since=date(2018, 1, 1), until=date(2018, 1, 1))


# --- dismiss ------------------------------------------------------------------------------------------------


def clerkship(cast: Cast) -> Appointment:
    return Appointment.objects.get(person=cast.clerk)


def test_a_role_holds_up_to_and_including_its_last_day(cast: Cast) -> None:
    appointment = dismiss(actor=cast.administrator, appointment=clerkship(cast), until=today())
    assert roles_of(cast.clerk, cast.agency) == {Role.CLERK}
    dismiss(actor=cast.administrator, appointment=appointment, until=today() - timedelta(days=1))
    assert roles_of(cast.clerk, cast.agency) == frozenset()
    first, second = entries("dismiss")
    assert (first.chain_id, first.actor) == ("ours", "administrator")
    assert second.facts == {
        "person": "clerk", "role": "clerk", "until": (today() - timedelta(days=1)).isoformat(),
    }  # fmt: skip


def test_it_cannot_end_before_it_began(cast: Cast) -> None:
    appointment = clerkship(cast)
    with pytest.raises(Invalid) as caught:
        dismiss(actor=None, appointment=appointment, until=appointment.since - timedelta(days=1))
    assert caught.value.field == "until"
    assert clerkship(cast).until is None


def test_what_has_ended_is_not_prolonged(cast: Cast) -> None:
    """Otherwise somebody would have held a role on days on which they did not."""
    stale = clerkship(cast)
    dismiss(actor=None, appointment=clerkship(cast), until=date(2024, 12, 31))
    with pytest.raises(Invalid) as caught:
        dismiss(actor=None, appointment=stale, until=today())
    assert caught.value.field == "until"
    assert clerkship(cast).until == date(2024, 12, 31)
    assert len(entries("dismiss")) == 1


def test_who_was_dismissed_can_be_appointed_anew_from_a_later_day(cast: Cast) -> None:
    old = dismiss(actor=None, appointment=clerkship(cast), until=date(2024, 12, 31))
    again = {"actor": None, "person": cast.clerk, "agency": cast.agency, "role": Role.CLERK}
    with pytest.raises(Invalid) as caught:
        appoint(**again, since=old.since)
    assert caught.value.field == "since"
    assert appoint(**again, since=date(2025, 6, 1)) != old
    assert roles_of(cast.clerk, cast.agency) == {Role.CLERK}


def administration(person: Person) -> Appointment:
    return Appointment.objects.get(person=person, role=Role.ADMINISTRATOR.value)


def test_the_last_administrator_stays(cast: Cast) -> None:
    """Neither today nor from a later day on: nobody could appoint one again."""
    last = administration(cast.administrator)
    for until in (today() - timedelta(days=1), today() + timedelta(days=30)):
        with pytest.raises(Invalid) as caught:
            dismiss(actor=cast.administrator, appointment=last, until=until)
        assert caught.value.field == "until"
    assert administration(cast.administrator).until is None
    assert entries("dismiss") == []


def test_an_administrator_who_goes_sooner_does_not_count(cast: Cast) -> None:
    other = cast.stranger
    given = {"person": other, "agency": cast.agency, "role": Role.ADMINISTRATOR}
    appoint(actor=cast.administrator, **given, since=today() - timedelta(days=9))
    dismiss(actor=cast.administrator, appointment=administration(other), until=today() + timedelta(days=2))
    with pytest.raises(Invalid):
        dismiss(actor=cast.administrator, appointment=administration(cast.administrator), until=today())


def test_one_of_two_administrators_can_go(cast: Cast) -> None:
    given = {"person": cast.stranger, "agency": cast.agency, "role": Role.ADMINISTRATOR}
    appoint(actor=cast.administrator, **given, since=today())
    dismiss(actor=cast.stranger, appointment=administration(cast.administrator), until=today() - timedelta(days=1))
    assert not is_administrator(cast.administrator)


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_dismisses(cast: Cast, role: str) -> None:
    with pytest.raises(NotAllowed):
        dismiss(actor=getattr(cast, role), appointment=clerkship(cast), until=today())
    assert clerkship(cast).until is None


# --- passwords at the door ----------------------------------------------------------------------------------


def test_the_right_password_opens(db: None, rf: Any) -> None:
    person = take_on()
    request = rf.post("/")
    assert authenticate(request, username="xinren", password="yi-ge-mima-2026") == person
    assert authenticate(request, username="xinren", password="wrong") is None


def test_whoever_left_cannot_sign_in_and_holds_no_role(cast: Cast, rf: Any) -> None:
    Person.objects.filter(pk=cast.clerk.pk).update(is_active=False)
    assert authenticate(rf.post("/"), username="clerk", password="correct-horse") is None
    assert roles_of(cast.clerk, cast.agency) == frozenset()
