"""What is not read, and how that is said: a code, a plain sentence, and nothing done before."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from gongkai import cli
from gongkai.documents.reading import UnreadableFile, old_word, read
from gongkai.documents.reading import limits as reading_limits
from gongkai.documents.reading.errors import NOTES, SENTENCES
from tests.documents import readable, uploads
from tests.documents.readable import p, tbl, tc, tr, word


@pytest.fixture(autouse=True)
def _no_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes seconds to find out that a file is none of its own."""
    monkeypatch.setattr(old_word, "PROGRAMS", ())


def code_of(data: bytes, name: str = "") -> str:
    with pytest.raises(UnreadableFile) as caught:
        read(data, name)
    assert caught.value.message.zh.endswith("。")
    assert caught.value.message.en
    return caught.value.code


XXE = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("code", "data", "name"),
    [
        ("empty", b"", "a.txt"),
        ("empty", b" \n\t", "a.txt"),
        ("kind_not_read", uploads.PROGRAM, "a.docx"),
        ("kind_not_read", b"\x00\x01\x02\x03" * 50, ""),
        ("kind_not_read", b"{\\rtf1 x}", "a.rtf"),
        ("mislabelled", uploads.PAGE, "年报.pdf"),
        ("mislabelled", b"plain", "a.docx"),
        ("mislabelled", uploads.word(), "a.pdf"),
        ("damaged", b"%PDF-1.7\n1 0 obj\n", "a.pdf"),
        ("damaged", b"%PDF-1.7\n%%EOF", "a.pdf"),
        ("damaged", uploads.word()[:-300], "a.docx"),
        ("damaged", b"\x89PNG\r\n\x1a\n", "a.png"),
        ("damaged", uploads.old_word(), "a.doc"),
        ("encrypted", uploads.sample("locked-aes-256.pdf"), "a.pdf"),
        ("encrypted", uploads.sample("locked.xlsx"), "a.xlsx"),
        ("macros", uploads.added(uploads.word(), {"word/vbaProject.bin": b"x"}), "a.docx"),
        ("nested_archive", uploads.added(uploads.word(), {"word/media/a.zip": uploads.archive({"a": b"b"})}), ""),
        ("zip_bomb", uploads.added(uploads.word(), {"word/media/a.bin": bytes(30_000_000)}), "a.docx"),
        ("unsafe_paths", uploads.added(uploads.word(), {"../a": b"x"}), "a.docx"),
        ("too_many_pixels", uploads.png(60_000, 60_000), "a.png"),
        ("too_deep", b"<html>" + b"<div>" * 5000 + b"x", "a.html"),
        ("too_deep", b"<html>" + b"<table><tr><td>" * 600 + b"x", "a.html"),
        ("document_type", word("", comments_xml=XXE + "<r>&x;</r>"), "a.docx"),
        ("document_type", word("", header1_xml=(XXE + "<r/>").encode("utf-16")), "a.docx"),
        ("document_type", uploads.added(uploads.excel(), {"xl/x.xml": XXE.encode()}), "a.xlsx"),
    ],
)
def test_refused_in_plain_words(code: str, data: bytes, name: str) -> None:
    assert code_of(data, name) == code


def test_a_pdf_that_is_a_page_is_named_so() -> None:
    with pytest.raises(UnreadableFile) as caught:
        read(uploads.PAGE, "年报.pdf")
    assert caught.value.message.zh == "文件名说是 PDF，内容却是 HTML。请核对是否拿错了文件，或者改正扩展名后再试。"


@pytest.mark.parametrize("name", ["名单.doc", "名单.xls", "名单.txt"])
def test_pages_under_the_names_programs_give_them_are_read_and_noted(name: str) -> None:
    reading = read("<html><table><tr><td>甲</table>".encode(), name)
    assert (reading.tables[0].grid, reading.notes) == ((("甲",),), ("name_differs",))


def test_files_of_wps_are_what_their_content_is() -> None:
    assert read(uploads.word(), "a.wps").notes == ()


