"""The virus scanner, over a real socket and in its own protocol: only a plain OK lets a file pass."""

from __future__ import annotations

import socket
import time
from typing import Any

import pytest

from gongkai.documents.gate import Limits, UploadRefused, inspect, keep_upload
from gongkai.documents.models import Document
from tests.documents import clamd_server, uploads


def refused(data: bytes = b"x", **options: Any) -> UploadRefused:
    with pytest.raises(UploadRefused) as refusal:
        inspect(data, "材料.txt", **options)
    return refusal.value


@pytest.mark.parametrize("tcp", [False, True])
def test_the_scanner_sees_the_very_bytes(settings: Any, tcp: bool) -> None:
    data = bytes(range(32, 127)) * 40_000
    with clamd_server.running(tcp=tcp) as clamd:
        settings.CLAMAV = clamd.address
        assert inspect(data, "a.txt").size == len(data)
        assert clamd.scanned == [data]


def test_an_infected_file_is_refused_and_not_kept(settings: Any, db: None) -> None:
    with clamd_server.running() as clamd:
        settings.CLAMAV = clamd.address
        with pytest.raises(UploadRefused) as refusal:
            keep_upload(uploads.EICAR, "材料.txt")
    assert refusal.value.code == "infected"
    assert "“材料.txt”" in refusal.value.message.zh
    assert "Eicar-Signature" in refusal.value.message.zh
    assert not Document.objects.exists()


def test_without_a_scanner_all_passes(settings: Any) -> None:
    settings.CLAMAV = ""
    assert inspect(uploads.EICAR, "a.txt")


@pytest.mark.parametrize(
    "answer", [b"", b"\n", b"stream: whatever ERROR\n", b"OK\n", b"stream: OK but\n", b"\xff\xfe\n", b"other: OK\n"]
)
def test_every_other_answer_is_no(settings: Any, answer: bytes) -> None:
    with clamd_server.running(answer=answer) as clamd:
        settings.CLAMAV = clamd.address
        assert refused().code == "scan_unavailable"


def test_larger_than_the_scanner_takes_is_no(settings: Any) -> None:
    with clamd_server.running(stream_limit=10_000) as clamd:
        settings.CLAMAV = clamd.address
        assert refused(b"x" * 3_000_000).code == "scan_unavailable"
        assert inspect(b"x" * 10_000, "a.txt")


def test_silence_is_no(settings: Any) -> None:
    with clamd_server.running(silent=True) as clamd:
        settings.CLAMAV = clamd.address
        began = time.monotonic()
        assert refused(limits=Limits(scan_seconds=0.1)).code == "scan_unavailable"
        assert time.monotonic() - began < 1.5


@pytest.mark.parametrize("address", ["unix:/nowhere/clamd.ctl", "127.0.0.1:{free}", "nonsense", "host:port", "unix:"])
def test_nobody_there_is_no(settings: Any, address: str, caplog: pytest.LogCaptureFixture) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings.CLAMAV = address.format(free=probe.getsockname()[1])  # bound, and nobody listens
        refusal = refused()
    assert refusal.code == "scan_unavailable"
    assert refusal.message.zh.startswith("暂时无法检查文件，请稍后再试")
    assert "ClamAV" in caplog.text, "the administrator is told"


def test_what_is_refused_anyway_is_not_scanned(settings: Any) -> None:
    with clamd_server.running() as clamd:
        settings.CLAMAV = clamd.address
        assert refused(uploads.PROGRAM).code == "renamed"
        assert clamd.scanned == []
