"""Reading: one's own, up to what one saw."""

from __future__ import annotations

from typing import Any

from gongkai.notifications.actions.read import read_about, read_all, read_one
from gongkai.notifications.selectors import unread
from tests.notifications.test_notify import tell


def told(cast: Any, count: int = 3) -> list[int]:
    for number in range(count):
        tell(cast.clerk, cast.drafter, about=f"application:{number}", key=f"application:{number}")
    return list(unread(cast.clerk).order_by("pk").values_list("pk", flat=True))


def test_one_is_read(cast: Any) -> None:
    first, *others = told(cast)
    assert read_one(person=cast.clerk, notification_id=first)
    assert list(unread(cast.clerk).order_by("pk").values_list("pk", flat=True)) == others
    assert not read_one(person=cast.clerk, notification_id=first)
    assert unread(cast.drafter).count() == 3


def test_nobody_reads_for_another(cast: Any) -> None:
    first = told(cast)[0]
    assert not read_one(person=cast.drafter, notification_id=first)
    assert not read_one(person=cast.stranger, notification_id=first)
    assert unread(cast.clerk).count() == 3


def test_all_that_was_seen(cast: Any) -> None:
    numbers = told(cast)
    assert read_all(person=cast.clerk, up_to=numbers[1]) == 2
    assert unread(cast.clerk).get().pk == numbers[2]
    assert unread(cast.drafter).count() == 3


def test_all_about_one_case(cast: Any) -> None:
    told(cast)
    tell(cast.clerk, about="application:1", key="application:1:late")
    assert read_about(person=cast.clerk, about="application:1") == 2
    assert set(unread(cast.clerk).values_list("about", flat=True)) == {"application:0", "application:2"}
