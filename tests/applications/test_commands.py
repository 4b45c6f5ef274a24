"""`gongkai applications recount` and `verify-file`, through the command line's own door."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gongkai.agencies.models import CalendarDay
from gongkai.agencies.selectors import forget_calendar
from gongkai.cli import main
from gongkai.documents.store import read
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


def test_a_case_file_is_checked(scene: Scene, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    volume = scene.at(Stage.CLOSED).case_files.get()
    good, bad, other = tmp_path / "good.zip", tmp_path / "bad.zip", tmp_path / "other.zip"
    data = read(volume.document)
    good.write_bytes(data)
    bad.write_bytes(data.replace(b'"number": 1', b'"number": 7'))
    other.write_bytes(b"nothing")
    assert main(["applications", "verify-file", str(good)]) == 0
    assert "与归档时一致" in capsys.readouterr().out
    assert main(["applications", "verify-file", str(good), str(bad)]) != 0
    assert main(["applications", "verify-file", str(other)]) == 2
    assert "不是可以核验的卷宗" in capsys.readouterr().out
