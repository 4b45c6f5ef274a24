"""Take a person on, and give a person a role at an agency."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from gongkai.agencies.errors import Invalid, NotAllowed, invalid
from gongkai.agencies.models import STAFF_ROLES, Agency, Appointment, Person
from gongkai.agencies.selectors import current_agency, in_office, is_administrator, today
from gongkai.law.procedure import Role
from gongkai.law.texts import Text
from gongkai.ledger.actions import hold, record
from gongkai.ledger.models import SYSTEM

EARLIEST = date(2000, 1, 1)


@transaction.atomic
def add_person(*, actor: Person | None, username: str, display_name: str, password: str) -> Person:
    """A new person who can sign in. `actor` None is the command line of the machine's owner."""
    if actor is not None and not is_administrator(actor):
        raise NotAllowed
    person = Person(username=username.strip(), display_name=display_name.strip())
    person.set_password(password)
    hold(SYSTEM)  # of two at once with the same user name, the later one is told so
    _check(person, password)
    _check_names(person)
    person.save()
    facts = {"username": person.username, "name": person.display_name}
    _write(actor, "agencies.add_person", f"person:{person.pk}", facts, SYSTEM)
    return person


def _check_names(person: Person) -> None:
    """A name that hides characters, or differs from another's in capitals alone, deceives whoever reads it."""
    hidden = any(unicodedata.category(character)[0] in "CZ" and character != " " for character in person.display_name)
    if hidden:
        raise Invalid("display_name", Text("姓名中含有无法显示的字符。", "The name holds characters that do not show."))
    if Person.objects.filter(username__iexact=person.username).exists():
        raise Invalid("username", Text("已有这个用户名。", "There is such a user name already."))


def _check(person: Person, password: str) -> None:
    try:
        person.full_clean()
        validate_password(password, person)
    except ValidationError as error:
        raise invalid(error, "password") from error


@transaction.atomic
def appoint(*, actor: Person | None, person: Person, agency: Agency, role: Role, since: date) -> Appointment:
    """Give a role. Given twice, it is the same appointment; given sooner than before, it begins sooner."""
    if actor is not None and not is_administrator(actor):
        raise NotAllowed
    if role not in STAFF_ROLES:
        raise Invalid("role", Text("没有这个岗位。", "There is no such role."))
    if not EARLIEST <= since <= today() + timedelta(days=366):
        message = Text("起始日应在2000年以后、一年之内。", "It begins after the year 2000 and within a year from now.")
        raise Invalid("since", message)
    try:
        # Locked: of two at once from different days, the sooner one must stand.
        row, created = Appointment.objects.select_for_update().get_or_create(
            person=person, agency=agency, role=role.value, until=None, defaults={"since": since}
        )
        if not created and since < row.since:
            row.since, created = since, True
            with transaction.atomic():
                row.save(update_fields=["since"])
    except IntegrityError as error:
        message = Text(
            "该岗位已有同日起始的任命，请另选起始日。", "An appointment of that day has ended; choose another."
        )
        raise Invalid("since", message) from error
    if created:
        facts = {"person": person.username, "role": role.value, "since": since.isoformat()}
        _write(actor, "agencies.appoint", f"person:{person.pk}", facts, agency.slug)
    return row


@transaction.atomic
def change_password(*, person: Person, password: str) -> None:
    """A person's own new password; that the old one was given has been asked before. The ledger tells that it was
    changed, and nothing of it."""
    person.set_password(password)
    _check(person, password)
    person.save(update_fields=["password"])
    agency = current_agency(person)
    chain = agency.slug if agency else SYSTEM
    _write(person, "agencies.change_password", f"person:{person.pk}", {}, chain)


@transaction.atomic
def dismiss(*, actor: Person | None, appointment: Appointment, until: date) -> Appointment:
    """End a role after `until`. What has its end may end sooner, but is not prolonged: that is a new appointment."""
    if actor is not None and not is_administrator(actor):
        raise NotAllowed
    if actor is not None and appointment.role == Role.ADMINISTRATOR.value:
        hold(SYSTEM)  # two who end each other's role at once: one of them stays
        _check_another_administers(appointment, until)
    appointment = Appointment.objects.select_for_update().get(pk=appointment.pk)
    if until < appointment.since:
        raise Invalid("until", Text("截止日不能早于起始日。", "It cannot end before it began."))
    if appointment.until is not None and until > appointment.until:
        raise Invalid(
            "until", Text("已截止的岗位不能延长，请另行任命。", "It has an end already; appoint anew instead.")
        )
    appointment.until = until
    appointment.save(update_fields=["until"])
    facts = {"person": appointment.person.username, "role": appointment.role, "until": until.isoformat()}
    subject = f"person:{appointment.person_id}"
    _write(actor, "agencies.dismiss", subject, facts, appointment.agency.slug)
    return appointment


def _check_another_administers(appointment: Appointment, until: date) -> None:
    """Without an administrator nobody could be appointed any more, not even another administrator. Who has an end
    already does not stay."""
    after = in_office(max(until, today()) + timedelta(days=1)).filter(role=Role.ADMINISTRATOR.value, until=None)
    if not after.exclude(pk=appointment.pk).exists():
        message = Text(
            "此后将没有系统管理员，任何人都不能再任命岗位：请先任命另一名系统管理员。",
            "Nobody would be an administrator after that day, and nobody could be appointed: appoint another first.",
        )
        raise Invalid("until", message)


def _write(actor: Person | None, act: str, subject: str, facts: dict[str, str], chain: str) -> None:
    record(chain=chain, act=act, subject=subject, facts=facts, actor=actor.username if actor else "")
