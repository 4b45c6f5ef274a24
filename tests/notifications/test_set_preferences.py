"""A person's wishes: works, bad input, kept sealed, recorded without where to."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from gongkai.agencies.errors import Invalid
from gongkai.ledger.models import Entry
from gongkai.notifications.actions.set_preferences import set_preferences
from gongkai.notifications.models import Preference
from gongkai.notifications.selectors import preference_of
from tests.at_once import at_once

WISHES = {
    "email": "clerk@example.test", "by_mail": True, "digest": False, "by_sms": True, "mobile": "138 0013 8000",
    "language": "en",
}  # fmt: skip


def test_they_are_written_down_and_changed(cast: Any) -> None:
    set_preferences(person=cast.clerk, **WISHES)
    known = preference_of(cast.clerk)
    assert (known.by_mail, known.digest, known.by_sms, known.mobile, known.language) == (
        True, False, True, "13800138000", "en",
    )  # fmt: skip
    cast.clerk.refresh_from_db()
    assert cast.clerk.email == "clerk@example.test"
    set_preferences(person=cast.clerk, **{**WISHES, "by_sms": False, "mobile": "", "email": ""})
    assert Preference.objects.get().mobile == ""
    cast.clerk.refresh_from_db()
    assert cast.clerk.email == ""


def test_who_never_said_anything(cast: Any) -> None:
    known = preference_of(cast.clerk)
    assert (known.by_mail, known.digest, known.by_sms, known.pk) == (True, True, False, None)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"email": "nobody"}, "email"),
        ({"email": "a@example.test\nBcc: b@example.test"}, "email"),
        ({"mobile": "123"}, "mobile"),
        ({"mobile": ""}, "mobile"),
        ({"language": "fr"}, "language"),
    ],
)
def test_bad_input_changes_nothing(cast: Any, changes: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as told:
        set_preferences(person=cast.clerk, **{**WISHES, **changes})  # type: ignore[arg-type]
    assert told.value.field == field
    assert not Preference.objects.exists()
    cast.clerk.refresh_from_db()
    assert cast.clerk.email == ""


def test_the_ledger_tells_what_but_not_where_to(cast: Any) -> None:
    set_preferences(person=cast.clerk, **WISHES)
    entry = Entry.objects.get(act="notifications.set_preferences")
    assert (entry.chain_id, entry.actor, entry.facts["by_sms"]) == ("ours", "clerk", True)
    assert "13800138000" not in entry.body
    assert "clerk@example.test" not in entry.body
    with connection.cursor() as cursor:
        cursor.execute("SELECT mobile FROM notifications_preference")
        assert "13800138000" not in cursor.fetchone()[0]


def test_a_person_without_an_agency(cast: Any) -> None:
    set_preferences(person=cast.stranger, **WISHES)
    assert Entry.objects.get(act="notifications.set_preferences").chain_id == "system"


@pytest.mark.concurrent
def test_saved_in_two_windows_at_once(transactional_db: None, cast: Any) -> None:
    def act() -> object:
        return set_preferences(person=cast.clerk, **WISHES)

    assert not [outcome for outcome in at_once(act, act) if isinstance(outcome, Exception)]
    assert Preference.objects.count() == 1
