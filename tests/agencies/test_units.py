"""Units of an agency: added, renamed, retired; who belongs to which."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gongkai.agencies.actions.units import add_unit, change_unit, place_in_unit
from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.models import Appointment, Unit
from gongkai.agencies.selectors import today
from gongkai.ledger.models import Entry
from tests.at_once import at_once
from tests.cast import Cast, make_agency

OTHERS = ["clerk", "unit_head", "approver", "supervisor", "other_clerk", "stranger"]


def made(cast: Cast, name: str = "城市管理科") -> Unit:
    return add_unit(actor=cast.administrator, agency=cast.agency, name=name)


def entries(act: str) -> list[Entry]:
    return list(Entry.objects.filter(act=f"agencies.{act}").order_by("number"))


def drafters_place(cast: Cast) -> Appointment:
    return Appointment.objects.get(person=cast.drafter)


# --- add_unit -----------------------------------------------------------------------------------------------


def test_a_new_unit_is_in_use_and_recorded(cast: Cast) -> None:
    unit = made(cast, "　城市管理科 ")
    assert (unit.agency, unit.name, unit.active) == (cast.agency, "城市管理科", True)
    [entry] = entries("add_unit")
    assert (entry.chain_id, entry.actor, entry.subject) == ("ours", "administrator", f"unit:{unit.pk}")
    assert entry.facts == {"name": "城市管理科"}


def test_a_name_stands_once_in_an_agency(cast: Cast) -> None:
    made(cast)
    with pytest.raises(Invalid) as caught:
        made(cast)
    assert caught.value.field == "name"
    add_unit(actor=None, agency=cast.other_agency, name="城市管理科")
    assert Unit.objects.count() == 2


@pytest.mark.parametrize("name", ["", "  ", "长" * 61])
def test_bad_names_are_refused(cast: Cast, name: str) -> None:
    with pytest.raises(Invalid) as caught:
        made(cast, name)
    assert caught.value.field == "name"
    assert not Unit.objects.exists()


def test_a_retired_unit_comes_back_under_its_name(cast: Cast) -> None:
    unit = made(cast)
    change_unit(actor=None, unit=unit, name=unit.name, active=False)
    assert made(cast).pk == unit.pk
    assert Unit.objects.get().active


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_touches_units(cast: Cast, who: str) -> None:
    unit, actor = made(cast), getattr(cast, who)
    with pytest.raises(NotAllowed):
        add_unit(actor=actor, agency=cast.agency, name="财政科")
    with pytest.raises(NotAllowed):
        change_unit(actor=actor, unit=unit, name="财政科", active=True)
    with pytest.raises(NotAllowed):
        place_in_unit(actor=actor, appointment=drafters_place(cast), unit=unit)
    assert Unit.objects.get().name == "城市管理科"
    assert drafters_place(cast).unit is None


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrent
def test_the_same_unit_twice_at_once() -> None:
    agency = make_agency("ours", "演示市城市管理局", "演城公开")
    found = at_once(*[lambda: add_unit(actor=None, agency=agency, name="城市管理科")] * 2)
    assert sorted(type(result).__name__ for result in found) == ["Invalid", "Unit"], found
    assert len(entries("add_unit")) == Unit.objects.count() == 1


# --- change_unit --------------------------------------------------------------------------------------------


def test_renamed_and_retired_with_what_was_before(cast: Cast) -> None:
    unit = change_unit(actor=cast.administrator, unit=made(cast), name="市容科", active=False)
    assert (unit.name, unit.active) == ("市容科", False)
    [entry] = entries("change_unit")
    assert entry.facts == {"before": {"name": "城市管理科", "active": True}, "name": "市容科", "active": False}


def test_unchanged_nothing_is_written(cast: Cast) -> None:
    change_unit(actor=cast.administrator, unit=made(cast), name="城市管理科", active=True)
    assert entries("change_unit") == []


@pytest.mark.parametrize("name", ["财政科", "", "长" * 61])
def test_it_takes_no_bad_name_and_no_other_units_name(cast: Cast, name: str) -> None:
    unit = made(cast)
    made(cast, "财政科")
    with pytest.raises(Invalid) as caught:
        change_unit(actor=None, unit=unit, name=name, active=True)
    assert caught.value.field == "name"
    assert Unit.objects.get(pk=unit.pk).name == "城市管理科"


# --- place_in_unit ------------------------------------------------------------------------------------------


def test_a_role_is_held_in_a_unit_and_again_in_the_whole(cast: Cast) -> None:
    unit = made(cast)
    place_in_unit(actor=cast.administrator, appointment=drafters_place(cast), unit=unit)
    assert drafters_place(cast).unit == unit
    place_in_unit(actor=cast.administrator, appointment=drafters_place(cast), unit=unit)
    place_in_unit(actor=cast.administrator, appointment=drafters_place(cast), unit=None)
    assert drafters_place(cast).unit is None
    first, second = entries("place_in_unit")
    assert first.subject == f"person:{cast.drafter.pk}"
    assert first.facts == {"person": "drafter", "role": "drafter", "before": None, "unit": "城市管理科"}
    assert (second.facts["before"], second.facts["unit"]) == ("城市管理科", None)


def test_only_a_unit_of_the_agency_that_is_in_use(cast: Cast) -> None:
    foreign = add_unit(actor=None, agency=cast.other_agency, name="财政科")
    stale = made(cast)
    change_unit(actor=None, unit=Unit.objects.get(pk=stale.pk), name=stale.name, active=False)
    for unit in (foreign, stale):
        with pytest.raises(Invalid) as caught:
            place_in_unit(actor=None, appointment=drafters_place(cast), unit=unit)
        assert caught.value.field == "unit"
    assert drafters_place(cast).unit is None


def test_a_role_that_has_ended_stays_where_it_was(cast: Cast) -> None:
    Appointment.objects.filter(person=cast.drafter).update(until=today() - timedelta(days=1))
    with pytest.raises(Invalid):
        place_in_unit(actor=None, appointment=drafters_place(cast), unit=made(cast))
    assert drafters_place(cast).unit is None
