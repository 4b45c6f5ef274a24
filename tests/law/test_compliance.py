"""The page of compliance: its table is complete, its marks are read rightly, and where it is stale it says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import compliance
from scripts.compliance_table import ROWS, Kind

MARKED = """
import pytest

pytestmark = pytest.mark.article("条例", 45)

@pytest.mark.article("条例", 30)
@pytest.mark.article("条例", 33)
def test_two(): ...

@pytest.mark.parametrize("x", [pytest.param(1, marks=pytest.mark.article("收费办法", None))])
def test_of_a_parameter(x): ...

@pytest.mark.article("条例", 31)
class TestInside:
    @pytest.mark.article("条例", 33)
    def test_method(self): ...

@pytest.mark.article("条例", 1)
def helper(): ...
"""


@pytest.fixture(scope="module")
def shown() -> compliance.Shown:
    """The marks of all tests, read once."""
    return compliance.shown_by()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(compliance, "ROOT", tmp_path)
    return tmp_path


def test_marks_are_read_without_running_the_tests(folder: Path) -> None:
    (folder / "test_a.py").write_text(MARKED, encoding="utf-8")
    found = {mark: dict(files) for mark, files in compliance.shown_by(folder).items()}
    assert found == {
        ("条例", 45): {"test_a.py": ["test_two", "test_of_a_parameter", "test_method"]},
        ("条例", 30): {"test_a.py": ["test_two"]},
        ("条例", 33): {"test_a.py": ["test_two", "test_method"]},
        ("条例", 31): {"test_a.py": ["test_method"]},
        ("收费办法", None): {"test_a.py": ["test_of_a_parameter"]},
    }


@pytest.mark.parametrize(
    "mark", ['article("宪法", 1)', "article(33)", 'article("条例", NUMBER)', 'article("条例", number=3)']
)
def test_a_mark_that_names_no_article_stops_the_script(folder: Path, mark: str) -> None:
    text = f"import pytest\n\n@pytest.mark.{mark}\ndef test_x(): ...\n"
    (folder / "test_a.py").write_text(text, encoding="utf-8")
    with pytest.raises(SystemExit, match=r"test_a\.py:3"):
        compliance.shown_by(folder)


def test_the_table_holds_every_article_once_and_what_it_names_exists() -> None:
    assert compliance.complaints() == []
    assert [row.number for row in ROWS] == list(range(1, 57))


def test_every_article_says_something_in_both_languages() -> None:
    for row in ROWS:
        assert row.says.isascii() is False
        assert row.answer.isascii() or "“" in row.answer or "政务服务平台" in row.answer or "主管部门" in row.answer
    assert {row.kind for row in ROWS} == set(Kind)


def test_the_page_has_a_section_for_every_article_and_names_the_tests(
    shown: compliance.Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compliance, "shown_by", lambda: shown)
    page = compliance.page()
    assert page.count("· Article ") == 56
    assert "`test_the_page_has" not in page  # this test shows no article
    section = page.split("## 第三十三条 · Article 33")[1].split("\n## ")[0]
    assert "test_example_17_a_third_party_that_answers" in section


def test_a_stale_page_is_found(
    shown: compliance.Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(compliance, "shown_by", lambda: shown)
    monkeypatch.setattr(compliance, "TARGET", tmp_path / "compliance.md")
    monkeypatch.setattr("sys.argv", ["compliance.py"])
    assert compliance.main() == 0
    monkeypatch.setattr("sys.argv", ["compliance.py", "--check"])
    assert compliance.main() == 0
    compliance.TARGET.write_text(compliance.page() + "more", encoding="utf-8")
    assert compliance.main() == 1
    assert "stale" in capsys.readouterr().out
