"""What passes the upload gate by its content, its name and its size, and what each refusal says."""

from __future__ import annotations

import gzip
import re
from typing import Any

import pypdfium2
import pytest

from gongkai.documents.gate import EXTENSIONS, Limits, UploadRefused, inspect, keep_upload, usual
from gongkai.documents.gate.limits import MB, shown_size
from gongkai.documents.gate.names import LONGEST
from gongkai.documents.gate.pdf import _literal
from gongkai.documents.gate.refusals import SENTENCES
from gongkai.documents.models import Document
from gongkai.documents.store import read
from gongkai.law.texts import Text
from tests.documents import uploads

SMALL = Limits(size=1000)
GOOD = {
    "a.pdf": uploads.pdf(),
    "a.docx": uploads.word(),
    "a.xlsx": uploads.excel(),
    "a.ofd": uploads.ofd(),
    "a.xls": uploads.sample("plain.xls"),
    "a.doc": uploads.old_word(),
    "a.png": uploads.png(),
    "a.jpg": uploads.jpeg(),
    "a.tif": uploads.tiff((3, 2), (4, 5)),
    "a.txt": uploads.TEXT,
}


def refusal(data: bytes, name: str, **options: Any) -> UploadRefused:
    with pytest.raises(UploadRefused) as refused:
        inspect(data, name, **options)
    return refused.value


@pytest.mark.parametrize("name", GOOD)
def test_each_kind_passes(name: str) -> None:
    passed = inspect(GOOD[name], name)
    assert (passed.name, passed.size) == (name, len(GOOD[name]))
    assert "/" in passed.media_type


def test_the_kind_is_that_of_the_content() -> None:
    kinds = {inspect(data, name).media_type for name, data in GOOD.items()}
    assert len(kinds) == len(GOOD)
    assert inspect(GOOD["a.docx"], "x.docx").media_type.endswith("wordprocessingml.document")


@pytest.mark.parametrize("said", EXTENSIONS)
@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.xls", "a.txt"])
def test_a_name_that_says_another_kind_is_refused(name: str, said: str) -> None:
    extension = name.partition(".")[2]
    if said == extension:
        assert inspect(GOOD[name], f"b.{said}").name == f"b.{said}"
    else:
        refused = refusal(GOOD[name], f"b.{said}")
        assert refused.code == "renamed"
        assert extension.upper() in refused.message.zh


@pytest.mark.parametrize(
    ("data", "name", "content"),
    [
        (uploads.PAGE, "答复.pdf", "网页"),
        (uploads.PAGE, "台账.xls", "网页"),
        (uploads.PROGRAM, "照片.jpg", "可执行程序"),
        (uploads.archive({"a.txt": b"x"}), "表.docx", "ZIP"),
        (b"Rar!\x1a\x07\x01\x00" + bytes(90), "材料.pdf", "RAR"),
        (b"{\\rtf1\\ansi hello}", "信.doc", "RTF"),
        (gzip.compress(b"x", mtime=0), "a.pdf", "GZ"),
        (bytes(range(1, 256)), "a.txt", "无法识别"),
        (b"a\x00b", "a.txt", "无法识别"),
        ("文".encode("utf-16"), "a.txt", "无法识别"),
        (uploads.PAGE, "a.txt", "网页"),
    ],
)
def test_a_renamed_file_is_named_for_what_it_is(data: bytes, name: str, content: str) -> None:
    refused = refusal(data, name)
    assert refused.code == "renamed"
    assert f"“{name}”" in refused.message.zh
    assert content in refused.message.zh


@pytest.mark.parametrize(
    "name", ["a.exe", "a.html", "a.zip", "a.pdf.exe", "a.js", "a.svg", "a.docm", "报告\u202efdp.exe"]
)
@pytest.mark.parametrize("data", [uploads.PROGRAM, uploads.TEXT, uploads.pdf()])
def test_other_extensions_are_refused_whatever_is_inside(data: bytes, name: str) -> None:
    assert refusal(data, name).code == "kind_not_allowed"


def test_without_an_extension_the_content_decides() -> None:
    assert inspect(uploads.jpeg(), "微信图片").name == "微信图片.jpg"
    assert refusal(uploads.PROGRAM, "微信图片").code == "kind_not_allowed"


