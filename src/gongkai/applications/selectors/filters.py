"""What the list can be narrowed by. The values are checked by the form; here they become conditions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from gongkai.applications.found_by import id_index_of, name_index_of
from gongkai.applications.models import Application, ClockState
from gongkai.applications.selectors.turns import Reader, late, running


@dataclass(frozen=True)
class Filters:
    """What was asked for; the default asks for nothing. `clock`: late, paused or waiting (receipt not confirmed);
    `holder`: a person's key, `me` or `none`; `unit`: a unit's key or `none`."""

    text: str = ""
    soon: int | None = None
    clock: str = ""
    unit: str = ""
    holder: str = ""
    kind: str = ""
    outcome: str = ""
    stage: str = ""
    channel: str = ""
    received_from: date | None = None
    received_to: date | None = None


def narrowed(rows: QuerySet[Application], filters: Filters, reader: Reader) -> QuerySet[Application]:
    """The rows that fit."""
    condition = _equal(filters) & _held_by(filters, reader) & _by_clock(filters, reader)
    if filters.received_from:
        condition &= Q(received_on__gte=filters.received_from)
    if filters.received_to:
        condition &= Q(received_on__lte=filters.received_to)
    if filters.text:
        condition &= _says(filters.text)
    return rows.filter(condition)


def _equal(filters: Filters) -> Q:
    columns = {
        "applicant_kind": filters.kind,
        "outcome": filters.outcome,
        "stage": filters.stage,
        "channel": filters.channel,
    }
    return Q(**{name: value for name, value in columns.items() if value})


def _held_by(filters: Filters, reader: Reader) -> Q:
    condition = Q()
    if filters.unit:
        condition &= Q(unit__isnull=True) if filters.unit == "none" else Q(unit=int(filters.unit))
    if filters.holder == "none":
        condition &= Q(holder__isnull=True)
    elif filters.holder:
        condition &= Q(holder=reader.person.pk if filters.holder == "me" else int(filters.holder))
    return condition


def _by_clock(filters: Filters, reader: Reader) -> Q:
    day, condition = reader.day, Q()
    if filters.soon is not None:
        until = reader.days.add_working_days(day, filters.soon).day if filters.soon else day
        condition &= running(day) & Q(due_on__gte=day, due_on__lte=until)
    if filters.clock == "late":
        condition &= late(day)
    elif filters.clock == "paused":
        condition &= Q(clock_state=ClockState.PAUSED) & ~running(day)
    elif filters.clock == "waiting":
        condition &= Q(clock_state=ClockState.WAITING)
    return condition


def _says(text: str) -> Q:
    """In the number or in what is asked; or exactly the applicant's name or ID number, which are sealed and are found
    by their blind indexes only."""
    return Q(number__icontains=text) | Q(content__icontains=text) | names_applicant(text)


def names_applicant(text: str) -> Q:
    """Whether the text is the whole name or the ID number of the applicant."""
    return Q(name_index=name_index_of(text)) | Q(id_index=id_index_of("".join(text.split())))
