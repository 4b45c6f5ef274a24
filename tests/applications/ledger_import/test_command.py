"""`gongkai applications import`: what it says, what it writes, and its exit status."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from gongkai import cli
from gongkai.applications.ledger_import import command
from gongkai.applications.models import Application
from tests.applications.ledger_import.ledgers import FAULTS, HEAD, as_csv, row, xlsx
from tests.applications.scenes import Scene, nothing_written

BAD = FAULTS[5][0]


def run(*arguments: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    parsed = cli.parser().parse_args(["applications", "import", *arguments])
    return command.run(parsed, out, err), out.getvalue(), err.getvalue()


def ledger(folder: Path, *rows: list[object], name: str = "台账.xlsx") -> str:
    path = folder / name
    path.write_bytes(xlsx(rows) if name.endswith("xlsx") else as_csv(rows, encoding="gb18030"))
    return str(path)


@pytest.mark.parametrize("name", ["台账.xlsx", "台账.csv"])
def test_a_sound_ledger_is_taken_over(scene: Scene, tmp_path: Path, name: str) -> None:
    path = ledger(tmp_path, row(1), row(2, 答复日期="", 办理结果=""), name=name)
    status, out, err = run(path, "--agency", "ours", "--as", "clerk")
    assert (status, err) == (0, "")
    assert "已导入2件" in out
    assert "已答复1、在办1" in out
    assert Application.objects.count() == 2
    status, out, _err = run(path, "--agency", "ours", "--as", "clerk")
    assert (status, Application.objects.count()) == (0, 2)
    assert "已导入0件，已有2件" in out


def test_a_dry_run_tells_everything_and_writes_nothing(scene: Scene, tmp_path: Path) -> None:
    path = ledger(tmp_path, row(1), row(2, **BAD))
    with nothing_written():
        status, out, _err = run(path, "--agency", "ours", "--dry-run")
    assert status == 1
    assert "申请人（姓名或名称）  → 申请人" in out
    assert "序号  不导入" in out
    assert "可导入1行" in out
    assert "第3行：办理结果“转办”" in out
    assert "没有写入任何内容" in out


def test_with_a_bad_row_nothing_is_imported_and_the_errors_are_written(scene: Scene, tmp_path: Path) -> None:
    path, errors = ledger(tmp_path, row(1), row(2, **BAD)), tmp_path / "错误.xlsx"
    with nothing_written():
        status, out, _err = run(path, "--agency", "ours", "--as", "clerk", "--errors", str(errors))
    assert status == 1
    assert "没有导入任何一行" in out
    assert errors.read_bytes().startswith(b"PK")


def test_the_sound_rows_alone_where_that_is_asked_for(scene: Scene, tmp_path: Path) -> None:
    path = ledger(tmp_path, row(1), row(2, **BAD))
    status, out, _err = run(path, "--agency", "ours", "--as", "clerk", "--skip-bad")
    assert status == 0
    assert "已导入1件，已有0件，有误1行未导入" in out
    assert Application.objects.get().content == "第1号地块的土地出让合同"


def test_a_column_is_said_and_a_default_given(scene: Scene, tmp_path: Path) -> None:
    head = ["谁" if name.startswith("申请人（") else name for name in HEAD]
    path = tmp_path / "a.xlsx"
    path.write_bytes(xlsx([row(1, 申请人类型="", 申请方式="")], head=head))
    usual = (str(path), "--agency", "ours", "--as", "clerk")
    status, out, _err = run(*usual)
    assert status == 1
    assert "缺少必需的列：申请人" in out
    status, _out, _err = run(*usual, "--map", "谁=申请人")
    assert status == 1
    told = ("--map", "谁=申请人", "--default", "申请人类型=公司", "--default", "提交方式=传真")
    assert run(*usual, *told)[0] == 0
    application = Application.objects.get()
    assert (application.applicant_name, application.applicant_kind, application.channel) == (
        "申请人1",
        "business",
        "fax",
    )


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("--agency", "nobody", "--dry-run"), 2, "没有标识为 nobody 的机关"),
        (("--agency", "ours"), 2, "--as"),
        (("--agency", "ours", "--as", "nobody"), 2, "没有这个用户名"),
        (("--agency", "ours", "--as", "drafter"), 1, "经办人"),
        (("--agency", "ours", "--as", "other"), 1, "经办人"),
        (("--agency", "ours", "--dry-run", "--sheet", "别的"), 2, "没有名为“别的”的工作表"),
        (("--agency", "ours", "--dry-run", "--map", "别的=备注"), 2, "没有名为“别的”的列"),
        (("--agency", "ours", "--dry-run", "--map", "备注=别的"), 2, "没有这个字段"),
        (("--agency", "ours", "--dry-run", "--map", "备注"), 2, "应为"),
        (("--agency", "ours", "--dry-run", "--default", "备注=无"), 2, "只能为"),
        (("--agency", "ours", "--dry-run", "--default", "提交方式=飞鸽"), 2, "无法识别"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line(
    scene: Scene, tmp_path: Path, arguments: tuple[str, ...], status: int, told: str
) -> None:
    with nothing_written():
        found, _out, err = run(ledger(tmp_path, row(1)), *arguments)
    assert found == status
    assert told in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.xlsx", b"", "空"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + bytes(600), ".xlsx"),
        ("a.xlsx", b"PK\x03\x04broken", "损坏"),
        ("a.csv", "一,二,三\n1,2,3\n".encode(), "没有找到表头"),
        ("a.csv", b"<html><table>", "网页"),
    ],
)
def test_what_is_no_ledger_is_told_in_one_line(
    scene: Scene, tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    status, _out, err = run(str(path), "--agency", "ours", "--dry-run")
    assert (status, err.count("\n")) == (2, 1)
    assert told in err


def test_a_file_that_is_not_there(scene: Scene, tmp_path: Path) -> None:
    status, _out, err = run(str(tmp_path / "none.xlsx"), "--agency", "ours", "--dry-run")
    assert (status, "none.xlsx" in err) == (2, True)