@pytest.mark.parametrize("text", [b"\xef\xbb\xbfplain", "政府信息公开\r\n".encode("gb18030"), "䶮\t𠮷".encode(), b"x"])
def test_text_as_windows_and_others_write_it(text: bytes) -> None:
    assert inspect(text, "a.TXT").media_type == "text/plain"


def test_empty() -> None:
    refused = refusal(b"", "空.pdf")
    assert refused.code == "empty"
    assert "“空.pdf”" in refused.message.zh
    assert refused.name == "空.pdf"


def test_too_large_says_limit_and_size() -> None:
    assert inspect(b"x" * 1000, "a.txt", limits=SMALL)
    refused = refusal(b"x" * 1001, "a.txt", limits=SMALL)
    assert refused.code == "too_large"
    assert "1001 B" in refused.message.zh
    assert "1000 B" in refused.message.en


def test_the_limits_are_the_installation_s(settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES, settings.UPLOAD_TOTAL_BYTES = 5, 7
    assert (usual().size, usual().total) == (5, 7)
    assert refusal(b"123456", "a.txt").code == "too_large"


@pytest.mark.parametrize(
    ("size", "shown"),
    [(0, "0 B"), (1023, "1023 B"), (1024, "1 KB"), (20 * MB, "20 MB"), (20 * MB + 1, "20.1 MB"), (1500, "1.5 KB")],
)
def test_a_size_over_the_limit_never_reads_as_the_limit(size: int, shown: str) -> None:
    assert shown_size(size) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\用户\\王芳\\身份证.txt", "身份证.txt"),
        ("a\x00b\r\n.txt", "ab.txt"),
        ("申\u200b请\u202e书\ufeff.txt", "申请书.txt"),
        ("  a \u3000 b  .txt", "a b.txt"),
        ('a<b>:"|?*.txt', "a_b______.txt"),
        ("con.txt", "_con.txt"),
        ("NUL", "_NUL.txt"),
        (".txt", "txt.txt"),
        ("...", "附件.txt"),
        ("", "附件.txt"),
        ("/", "附件.txt"),
        ("a.txt. ", "a.txt"),
        ("说明.第二稿", "说明.第二稿.txt"),
        ("e\u0301.txt", "é.txt"),
        ("\ud800公.txt", "公.txt"),
    ],
)
def test_hostile_names_become_safe(name: str, shown: str) -> None:
    assert inspect(b"x", name).name == shown


@pytest.mark.parametrize("letter", ["a", "公", "𠮷"])
def test_a_long_name_is_cut_and_keeps_its_extension(letter: str) -> None:
    shown = inspect(b"x", letter * 300 + ".txt").name
    assert shown.endswith(letter + ".txt")
    assert LONGEST - 4 <= len(shown.encode()) <= LONGEST
    assert len(shown) <= 240


@pytest.mark.parametrize(
    "data", [uploads.png(20_000, 20_000), uploads.png(2**31, 1), uploads.png(2**32 - 1, 2**32 - 1)]
)
def test_a_png_of_gigabytes_is_refused_by_its_header(data: bytes) -> None:
    assert refusal(data, "a.png").code == "too_many_pixels"


def test_the_largest_telephone_s_picture_passes() -> None:
    assert inspect(uploads.jpeg(16_320, 12_240), "a.jpeg")


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (uploads.jpeg(20_000, 20_000), "a.jpg", "too_many_pixels"),
        (uploads.jpeg(20_000, 20_000, before=b"\xff\xfe\x00\x04\xff\xc0\xff"), "a.jpg", "too_many_pixels"),
        (uploads.tiff((3, 2), (60_000, 60_000)), "a.tif", "too_many_pixels"),
        (uploads.tiff((60_000, 60_000), order=">"), "a.tiff", "too_many_pixels"),
        (uploads.tiff((3, 2), (3, 2), circle=True), "a.tif", "damaged"),
        (uploads.tiff((0, 2)), "a.tif", "damaged"),
        (uploads.tiff(*[(3, 2)] * 2_001), "a.tif", "damaged"),
        (uploads.tiff(), "a.tif", "damaged"),
        (uploads.png(0, 4), "a.png", "damaged"),
        (uploads.png()[:20], "a.png", "damaged"),
        (uploads.jpeg()[:15], "a.jpg", "damaged"),
        (b"\xff\xd8\xff\xda\x00\x08", "a.jpg", "damaged"),
        (b"\xff\xd8\xff\xe0\x00\x00" * 9, "a.jpg", "damaged"),
    ],
)
def test_pictures_that_are_none(data: bytes, name: str, code: str) -> None:
    assert refusal(data, name).code == code


