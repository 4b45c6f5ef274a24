"""The check of the four properties by the bytes alone, and the XML that describes a package."""

from __future__ import annotations

import io

import pytest
from lxml import etree

from gongkai.documents.packages import eep
from gongkai.documents.packages.checking import Property, Result, lines_of, result_of
from gongkai.documents.packages.looking import Verdict, look
from gongkai.documents.packages.manifest import Digests, parsed
from gongkai.documents.packages.writing import PackageWriter, Piece
from tests.documents.packages.made import PIECES, lines, made, package, repacked, seen, wrapped
from tests.documents.uploads import PROGRAM, archive, pdf, word

PDF = "application/pdf"


def test_a_sound_package_passes() -> None:
    found = list(lines_of(seen(package())))
    assert {line.kind for line in found} == set(Property)
    assert [line for line in found if line.result is not Result.PASSED] == []
    assert result_of(found) is Result.PASSED


def test_the_same_pieces_are_the_same_bytes() -> None:
    assert made() == package()


def test_packed_again_by_another_program_it_passes() -> None:
    found = lines(repacked(lambda files: None))
    assert [line for line in found.values() if line.result is not Result.PASSED] == []


def test_every_changed_byte_is_found() -> None:
    def change(files: dict[str, bytes]) -> None:
        files["files/002-paper-form.txt"] = files["files/002-paper-form.txt"].replace(b"2021", b"2022")
        del files["steps.json"]
        files["files/009-more.txt"] = b"x"

    found = lines(repacked(change))
    assert found["digests"].message.zh == "内容已被改动：files/002-paper-form.txt"
    assert found["contents"].message.zh == "与清单不符：缺少 steps.json、多出 files/009-more.txt"


def test_sm3_as_the_standard_gives_it() -> None:
    assert Digests(b"abc").told()[1] == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_a_manifest_is_what_it_was() -> None:
    manifest = seen(package()).manifest
    assert parsed(manifest.as_bytes) == manifest
    restricted = {listed.name: listed.as_data["restricted"] for listed in manifest.files}
    assert restricted["files/002-paper-form.txt"] is True
    assert restricted["files/001-letter-reply.pdf"] is False


@pytest.mark.parametrize(
    ("media_type", "data", "code"),
    [
        (PDF, b"<html><script>1</script></html>", "opens"),
        (PDF, b"%PDF-1.7 cut off", "opens"),
        (PDF, b"%PDF-1.7\nnothing behind it\n%%EOF", "opens"),
        ("application/pdf", b"", "opens"),
        ("text/plain", PROGRAM, "opens"),
        ("image/png", b"\x89PNG\r\n\x1a\n", "opens"),
        ("application/x-unknown", b"?\x00", "opens"),
        ("application/json", b"{", "opens"),
        ("text/html", b"<script>alert(1)</script>", "content"),
        (PIECES[-1].media_type, archive({"[Content_Types].xml": b"macroEnabled", "word/vbaProject.bin": b"x"}), "content"),
    ],
)  # fmt: skip
def test_what_does_not_open_or_acts(media_type: str, data: bytes, code: str) -> None:
    found = lines(made(Piece("files/009-paper.bin", "x", data, media_type, "paper")))
    assert [each for each, line in found.items() if line.result is Result.FAILED] == [code]
    assert "files/009-paper.bin" in found[code].message.zh


def test_pages_are_counted() -> None:
    assert look("x.pdf", PDF, pdf(), ours=True).pages == 1
    assert look("x.docx", PIECES[-1].media_type, word()).pages is None
    assert look("x.pdf", PDF, b"%PDF-1.7\n%%EOF", ours=True).opens is Verdict.FAULTY


def test_a_silent_virus_scanner_passes_nothing(settings: object) -> None:
    settings.CLAMAV = "unix:/nowhere/clamd.sock"  # type: ignore[attr-defined]
    found = lines(package())
    assert found["opens"].result is Result.NOT_CHECKED
    assert found["content"].result is Result.NOT_CHECKED


# --- the XML ---


def rendered(**changes: object) -> bytes:
    with PackageWriter(io.BytesIO()) as writer:
        for piece in PIECES:
            writer.add(piece)
        return eep.render(wrapped(writer, **changes), str(changes.pop("encoding", eep.ENCODING)))


def test_the_xml_is_in_the_standards_encoding_and_says_what_it_is_not() -> None:
    data = rendered()
    assert data.startswith(b"<?xml version='1.0' encoding='GB18030'?>")
    root = etree.fromstring(data)
    assert root.tag == "电子文件封装包"
    assert root.findtext(".//内容描述/题名") == "关于“北区𬭎䶮”的申请"
    assert "未与标准文本逐项核对" in str(root.findtext("封装包格式描述"))
    assert [each.tag for each in root.iterfind("被签名对象/封装内容/*")] == [
        "文件实体块",
        "业务实体块",
        "机构人员实体块",
    ]
    assert root.find("电子签名块") is not None
    assert len(root.findall(".//文档")) == len(PIECES)


def test_whatever_people_typed_it_is_well_formed() -> None:
    typed = "".join(map(chr, range(0x20))) + "<&\"']]>\ud800\ufffe\uffff𬭎"
    root = eep.parsed(rendered(title=typed, people=[eep.Signatory(typed, typed)]))
    assert str(root.findtext(".//内容描述/题名")).endswith("<&\"']]>𬭎")


def test_small_files_can_stand_in_it() -> None:
    root = eep.parsed(rendered(embedded={"steps.json": b"[]"}))
    assert [each.text for each in root.iter("编码")] == ["W10="]


def test_a_signature_has_its_place() -> None:
    signature = eep.Signature("1", "SM2", "2025-03-20", "演示市城市管理局", "MEUC", "1.2.156.10197.1.501")
    assert eep.parsed(rendered(signatures=[signature])).findtext("电子签名块/电子签名/签名人") == "演示市城市管理局"


@pytest.mark.parametrize(
    "data",
    [
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>',
        b"<x>", b"", b"<?xml version='1.0' encoding='nonsense'?><x/>", b"<x>\x00</x>", b"<a>" * 5_000,
    ],
    ids=range(7),
)  # fmt: skip
def test_a_hostile_xml_is_told_as_a_fault(data: bytes) -> None:
    def replace(files: dict[str, bytes]) -> None:
        files["eep.xml"] = data

    found = lines(repacked(replace))
    assert found["eep"].result is Result.FAILED
    assert found["digests"].result is Result.FAILED
