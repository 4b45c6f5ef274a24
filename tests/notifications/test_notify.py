"""Telling people: once for each event, at the desk always, outside as each of them wishes, and nothing of applicants."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django_q.models import OrmQ

from gongkai.law.texts import Text
from gongkai.notifications.actions.notify import notify
from gongkai.notifications.actions.set_preferences import set_preferences
from gongkai.notifications.models import Notification, Outgoing
from tests.at_once import at_once
from tests.notifications.conftest import Kept
from tests.run_jobs import run_jobs

TEXT = Text("演城公开申〔2026〕1号：请在3月9日前登记", "Application 1 of 2026: register by 9 March")
WISHES = {"by_mail": True, "digest": True, "by_sms": False, "mobile": "", "language": "zh-hans"}


def tell(*people: Any, **changes: Any) -> int:
    facts = {
        "kind": "duty",
        "text": TEXT,
        "link": "/desk/cases/1/",
        "about": "application:1",
        "key": "application:1:due",
    }
    return notify(people=people, **{**facts, **changes})


def test_people_are_told_at_the_desk(cast: Any) -> None:
    assert tell(cast.clerk, cast.drafter) == 2
    row = Notification.objects.get(person=cast.clerk)
    assert (row.text, row.kind, row.link, row.about, row.read_at) == (
        TEXT, "duty", "/desk/cases/1/", "application:1", None,
    )  # fmt: skip
    assert OrmQ.objects.count() == 0  # nobody has an address


def test_the_same_event_tells_once(clerk: Any, cast: Any) -> None:
    assert tell(clerk, clerk) == 1
    assert tell(clerk, cast.drafter) == 1
    assert tell(clerk, key="application:1:late") == 1
    assert Notification.objects.filter(person=clerk).count() == 2
    run_jobs()
    assert len(mail.outbox) == 2


def test_who_has_left_is_not_told(clerk: Any) -> None:
    clerk.is_active = False
    assert tell(clerk) == 0
    assert not Notification.objects.exists()


def test_nobody_to_tell_is_no_fault(db: None) -> None:
    assert tell() == 0


def test_a_mail_leaves_by_a_job(clerk: Any, settings: Any) -> None:
    settings.SITE_URL = "https://gov.example.test"
    tell(clerk)
    assert mail.outbox == []
    run_jobs()
    (sent,) = mail.outbox
    assert sent.to == ["clerk@example.test"]
    assert sent.subject == TEXT.zh
    assert TEXT.zh in sent.body
    assert "https://gov.example.test/desk/cases/1/" in sent.body
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"


def test_without_an_address_of_the_site_the_mail_has_no_link(clerk: Any) -> None:
    tell(clerk)
    run_jobs()
    assert "/desk/" not in mail.outbox[0].body


def test_as_the_person_wishes(clerk: Any) -> None:
    wishes = {**WISHES, "by_mail": False, "by_sms": True, "mobile": "138 0013 8000", "language": "en"}
    set_preferences(person=clerk, email=clerk.email, **wishes)
    tell(clerk)
    run_jobs()
    assert mail.outbox == []
    assert Kept.sent == [("13800138000", TEXT.en)]
    assert Notification.objects.filter(person=clerk).count() == 1


def test_a_wrong_address_keeps_nobody_from_working(clerk: Any) -> None:
    clerk.email = "clerk@example.test\nBcc: all@example.test"
    assert tell(clerk) == 1
    assert OrmQ.objects.count() == 0


def test_rolled_back_nobody_was_told(transactional_db: None, cast: Any) -> None:
    cast.clerk.email = "clerk@example.test"
    with transaction.atomic():
        tell(cast.clerk)
        assert OrmQ.objects.count() == 1
        transaction.set_rollback(True)
    assert not Notification.objects.exists()
    assert not Outgoing.objects.exists()
    assert not OrmQ.objects.exists()


def test_outside_a_transaction_it_is_refused(transactional_db: None, cast: Any) -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        tell(cast.clerk)


@pytest.mark.parametrize(
    "link", ["https://evil.test/", "//evil.test/", "/\\evil.test/", "javascript:alert(1)", "", "x"]
)
def test_a_link_stays_on_this_site(cast: Any, link: str) -> None:
    with pytest.raises(ValueError, match="no path of this site"):
        tell(cast.clerk, link=link)


@pytest.mark.concurrent
def test_the_same_event_at_the_same_moment(transactional_db: None, cast: Any) -> None:
    cast.clerk.email = "clerk@example.test"
    cast.clerk.save()

    def act() -> None:
        with transaction.atomic():
            tell(cast.clerk, cast.drafter)

    assert at_once(act, act, act) == [None, None, None]
    assert Notification.objects.count() == 2
    run_jobs()
    assert len(mail.outbox) == 1
