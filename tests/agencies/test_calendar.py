"""The editable calendar: a notice makes a day a working day or a day off, for everyone, at once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import transaction

from gongkai.agencies import selectors
from gongkai.agencies.actions.set_calendar_day import publish_year, set_calendar_day
from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.models import CalendarDay, Person, PublishedYear
from gongkai.agencies.selectors import calendar
from gongkai.law.procedure import Role
from gongkai.ledger.models import SYSTEM, Entry
from tests.at_once import at_once
from tests.cast import Cast, make_agency, make_person

MONDAY, SATURDAY = date(2026, 11, 30), date(2026, 11, 28)
NOTICE = "国办发明电〔2026〕9号"
OTHERS = ["clerk", "drafter", "approver", "editor", "supervisor", "other_clerk", "stranger"]


@pytest.fixture(autouse=True)
def _no_calendar_of_another_test() -> Any:
    selectors.forget_calendar()
    yield
    selectors.forget_calendar()


def lay_over(actor: Person, day: date = MONDAY, working: bool = False, source: str = NOTICE) -> CalendarDay:
    return set_calendar_day(actor=actor, day=day, working=working, source=source)


def test_the_national_calendar_to_begin_with(db: None) -> None:
    assert calendar().is_working_day(MONDAY)
    assert not calendar().is_working_day(SATURDAY)
    assert not calendar().is_working_day(date(2026, 10, 1))
    assert calendar().published(2026)
    assert not calendar().published(2027)


def test_a_day_off_and_a_day_worked(cast: Cast) -> None:
    lay_over(cast.administrator, MONDAY, working=False)
    lay_over(cast.administrator, SATURDAY, working=True)
    assert not calendar().is_working_day(MONDAY)
    assert calendar().is_working_day(SATURDAY)
    assert NOTICE in calendar().why(MONDAY).zh


@pytest.mark.article("条例", 33)
def test_a_limit_that_spans_the_day_moves_with_it(cast: Cast) -> None:
    before = calendar().add_working_days(date(2026, 11, 24), 20).day
    lay_over(cast.administrator, MONDAY, working=False)
    after = calendar().add_working_days(date(2026, 11, 24), 20).day
    assert (before, after) == (date(2026, 12, 22), date(2026, 12, 23))


def test_the_newest_row_of_a_day_holds_and_the_older_stays(cast: Cast) -> None:
    lay_over(cast.administrator, working=False, source="第一次通知")
    lay_over(cast.administrator, working=True, source="第二次通知")
    assert calendar().is_working_day(MONDAY)
    assert [row.source for row in CalendarDay.objects.order_by("id")] == ["第一次通知", "第二次通知"]


def test_a_year_declared_published_is_certain(cast: Cast) -> None:
    assert calendar().add_working_days(date(2026, 12, 30), 20).provisional
    publish_year(actor=cast.administrator, year=2027, source=NOTICE)
    assert calendar().published(2027)
    assert not calendar().add_working_days(date(2026, 12, 30), 20).provisional


def test_the_entries(cast: Cast) -> None:
    lay_over(cast.administrator, source=f"  {NOTICE} ")
    publish_year(actor=cast.administrator, year=2027, source=NOTICE)
    day, year = Entry.objects.filter(chain=SYSTEM).order_by("number")
    assert (day.act, day.actor, day.subject) == ("agencies.set_calendar_day", "administrator", "day:2026-11-30")
    assert day.facts == {"day": "2026-11-30", "working": False, "source": NOTICE}
    assert (year.act, year.facts) == ("agencies.publish_year", {"year": 2027, "source": NOTICE})
    assert CalendarDay.objects.get().recorded_by == cast.administrator


def test_published_twice_it_is_the_same(cast: Cast) -> None:
    first = publish_year(actor=cast.administrator, year=2027, source=NOTICE)
    again = publish_year(actor=cast.administrator, year=2027, source="另一通知")
    assert (first, again.source) == (again, NOTICE)
    assert Entry.objects.filter(act="agencies.publish_year").count() == 1


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_may(cast: Cast, role: str) -> None:
    with pytest.raises(NotAllowed):
        lay_over(getattr(cast, role))
    with pytest.raises(NotAllowed):
        publish_year(actor=getattr(cast, role), year=2027, source=NOTICE)
    assert not CalendarDay.objects.exists()
    assert not PublishedYear.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.parametrize("source", ["", "   "])
def test_the_notice_must_be_named(cast: Cast, source: str) -> None:
    with pytest.raises(Invalid) as caught:
        lay_over(cast.administrator, source=source)
    assert caught.value.field == "source"
    with pytest.raises(Invalid) as caught:
        publish_year(actor=cast.administrator, year=2027, source=source)
    assert caught.value.field == "source"


@pytest.mark.parametrize("day", [date(2003, 12, 31), date(2100, 1, 1), date.min, date.max])
def test_a_day_no_calendar_reaches_is_refused_and_harms_nothing(cast: Cast, day: date) -> None:
    """Taken in, it would break every reckoning of every case."""
    with pytest.raises(Invalid) as caught:
        lay_over(cast.administrator, day)
    assert caught.value.field == "day"
    assert calendar().is_working_day(MONDAY)


@pytest.mark.parametrize("day", [date(2004, 1, 1), date(2099, 12, 31)])
def test_the_first_and_the_last_day_can_be_set(cast: Cast, day: date) -> None:
    working = not calendar().is_working_day(day)
    lay_over(cast.administrator, day, working=working)
    assert calendar().is_working_day(day) is working


@pytest.mark.parametrize("year", [-1, 0, 2003, 2100, 99999])
def test_a_year_no_calendar_reaches_is_refused(cast: Cast, year: int) -> None:
    with pytest.raises(Invalid) as caught:
        publish_year(actor=cast.administrator, year=year, source=NOTICE)
    assert caught.value.field == "year"


def test_a_long_source_is_refused_at_its_field(cast: Cast) -> None:
    with pytest.raises(Invalid) as caught:
        lay_over(cast.administrator, source="长" * 201)
    assert caught.value.field == "source"
    with pytest.raises(Invalid) as caught:
        publish_year(actor=cast.administrator, year=2027, source="长" * 201)
    assert caught.value.field == "source"


def test_the_calendar_is_built_once_and_asked_for_cheaply(cast: Cast, django_assert_num_queries: Any) -> None:
    first = calendar()
    with django_assert_num_queries(1):
        assert calendar() is first


# --- other threads, other processes -------------------------------------------------------------------------


def administrator() -> Person:
    return make_person("guanli", make_agency("ours", "演示市城市管理局", "演城公开"), Role.ADMINISTRATOR)


def seen_elsewhere() -> object:
    return at_once(lambda: calendar().is_working_day(MONDAY))[0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrent
def test_a_change_is_seen_in_another_connection_once_it_is_committed() -> None:
    actor = administrator()
    assert seen_elsewhere() is True
    lay_over(actor)
    assert seen_elsewhere() is False


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrent
def test_another_process_notices_without_being_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """forget_calendar() reaches only this process; the others see it by the newest row."""
    actor = administrator()
    monkeypatch.setattr("gongkai.agencies.actions.set_calendar_day.forget_calendar", lambda: None)
    assert calendar().is_working_day(MONDAY)
    lay_over(actor)
    assert not calendar().is_working_day(MONDAY)
    assert not calendar().published(2027)
    publish_year(actor=actor, year=2027, source=NOTICE)
    assert calendar().published(2027)


@pytest.mark.django_db(transaction=True)
def test_a_change_rolled_back_leaves_nothing_behind_even_where_it_was_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The next row may come under the very same id (SQLite), and from another process."""
    actor = administrator()

    @transaction.atomic
    def change_look_and_fail() -> None:
        lay_over(actor, MONDAY, working=False)
        publish_year(actor=actor, year=2027, source=NOTICE)
        assert not calendar().is_working_day(MONDAY)
        assert calendar().published(2027)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change_look_and_fail()
    assert not Entry.objects.exists()
    monkeypatch.setattr("gongkai.agencies.actions.set_calendar_day.forget_calendar", lambda: None)
    lay_over(actor, SATURDAY, working=True)
    publish_year(actor=actor, year=2028, source=NOTICE)
    assert calendar().is_working_day(MONDAY)
    assert calendar().is_working_day(SATURDAY)
    assert [calendar().published(year) for year in (2027, 2028)] == [False, True]


class Forgetful(dict[object, object]):
    """Kept calendars that another thread drops in the very moment they are kept, or looked for."""

    def __setitem__(self, key: object, value: object) -> None:
        super().__setitem__(key, value)
        self.clear()

    def __contains__(self, key: object) -> bool:
        found = super().__contains__(key)
        self.clear()
        return found


def test_a_reader_is_not_disturbed_by_another_thread_that_forgets(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selectors, "_calendars", Forgetful())
    assert calendar().is_working_day(MONDAY)
    assert calendar().is_working_day(MONDAY)


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrent
def test_readers_go_on_while_the_calendar_is_changed() -> None:
    actor = administrator()

    def read() -> int:
        return sum(calendar().is_working_day(SATURDAY) in (True, False) for _ in range(30))

    def write() -> None:
        for serial in range(6):
            lay_over(actor, MONDAY, working=bool(serial % 2))

    assert at_once(read, read, write) == [30, 30, None]
    assert calendar().is_working_day(MONDAY)
