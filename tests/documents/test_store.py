from __future__ import annotations

import hashlib
import io
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from django.db import DataError, IntegrityError, transaction

from gongkai.documents.errors import FileDamagedError, FileMissingError
from gongkai.documents.models import Document
from gongkai.documents.store import copy_out, keep, keep_file, path_of, read

pytestmark = pytest.mark.django_db

DATA = b"%PDF-1.7 \xe5\x85\xac\xe5\xbc\x80"
DIGEST = hashlib.sha256(DATA).hexdigest()


def kept(data: bytes = DATA, name: str = "答复书.pdf") -> Document:
    return keep(data, name=name, media_type="application/pdf")


def files(settings: Any) -> list[Path]:
    return [path for path in Path(settings.DOCUMENT_STORE).rglob("*") if path.is_file()]


def test_keeps_and_gives_back() -> None:
    document = kept()
    assert (document.digest, document.size, document.name) == (DIGEST, len(DATA), "答复书.pdf")
    assert document.media_type == "application/pdf"
    assert read(Document.objects.get(digest=DIGEST)) == DATA


def test_the_same_twice_is_one_document_and_one_file(settings: Any) -> None:
    first, second = kept(), kept(name="another.pdf")
    assert first.pk == second.pk
    assert second.name == "答复书.pdf"
    assert files(settings) == [path_of(DIGEST)]


def test_other_bytes_are_another_document(settings: Any) -> None:
    assert kept().pk != kept(b"x").pk
    assert len(files(settings)) == 2


@pytest.mark.parametrize("data", [b"", b"\x00" * 100_000])
def test_any_bytes(data: bytes) -> None:
    assert read(kept(data)) == data


@pytest.mark.parametrize("damage", [b"", DATA[:-1], DATA + b" ", b"%PDF-1.8" + DATA[8:]])
def test_a_damaged_file_is_found(damage: bytes) -> None:
    document = kept()
    path_of(DIGEST).write_bytes(damage)
    with pytest.raises(FileDamagedError) as refused:
        read(document)
    assert refused.value.code == "file_damaged"
    assert DIGEST in refused.value.message.zh
    assert DIGEST in refused.value.message.en


def test_a_missing_file_is_named() -> None:
    document = kept()
    path_of(DIGEST).unlink()
    with pytest.raises(FileMissingError) as refused:
        read(document)
    assert refused.value.code == "file_missing"
    assert DIGEST in str(refused.value)


def test_keeping_again_mends_a_damaged_file() -> None:
    document = kept()
    path_of(DIGEST).write_bytes(b"damaged")
    kept()
    assert read(document) == DATA


def test_no_record_without_its_file(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("gongkai.documents.store.os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        kept()
    assert not Document.objects.exists()
    assert files(settings) == [], "no draft is left behind"


def test_the_file_is_on_disk_before_it_has_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    events: list[str] = []
    forced, renamed = os.fsync, Path.replace
    monkeypatch.setattr(
        "gongkai.documents.store.os.fsync", lambda descriptor: (events.append("fsync"), forced(descriptor))
    )
    monkeypatch.setattr(Path, "replace", lambda self, to: (events.append("rename"), renamed(self, to))[1])
    kept()
    assert events[-3:] == ["fsync", "rename", "fsync"], "the bytes first, then the name, then the folder"


def test_an_act_rolled_back_leaves_a_file_but_no_record() -> None:
    def act() -> None:
        with transaction.atomic():
            kept()
            raise RuntimeError("the act failed")

    with pytest.raises(RuntimeError):
        act()
    assert not Document.objects.exists()
    assert path_of(DIGEST).exists()
    assert read(kept()) == DATA


def test_only_the_owner_may_read(settings: Any) -> None:
    kept()
    assert stat.S_IMODE(path_of(DIGEST).stat().st_mode) == 0o600
    assert stat.S_IMODE(path_of(DIGEST).parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("digest", ["", "abc", "Z" * 64, DIGEST.upper(), DIGEST + "0"])
def test_the_database_refuses_what_is_no_digest(digest: str) -> None:
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        Document.objects.create(digest=digest, size=1, media_type="text/plain", name="x")


def test_the_database_refuses_a_second_record_of_the_same_bytes() -> None:
    kept()
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.create(digest=DIGEST, size=1, media_type="text/plain", name="x")


def test_is_called_by_its_name() -> None:
    assert str(kept()) == "答复书.pdf"


def test_what_lies_on_the_disk_tells_nothing(settings: Any) -> None:
    kept(b"applicant: Zhang San")
    [file] = files(settings)
    assert b"Zhang San" not in file.read_bytes()


def test_a_file_sealed_for_another_place_is_damaged() -> None:
    first, second = kept(b"first"), kept(b"second")
    path_of(first.digest).write_bytes(path_of(second.digest).read_bytes())
    with pytest.raises(FileDamagedError):
        read(first)


def test_a_file_from_before_the_seal_is_read() -> None:
    document = kept()
    path_of(DIGEST).write_bytes(DATA)
    assert read(document) == DATA


# --- files larger than memory ---

LARGE = bytes(range(256)) * 9_000  # more than two pieces, and not a whole number of them


def test_a_file_is_kept_as_its_bytes_would_be() -> None:
    document = keep_file(io.BytesIO(LARGE), name="卷宗.zip", media_type="application/zip")
    assert (document.digest, document.size) == (hashlib.sha256(LARGE).hexdigest(), len(LARGE))
    assert read(document) == LARGE
    assert LARGE[:64] not in path_of(document.digest).read_bytes(), "sealed"
    assert keep(LARGE, name="again", media_type="application/zip") == document


@pytest.mark.parametrize("data", [b"", DATA, LARGE])
def test_a_file_comes_out_as_it_was_kept(data: bytes) -> None:
    out = io.BytesIO()
    copy_out(kept(data), out)
    assert out.read() == data


def test_a_file_from_before_the_seal_comes_out() -> None:
    document, out = kept(), io.BytesIO()
    path_of(DIGEST).write_bytes(DATA)
    copy_out(document, out)
    assert out.read() == DATA


def test_a_damaged_file_does_not_come_out() -> None:
    document = kept(LARGE)
    path = path_of(document.digest)
    sealed = bytearray(path.read_bytes())
    sealed[1_500_000] ^= 1
    path.write_bytes(sealed)
    with pytest.raises(FileDamagedError):
        copy_out(document, io.BytesIO())
    path.unlink()
    with pytest.raises(FileMissingError):
        copy_out(document, io.BytesIO())
