"""`gongkai applications recount`, through the command line's own door."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.agencies.models import CalendarDay
from gongkai.agencies.selectors import forget_calendar
from gongkai.cli import main
from gongkai.law.procedure import Stage
from tests.applications.scenes import Scene

pytestmark = pytest.mark.django_db


def test_recount_says_what_moved(scene: Scene, capsys: pytest.CaptureFixture[str]) -> None:
    scene.at(Stage.OPINE)
    CalendarDay.objects.create(day=date(2025, 3, 20), working=False, source="演示放假通知")
    forget_calendar()
    assert main(["applications", "recount"]) == 0
    assert "共 1 件在办：1 件期限顺延；0 件期限提前" in capsys.readouterr().out
    forget_calendar()
