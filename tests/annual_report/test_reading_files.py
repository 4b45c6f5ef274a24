"""Files of every kind to reports: encodings, formats, and what is no report at all."""

from __future__ import annotations

import codecs
import io
import pickle
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from gongkai.annual_report.reading import NoteKind, Report, UnreadableReportError, read_bytes, read_report
from gongkai.annual_report.reading.errors import MESSAGES
from gongkai.annual_report.reading.source import LARGEST
from gongkai.annual_report.rendering import render_docx, render_html_document
from gongkai.law.report_form import COLUMNS, Form, Tables, table_3_rows
from tests.annual_report.other_formats import as_pdf, as_workbook
from tests.annual_report.sample_reports import clean_tables, report_text
from tests.annual_report.shapes import random_tables

NAMED: dict[str, Any] = {"agency": "江湾县水务局", "year": 2022}


def refused(data: bytes, name: str = "") -> str:
    with pytest.raises(UnreadableReportError) as error:
        read_bytes(data, name)
    assert error.value.message.zh.endswith("。")
    assert pickle.loads(pickle.dumps(error.value)).message == error.value.message
    return error.value.code


# --- Text ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_report_reads_the_same_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(report_text().replace("\n", "\r\n").encode(encoding))
    read = read_report(path)
    assert read.complete
    assert read.file == str(path)
    assert read.agency == "江湾县水务局"


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 40)).save(out, "PNG")
    return out.getvalue()


def scan() -> bytes:
    out = io.BytesIO()
    page = Canvas(out)
    page.drawInlineImage(Image.new("RGB", (600, 800)), 0, 0, 595, 842)
    page.save()
    return out.getvalue()


FOREIGN = "Annual Report 2022\nFreedom of Information Act\nRequests received 120\nGranted in full 80\n"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (b"PK\x03\x04rest of a docx", "damaged"),
        (b"abc\x00def", "kind_not_read"),
        (b"a" * (LARGEST + 1), "too_large"),
        (picture(), "picture"),
        (scan(), "scanned"),
        ("会议通知\n请各科室按时参加。\n".encode(), "not_a_report"),
        (FOREIGN.encode(), "foreign_form"),
        ("情報公開年次報告\n開示請求 12\n".encode(), "foreign_form"),
    ],
)
def test_what_is_no_report_is_named(data: bytes, code: str) -> None:
    assert refused(data) == code


def test_of_a_foreign_report_its_first_line_is_kept() -> None:
    with pytest.raises(UnreadableReportError) as error:
        read_bytes(FOREIGN.encode(), "foi.txt")
    assert error.value.seen == "Annual Report 2022"
    assert error.value.file == "foi.txt"


def test_a_name_that_deceives_is_refused() -> None:
    assert refused(report_text().encode(), "report.pdf") == "mislabelled"


def test_every_message_is_plain_chinese_and_english() -> None:
    for message in MESSAGES.values():
        assert message.zh.endswith("。")
        assert message.en.isascii()


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "none.txt", "missing"), (tmp_path, "folder")):
        with pytest.raises(UnreadableReportError) as error:
            read_report(path)
        assert error.value.code == code
        assert str(path) in str(error.value)


# --- Documents ----------------------------------------------------------------------------------------------


@cache
def of_format(kind: str, form: Form) -> Report:
    tables = clean_tables(form)
    data = {
        "docx": lambda: render_docx(tables, **NAMED),
        "html": lambda: render_html_document(tables, **NAMED).encode(),
        "pdf": lambda: as_pdf(tables),
        "xlsx": lambda: as_workbook(tables),
    }[kind]()
    return read_bytes(data, f"report.{kind}")


@pytest.mark.parametrize("kind", ["docx", "html", "pdf", "xlsx"])
@pytest.mark.parametrize("form", list(Form))
def test_the_same_numbers_from_every_kind_of_file(kind: str, form: Form) -> None:
    read = of_format(kind, form)
    assert read.format is form
    assert read.tables == clean_tables(form)
    assert read.notes == ()
    assert read.decoded_by == {}


