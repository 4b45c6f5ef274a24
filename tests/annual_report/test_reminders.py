"""The dates of annual reports: shown, and told while they come near."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from gongkai.agencies.models import Agency
from gongkai.annual_report import reminders
from gongkai.annual_report.due_digest import reports_due
from gongkai.annual_report.duties import open_duties
from gongkai.annual_report.models import Report, Scope
from gongkai.annual_report.reminders import remind
from gongkai.annual_report.templatetags import writing
from gongkai.jobs import timetable
from gongkai.law.agency_levels import AgencyLevel
from gongkai.law.report_procedure import ReportState
from gongkai.notifications.models import Notification
from tests.annual_report.written_reports import YEAR, brought_to
from tests.cast import Cast
from tests.portal.pages import text_of

pytestmark = pytest.mark.django_db


def on(monkeypatch: pytest.MonkeyPatch, day: date) -> list[str]:
    """The sweep of that day: who of our agency is told something new."""
    monkeypatch.setattr(reminders, "today", lambda: day)
    known = set(Notification.objects.values_list("pk", flat=True))
    remind()
    told = Notification.objects.filter(kind="report_due").exclude(pk__in=known)
    return sorted(told.values_list("person__username", flat=True))


@pytest.mark.article("条例", 49)
@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2025, 1, 1), ["clerk", "editor", "other"]),
        (date(2024, 12, 20), []),
        (date(2025, 1, 24), ["approver", "clerk", "editor", "other"]),
        (date(2025, 1, 31), ["approver", "clerk", "editor", "other"]),
        (date(2025, 2, 1), ["approver", "clerk", "editor", "other"]),
        (date(2025, 6, 1), []),
    ],
)
def test_who_is_told_when(cast: Cast, monkeypatch: pytest.MonkeyPatch, day: date, told: list[str]) -> None:
    assert on(monkeypatch, day) == told
    assert on(monkeypatch, day) == []


def test_each_mark_is_told_once_in_words(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(20, 29):  # 14 days before is passed, 7 and 3 lie within
        on(monkeypatch, date(2025, 1, number))
    told = Notification.objects.filter(person=cast.clerk, kind="report_due").order_by("pk")
    assert [one.text_zh.partition("还有")[2].partition("天")[0] for one in told] == ["11", "7", "3"]
    assert "2024年政府信息公开工作年度报告：离期限2025年1月31日还有3天" in told[2].text_zh
    assert told[2].link == "/desk/report/ours/2024/"


def test_what_is_published_is_not_asked_for(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    report = brought_to(cast, ReportState.PUBLISHED)
    assert open_duties(cast.agency, date(2025, 1, 20)) == []
    assert on(monkeypatch, date(2025, 1, 24)) == ["other"]
    Report.objects.filter(pk=report.pk).update(state=ReportState.WRITING)  # opened again: it was out in time
    assert open_duties(cast.agency, date(2025, 1, 20)) == []


@pytest.mark.article("条例", 49)
def test_a_government_that_sums_up_has_its_own_dates(cast: Cast) -> None:
    Agency.objects.filter(pk=cast.agency.pk).update(level=AgencyLevel.COUNTY, numchild=1)
    agency = Agency.objects.get(pk=cast.agency.pk)
    found = [(duty.scope, duty.deadline.on, duty.days) for duty in open_duties(agency, date(2025, 2, 1))]
    assert found == [
        (Scope.OWN, date(2025, 1, 31), -1),
        (Scope.WHOLE, date(2025, 2, 20), 19),
        (Scope.WHOLE, date(2025, 3, 31), 58),
    ]
    assert all(duty.year == YEAR for duty in open_duties(agency, date(2025, 2, 1)))


def test_the_digest_says_it_to_who_writes_or_signs(cast: Cast) -> None:
    day = date(2025, 1, 20)
    assert [line.due_on for line in reports_due(cast.clerk, day)] == [date(2025, 1, 31)]
    assert len(reports_due(cast.approver, day)) == 1
    assert reports_due(cast.drafter, day) == []
    assert reports_due(cast.clerk, date(2025, 7, 1)) == []


def test_it_is_looked_for_every_day() -> None:
    assert "gongkai.annual_report.jobs.remind" in {entry.job for entry in timetable()}


def test_the_days_that_are_left_stand_on_the_pages_of_the_year(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "today", lambda: date(2025, 1, 11))
    client = Client()
    client.force_login(cast.clerk)
    assert "2025年1月31日， 还有 20 天" in text_of(client.get("/desk/report/ours/2024/"))
    assert "还有 20 天" not in text_of(client.get("/desk/report/ours/2023/"))
    brought_to(cast, ReportState.PUBLISHED)
    assert "还有 20 天" not in text_of(client.get("/desk/report/ours/2024/"))