@pytest.mark.parametrize("cipher", ["rc4-40", "rc4-128", "aes-128", "aes-256"])
def test_a_pdf_that_asks_for_a_password_is_refused_and_one_that_only_forbids_printing_is_not(cipher: str) -> None:
    assert refusal(uploads.sample(f"locked-{cipher}.pdf"), "a.pdf").code == "encrypted"
    assert inspect(uploads.sample(f"open-{cipher}.pdf"), "a.pdf")


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"/Standard", b"/Adobe.PubSec"), (b"/R 4", b"/R 9"), (b"/U <", b"/X <"), (b"/O <", b"/X <"), (b" obj", b" xxx")],
)
def test_encryption_that_cannot_be_made_out_counts_as_locked(old: bytes, new: bytes) -> None:
    data = uploads.sample("open-aes-128.pdf")
    assert old in data
    assert refusal(data.replace(old, new), "a.pdf").code == "encrypted"


def test_a_pdf_cut_short_is_damaged() -> None:
    whole = uploads.pdf()
    assert refusal(whole[: whole.index(b"startxref")], "a.pdf").code == "damaged"


def test_keeping_is_inspecting_first(db: None) -> None:
    document = keep_upload(uploads.pdf(), "../申请书.pdf")
    assert (document.name, document.media_type) == ("申请书.pdf", "application/pdf")
    assert read(document) == uploads.pdf()
    with pytest.raises(UploadRefused):
        keep_upload(uploads.PROGRAM, "a.pdf")
    assert Document.objects.count() == 1


def test_the_name_with_braces_is_only_a_name() -> None:
    assert "“{size}.pdf”" in refusal(b"", "{size}.pdf").message.zh


@pytest.mark.parametrize("sentence", SENTENCES.values(), ids=SENTENCES)
def test_every_sentence_names_the_file_in_both_languages(sentence: Text) -> None:
    assert "{name}" in sentence.zh
    assert "{name}" in sentence.en


def written_out(data: bytes, plain: frozenset[int]) -> bytes:
    """The PDF with its strings in parentheses instead of hexadecimal; what is not ``plain`` as octal numbers."""

    def literal(found: re.Match[bytes]) -> bytes:
        escapes = {0x28: b"\\(", 0x29: b"\\)", 0x5C: b"\\\\", 0x0D: b"\\r", 0x0A: b"\\n", 0x09: b"\\t"}
        raw = bytes.fromhex(found[1].decode())
        return b"(%b)" % b"".join(escapes.get(c) or (bytes([c]) if c in plain else b"\\\n\\%03o" % c) for c in raw)

    return re.sub(rb"(?<!<)<([0-9A-Fa-f]{32,})>", literal, data)


@pytest.mark.parametrize("plain", [frozenset(), frozenset(range(256))], ids=["octal", "binary"])
@pytest.mark.parametrize("cipher", ["rc4-128", "aes-256"])
def test_strings_of_a_pdf_are_read_as_its_readers_read_them(cipher: str, plain: frozenset[int]) -> None:
    written = written_out(uploads.sample(f"open-{cipher}.pdf"), plain)
    assert written != uploads.sample(f"open-{cipher}.pdf")
    pypdfium2.PdfDocument(written).close()
    assert inspect(written, "a.pdf")


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        (b"a\r\nb\rc\nd)", b"a\nb\nc\nd"),
        (b"a\\\r\nb\\\rc)", b"abc"),
        (b"(in) and (in (in)))out", b"(in) and (in (in))"),
        (rb"\n\r\t\b\f\(\)\\\q\0053)", b"\n\r\t\b\f()\\q\x053"),
        (rb"\53\053\777)", b"++\xff"),
        (b"no end", b"no end"),
    ],
)
def test_literal_strings(written: bytes, read_as: bytes) -> None:
    assert _literal(written) == read_as
