"""``gongkai report rows``: what the keys in the JSON of a report mean."""

from __future__ import annotations

import json

import pytest

from gongkai.cli import main
from gongkai.law.report_form import Form, table_3_rows
from tests.annual_report.sample_reports import clean_tables


@pytest.mark.parametrize("form", list(Form))
def test_rows_as_json(form: Form, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "rows", "--json", "--format", form.value]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["key"] for row in rows] == list(clean_tables(form).to_json()["t3"])  # type: ignore[call-overload]
    assert rows[0] == {"key": "received", "label": "一、本年新收政府信息公开申请数量", "group": None}
    assert rows[4]["group"] == "（三）不予公开"


def test_rows_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "rows", "--lang", "en"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(table_3_rows())
    assert lines[-2] == "total\t(7) Total"
