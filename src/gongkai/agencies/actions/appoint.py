"""Take a person on, and give a person a role at an agency."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.models import STAFF_ROLES, Agency, Appointment, Person
from gongkai.agencies.selectors import is_administrator
from gongkai.law.procedure import Role
from gongkai.law.texts import Text
from gongkai.ledger.actions import record
from gongkai.ledger.models import SYSTEM


@transaction.atomic
def add_person(*, actor: Person | None, username: str, display_name: str, password: str) -> Person:
    """A new person who can sign in. `actor` None is the command line of the machine's owner."""
    if actor is not None and not is_administrator(actor):
        raise NotAllowed
    person = Person(username=username.strip(), display_name=display_name.strip())
    person.set_password(password)
    _check(person, password)
    person.save()
    facts = {"username": person.username, "name": person.display_name}
    _write(actor, "agencies.add_person", f"person:{person.pk}", facts, SYSTEM)
    return person


def _check(person: Person, password: str) -> None:
    try:
        person.full_clean()
        validate_password(password, person)
    except ValidationError as error:
        by_field = error.message_dict if hasattr(error, "error_dict") else {"password": error.messages}
        field, messages = next(iter(by_field.items()))
        raise Invalid(field, Text(messages[0], messages[0])) from error


@transaction.atomic
def appoint(*, actor: Person | None, person: Person, agency: Agency, role: Role, since: date) -> Appointment:
    """Give a role. Given twice, it is the same appointment."""
    if actor is not None and not is_administrator(actor):
        raise NotAllowed
    if role not in STAFF_ROLES:
        raise Invalid("role", Text("没有这个岗位。", "There is no such role."))
    row, created = Appointment.objects.get_or_create(
        person=person, agency=agency, role=role.value, until=None, defaults={"since": since}
    )
    if created:
        facts = {"person": person.username, "role": role.value, "since": since.isoformat()}
        _write(actor, "agencies.appoint", f"person:{person.pk}", facts, agency.slug)
    return row


@transaction.atomic
def dismiss(*, actor: Person | None, appointment: Appointment, until: date) -> Appointment:
    """End a role after `until`."""
    if actor is not None and not is_administrator(actor):
        raise NotAllowed
    if until < appointment.since:
        raise Invalid("until", Text("截止日不能早于起始日。", "It cannot end before it began."))
    appointment.until = until
    appointment.save(update_fields=["until"])
    facts = {"person": appointment.person.username, "role": appointment.role, "until": until.isoformat()}
    subject = f"person:{appointment.person_id}"
    _write(actor, "agencies.dismiss", subject, facts, appointment.agency.slug)
    return appointment


def _write(actor: Person | None, act: str, subject: str, facts: dict[str, str], chain: str) -> None:
    record(chain=chain, act=act, subject=subject, facts=facts, actor=actor.username if actor else "")
