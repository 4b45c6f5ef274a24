"""Large files: judged in a bounded process, kept piece by piece without weighing on this one, refused as small ones are."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile

from gongkai.documents import store
from gongkai.documents.gate import Limits, UploadRefused
from gongkai.documents.gate.large import OnDisk, let_in_large
from gongkai.documents.models import Quarantined
from gongkai.documents.upload_fields import Upload
from tests.documents.clamd_server import running
from tests.documents.uploads import EICAR

MB = 1024 * 1024
TEXT = "政府信息公开。\n".encode()


@contextmanager
def on_disk(data: bytes, name: str, times: int = 1) -> Iterator[TemporaryUploadedFile]:
    """As Django keeps what is too large for memory."""
    file = TemporaryUploadedFile(name, "application/octet-stream", len(data) * times, None)
    with file:
        for _ in range(times):
            file.write(data)
        file.flush()
        yield file


@pytest.mark.django_db
def test_fifty_megabytes_do_not_weigh_on_this_process() -> None:
    with on_disk(TEXT * (MB // len(TEXT)), "数据.txt", times=50) as file:
        tracemalloc.start()
        try:
            passed = let_in_large(file, Limits(size=50 * MB, total=50 * MB))
            assert isinstance(passed, OnDisk)
            document = passed.keep()
            _now, most = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert most < 8 * MB
    assert (document.size, document.media_type) == (file.size, "text/plain")
    assert store.read(document).startswith(TEXT)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "name", "code"),
    [(b"", "a.txt", "empty"), (b"x" * 11, "a.txt", "too_large"), (b"MZ\x90\x00", "a.exe", "kind_not_allowed"),
     (b"%PDF-1.7", "a.txt", "damaged"), (b"\x00\x01\x02", "a.txt", "renamed")],
)  # fmt: skip
def test_what_is_refused(data: bytes, name: str, code: str) -> None:
    with on_disk(data, name) as file, pytest.raises(UploadRefused) as refused:
        let_in_large(file, Limits(size=10))
    assert refused.value.code == code
    assert name in refused.value.message.zh


@pytest.mark.django_db
def test_a_small_one_goes_the_usual_way() -> None:
    assert isinstance(let_in_large(SimpleUploadedFile("a.txt", TEXT), Limits()), Upload)


@pytest.mark.django_db
def test_an_infected_one_is_set_apart(settings: Any) -> None:
    with running() as clamd:
        settings.CLAMAV = clamd.address
        with on_disk(TEXT + EICAR, "材料.txt") as file, pytest.raises(UploadRefused) as refused:
            let_in_large(file, Limits())
    assert refused.value.code == "infected"
    assert Quarantined.objects.get().size == len(TEXT + EICAR)
