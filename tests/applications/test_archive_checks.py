"""What the check asks of a case: a package that was made anew, manifest and all, does not agree with the ledger in it;
one whose ledger was made anew, too, does not agree with the office's own or with the receipts."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from gongkai.applications.actions.add_paper import add_paper
from gongkai.applications.case_file import report
from gongkai.applications.case_file_checks import KEPT, receipt_line, seal_line
from gongkai.applications.models import Application, Paper, PaperKind
from gongkai.documents.packages.checking import Line, Result, Seen, seen_in
from gongkai.documents.packages.manifest import Digests
from gongkai.documents.packages.opening import opened
from gongkai.documents.store import read
from gongkai.law.procedure import Stage, StepKind
from gongkai.ledger.digests import sm3
from tests.applications.scenes import Scene
from tests.applications.test_archive import File, faulty
from tests.documents.uploads import TEXT, pdf

pytestmark = pytest.mark.django_db

Files = dict[str, bytes]


@pytest.fixture
def closed(scene: Scene) -> Application:
    return scene.at(Stage.CLOSED)


def package(application: Application) -> bytes:
    return read(application.case_files.get().document)


def seen(data: bytes) -> Seen:
    with opened(io.BytesIO(data)) as there:
        return seen_in(there, KEPT)


def lines(data: bytes) -> dict[str, Line]:
    return {line.code: line for line in report(seen(data))}


def remade(data: bytes, change: Callable[[Files], None]) -> bytes:
    """The package as a forger makes it anew: manifest and XML are those of the changed files."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        files = {name: old.read(name) for name in old.namelist()}
    before = {name: Digests(content).told() for name, content in files.items()}
    change(files)
    manifest = json.loads(files["manifest.json"])
    manifest["files"] = [row for row in manifest["files"] if row["name"] in files]
    told = files["eep.xml"].decode("gb18030")
    for row in manifest["files"]:
        sha256, sm3_ = Digests(files[row["name"]]).told()
        told = told.replace(before[row["name"]][0], sha256).replace(before[row["name"]][1], sm3_)
    files["eep.xml"] = told.encode("gb18030")
    for row in manifest["files"]:
        row["sha256"], row["sm3"] = Digests(files[row["name"]]).told()
        row["size"] = len(files[row["name"]])
    files["manifest.json"] = json.dumps(manifest).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for name, content in files.items():
            new.writestr(name, content)
    return out.getvalue()


def rows_of(files: Files, name: str, change: Callable[[list[Any]], None]) -> None:
    rows = json.loads(files[name])
    change(rows)
    files[name] = json.dumps(rows).encode()


def failed(data: bytes) -> list[str]:
    return [code for code, line in lines(data).items() if line.result is Result.FAILED]


def test_a_sound_case_passes_and_says_what_was_not_asked(closed: Application) -> None:
    found = lines(package(closed))
    assert [line.message.zh for line in found.values() if line.result is Result.FAILED] == []
    unasked = {code for code, line in found.items() if line.result is Result.NOT_CHECKED}
    assert unasked == {"proof", "virus"}, "which proofs are needed no rule says; there is no virus scanner here"
    kept = closed.case_files.get()
    assert {row["code"] for row in kept.checked["lines"]} == found.keys()
    with zipfile.ZipFile(io.BytesIO(package(closed))) as archive:
        assert json.loads(archive.read("check.json")) == kept.checked


def test_a_step_changed_with_its_manifest_is_found(closed: Application) -> None:
    def change(rows: list[Any]) -> None:
        rows[3]["witnessed"]["facts"]["findings"] = "改过的认定"

    data = remade(package(closed), lambda files: rows_of(files, "steps.json", change))
    assert failed(data) == ["witnessed"]
    assert "步骤4" in lines(data)["witnessed"].message.zh


def test_a_letter_exchanged_with_its_manifest_is_found(closed: Application) -> None:
    def change(files: Files) -> None:
        files[next(name for name in files if "reply" in name)] = pdf()

    assert failed(remade(package(closed), change)) == ["witnessed"]


def test_a_ledger_entry_changed_or_left_out_is_found(closed: Application) -> None:
    def change(rows: list[Any]) -> None:
        rows[2]["body"] = rows[2]["body"].replace('"at":"2', '"at":"1')

    assert "ledger" in failed(remade(package(closed), lambda files: rows_of(files, "ledger.json", change)))

    def swap(rows: list[Any]) -> None:
        rows[2], rows[3] = rows[3], rows[2]

    assert "ledger" in failed(remade(package(closed), lambda files: rows_of(files, "ledger.json", swap)))
    left_out = remade(package(closed), lambda files: rows_of(files, "ledger.json", lambda rows: rows.pop(4)))
    assert "witnessed" in failed(left_out)


