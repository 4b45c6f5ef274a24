"""`gongkai report aggregate`: a folder of reports added up."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from gongkai.cli import main
from gongkai.law.report_form import Tables
from tests.annual_report.sample_reports import clean_tables, report_text

YEAR = 2022


def write(folder: Path, name: str, tables: Tables | None = None, year: int = YEAR) -> None:
    text = report_text(tables, title=f"{name}{year}年政府信息公开工作年度报告").replace(str(YEAR), str(year))
    (folder / f"{name}.txt").write_text(text, encoding="utf-8")


def command(folder: Path, *more: str) -> int:
    return main(["report", "aggregate", str(folder), "--year", str(YEAR), "--jobs", "1", *more])


def test_two_reports_add_up_cell_by_cell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = clean_tables().with_cells({"t2.licences.decisions": 1})
    write(tmp_path, "甲局")
    write(tmp_path, "乙局", other)
    assert command(tmp_path, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    total = Tables.from_json(found["tables"])
    assert total["t2.licences.decisions"] == 713
    assert all(
        total[address] == (value or 0) + (other[address] or 0) for address, value in clean_tables().cells.items()
    )
    assert [one["agency"] for one in found["members"]] == ["乙局", "甲局"]
    assert (found["left_out"], found["broken"]) == ([], [])


def test_what_cannot_be_counted_is_left_out_and_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, "甲局")
    (tmp_path / "a").mkdir()
    write(tmp_path / "a", "甲局")
    write(tmp_path, "丙局", year=2021)
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04 nothing")
    (tmp_path / "信.txt").write_text("今天天气很好。", encoding="utf-8")
    assert command(tmp_path, "--json") == 1
    found = json.loads(capsys.readouterr().out)
    assert [one["agency"] for one in found["members"]] == ["甲局"]
    why = {Path(one["file"]).name: one["message"] for one in found["left_out"]}
    assert set(why) == {"甲局.txt", "丙局.txt", "坏.docx", "信.txt"}
    assert "同一机关" in why["甲局.txt"]
    assert why["丙局.txt"] == "是2021年的报告。"


def test_errors_and_blanks_are_doubts_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, "甲局", clean_tables().with_cells({"t3.received.total": 1}))
    assert command(tmp_path) == 1
    told = capsys.readouterr().out
    assert "勾稽关系不成立" in told
    assert "有错误或者空格" in told
    assert "t2.licences.decisions\t712\t" in told


def test_nothing_to_sum_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command(tmp_path) == 2
    capsys.readouterr()


def test_the_workbook_has_a_row_an_agency_and_the_sum(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, "甲局")
    out = tmp_path / "out.xlsx"
    assert command(tmp_path, "--xlsx", str(out)) == 0
    book = openpyxl.load_workbook(out)
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["机关", "汇总", "甲局"]
    assert rows[1][3:] == rows[2][3:] == tuple(clean_tables().cells.values())
    capsys.readouterr()
