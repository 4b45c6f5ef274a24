"""Office files and OFD as containers: macros, passwords, bombs, tricks with paths, damage."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
import zlib

import pytest

from gongkai.documents.gate import Limits, UploadRefused, inspect
from gongkai.documents.gate.limits import MB
from tests.documents import uploads

VBA = uploads.compound({"VBA": b"", "dir": b"x" * 100})
PACKAGED = uploads.compound({"\x01Ole10Native": b"MZ" * 100})
SHEET = struct.pack("<IBB", 0, 0, 0) + b"\x06\x00Sheet1"


def code(data: bytes, name: str, limits: Limits | None = None) -> str:
    """The code of the refusal, or "" where it passes."""
    try:
        inspect(data, name, limits=limits)
    except UploadRefused as refused:
        return refused.code
    return ""


def claiming(package: bytes, name: str, size: int) -> bytes:
    """The package, where both headers of the entry tell another unpacked size, and the checksum of that much."""
    with zipfile.ZipFile(io.BytesIO(package)) as read:
        entry = read.getinfo(name)
        directory, checksum = read.start_dir, zlib.crc32(read.read(name)[:size])
    data = bytearray(package)
    for size_at in (entry.header_offset + 22, data.index(name.encode(), directory) - 46 + 24):
        struct.pack_into("<I", data, size_at, size)
        struct.pack_into("<I", data, size_at - 8, checksum)
    return bytes(data)


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ({"word/vbaProject.bin": b"anything"}, "macros"),
        ({"word/innocent.bin": VBA}, "macros"),
        ({"xl/macrosheets/sheet1.xml": b"<x/>"}, "macros"),
        ({"word/embeddings/oleObject1.bin": PACKAGED}, "embedded_file"),
        ({"word/media/image1.png": uploads.PROGRAM}, "embedded_file"),
        ({"word/media/image1.png": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(30)}, "damaged"),
        ({"word/a.zip": uploads.archive({"a": b"x"})}, "nested_archive"),
        ({"word/embeddings/a.xlsx": uploads.archive({"a": b"x"})}, "nested_archive"),
        ({"word/embeddings/a.bin": b"Rar!\x1a\x07\x00"}, "nested_archive"),
        ({"word/embeddings/a.xlsx": uploads.excel()}, ""),
        ({"word/embeddings/a.xls": uploads.sample("plain.xls")}, ""),
        ({"word/embeddings/a.xlsx": uploads.added(uploads.excel(), {"xl/vbaProject.bin": b"x"})}, "macros"),
        (
            {"word/embeddings/a.docx": uploads.added(uploads.word(), {"word/embeddings/b.xlsx": uploads.excel()})},
            "nested_archive",
        ),
        ({"../../evil.txt": b"x"}, "unsafe_paths"),
        ({"/etc/passwd": b"x"}, "unsafe_paths"),
        ({"word\\..\\..\\evil": b"x"}, "unsafe_paths"),
        ({"C:evil": b"x"}, "unsafe_paths"),
        ({"a\nb": b"x"}, "unsafe_paths"),
        ({"customXml/item9.xml": b"<x/>", "word/media/": b""}, ""),
    ],
)
def test_what_a_document_may_hold(entries: dict[str, bytes], told: str) -> None:
    assert code(uploads.added(uploads.word(), entries), "a.docx") == told


def test_a_macro_document_that_calls_itself_docx() -> None:
    main = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    macro = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    assert code(uploads.with_types(uploads.word(), main, macro), "a.docx") == "macros"
    slides = main.replace(b"wordprocessingml.document", b"presentationml.presentation")
    assert code(uploads.with_types(uploads.word(), main, slides), "a.docx") == "renamed"


def test_a_link_inside_is_refused() -> None:
    link = zipfile.ZipInfo("word/link")
    link.external_attr = 0o120777 << 16
    out = io.BytesIO(uploads.word())
    with zipfile.ZipFile(out, "a") as made:
        made.writestr(link, "/etc/passwd")
    assert code(out.getvalue(), "a.docx") == "unsafe_paths"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_entries_of_one_name_are_refused() -> None:
    assert code(uploads.added(uploads.word(), {"word/document.xml": b"<other/>"}), "a.docx") == "unsafe_paths"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_packing_that_office_does_not_know_is_refused(method: int) -> None:
    assert code(uploads.added(uploads.word(), {"word/x.xml": b"x" * 99}, method), "a.docx") == "damaged"


def test_an_entry_with_a_password_is_told() -> None:
    data = bytearray(uploads.ofd(secret=b"x"))
    for place, signature in ((6, b"PK\x03\x04"), (8, b"PK\x01\x02")):
        data[data.rindex(signature) + place] |= 1
    assert code(bytes(data), "a.ofd") == "encrypted"


@pytest.mark.parametrize(
    ("limits", "size"),
    [
        (Limits(unpacked=8 * MB), 9 * MB),  # too much
        (Limits(small=MB), 9 * MB),  # too dense
    ],
)
def test_a_bomb_is_refused_by_what_it_claims(limits: Limits, size: int) -> None:
    bomb = uploads.added(uploads.word(), {"word/media/a.bmp": bytes(size)})
    assert len(bomb) < MB // 4
    assert code(bomb, "a.docx", limits) == "zip_bomb"
    assert code(bomb, "a.docx") == ""


def test_the_usual_limits_stop_a_bomb_in_little_memory() -> None:
    bomb = uploads.added(uploads.word(), {"word/media/a.bmp": bytes(40 * MB)})
    tracemalloc.start()
    try:
        assert code(bomb, "a.docx") == "zip_bomb"
        assert tracemalloc.get_traced_memory()[1] < 2 * MB
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("claimed", [10, 3 * MB + 1, 3 * MB - 1])
def test_an_entry_that_lies_about_its_size_is_refused(claimed: int) -> None:
    liar = claiming(uploads.added(uploads.word(), {"word/media/a.bmp": bytes(3 * MB)}), "word/media/a.bmp", claimed)
    tracemalloc.start()
    try:
        assert code(liar, "a.docx") == "damaged"
        assert tracemalloc.get_traced_memory()[1] < 2 * MB
    finally:
        tracemalloc.stop()


def test_many_entries_are_refused_before_they_are_listed() -> None:
    limits = Limits(entries=50)
    assert code(uploads.added(uploads.word(), {f"word/{n}": b"" for n in range(20)}), "a.docx", limits) == ""
    assert code(uploads.added(uploads.word(), {f"word/{n}": b"" for n in range(50)}), "a.docx", limits) == "zip_bomb"


def test_bombs_inside_share_the_bound() -> None:
    inner = uploads.added(uploads.excel(), {"xl/media/a.bmp": bytes(3 * MB)})
    outer = uploads.added(uploads.word(), {f"word/embeddings/{n}.xlsx": inner for n in range(3)})
    assert code(outer, "a.docx", Limits(unpacked=12 * MB)) == ""
    assert code(outer, "a.docx", Limits(unpacked=8 * MB)) == "zip_bomb"


@pytest.mark.parametrize("cut", [30, 1000, -1, -30, -300])
def test_a_document_cut_short_is_damaged(cut: int) -> None:
    assert code(uploads.word()[:cut], "a.docx") == "damaged"


def test_a_document_with_one_byte_changed_is_damaged() -> None:
    data = bytearray(uploads.word())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as read:
        place = read.getinfo("word/document.xml").header_offset
    data[place + 120] ^= 0xFF
    assert code(bytes(data), "a.docx") == "damaged"


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (uploads.sample("locked.xlsx"), "a.xlsx", "encrypted"),
        (uploads.compound({"EncryptionInfo": b"x", "EncryptedPackage": b"y" * 5000}), "a.docx", "encrypted"),
        (uploads.old_word(0x0100), "a.doc", "encrypted"),
        (uploads.old_word(0x0200, Macros=b"", VBA=b""), "a.doc", "macros"),
        (uploads.old_word(Package=b"x"), "a.doc", "embedded_file"),
        (uploads.compound({"WordDocument": b"short"}), "a.doc", "damaged"),
        (uploads.compound({"PowerPoint Document": b"x"}), "a.doc", "renamed"),
        (uploads.book(uploads.record(0x85, SHEET)), "a.xls", ""),
        (uploads.book(uploads.record(0x2F, bytes(4))), "a.xls", "encrypted"),
        (uploads.book(uploads.record(0x85, b"\x00\x00\x00\x00\x02\x01" + SHEET)), "a.xls", "macros"),
        (uploads.compound({"Workbook": uploads.record(0x809, bytes(16))}), "a.xls", "damaged"),
        (uploads.compound({"Workbook": b"no records"}), "a.xls", "damaged"),
        (uploads.compound({"Book": b"", "_VBA_PROJECT_CUR": b""}), "a.xls", "macros"),
        (uploads.sample("plain.xls")[:700], "a.xls", "damaged"),
    ],
)
def test_old_office_files(data: bytes, name: str, told: str) -> None:
    assert code(data, name) == told


def test_a_chain_that_runs_in_a_circle_ends() -> None:
    data = bytearray(uploads.old_word())
    for entry in range(512, 1024, 4):
        if data[entry : entry + 4] == b"\xfe\xff\xff\xff":
            struct.pack_into("<I", data, entry, 1)
    assert code(bytes(data), "a.doc") == "damaged"


def test_ofd_holds_no_archive() -> None:
    assert code(uploads.ofd(**{"Doc_0/Attachs/a.zip": uploads.archive({"a": b"x"})}), "a.ofd") == "nested_archive"
    assert code(uploads.archive({"OFD.xml": b"<other/>"}), "a.ofd") == "renamed"