@pytest.mark.parametrize(
    "data", [b"{}", b"[]", b"[1]", b"null", b'[{"body": "x"}]', b"[" * 9_000, b"\xff"], ids=range(7)
)
def test_records_that_are_none_are_a_fault(closed: Application, data: bytes) -> None:
    for name in KEPT:

        def replace(files: Files, name: str = name) -> None:
            files[name] = data

        assert failed(remade(package(closed), replace)), name


def test_a_missing_letter_of_a_step_is_found(scene: Scene) -> None:
    application = scene.along(scene.at(Stage.CORRECT), StepKind.CORRECTED, *_TO_THE_END)
    assert faulty(package(application)) == []

    def leave_out(files: Files) -> None:
        del files[next(name for name in files if "correction" in name)]

    found = lines(remade(package(application), leave_out))
    assert found["papers"].message.zh == "缺少：补正告知书"
    assert found["witnessed"].result is Result.FAILED, "the ledger knows of one more letter"


_TO_THE_END = (StepKind.OPINION, StepKind.DECISION, StepKind.SIGN, StepKind.DELIVER, StepKind.ARCHIVE)


def test_original_and_redacted_copy_are_told_apart(scene: Scene) -> None:
    application = scene.at(Stage.ARCHIVE)
    original, copy = File("原件.txt", TEXT, "text/plain"), File("遮盖件.txt", b"covered", "text/plain")
    [paper] = add_paper(case_id=application.pk, actor=scene.cast.clerk, kind=PaperKind.ORIGINAL, uploads=[original])
    [covered] = add_paper(case_id=application.pk, actor=scene.cast.clerk, kind=PaperKind.MATERIAL, uploads=[copy])
    row = Paper(application=application, kind=PaperKind.ENCLOSURE, name="遮盖件.txt", document=covered.document)
    row.redacted_from = paper
    row.save(force_insert=True)
    scene.take(StepKind.ARCHIVE, application)
    listed = {each.kind: each for each in seen(package(application)).manifest.files}
    assert listed["original"].restriction == "未遮盖的原件"
    assert (listed["enclosure"].copy_of, listed["enclosure"].restriction) == (listed["original"].name, "")
    assert lines(package(application))["copies"].message.zh == "遮盖件 1 份，原件都在。"


def test_what_does_not_open_is_archived_and_told(scene: Scene) -> None:
    application = scene.at(Stage.ARCHIVE)
    torn = File("扫描件.pdf", b"%PDF-1.7 torn")
    add_paper(case_id=application.pk, actor=scene.cast.clerk, kind=PaperKind.MATERIAL, uploads=[torn])
    scene.take(StepKind.ARCHIVE, application)
    file = application.case_files.get()
    assert file.checked["result"] == "failed"
    assert [problem.zh for problem in file.problems] == faulty(package(application))
    assert "files/002-paper-material.pdf" in file.problems[0].zh


# --- against the office's own ledger, and receipts ---


def sealed(data: bytes, digest: str | None = None) -> Line:
    return seal_line(seen(data), digest or hashlib.sha256(data).hexdigest())


def test_the_offices_ledger_knows_what_it_sealed(closed: Application) -> None:
    assert sealed(package(closed)).result is Result.PASSED
    assert seal_line(seen(package(closed)), None).result is Result.PASSED, "a folder is known by its manifest"


def forged(data: bytes) -> bytes:
    """A whole chain made anew: within itself it holds, and the steps are those it tells of."""

    def change(files: Files) -> None:
        def rechain(rows: list[Any]) -> None:
            before = None
            for row in rows:
                row["body"] = row["body"].replace("clerk", "klerk")
                row["previous"] = (
                    before["hash"] if before and row["number"] == before["number"] + 1 else row["previous"]
                )
                row["hash"] = sm3(f"{row['previous']}{row['body']}".encode())
                before = row

        rows_of(files, "ledger.json", rechain)

    return remade(data, change)


def test_a_whole_package_made_anew_is_found_by_the_office_and_by_the_receipt(closed: Application) -> None:
    false = forged(package(closed))
    assert failed(false) == [], "the package alone does not tell"
    assert sealed(false).result is Result.FAILED
    file = closed.case_files.get()
    receipt = {"number": closed.number, "volume": 1, "manifest": file.manifest_digest}
    assert receipt_line(seen(package(closed)), [receipt]).result is Result.PASSED
    assert receipt_line(seen(false), [receipt]).result is Result.FAILED
    assert receipt_line(seen(false), []).result is Result.NOT_CHECKED


def test_another_zip_of_the_same_files_is_not_the_sealed_one(closed: Application) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package(closed))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    assert sealed(out.getvalue()).result is Result.FAILED


def test_a_case_of_another_installation_is_not_told_as_ours(closed: Application) -> None:
    def change(files: Files) -> None:
        def elsewhere(rows: list[Any]) -> None:
            for row in rows:
                row["chain"] = "elsewhere"

        rows_of(files, "ledger.json", elsewhere)

    assert sealed(remade(package(closed), change)).result is Result.NOT_CHECKED
