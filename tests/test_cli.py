"""`gongkai …` as its users meet it: exit statuses, plain messages, and never a traceback for what they did."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from gongkai import cli
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import roles_of, today
from gongkai.config.places import Misconfigured
from gongkai.law.procedure import Role
from gongkai.ledger.actions import record
from gongkai.ledger.models import Entry
from tests.annual_report.sample_reports import clean_tables, report_text
from tests.cast import Cast
from tests.installation import Installation, installation

#: A small demonstration: the office, and one application taken as far as its consultation.
SMALL = """
import django
django.setup()
from datetime import date
from django.db import transaction
from gongkai.demonstration.cases import Plan, play
from gongkai.demonstration.office import found_office
from gongkai.law.applicants import ApplicantKind
from gongkai.law.procedure import StepKind
with transaction.atomic():
    plan = Plan(ApplicantKind.BUSINESS, 1, "某信息", date(2025, 3, 3), consulted=True, until=StepKind.CONSULTATION)
    play(found_office(), plan)
"""


@pytest.fixture(scope="module")
def small(
    django_db_setup: None, migrated_once: Installation, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    """A real data folder with the small demonstration in it. It asks for the tests' own database only so that these
    tests, too, run on PostgreSQL."""
    with installation(tmp_path_factory.mktemp("installation"), migrated_once) as made:
        loaded = made.python("-c", SMALL, DJANGO_SETTINGS_MODULE="gongkai.config.settings")
        assert loaded.returncode == 0, loaded.stderr
        yield made


def plain(result: subprocess.CompletedProcess[str]) -> str:
    """What it said; never a traceback."""
    assert "Traceback" not in result.stderr, result.stderr
    return result.stdout + result.stderr


# --- ledger verify, as a process ----------------------------------------------------------------------------


def test_an_untouched_ledger_holds(small: Installation) -> None:
    found = small.run("ledger", "verify")
    assert found.returncode == 0, plain(found)
    system, office = found.stdout.splitlines()
    with closing(small.connect()) as connection:  # more of them where `demo` ran first: it sets the columns up
        (written,) = connection.execute("SELECT count(*) FROM ledger_entry WHERE chain_id = 'system'").fetchone()
    assert written >= 10  # the office and its people
    assert system.startswith(f"system: {written} 条记录，0 处问题")
    assert office.startswith("zzjk: ")
    assert found.stderr == ""


def test_a_chain_that_there_is_not(small: Installation) -> None:
    found = small.run("ledger", "verify", "--chain", "nobody")
    assert found.returncode == 2
    assert plain(found) == "没有名为 nobody 的链\n"


def drop_triggers(table: str) -> list[str]:
    place = f" ON {table}" if "GONGKAI_DATABASE_URL" in os.environ else ""
    return [f"DROP TRIGGER IF EXISTS {table}_no_{act}{place}" for act in ("update", "delete", "replace", "truncate")]


@contextmanager
def tampered(small: Installation, table: str, change: str) -> Iterator[None]:
    """As someone with the database in hand changes a table; put back afterwards."""
    small.sql(f"CREATE TABLE kept AS SELECT * FROM {table}", *drop_triggers(table), change)
    try:
        yield
    finally:
        columns = "chain_id, number, recorded_at, act, subject, actor, body, previous, hash"
        if table == "applications_step":
            back = [f'UPDATE {table} SET "on" = (SELECT "on" FROM kept WHERE kept.id = {table}.id)']
        else:
            back = [f"DELETE FROM {table}", f"INSERT INTO {table} (id, {columns}) SELECT id, {columns} FROM kept"]
        small.sql(*back, "DROP TABLE kept")


@pytest.mark.parametrize(
    ("table", "change", "told"),
    [
        ("applications_step", "UPDATE applications_step SET \"on\" = '2025-03-10' WHERE kind = 'accept'", "witness"),
        ("ledger_entry", "DELETE FROM ledger_entry WHERE chain_id = 'zzjk' AND number = 3", "#3 removed"),
    ],
)
def test_what_was_changed_behind_its_back_is_found(small: Installation, table: str, change: str, told: str) -> None:
    with tampered(small, table, change):
        found = small.run("ledger", "verify")
        assert found.returncode == 1, plain(found)
        problem = found.stdout.splitlines()[1]
        assert problem.startswith("zzjk #")
        assert told in problem


def test_without_tables_it_says_so(django_db_setup: None, tmp_path: Path) -> None:
    with installation(tmp_path) as empty:
        found = empty.run("ledger", "verify")
    assert found.returncode == 2
    assert "gongkai migrate" in plain(found)


def test_a_key_that_is_too_short_is_told_plainly(small: Installation) -> None:
    found = small.run("ledger", "verify", GONGKAI_IDENTITY_KEY="short")
    assert found.returncode == 2
    assert plain(found) == "GONGKAI_IDENTITY_KEY must have at least 32 characters\n"


def test_loaded_already_the_demonstration_is_left_alone(small: Installation) -> None:
    """An installation with any agency is somebody's office."""
    found = small.run("demo")
    assert (found.returncode, plain(found)) == (0, "")
    with closing(small.connect()) as connection:
        assert connection.execute("SELECT count(*) FROM applications_application").fetchone() == (1,)


