"""``gongkai report check`` as a function: exit codes, JSON contract, words for people."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PIL import Image

from gongkai.annual_report import checking
from gongkai.annual_report.audit import AgencyLevel
from gongkai.annual_report.check_command import check_command
from gongkai.annual_report.reading import read_report
from gongkai.law.report_form import Tables, table_3_rows
from tests.annual_report.sample_reports import clean_tables, report_text


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    path = tmp_path / "clean.txt"
    path.write_text(report_text(), encoding="utf-8")
    return path


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    path = tmp_path / "faulty.txt"
    path.write_text(report_text(applications="（二）依申请公开\n2022年未收到政府信息公开申请。"), encoding="gb18030")
    return path


def run(*paths: Path, as_json: bool = False, lang: str = "zh", **known: Any) -> tuple[int, str]:
    out = StringIO()
    code = check_command(paths, as_json=as_json, lang=lang, out=out, **known)
    return code, out.getvalue()


def objects(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_exit_codes(clean: Path, faulty: Path, tmp_path: Path) -> None:
    assert run(clean)[0] == 0
    assert run(faulty)[0] == 1
    assert run(tmp_path / "none.txt")[0] == 2
    assert run(clean, faulty)[0] == 1
    assert run(clean, tmp_path / "none.txt", faulty)[0] == 2


def test_json_contract(faulty: Path) -> None:
    code, text = run(faulty, as_json=True)
    (data,) = objects(text)
    assert code == 1
    assert list(data) == ["file", "agency", "year", "format", "tables", "complete", "findings"]
    assert data["file"] == str(faulty)
    assert (data["agency"], data["year"], data["format"], data["complete"]) == ("江湾县水务局", 2022, "2021", True)
    assert list(data["tables"]["t3"]) == [row.key for row in table_3_rows()]
    assert Tables.from_json(data["tables"]) == clean_tables()
    for finding in data["findings"]:
        assert list(finding) == ["rule", "severity", "where", "message", "values"]
        assert finding["severity"] in ("error", "warning", "info")
    (first, *_) = data["findings"]
    assert (first["rule"], first["severity"]) == ("P-1", "error")
    assert first["values"] == [0, clean_tables()["t3.received.total"]]


def test_json_is_one_object_a_line_for_each_file(clean: Path, faulty: Path) -> None:
    _, text = run(clean, faulty, as_json=True)
    assert [data["file"] for data in objects(text)] == [str(clean), str(faulty)]


def test_an_unreadable_file_does_not_stop_the_rest(clean: Path, tmp_path: Path) -> None:
    picture = tmp_path / "table.png"
    Image.new("RGB", (8, 8)).save(picture)
    code, text = run(picture, clean, as_json=True)
    bad, good = objects(text)
    assert code == 2
    assert bad["error"]["code"] == "picture"
    assert "图片" in bad["error"]["message"]
    assert bad["findings"] == []
    assert good["complete"] is True


def test_words_for_people(faulty: Path) -> None:
    _, text = run(faulty)
    lines = text.splitlines()
    assert lines[0] == str(faulty)
    assert lines[1] == "机关：江湾县水务局　年度：2022"
    assert "错误 (1)" in lines
    assert "  [P-1] 第一部分（二）依申请公开，第9行" in lines
    assert lines.index("错误 (1)") < lines.index("可疑 (1)") < lines.index("提示 (2)")
    assert lines[-1] == "共 1 处错误、1 处可疑、2 处提示。"


def test_words_in_english(faulty: Path) -> None:
    _, text = run(faulty, lang="en")
    assert "Error (1)" in text
    assert text.rstrip().endswith("1 errors, 1 warnings, 2 hints.")


def test_an_incomplete_file_says_so(tmp_path: Path) -> None:
    path = tmp_path / "half.txt"
    text = report_text()
    path.write_text(text[: text.index("四、政府信息公开行政")], encoding="utf-8")
    code, said = run(path)
    assert code == 0
    assert "不完整" in said


def test_an_unreadable_file_in_words(tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.touch()
    code, text = run(path)
    assert code == 2
    assert text == f"{path}\n  文件是空的，里面没有内容。\n"


def test_the_level_of_the_agency_is_heeded(tmp_path: Path) -> None:
    path = tmp_path / "town.txt"
    path.write_text(report_text(clean_tables().with_cells({"t2.rules.in_force": 6})), encoding="utf-8")
    assert run(path)[0] == 0
    assert run(path, agency_level=AgencyLevel.TOWN)[0] == 1


def test_no_file_is_no_error() -> None:
    assert run() == (0, "")


# --- Folders, several processes -----------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path, clean: Path, faulty: Path) -> Path:
    """Twelve reports, one of them in a folder within, and three files that are none."""
    root = tmp_path / "reports"
    (root / "towns").mkdir(parents=True)
    for number in range(11):
        (root / f"{number:02}.txt").write_bytes((faulty if number == 3 else clean).read_bytes())
    (root / "towns" / "11.txt").write_bytes(clean.read_bytes())
    (root / "12.txt").write_text("江湾县的春天。")
    (root / "13.pdf").write_bytes(b"%PDF-1.7 broken")
    (root / "~$14.docx").write_bytes(b"lock")
    return root


def test_a_folder_with_what_lies_in_it(folder: Path) -> None:
    code, text = run(folder, as_json=True)
    found = {Path(data["file"]).name: data for data in objects(text)}
    assert code == 2
    assert [name for name, data in found.items() if "error" in data] == ["12.txt", "13.pdf"]
    assert {name for name, data in found.items() if data["findings"][:1] and data["findings"][0]["rule"] == "P-1"} == {
        "03.txt"
    }
    assert len(found) == 14


def test_several_processes_say_the_same_in_the_same_order(folder: Path) -> None:
    assert run(folder, as_json=True, jobs=2) == run(folder, as_json=True)


def test_a_fault_of_ours_stops_none_of_the_rest(clean: Path, faulty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(path: Path) -> Any:
        if path == clean:
            raise ZeroDivisionError
        return read_report(path)

    monkeypatch.setattr(checking, "read_report", broken)
    bad, good = objects(run(clean, faulty, as_json=True)[1])
    assert bad["error"]["code"] == "broken"
    assert good["findings"]


# --- Last year ----------------------------------------------------------------------------------------------


def last_year(path: Path, agency: str = "江湾县水务局") -> Path:
    path.write_text(report_text(title=f"{agency}2021年政府信息公开工作年度报告"), encoding="utf-8")
    return path


def rules(text: str) -> set[str]:
    return {finding["rule"] for data in objects(text) for finding in data["findings"]}


def test_last_years_report_is_held_against_this_years(clean: Path, tmp_path: Path) -> None:
    previous = last_year(tmp_path / "previous.txt")
    assert {"X-1", "X-2"} <= rules(run(clean, as_json=True, previous=previous)[1])
    assert run(clean, previous=previous)[0] == 1
    assert not {"X-1", "X-2"} & rules(run(clean, as_json=True)[1])


def test_of_a_folder_that_of_the_same_agency(clean: Path, tmp_path: Path) -> None:
    others = tmp_path / "2021"
    others.mkdir()
    last_year(others / "a.txt", "江湾县教育局")
    assert not {"X-1"} & rules(run(clean, as_json=True, previous=others)[1])
    last_year(others / "b.txt")
    assert {"X-1"} <= rules(run(clean, as_json=True, previous=others)[1])


# --- The workbook -------------------------------------------------------------------------------------------


def test_a_workbook_with_a_row_a_finding_and_a_row_a_file(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    code, said = run(folder, xlsx=path)
    book = openpyxl.load_workbook(path)
    findings, files = (list(book[name].iter_rows(values_only=True)) for name in ("发现", "文件"))
    assert code == 2
    assert said.startswith("共 14 个文件，1 个有错误，2 个无法读取；1 处错误、")
    assert [row[4] for row in findings if row[3] == "错误"] == ["P-1"]
    assert len(files) == 15
    assert [row[8] is not None for row in files[1:]].count(True) == 2
    assert book["文件"]["A2"].value.endswith("00.txt")