def sparse() -> Tables:
    """Zeros in many places, which the file leaves empty."""
    changed = {
        address: 0 if number % 3 else value
        for number, (address, value) in enumerate(clean_tables().cells.items())
        if address.startswith("t3.") and not address.endswith(".total")
    }
    return clean_tables().with_cells(changed)


def test_empty_cells_of_a_page_keep_their_columns() -> None:
    page = render_html_document(sparse(), **NAMED)
    read = read_bytes(page.replace(">0</td>", ">&nbsp;</td>").encode(), "report.html")
    assert read.tables.row("received") == sparse().row("received")
    assert read.tables.row("petition") == sparse().row("petition")
    assert {note.kind for note in read.notes} == {NoteKind.BLANK_AS_ZERO}


def pages(tables: Tables, *, heads_again: bool) -> str:
    """Table 3 cut in two by a page, zeros left empty; the second half may have no heads."""
    heads = "<tr><td colspan=3></td>" + "".join(f"<td>{column.text.zh}</td>" for column in COLUMNS) + "</tr>"
    rows = []
    for row in table_3_rows(tables.form):
        numbers = "".join(f"<td>{value or ''}</td>" for value in tables.row(row.key)[:-1])
        group = f"<td>三、本年度办理结果</td><td>{row.group.zh}</td>" if row.group else ""
        label = f'<td colspan="{1 if row.group else 3}">{row.label.zh}</td>'
        rows.append(f"<tr>{group}{label}{numbers}<td>{tables.row(row.key)[-1]}</td></tr>")
    first, second = "".join(rows[:11]), "".join(rows[11:])
    cut = f"</table><p>- 3 -</p><table>{heads if heads_again else ''}"
    return (
        f"<html><body><p>三、收到和处理政府信息公开申请情况</p><table>{heads}{first}{cut}{second}</table></body></html>"
    )


@pytest.mark.parametrize("heads_again", [True, False])
def test_a_table_cut_in_two_by_a_page(heads_again: bool) -> None:
    tables = random_tables(5)
    read = read_bytes(pages(tables, heads_again=heads_again).encode(), "report.html")
    assert [read.tables.row(row.key) for row in table_3_rows()] == [tables.row(row.key) for row in table_3_rows()]


def test_a_page_that_lays_itself_out_by_a_table() -> None:
    page = render_html_document(clean_tables(), **NAMED)
    body = page[page.index("<body") : page.index("</body>")].partition(">")[2]
    laid_out = f"<html><body><table><tr><td>首页</td><td>{body}</td></tr></table></body></html>"
    assert read_bytes(laid_out.encode(), "report.html").tables == clean_tables()


def test_a_pdf_without_lines_is_read_by_its_text() -> None:
    tables = random_tables(3)
    read = read_bytes(as_pdf(tables, ruled=False), "report.pdf")
    assert read.tables == tables


def test_a_workbook_of_texts_formulas_and_merged_cells() -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_workbook(clean_tables())))
    sheet = book["t3"]
    for row in sheet.iter_rows(min_row=4):
        for cell in row[3:]:
            if isinstance(cell.value, int):
                cell.value = f" {cell.value} " if cell.row % 2 else float(cell.value)
    sheet["D4"] = "=SUM(D5:D6)"
    out = io.BytesIO()
    book.save(out)
    read = read_bytes(out.getvalue(), "report.xlsx")
    assert read.tables["t3.received.natural_person"] is None or read.tables["t3.received.natural_person"] == 0
    assert read.tables.row("total") == clean_tables().row("total")
    assert all(not isinstance(value, Decimal) for value in read.tables.row("granted"))
    assert any(note.kind is NoteKind.FILE and note.seen == "no_values" for note in read.notes)


def test_every_note_has_a_sentence() -> None:
    from gongkai.annual_report.reading import Note

    for kind in NoteKind:
        note = Note(kind, "t3", 1, "no_values" if kind is NoteKind.FILE else "7")
        assert note.message.zh.endswith("。")
        assert note.message.en.endswith(".")
