"""The calendar feed: its address opens it, shows once, ends; it says numbers and duties and nobody's name."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from icalendar import Calendar

from gongkai.agencies.models import Appointment, Person
from gongkai.agencies.selectors import today
from gongkai.applications.actions.subscribe import subscribe, token_index_of, unsubscribe
from gongkai.applications.feed import feed_of
from gongkai.applications.feed_views import RATE
from gongkai.applications.models import Application, CalendarFeed
from gongkai.law.procedure import Stage, StepKind
from gongkai.ledger.models import Entry
from tests.applications.scenes import RECEIVED, Scene
from tests.at_once import at_once
from tests.cast import Cast
from tests.portal.pages import text_of


def events(person: Person, on: date = RECEIVED) -> list[tuple[str, date, str]]:
    data = feed_of(person, "https://example.org/desk/cases/{pk}/", on)
    calendar = Calendar.from_ical(data)
    return [(str(event["uid"]), event["dtstart"].dt, str(event["summary"])) for event in calendar.walk("VEVENT")]


def test_a_feed_shows_what_i_work_on_and_no_personal_data(scene: Scene) -> None:
    case = scene.apply(content="蝶湖公园养护合同", applicant_name="章晓")
    assert events(scene.cast.drafter) == []
    ((uid, day, summary),) = events(scene.cast.clerk)
    assert (day, summary) == (date(2025, 3, 31), f"{case.number} 答复期限：登记")
    text = feed_of(scene.cast.clerk, "https://example.org/{pk}", RECEIVED).decode()
    for secret in ("章", "蝶湖", case.id_number, case.telephone):
        assert secret not in text
    assert uid == f"{case.agency_id}-{case.pk}-due@gongkai"
    assert f"https://example.org/{case.pk}" in text


def test_the_internal_day_is_an_event_of_its_own_and_what_i_hold_stays(scene: Scene) -> None:
    case = scene.apply()
    columns = {"stage": Stage.OPINE.value, "next_step": StepKind.OPINION.value, "holder": scene.cast.drafter}
    Application.objects.filter(pk=case.pk).update(internal_due_on=date(2025, 3, 10), **columns)
    assert [day for _, day, _ in events(scene.cast.drafter)] == [date(2025, 3, 31), date(2025, 3, 10)]
    Application.objects.filter(pk=case.pk).update(stage=Stage.DECIDE.value, next_step=StepKind.DECISION.value)
    assert [day for _, day, _ in events(scene.cast.drafter)] == [date(2025, 3, 31)], "held, though the clerk's turn"
    Application.objects.filter(pk=case.pk).update(clock_state="closed")
    assert events(scene.cast.drafter) == [], "answered"


def test_a_new_address_ends_the_old_and_none_is_kept(cast: Cast) -> None:
    first = subscribe(person=cast.clerk)
    second = subscribe(person=cast.clerk)
    assert first != second
    (feed,) = CalendarFeed.objects.all()
    assert feed.token_index == token_index_of(second)
    assert second not in "".join(entry.body for entry in Entry.objects.all())
    assert unsubscribe(person=cast.clerk)
    assert not unsubscribe(person=cast.clerk)
    assert [entry.act for entry in Entry.objects.order_by("number")] == [
        "applications.subscribe", "applications.subscribe", "applications.unsubscribe",
    ]  # fmt: skip


@pytest.mark.concurrent
@pytest.mark.django_db(transaction=True)
def test_two_addresses_at_once_leave_one(transactional_db: None) -> None:
    cast = Cast.assemble()
    tokens = at_once(lambda: subscribe(person=cast.clerk), lambda: subscribe(person=cast.clerk))
    assert all(isinstance(token, str) for token in tokens), tokens
    (feed,) = CalendarFeed.objects.all()
    assert feed.token_index in {token_index_of(str(token)) for token in tokens}


def test_the_address_works_without_signing_in_and_is_shown_once(client: Client, cast: Cast) -> None:
    cast.apply(on=today())
    client.force_login(cast.clerk)
    page = client.post("/desk/feed/", {"make": ""}).content.decode()
    path = page.split("http://testserver")[1].split('"')[0]
    assert path not in client.get("/desk/feed/").content.decode()
    answer = Client().get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert "no-store" in answer["Cache-Control"]
    assert b"BEGIN:VEVENT" in answer.content
    assert b"/desk/cases/" in answer.content
    client.post("/desk/feed/", {"end": ""})
    assert Client().get(path).status_code == 404


def test_who_may_no_longer_sign_in_has_no_feed(client: Client, cast: Cast) -> None:
    path = f"/desk/feed/{subscribe(person=cast.clerk)}.ics"
    Person.objects.filter(pk=cast.clerk.pk).update(is_active=False)
    gone, never = client.get(path), client.get("/desk/feed/nobody-has-this.ics")
    assert gone.status_code == never.status_code == 404
    assert text_of(gone) == text_of(never)


def test_roles_are_those_of_today(client: Client, cast: Cast) -> None:
    cast.apply(on=today())
    path = f"/desk/feed/{subscribe(person=cast.clerk)}.ics"
    Appointment.objects.filter(person=cast.clerk).update(until=today() - timedelta(days=1))
    answer = client.get(path)
    assert answer.status_code == 200
    assert b"VEVENT" not in answer.content


def test_whoever_asks_too_often_waits(client: Client, cast: Cast) -> None:
    path = f"/desk/feed/{subscribe(person=cast.clerk)}.ics"
    answers = [client.get(path).status_code for _ in range(RATE[0] + 1)]
    assert answers == [200] * RATE[0] + [429]
    assert int(client.get(path)["Retry-After"]) > 0


@pytest.mark.parametrize("token", ["%00", "' OR 1=1", "../x", "😀", "a" * 5000])
def test_an_address_that_leads_nowhere(client: Client, cast: Cast, token: str) -> None:
    assert client.get(f"/desk/feed/{token}.ics").status_code == 404
