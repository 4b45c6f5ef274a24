"""What is no good report is said plainly, with what could still be read."""

from __future__ import annotations

import io
import json
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from gongkai.annual_report import checking
from gongkai.annual_report.check_command import check_command
from tests.annual_report.sample_reports import report_text

TEXT = report_text()
HALF = TEXT[: TEXT.index("\t\t2.没有现成信息")]
SECOND = report_text(title="江湾县教育局2022年政府信息公开工作年度报告")
FOREIGN = (
    "United States Department of Agriculture\nFreedom of Information Act Annual Report for Fiscal Year 2022\n"
    "V. FOIA Requests\nNumber of Requests Received 1203\nNumber of Requests Processed 1190\n"
)


def checked(tmp_path: Path, text: str, name: str = "report.txt") -> tuple[int, dict[str, Any]]:
    path, out = tmp_path / name, io.StringIO()
    path.write_text(text, encoding="utf-8")
    code = check_command([path], as_json=True, lang="zh", out=out)
    data: dict[str, Any] = json.loads(out.getvalue())
    return code, data


def said(data: dict[str, Any], severity: str) -> str:
    return "\n".join(finding["message"] for finding in data["findings"] if finding["severity"] == severity)


def test_tables_as_pictures(tmp_path: Path) -> None:
    code, data = checked(tmp_path, report_text(write=lambda layout, tables: ""))
    assert (code, data["complete"]) == (0, False)
    assert "无法被任何人读取" in said(data, "warning")


def test_half_a_table(tmp_path: Path) -> None:
    code, data = checked(tmp_path, HALF)
    assert (code, data["complete"]) == (0, False)
    assert "表格不完整" in said(data, "warning")
    assert data["tables"]["t3"]["granted"][0] is not None
    assert said(data, "error") == ""


def test_two_reports_in_one_file(tmp_path: Path) -> None:
    code, data = checked(tmp_path, TEXT + SECOND)
    assert (code, data["agency"]) == (0, "江湾县水务局")
    assert "有两份报告" in said(data, "warning")
    assert "江湾县教育局" in said(data, "warning")


@pytest.mark.parametrize(
    ("text", "code"), [("", "empty"), (FOREIGN, "foreign_form"), ("江湾县的春天来得早。", "not_a_report")]
)
def test_what_is_no_report_at_all(tmp_path: Path, text: str, code: str) -> None:
    status, data = checked(tmp_path, text)
    assert (status, data["error"]["code"]) == (2, code)
    assert data["error"]["message"]


@pytest.mark.parametrize("digits", ["1" * 5000, "9" * 40 + ".5", "9" * 310 + ".1"])
def test_numbers_that_nothing_has(tmp_path: Path, digits: str) -> None:
    text = TEXT.replace("行政许可\t", f"行政许可\t{digits}\t", 1).replace(
        "（二）依", f"全年发布{digits}条。\n（二）依", 1
    )
    code, data = checked(tmp_path, text)
    assert "error" not in data
    assert (code, data["agency"]) in ((0, "江湾县水务局"), (1, "江湾县水务局"))
    assert "Infinity" not in json.dumps(data)


def test_the_same_headings_without_end_take_no_time(tmp_path: Path) -> None:
    began = perf_counter()
    code, data = checked(tmp_path, TEXT + "一、总体情况\n（一）主动公开\n" * 1500)
    assert (code, "error" in data) == (1, False)
    assert perf_counter() - began < 10  # quadratic it took over 20 seconds


def test_much_text_is_read_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One file may not hold up the rest."""
    asked: list[dict[str, Any]] = []
    monkeypatch.setattr(checking, "bounded", lambda act, *given, **limits: asked.append(limits) or act(*given))
    checked(tmp_path, TEXT)
    assert asked == []
    checked(tmp_path, TEXT + "本机关认真落实要求。\n" * 30_000)
    assert len(asked) == 1


def test_marks_that_nobody_sees_make_no_other_agency(tmp_path: Path) -> None:
    _, data = checked(tmp_path, "\u202e\u200b" + TEXT)
    assert data["agency"] == "江湾县水务局"
