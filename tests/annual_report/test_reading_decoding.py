"""Bytes to text: encodings, and files that are something else."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from gongkai.annual_report.reading import UnreadableReportError, read_report
from gongkai.annual_report.reading.decoding import LARGEST, decode
from gongkai.annual_report.reading.errors import MESSAGES
from tests.annual_report.sample_reports import report_text

TEXT = "政府信息公开工作年度报告"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("gb18030"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    ],
)
def test_encodings_of_office_machines(data: bytes) -> None:
    assert decode(data) == TEXT


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (b"PK\x03\x04rest of a docx", "document"),
        (b"%PDF-1.7", "document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old word", "document"),
        (b"\x89PNG\r\n", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"<!DOCTYPE html><html><body>x</body></html>", "html"),
        (f"<p>{TEXT}</p><table><tr>".encode(), "html"),
        (b"abc\x00def", "binary"),
        (b"abc\x01\x02def", "binary"),
        (codecs.BOM_UTF8 + b"\xff\xff", "encoding"),
        (b"\x81\xff\xff\xfe", "encoding"),
        (b"a" * (LARGEST + 1), "too_large"),
    ],
)
def test_what_is_no_text_is_named(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableReportError) as refused:
        decode(data)
    assert refused.value.code == code


def test_every_message_is_plain_chinese_and_english() -> None:
    for message in MESSAGES.values():
        assert message.zh.endswith("。")
        assert message.en.isascii()


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "none.txt", "missing"), (tmp_path, "folder")):
        with pytest.raises(UnreadableReportError) as refused:
            read_report(path)
        assert refused.value.code == code
        assert str(path) in str(refused.value)


def test_text_that_is_no_report_is_named(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("会议通知\n请各科室按时参加。\n", encoding="utf-8")
    with pytest.raises(UnreadableReportError) as refused:
        read_report(path)
    assert refused.value.code == "not_a_report"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_report_reads_the_same_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(report_text().replace("\n", "\r\n").encode(encoding))
    read = read_report(path)
    assert read.complete
    assert read.file == str(path)
    assert read.agency == "江湾县水务局"
