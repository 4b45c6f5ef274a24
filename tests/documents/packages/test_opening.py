"""A package that somebody brings: nothing of it is believed, and nothing of it reaches another place."""

from __future__ import annotations

import contextlib
import io
import json
import struct
import tracemalloc
import warnings
import zipfile
from pathlib import Path
from typing import Any

import pytest

from gongkai.documents.packages.checking import Result
from gongkai.documents.packages.errors import NotAPackage
from gongkai.documents.packages.opening import opened
from tests.documents.packages.made import lines, package, repacked, seen, with_manifest, without_entry


def refused(data: bytes) -> str:
    with pytest.raises(NotAPackage) as told:
        seen(data)
    return told.value.why.zh


def zipped(name: str, **attributes: Any) -> bytes:
    """The package with one more entry of this name, packed as an attacker would."""
    out = io.BytesIO(package())
    with warnings.catch_warnings(), zipfile.ZipFile(out, "a") as more:
        warnings.simplefilter("ignore")  # a double name
        info = zipfile.ZipInfo("plain.txt")
        for key, value in attributes.items():
            setattr(info, key, value)
        info.filename = info.orig_filename = name
        more.writestr(info, b"x")
    return out.getvalue()


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd", "/etc/passwd", "C:/x.txt", "a\\..\\b.txt", "files/../../x", "files//x", ".hidden", "a\nb",
        "a/b/c/d/e/f/g.txt", "文件.txt", "x" * 300, "con\x00.txt", "a/",
    ],
)  # fmt: skip
def test_a_name_that_is_a_path(name: str) -> None:
    assert "不安全的文件名" in refused(zipped(name))


def test_a_link_is_no_file() -> None:
    assert "不安全的文件名" in refused(zipped("link.txt", external_attr=0o120777 << 16))


@pytest.mark.parametrize("name", ["steps.json", "STEPS.json", "manifest.json"])
def test_two_of_one_name(name: str) -> None:
    assert "重名" in refused(zipped(name))


def test_a_bomb_is_refused_by_its_table() -> None:
    def grow(files: dict[str, bytes]) -> None:
        files["files/bomb.txt"] = b"\x00" * 80_000_000

    data = repacked(grow)
    assert len(data) < 500_000
    tracemalloc.start()
    assert "过大" in refused(data)
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_an_entry_longer_than_it_claims() -> None:
    """The table says 2 bytes, the compressed data are many: nobody reads further than the claim, and it is told."""

    def grow(files: dict[str, bytes]) -> None:
        files["steps.json"] = b"[" + b" " * 5_000_000 + b"]"

    data = bytearray(repacked(grow))
    place = data.index(b"steps.json", data.rindex(b"PK\x01\x02") - 2_000) - 46
    struct.pack_into("<I", data, place + 24, 2)
    found = lines(bytes(data))
    assert (found["digests"].result, "steps.json" in found["digests"].message.zh) == (Result.FAILED, True)


def test_an_entry_taken_out_of_the_table_is_found() -> None:
    found = lines(without_entry(package(), "files/002-paper-form.txt"))
    assert "缺少 files/002-paper-form.txt" in found["contents"].message.zh
    assert (found["form"].result, found["form"].message.zh) == (Result.FAILED, "压缩包内有目录以外的数据。")


@pytest.mark.parametrize(
    "data",
    [
        b"", b"nothing", b"PK\x05\x06" + b"\x00" * 18, b"%PDF-1.7", package()[:-1], package() + b"more",
        package()[: len(package()) // 2], b"PK\x03\x04" * 1000, package().replace(b"PK\x05\x06", b"PK\x05\x07"),
    ],
    ids=range(9),
)  # fmt: skip
def test_what_is_no_zip(data: bytes) -> None:
    assert refused(data)


def test_more_entries_than_any_case_has() -> None:
    data = bytearray(package())
    end = data.rindex(b"PK\x05\x06")
    struct.pack_into("<HH", data, end + 8, 60_000, 60_000)
    assert "文件过多" in refused(bytes(data))
    struct.pack_into("<HH", data, end + 8, 3, 3)
    assert refused(bytes(data))


@pytest.mark.parametrize("offset", range(0, 46, 3))
def test_any_byte_of_the_table_changed(offset: int) -> None:
    """Refused, told as a fault, or without meaning (a date, a version): never an error of ours."""
    data = bytearray(package())
    data[data.index(b"PK\x01\x02") + offset] ^= 0xFF
    with contextlib.suppress(NotAPackage):
        assert lines(bytes(data))


def test_lies_of_the_manifest() -> None:
    def other_size(manifest: dict[str, Any]) -> None:
        manifest["files"][0]["sha256"] = "0" * 64

    assert "index.html" in lines(with_manifest(other_size))["digests"].message.zh
    assert lines(with_manifest(other_size))["eep"].result is Result.FAILED, "the XML still tells the old digest"


@pytest.mark.parametrize(
    "manifest",
    [
        b"", b"[]", b"null", b"{}", b'{"format": "gongkai-case-file/9", "files": []}', b"[" * 100_000,
        b'{"format": "gongkai-case-file/2", "files": {}}', b'{"format": "gongkai-case-file/2", "files": [1]}',
        b'{"format": "gongkai-case-file/2", "files": [{"name": "../x"}]}', b'{"files": 1' + b"0" * 9_000 + b"}",
        b"\xff\xfe", b" " * 17_000_000,
    ],
    ids=range(12),
)  # fmt: skip
def test_a_manifest_that_is_none(manifest: bytes) -> None:
    def replace(files: dict[str, bytes]) -> None:
        files["manifest.json"] = manifest

    assert "清单" in refused(repacked(replace))


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "../../x"}, {"name": "a" * 500}, {"size": -1}, {"size": "5"}, {"sha256": "zz"}, {"sm3": None},
        {"title": ["x"]}, {"pages": "many"}, {"copy_of": 7}, {"media_type": {}},
    ],
    ids=str,
)  # fmt: skip
def test_a_row_of_the_manifest_that_is_none(changes: dict[str, Any]) -> None:
    assert refused(with_manifest(lambda manifest: manifest["files"][0].update(changes)))


def test_a_file_listed_twice() -> None:
    assert "重复" in refused(with_manifest(lambda manifest: manifest["files"].append(manifest["files"][0])))


def test_a_folder_is_read_as_the_zip_is(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(package())) as archive:
        archive.extractall(tmp_path / "case")
    with opened(tmp_path / "case") as there:
        assert json.loads(b"".join(there.chunks("manifest.json")))["volume"] == 1
    (tmp_path / "case" / "files" / "link.txt").symlink_to("/etc/passwd")
    with pytest.raises(NotAPackage), opened(tmp_path / "case"):
        pass
    with pytest.raises(NotAPackage), opened(tmp_path):
        pass
