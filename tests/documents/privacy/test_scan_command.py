"""`gongkai scan`: for people and machines, one bad file never stops the rest."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gongkai.cli import main
from tests.documents.privacy.readings import ID, MOBILE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "inner").mkdir()
    (tmp_path / "a.txt").write_text(f"某某，证号{ID}，电话{MOBILE}", encoding="utf-8")
    (tmp_path / "b.zip").write_bytes(b"PK\x03\x04 broken")
    (tmp_path / "inner" / "c.txt").write_text("公开的内容", encoding="gb18030")
    (tmp_path / ".hidden").write_text(ID)
    return tmp_path


def test_a_folder_for_people(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", str(folder)]) == 2
    shown = capsys.readouterr().out
    for words in (
        "a.txt",
        "不能发出 (1)",
        "[D1] 居民身份证号码  第1段  1101************2X",
        "没有检查：",
        "没有发现问题。",
    ):
        assert words in shown
    assert ID not in shown
    assert ".hidden" not in shown
    assert shown.index("a.txt") < shown.index("b.zip") < shown.index("c.txt")


def test_json_a_line_a_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", "--json", str(folder)]) == 2
    blocked, unread, clean = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (blocked["worst"], unread["worst"], clean["worst"]) == ("block", "warn", None)
    assert unread["unread"]
    assert clean["findings"] == []
    finding = blocked["findings"][0]
    assert (finding["rule"], finding["place"], finding["length"]) == ("D1", {"line": 1}, 18)


@pytest.mark.parametrize(("name", "status"), [("a.txt", 2), ("b.zip", 1), ("inner/c.txt", 0), ("nowhere.txt", 1)])
def test_the_exit_status(folder: Path, name: str, status: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", str(folder / name)]) == status


def test_in_english_with_the_offices_number_and_words(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "words.toml").write_text("[[word]]\nfind = '某某'", encoding="utf-8")
    asked = ["--lang", "en", "--office", MOBILE, "--words", str(folder / "words.toml"), str(folder / "a.txt")]
    assert main(["scan", *asked]) == 2
    shown = capsys.readouterr().out
    assert "[D17] Wording" in shown
    assert "[D4]" not in shown


def test_a_word_list_that_cannot_be_used(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", "--words", str(folder / "a.txt"), str(folder / "a.txt")]) == 1
    assert "不能使用" in capsys.readouterr().err