def test_a_pdf_of_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.documents.reading.pdf.MOST_PAGES", 1)
    with pytest.raises(UnreadableFile, match="有 2 页，超过了可以读取的 1 页"):
        read(readable.pdf())


def test_tables_beyond_counting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_limits, "MOST_CELLS", 30)
    small = tbl(*(tr(tc("x"), tc("y")) for _ in range(15)))
    assert len(read(word(small)).tables[0].cells) == 15
    assert code_of(word(small + p("") + small)) == "too_many_cells"


def test_a_page_of_wide_cells_is_refused_before_it_is_laid_out() -> None:
    assert code_of(b"<table><tr>" + b"<td colspan=1000>x" * 20 + b"</table>") == "too_many_cells"


def test_a_workbook_that_claims_more_words_than_it_has_bytes() -> None:
    words = uploads.record(0x00FC, b"\xff\xff\xff\x0f" * 2)
    assert code_of(uploads.book(words), "a.xls") == "damaged"


def test_an_old_workbook_with_two_cells_four_thousand_million_places_apart() -> None:
    cells = uploads.record(0x0203, bytes(14)) + uploads.record(0x0203, b"\xff\xff\xff\xff" + bytes(10))
    assert code_of(uploads.book(cells), "a.xls") == "too_many_cells"


def test_styles_in_a_circle_and_pieces_over_one_another() -> None:
    circle = "".join(f"<w:style w:styleId='{a}'><w:basedOn w:val='{b}'/></w:style>" for a, b in ("ab", "ba"))
    assert read(word(p("x", look="<w:pStyle w:val='a'/>"), styles=circle)).text == "x"


def test_nothing_is_fetched_or_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page with pictures, frames and style sheets of others is only its text."""
    import socket

    def never(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", never)
    monkeypatch.chdir(tmp_path)
    page = (
        "<html><link rel=stylesheet href='http://192.0.2.1/a.css'><iframe src='http://192.0.2.1/'></iframe><p>文</html>"
    )
    assert read(page.encode()).text == "文"
    assert list(tmp_path.iterdir()) == []


def test_every_code_has_both_languages() -> None:
    for sentence in (*SENTENCES.values(), *NOTES.values()):
        assert sentence.zh
        assert sentence.en
        assert sentence.zh != sentence.en


# --- The command --------------------------------------------------------------------------------------------


def test_the_command_reads_what_it_can_and_says_what_it_cannot(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "好.htm").write_bytes(readable.PAGE.encode())
    (tmp_path / "坏.pdf").write_bytes(uploads.PAGE)
    paths = [str(tmp_path / name) for name in ("坏.pdf", "无.txt", "好.htm")]
    assert cli.main(["read", *paths]) == 2
    told = capsys.readouterr()
    assert "坏.pdf：文件名说是 PDF" in told.err
    assert "无.txt：文件无法打开" in told.err
    assert "王 芳\t1,234\t" in told.out
    assert "*[comment] 待删" in told.out


def test_the_command_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import json

    (tmp_path / "a.htm").write_bytes(readable.PAGE.encode())
    assert cli.main(["read", "--json", str(tmp_path / "a.htm")]) == 0
    data = json.loads(capsys.readouterr().out)
    table = next(block for block in data["blocks"] if block["kind"] == "table")
    assert table["rows"][:2] == [[["姓名", 2, 1], ["情况", 1, 2], None], [None, "甲", "乙"]]
    assert {"kind": "hidden_text", "text": "暗"}.items() <= data["asides"][1].items()


def test_the_package_of_the_tests_is_one(tmp_path: Path) -> None:
    """What we make by hand other libraries open, too."""
    import docx

    (tmp_path / "a.docx").write_bytes(readable.word_with_everything())
    assert zipfile.is_zipfile(tmp_path / "a.docx")
    assert docx.oxml.parse_xml(zipfile.ZipFile(tmp_path / "a.docx").read("word/document.xml")) is not None