# --- ledger verify, in this process -------------------------------------------------------------------------


def test_a_long_chain_shows_its_progress_and_gives_the_terminal_back(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also where its last entries are gone: the bar ends with the reading, not with the last number."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    with cli._counting("ours", 6000) as progress:
        progress(10)
    shown = capsys.readouterr().err
    assert "ours" in shown
    assert shown.rfind("\x1b[?25h") > shown.rfind("\x1b[?25l") >= 0  # the cursor is shown again


def test_an_empty_name_is_no_chain(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    record(chain="a", act="test.act", subject="thing:1", facts={})
    assert cli.main(["ledger", "verify", "--chain", ""]) == 2
    assert cli.main(["ledger", "verify", "--chain", "a"]) == 0


def test_nothing_to_verify_is_no_problem(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["ledger", "verify"]) == 0
    assert capsys.readouterr().out == ""


def test_every_chain_is_told_with_its_head(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    for chain in ("b", "a", "b"):
        entry = record(chain=chain, act="test.act", subject="thing:1", facts={})
    assert cli.main(["ledger", "verify"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("a: 1 条记录，0 处问题")
    assert second == f"b: 2 条记录，0 处问题 · {entry.hash[:16]}…"
    assert cli.main(["ledger", "verify", "--chain", "b"]) == 0
    assert capsys.readouterr().out == second + "\n"


# --- agency add ---------------------------------------------------------------------------------------------

AGENCY = {
    "name": "演示县水务局", "short-name": "水务局", "slug": "shuiwu", "office-name": "办公室",
    "review-organ": "演示县人民政府", "document-prefix": "演水公开", "kind": "department",
}  # fmt: skip


def options(values: dict[str, str], **changes: str | None) -> list[str]:
    changed = {**values, **{name.replace("_", "-"): value for name, value in changes.items()}}
    return [f"--{name}={value}" for name, value in changed.items() if value is not None]


def test_an_agency_is_entered(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["agency", "add", *options(AGENCY)]) == 0
    assert capsys.readouterr().out == "演示县水务局\n"
    assert Agency.objects.get().document_prefix == "演水公开"
    assert Entry.objects.get().act == "agencies.add_agency"


def test_and_another_below_it(db: None) -> None:
    assert cli.main(["agency", "add", *options(AGENCY)]) == 0
    assert cli.main(["agency", "add", *options(AGENCY, name="下属站", slug="below", parent="shuiwu")]) == 0
    below = Agency.objects.get(slug="below")
    assert Agency.objects.get_parent(below).slug == "shuiwu"


@pytest.mark.parametrize(
    "changes",
    [{"kind": "kingdom"}, {"slug": "有汉字"}, {"slug": ""}, {"name": ""}, {"parent": "nobody"}, {"slug": "system"}],
)
def test_a_bad_agency_is_refused_in_one_line(
    db: None, capsys: pytest.CaptureFixture[str], changes: dict[str, str]
) -> None:
    assert cli.main(["agency", "add", *options(AGENCY, **changes)]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1
    assert not Agency.objects.exists()


def test_the_refusal_names_the_field(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["agency", "add", *options(AGENCY, office_name="")]) == 1
    assert capsys.readouterr().err.startswith("office-name: ")


def test_an_agency_as_a_process(small: Installation) -> None:
    bad = small.run("agency", "add", *options(AGENCY, kind="kingdom"))
    assert (bad.returncode, bad.stdout) == (1, "")
    assert plain(bad).startswith("kind: ")


# --- person add ---------------------------------------------------------------------------------------------

PERSON = {"username": "xinren", "name": "新人", "agency": "ours", "role": "clerk"}


@pytest.fixture
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_PASSWORD", "yi-ge-mima-2026")


def test_a_person_is_taken_on_and_appointed(cast: Cast, password: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["person", "add", *options(PERSON)]) == 0
    person = Person.objects.get(username="xinren")
    assert person.check_password("yi-ge-mima-2026")
    assert roles_of(person, cast.agency) == {Role.CLERK}
    assert person.appointments.get().since == today()
    assert "xinren" not in capsys.readouterr().err


def test_the_password_is_asked_for(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GONGKAI_PASSWORD", raising=False)
    monkeypatch.setattr("getpass.getpass", lambda prompt: "yi-ge-mima-2026")
    assert cli.main(["person", "add", *options(PERSON)]) == 0
    assert Person.objects.get(username="xinren").check_password("yi-ge-mima-2026")


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"username": "clerk"}, "username"),
        ({"username": ""}, "username"),
        ({"name": ""}, "name"),
        ({"agency": "nobody"}, "nobody"),
        ({"role": "king"}, "king"),
        ({"role": "applicant"}, "role"),
        ({"role": "system"}, "role"),
    ],
)
def test_a_bad_person_is_refused_in_one_line(
    cast: Cast, password: None, capsys: pytest.CaptureFixture[str], changes: dict[str, str], word: str
) -> None:
    before = Person.objects.count()
    assert cli.main(["person", "add", *options(PERSON, **changes)]) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert word in line
    assert Person.objects.count() == before


def test_a_weak_password_leaves_nobody_behind(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GONGKAI_PASSWORD", "12345")
    assert cli.main(["person", "add", *options(PERSON)]) == 1
    assert capsys.readouterr().err.startswith("password: ")
    assert not Person.objects.filter(username="xinren").exists()


def test_a_person_as_a_process_without_a_terminal(small: Installation) -> None:
    values = {**PERSON, "agency": "zzjk"}
    nothing_typed = small.run("person", "add", *options(values))
    assert nothing_typed.returncode == 1
    assert "密码" in plain(nothing_typed)


# --- report check -------------------------------------------------------------------------------------------


@pytest.fixture
def reports(tmp_path: Path) -> dict[str, Path]:
    clean, tables = tmp_path / "好 报告.txt", clean_tables()
    clean.write_text(report_text(tables), encoding="utf-8")
    broken = tmp_path / "broken.txt"
    wrong = tables.with_cells({"t3.total.total": (tables["t3.total.total"] or 0) + 1})
    broken.write_text(report_text(wrong), encoding="utf-8")
    other = tmp_path / "other.txt"
    other.write_text("没有表格，也不是报告。", encoding="utf-8")
    return {"clean": clean, "broken": broken, "other": other, "missing": tmp_path / "missing.txt"}


def gongkai(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Without any installation: checking a report needs none."""
    names = [name for name in os.environ if not name.startswith(("GONGKAI_", "DJANGO_"))]
    return subprocess.run(
        [sys.executable, "-m", "gongkai.cli", *map(str, arguments)], stdin=subprocess.DEVNULL, capture_output=True,
        text=True, encoding="utf-8", check=False, env={**{n: os.environ[n] for n in names}, **environment},
    )  # fmt: skip


@pytest.mark.parametrize(("which", "status"), [("clean", 0), ("broken", 1), ("other", 2), ("missing", 2)])
def test_a_report_is_checked(reports: dict[str, Path], which: str, status: int) -> None:
    found = gongkai("report", "check", reports[which])
    assert found.returncode == status, plain(found)
    assert str(reports[which]) in plain(found)


def test_the_worst_file_decides_and_none_stops_the_others(reports: dict[str, Path]) -> None:
    found = gongkai("report", "check", "--json", *reports.values())
    assert found.returncode == 2
    assert found.stderr == ""
    objects = [json.loads(line) for line in found.stdout.splitlines()]
    assert [entry["file"] for entry in objects] == [str(path) for path in reports.values()]
    assert [bool(entry.get("error")) for entry in objects] == [False, False, True, True]
    assert objects[0]["tables"] == clean_tables().to_json()
    assert any(finding["severity"] == "error" for finding in objects[1]["findings"])


def test_it_leaves_nothing_behind_and_needs_no_installation(reports: dict[str, Path], tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    gongkai("report", "check", reports["clean"], GONGKAI_DATA=str(tmp_path / "var"))
    assert sorted(tmp_path.iterdir()) == before


def test_a_terminal_without_chinese_gets_its_report_all_the_same(reports: dict[str, Path]) -> None:
    found = gongkai("report", "check", reports["clean"], PYTHONIOENCODING="ascii")
    assert found.returncode == 0, plain(found)
    assert "\\u" in found.stdout


# --- arguments ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nonsense"],
        ["agency"],
        ["agency", "add"],
        ["person", "add", "--username", "x"],
        ["ledger"],
        ["report", "check"],
        ["report", "check", "--lang", "fr", "x"],
        ["serve", "--port", "none"],
        ["serve", "--port", "0"],
        ["serve", "--port", "65536"],
        ["serve", "--port", "-1"],
    ],
)
def test_bad_arguments_are_told_with_the_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(arguments)
    assert caught.value.code == 2
    assert capsys.readouterr().err.startswith("usage: gongkai")


def test_a_good_port_is_taken() -> None:
    assert cli.parser().parse_args(["serve", "--port", "8080"]).port == 8080


@pytest.mark.parametrize("arguments", [["--help"], ["person", "add", "--help"], ["report", "check", "--help"]])
def test_help(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(arguments)
    assert caught.value.code == 0
    assert "usage: gongkai" in capsys.readouterr().out


def test_the_command_line_starts_without_the_framework() -> None:
    code = (
        "import sys; from gongkai import cli; cli.parser(); assert not {'django', 'rich', 'typst'} & set(sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# --- what goes wrong inside ---------------------------------------------------------------------------------


def failing(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> int:
    def run(arguments: Any) -> int:
        raise error

    monkeypatch.setattr(cli, "run_migrate", run)
    return cli.main(["migrate"])


def test_ctrl_c_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    assert failing(monkeypatch, KeyboardInterrupt()) == 130


def test_what_the_owner_can_mend_is_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert failing(monkeypatch, Misconfigured("Mend this.")) == 2
    assert capsys.readouterr().err == "Mend this.\n"


def test_a_fault_of_ours_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ZeroDivisionError):
        failing(monkeypatch, ZeroDivisionError())
