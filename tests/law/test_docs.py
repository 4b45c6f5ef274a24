"""What docs/law.md shows is what happens."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from pathlib import Path

import pytest

from gongkai import law

PAGE = (Path(__file__).resolve().parents[2] / "docs/law.md").read_text(encoding="utf-8")


def test_the_example_in_python_runs(capsys: pytest.CaptureFixture[str]) -> None:
    code = PAGE.split("```python\n")[1].split("```")[0]
    history = (law.Step(law.StepKind.RECEIPT, dt.date(2025, 3, 3), law.Role.APPLICANT),)
    names: dict[str, object] = {"history": history}
    exec(code, names)
    assert "收到申请，当日不计" in capsys.readouterr().out
    assert isinstance(names["result"], law.Reckoning)
    assert names["result"].due == dt.date(2025, 4, 15)


@pytest.mark.parametrize(
    "settings_class",
    [law.ClockSettings, law.ReceiptSettings, law.FeeSettings, law.ReviewFirstSettings, law.ProcedureSettings],
)
def test_every_setting_stands_on_the_page(settings_class: type) -> None:
    for field in dataclasses.fields(settings_class):
        if field.name != "reply_days":  # 20 is the article's own number; the old 15 serves the regression of a case
            assert re.search(rf"`({settings_class.__name__})?\.{field.name}`", PAGE), field.name
