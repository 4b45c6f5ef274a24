"""What the gate refuses as dangerous is kept apart: sealed, bounded, and whatever becomes of the form."""

from __future__ import annotations

import hashlib
import os
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from gongkai.documents.gate import UploadRefused, inspect, keep_upload, quarantine
from gongkai.documents.gate.refusals import Fault
from gongkai.documents.models import Document, Quarantined
from gongkai.documents.upload_fields import UploadsField
from tests.documents import clamd_server, uploads

DIGEST = hashlib.sha256(uploads.EICAR).hexdigest()
INFECTED = Fault("infected", virus="Eicar")


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """Every test here writes rows."""


def test_an_infected_upload_is_held_and_the_person_told(settings: Any) -> None:
    with clamd_server.running() as clamd:
        settings.CLAMAV = clamd.address
        with pytest.raises(Exception, match="隔离存放") as told:
            UploadsField(came_by="application").clean([SimpleUploadedFile("材料.txt", uploads.EICAR)])
    assert told.value.error_list[0].code == "infected"  # type: ignore[attr-defined]
    row = Quarantined.objects.get()
    assert (row.name, row.reason, row.signature, row.came_by) == (
        "材料.txt",
        "infected",
        "Eicar-Signature",
        "application",
    )
    assert (row.digest, row.size, row.state) == (DIGEST, len(uploads.EICAR), "held")
    assert quarantine.read(row) == uploads.EICAR
    assert not Document.objects.exists(), "it never comes into the store"


def test_it_lies_sealed_and_for_its_owner_only() -> None:
    assert quarantine.hold(uploads.EICAR, "a.txt", INFECTED)
    path = quarantine.path_of(DIGEST)
    assert b"EICAR" not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_a_scanner_that_does_not_answer_fails_closed_and_loses_nothing(settings: Any) -> None:
    settings.CLAMAV = "unix:/nowhere/clamd.ctl"
    with pytest.raises(UploadRefused) as refusal:
        keep_upload(b"hello", "a.txt")
    assert refusal.value.held
    assert refusal.value.message.zh.startswith("暂时无法检查文件，请稍后再试")
    assert Quarantined.objects.get().reason == "scan_unavailable"


def test_only_what_is_dangerous_and_only_at_a_door(settings: Any) -> None:
    for data, name in ((b"", "a.txt"), (uploads.PROGRAM, "a.exe"), (uploads.pdf()[:100], "a.pdf")):
        with pytest.raises(UploadRefused) as refusal:
            inspect(data, name, came_by="")
        assert not refusal.value.held
    assert not quarantine.hold(b"x", "a.docx", Fault("embedded_file")), "not among the reasons of this installation"
    settings.QUARANTINE_REASONS = ["embedded_file"]
    assert quarantine.hold(b"x", "a.docx", Fault("embedded_file"))
    settings.CLAMAV, settings.QUARANTINE_REASONS = "unix:/nowhere", ["scan_unavailable"]
    with pytest.raises(UploadRefused) as refusal:
        inspect(b"only judged", "a.txt")
    assert not refusal.value.held
    assert Quarantined.objects.count() == 1


def test_what_is_rolled_back_is_held_all_the_same() -> None:
    with transaction.atomic():
        assert quarantine.hold(uploads.EICAR, "a.txt", INFECTED, came_by="intake")
        transaction.set_rollback(True)
    assert not Quarantined.objects.exists()
    quarantine.adopt()
    quarantine.adopt()
    row = Quarantined.objects.get()
    assert (row.name, row.reason, row.signature, row.came_by) == ("a.txt", "infected", "Eicar", "intake")


def test_a_database_that_refuses_does_not_stand_in_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any) -> None:
        raise DatabaseError("locked")

    with monkeypatch.context() as patched:
        patched.setattr(quarantine, "_row", refuse)
        assert quarantine.hold(uploads.EICAR, "a.txt", INFECTED)
    quarantine.adopt()
    assert Quarantined.objects.get().digest == DIGEST


def test_the_same_file_again_is_one_file() -> None:
    assert quarantine.hold(b"x", "a.txt", INFECTED)
    assert quarantine.hold(b"x", "b.txt", INFECTED)
    assert Quarantined.objects.get().name == "a.txt"


def test_a_flood_fills_no_disk(
    settings: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    settings.QUARANTINE_MAX_BYTES = 2_500
    assert [quarantine.hold(os.urandom(1_000), "a.txt", INFECTED) for _ in range(4)] == [True, True, False, False]
    assert "quarantine is full" in caplog.text
    settings.QUARANTINE_MAX_BYTES = 10**9
    monkeypatch.setattr(quarantine, "MOST_FILES", 3)
    assert [quarantine.hold(os.urandom(10), "a.txt", INFECTED) for _ in range(2)] == [True, False]


def test_a_disk_that_refuses_is_no_reason_to_let_a_file_in(settings: Any, tmp_path: Any) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    settings.QUARANTINE_FOLDER, settings.CLAMAV = blocked, "unix:/nowhere"
    with pytest.raises(UploadRefused) as refusal:
        inspect(b"x", "a.txt", came_by="")
    assert not refusal.value.held
