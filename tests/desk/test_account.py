"""One's own password, the end of a role, a year whose schedule is out: works, wrong person, bad input, recorded."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from gongkai.agencies.models import Appointment, PublishedYear
from gongkai.agencies.selectors import calendar, roles_of, today
from gongkai.law.procedure import Role
from gongkai.ledger.models import Entry

NEW = "jade-bridge-river"


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def send_password(client: Client, old: str = "correct-horse", new: str = NEW, again: str = NEW) -> Any:
    return client.post("/desk/password/", {"old_password": old, "new_password1": new, "new_password2": again})


def test_a_person_changes_the_password_and_stays_signed_in(cast: Any) -> None:
    client = signed_in(cast.clerk)
    assert send_password(client)["Location"] == "/desk/"
    cast.clerk.refresh_from_db()
    assert cast.clerk.check_password(NEW)
    assert client.get("/desk/").status_code == 200
    entry = Entry.objects.get(act="agencies.change_password")
    assert (entry.actor, entry.chain_id) == ("clerk", "ours")
    assert NEW not in entry.body


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"old": "wrong-horse-99"}, "old_password"),
        ({"again": "jade-bridge-lake"}, "new_password2"),
        ({"new": "short", "again": "short"}, "new_password2"),
        ({"new": "12345678901", "again": "12345678901"}, "new_password2"),
    ],
)
def test_a_bad_password_is_told_at_its_field(cast: Any, typed: dict[str, str], told: str) -> None:
    answer = send_password(signed_in(cast.clerk), **typed)
    assert answer.status_code == 200
    assert told in answer.context["form"].errors
    cast.clerk.refresh_from_db()
    assert cast.clerk.check_password("correct-horse")
    assert not Entry.objects.filter(act="agencies.change_password").exists()


def test_a_stranger_signs_in_first(db: None) -> None:
    answer = send_password(Client())
    assert answer.status_code == 403
    assert "/desk/login/" in answer.content.decode()


def appointment_of(cast: Any) -> Appointment:
    return Appointment.objects.get(person=cast.drafter, agency=cast.agency)


def test_the_administrator_ends_a_role(cast: Any) -> None:
    client = signed_in(cast.administrator)
    path = f"/desk/appointments/{appointment_of(cast).pk}/end/"
    assert path in client.get("/desk/agencies/").content.decode()
    asked = client.get(path).content.decode()
    assert "Drafter" in asked
    assert client.post(path, {"until": (today() - timedelta(days=1)).isoformat()})["Location"] == "/desk/agencies/"
    assert Role.DRAFTER not in roles_of(cast.drafter, cast.agency)
    assert Entry.objects.filter(act="agencies.dismiss", actor="administrator").count() == 1


def test_it_is_told_before_that_nobody_else_holds_the_role(cast: Any) -> None:
    """Cases would wait for somebody who does not exist; where another holds it, nothing is said."""
    client, path = signed_in(cast.administrator), f"/desk/appointments/{appointment_of(cast).pk}/end/"
    assert "没有其他人担任承办人" in client.get(path).content.decode()
    Appointment.objects.create(person=cast.clerk, agency=cast.agency, role=Role.DRAFTER.value, since=today())
    assert "没有其他人" not in client.get(path).content.decode()


def test_the_last_administrator_is_told_at_the_field(cast: Any) -> None:
    last = Appointment.objects.get(person=cast.administrator)
    answer = signed_in(cast.administrator).post(f"/desk/appointments/{last.pk}/end/", {"until": today().isoformat()})
    assert "请先任命另一名系统管理员" in answer.content.decode()
    last.refresh_from_db()
    assert last.until is None


def test_a_role_does_not_end_before_it_began(cast: Any) -> None:
    path = f"/desk/appointments/{appointment_of(cast).pk}/end/"
    answer = signed_in(cast.administrator).post(path, {"until": "2001-01-01"})
    assert "截止日不能早于起始日" in answer.content.decode()
    assert appointment_of(cast).until is None


@pytest.mark.parametrize("who", ["clerk", "supervisor", "other_clerk", "stranger"])
def test_only_an_administrator_ends_roles(cast: Any, who: str) -> None:
    path = f"/desk/appointments/{appointment_of(cast).pk}/end/"
    client = signed_in(getattr(cast, who))
    assert client.get(path).status_code == 403
    assert client.post(path, {"until": today().isoformat()}).status_code == 403
    assert appointment_of(cast).until is None


def test_a_year_is_published_and_no_longer_provisional(cast: Any, django_capture_on_commit_callbacks: Any) -> None:
    client = signed_in(cast.administrator)
    assert not calendar().published(2031)
    assert "/desk/calendar/2031/publish/" in client.get("/desk/calendar/2031/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/desk/calendar/2031/publish/", {"source": "演示通知"})
    assert answer["Location"] == "/desk/calendar/2031/"
    assert calendar().published(2031)
    assert "/desk/calendar/2031/publish/" not in client.get("/desk/calendar/2031/").content.decode()


def test_publishing_needs_its_notice_and_an_administrator(cast: Any) -> None:
    answer = signed_in(cast.administrator).post("/desk/calendar/2031/publish/", {"source": " "})
    assert answer.context["publish_form"].errors
    refused = signed_in(cast.clerk).post("/desk/calendar/2031/publish/", {"source": "演示通知"})
    assert refused.context["refusal"] is not None
    assert not PublishedYear.objects.exists()
