"""The calendar at the desk: what each day is, and the administrator's changes."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from gongkai.agencies.models import CalendarDay
from gongkai.agencies.selectors import calendar, forget_calendar, today
from gongkai.desk.calendar_page import state_of, year_of
from gongkai.law.working_days import Calendar
from tests.cast import Cast
from tests.portal.pages import text_of, value_of

PAGE = "/desk/calendar/2025/"
CHANGE = {"day": "2025-07-01", "working": "no", "source": "演示市通知〔2025〕1号"}


@pytest.fixture(autouse=True)
def _calendar_of_its_own() -> Any:
    forget_calendar()
    yield
    forget_calendar()


def cell_of(response: Any, day: str) -> str:
    found = re.search(rf'<td class="([^"]*)"[^>]*><time datetime="{day}">', response.content.decode())
    assert found, day
    return found.group(1)


def test_days_as_the_state_council_published_them(client: Client, cast: Cast) -> None:
    client.force_login(cast.clerk)
    response = client.get(PAGE)
    expected = {
        "2025-01-01": "day-holiday",
        "2025-01-26": "day-makeup",
        "2025-03-03": "day-working",
        "2025-03-08": "day-rest",
        "2025-10-01": "day-holiday",
        "2025-10-11": "day-makeup",
    }
    assert {day: cell_of(response, day) for day in expected} == expected
    assert response.content.count(b"<time ") == 365
    text = text_of(response)
    assert "10月 18 个工作日" in text
    assert text.count("班") >= 5, "said in words, not by colour alone"


def test_every_month_adds_up_to_the_year() -> None:
    known = Calendar.national()
    for year in (2004, 2020, 2025, 2026):
        months = year_of(known, year, {}, date(2025, 1, 1))
        cells = [cell for month in months for week in month.weeks for cell in week if cell]
        working = [cell for cell in cells if cell.state in ("working", "makeup")]
        assert sum(month.working_days for month in months) == len(working)
        assert len(cells) == (366 if year % 4 == 0 else 365)
        assert all(len(week) == 7 for month in months for week in month.weeks)
        assert all(
            week[number] is None or week[number].day.weekday() == number
            for month in months
            for week in month.weeks
            for number in range(7)
        )


def test_the_year_of_today(client: Client, cast: Cast) -> None:
    client.force_login(cast.clerk)
    assert client.get("/desk/calendar/").headers["Location"] == f"/desk/calendar/{today().year}/"
    assert "day-today" in client.get(f"/desk/calendar/{today().year}/").content.decode()


@pytest.mark.parametrize(("year", "status"), [(2003, 404), (2004, 200), (2099, 200), (2100, 404)])
def test_years_it_does_not_know(client: Client, cast: Cast, year: int, status: int) -> None:
    client.force_login(cast.clerk)
    assert client.get(f"/desk/calendar/{year}/").status_code == status


def test_a_year_without_a_schedule_says_so(client: Client, cast: Cast) -> None:
    client.force_login(cast.clerk)
    assert "尚未公布" in text_of(client.get("/desk/calendar/2030/"))
    assert "尚未公布" not in text_of(client.get(PAGE))


def test_an_administrator_records_a_day(client: Client, cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    client.force_login(cast.administrator)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(PAGE, CHANGE)
    assert response.headers["Location"] == PAGE
    page = client.get(PAGE)
    assert cell_of(page, "2025-07-01") == "day-holiday day-own"
    assert "演示市通知〔2025〕1号" in text_of(page)
    assert not calendar().is_working_day(date(2025, 7, 1))


def test_others_may_not(client: Client, cast: Cast) -> None:
    client.force_login(cast.clerk)
    assert "记录一天的调整" not in text_of(client.get(PAGE))
    response = client.post(PAGE, CHANGE)
    assert response.status_code in (200, 403)
    assert not CalendarDay.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"day": "no day"}, "day"),
        ({"working": ""}, "working"),
        ({"source": " "}, "source"),
        ({"day": "1999-01-01"}, "day"),
    ],
)
def test_bad_input_is_told_beside_the_field(client: Client, cast: Cast, changes: dict[str, str], field: str) -> None:
    client.force_login(cast.administrator)
    response = client.post(PAGE, {**CHANGE, **changes})
    assert f'id="id_{field}_error"' in response.content.decode()
    assert value_of(response, "source") == changes.get("source", CHANGE["source"])
    assert not CalendarDay.objects.exists()


def test_states() -> None:
    known = Calendar.national()
    assert [state_of(known, date(2025, 10, day)) for day in (1, 9, 11, 12)] == ["holiday", "working", "makeup", "rest"]
