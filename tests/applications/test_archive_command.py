"""`gongkai archive verify` and `export`, through the command line's own door."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from gongkai.applications.models import Application
from gongkai.cli import main
from gongkai.documents.store import path_of, read
from gongkai.law.procedure import Stage
from gongkai.ledger.digests import sm3
from gongkai.ledger.models import Entry
from tests.applications.scenes import Scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(scene: Scene) -> Application:
    scene.cast.agency.fonds = "X043"
    scene.cast.agency.save()
    return scene.at(Stage.CLOSED)


@pytest.fixture
def good(closed: Application, tmp_path: Path) -> Path:
    path = tmp_path / "good.zip"
    path.write_bytes(read(closed.case_files.get().document))
    return path


def spoilt(good: Path) -> Path:
    path = good.with_name("bad.zip")
    path.write_bytes(good.read_bytes().replace("何平".encode(), "何干".encode()))
    assert path.read_bytes() != good.read_bytes()
    return path


def test_a_sound_file_passes_and_the_ledger_is_asked(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["archive", "verify", str(good)]) == 0
    told = capsys.readouterr().out
    for words in (
        "档号：X043-WS·2025-D30-GK-0001",
        "真实性：通过",
        "与本机留痕中归档时的记录一致",
        "[未检测] 本机没有配置杀毒程序",
    ):
        assert words in told, words
    assert main(["archive", "verify", "--lang", "en", str(good)]) == 0
    assert "authenticity：passed" in capsys.readouterr().out


def test_a_bad_file_stops_none_of_the_rest(good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other.zip"
    other.write_bytes(b"nothing")
    files = [str(path) for path in (other, spoilt(good), good, tmp_path / "none.zip")]
    assert main(["archive", "verify", "--json", *files]) == 2
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["result"] for row in rows] == ["not_a_package", "failed", "passed", "not_a_package"]
    failed = {line["code"] for line in rows[1]["lines"] if line["result"] == "failed"}
    assert {"digests", "sealed"} <= failed
    assert rows[2]["archive_number"] == "X043-WS·2025-D30-GK-0001"
    assert main(["archive", "verify", str(spoilt(good))]) == 1


def test_where_there_is_no_database_the_package_alone_is_checked(good: Path, tmp_path: Path) -> None:
    """As an archive runs it: another machine, another data folder."""
    environment = {**os.environ, "GONGKAI_DATA": str(tmp_path / "data"), "PYTHONIOENCODING": "utf-8"}
    for name in ("DJANGO_SETTINGS_MODULE", "GONGKAI_DATABASE_URL"):
        environment.pop(name, None)
    command = [sys.executable, "-m", "gongkai.cli", "archive", "verify", str(good)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert "本机没有数据库，只核对了包内留痕摘录自身" in done.stdout
    assert not (tmp_path / "data" / "gongkai.sqlite3").exists()


def test_a_years_files_are_written_with_their_list_and_receipts(
    closed: Application, scene: Scene, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scene.at(Stage.CLOSED)
    folder = tmp_path / "out"
    assert main(["archive", "export", "--agency", "ours", "--year", "2025", str(folder)]) == 0
    assert "2 卷已写入" in capsys.readouterr().out
    first = folder / "X043-WS·2025-D30-GK-0001"
    assert {path.name for path in folder.iterdir()} == {
        first.name, "X043-WS·2025-D30-GK-0002", "归档文件目录.xlsx", "receipts.json"
    }  # fmt: skip
    rows = list(load_workbook(folder / "归档文件目录.xlsx").active.iter_rows(values_only=True))
    assert rows[0] == ("件号", "档号", "文号", "责任者", "题名", "日期", "页数", "备注")
    item, archive_number, number, author, title, day, pages, _ = rows[1]
    assert (item, archive_number, author) == (1, first.name, "演示市城市管理局")
    assert (number, str(day.date()), pages) == ("演城公开答〔2025〕1号", "2025-03-19", closed.case_files.get().pages)
    assert "专项资金" in title
    assert closed.applicant_name not in str(rows), "lists of the archive are shown to readers"
    receipts = ["--receipts", str(folder / "receipts.json")]
    assert main(["archive", "verify", *receipts, str(first)]) == 0
    assert "与移交回执所记的摘要一致" in capsys.readouterr().out
    (first / "steps.json").write_bytes(b"[]")
    assert main(["archive", "verify", *receipts, str(first)]) == 1
    assert Entry.objects.get(act="applications.hand_over").facts == {"year": 2025, "files": 2}


def test_zips_are_those_that_were_sealed(good: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    assert main(["archive", "export", "--agency", "ours", "--year", "2025", "--zip", str(folder)]) == 0
    assert (folder / "X043-WS·2025-D30-GK-0001.zip").read_bytes() == good.read_bytes()


@pytest.mark.parametrize(
    ("agency", "year", "told"),
    [("ours", "2019", "2019年度没有已归档的卷宗"), ("nobody", "2025", "没有标识为 nobody 的机关")],
)
def test_nothing_to_export(
    closed: Application, tmp_path: Path, capsys: pytest.CaptureFixture[str], agency: str, year: str, told: str
) -> None:
    folder = tmp_path / "out"
    assert main(["archive", "export", "--agency", agency, "--year", year, str(folder)]) == 1
    assert told in capsys.readouterr().err
    assert not folder.exists()


def test_an_export_into_a_folder_with_something_in_it(
    good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["archive", "export", "--agency", "ours", "--year", "2025", str(tmp_path)]) == 1
    assert "新的或者空的文件夹" in capsys.readouterr().err


def test_a_damaged_store_is_told(closed: Application, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path_of(closed.case_files.get().document.digest).write_bytes(b"damaged")
    assert main(["archive", "export", "--agency", "ours", "--year", "2025", str(tmp_path / "out")]) == 1
    assert "已损坏或被改动" in capsys.readouterr().err
    assert not Entry.objects.filter(act="applications.hand_over").exists()


def test_receipts_that_are_none(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["archive", "verify", "--receipts", str(good), str(good)]) == 2
    assert "不是移交回执" in capsys.readouterr().err


def test_a_file_of_the_first_form_is_still_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As it was sealed before there were numbers and XML."""
    data = b"[]"
    row = {
        "name": "steps.json",
        "title": "办理步骤",
        "size": 2,
        "sha256": hashlib.sha256(data).hexdigest(),
        "sm3": sm3(data),
    }
    head = {"format": "gongkai-case-file/1", "agency": "演示局", "number": "演公开申〔2020〕1号", "volume": 1}
    path = tmp_path / "first.zip"
    for content, status in ((data, 0), (b"{}", 1)):
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("steps.json", content)
            archive.writestr("manifest.json", json.dumps({**head, "closed_on": "2020-01-01", "files": [row]}))
        assert main(["archive", "verify", str(path)]) == status
    assert "旧格式的卷宗没有这一项，未检测" in capsys.readouterr().out
