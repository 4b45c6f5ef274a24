"""The digest: on working days, to who wants it, only where something is due, once a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from django.core import mail

from gongkai.agencies.models import Person
from gongkai.law.texts import Text
from gongkai.notifications import digest
from gongkai.notifications.actions.set_preferences import set_preferences
from gongkai.notifications.digest import DigestLine, register_digest, send_digest, send_digests
from tests.notifications.test_notify import WISHES
from tests.run_jobs import run_jobs, waiting_jobs

MONDAY, SATURDAY, MAKE_UP_SATURDAY = date(2026, 3, 2), date(2026, 3, 7), date(2026, 2, 14)
LATER, SOONER = DigestLine(Text("二号", "number two"), date(2026, 3, 9)), DigestLine(Text("一号", "number one"), MONDAY)
ANY_TIME = DigestLine(Text("三号", "number three"))


@pytest.fixture(autouse=True)
def _due(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three things are due to the clerk, and it is Monday."""
    monkeypatch.setattr(digest, "_sources", [])

    @register_digest
    def due(person: Person, day: date) -> Sequence[DigestLine]:
        return [ANY_TIME, LATER, SOONER] if person.username == "clerk" else []

    register_digest(due)
    on(monkeypatch, MONDAY)


def on(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    monkeypatch.setattr(digest, "today", lambda: day)


def test_what_is_due_the_soonest_first(clerk: Any) -> None:
    send_digests()
    run_jobs()
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["clerk@example.test"], "待办摘要：3件")
    assert sent.body.splitlines()[:3] == ["2026-03-02  一号", "2026-03-09  二号", "-           三号"]


def test_run_twice_it_is_one_mail(clerk: Any) -> None:
    send_digests()
    send_digests()
    run_jobs()
    assert len(mail.outbox) == 1


def test_the_next_day_it_is_another(clerk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for day in (MONDAY, date(2026, 3, 3)):
        on(monkeypatch, day)
        send_digests()
        run_jobs()
    assert len(mail.outbox) == 2


def test_nothing_due_no_mail(cast: Any) -> None:
    Person.objects.filter(username="drafter").update(email="drafter@example.test")
    send_digests()
    assert run_jobs() == 1
    assert mail.outbox == []


@pytest.mark.parametrize(("day", "mails"), [(SATURDAY, 0), (MAKE_UP_SATURDAY, 1)])
def test_on_working_days(clerk: Any, monkeypatch: pytest.MonkeyPatch, day: date, mails: int) -> None:
    on(monkeypatch, day)
    send_digests()
    run_jobs()
    assert len(mail.outbox) == mails


def test_a_job_that_comes_a_day_late_is_dropped(clerk: Any) -> None:
    send_digest(clerk.pk, "2026-03-01")
    assert waiting_jobs() == []


@pytest.mark.parametrize("change", [{"digest": False}, {"language": "en"}])
def test_as_the_person_wishes(clerk: Any, change: dict[str, Any]) -> None:
    set_preferences(person=clerk, email=clerk.email, **{**WISHES, **change})
    send_digests()
    run_jobs()
    assert [sent.subject for sent in mail.outbox] == ([] if "digest" in change else ["Due today and soon: 3"])


@pytest.mark.parametrize("change", [{"email": ""}, {"is_active": False}, {"email": "nobody"}])
def test_who_cannot_be_reached(clerk: Any, change: dict[str, Any]) -> None:
    Person.objects.filter(pk=clerk.pk).update(**change)
    send_digests()
    run_jobs()
    assert mail.outbox == []
    send_digest(clerk.pk, MONDAY.isoformat())
    assert waiting_jobs() == []
