"""Files as offices save them, and files that are none."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
from openpyxl import Workbook

from gongkai.applications.ledger_import import sheets
from gongkai.applications.ledger_import.errors import LedgerUnreadable
from gongkai.applications.ledger_import.sheets import Broken, Line, read_sheets
from tests.applications.ledger_import.ledgers import HEAD, as_csv, row, saved, xlsx


def lines(data: bytes, name: str = "台账.xlsx") -> tuple[Line, ...]:
    (sheet,) = read_sheets(data, name)
    return sheet.lines


def test_a_workbook() -> None:
    head, first, second = lines(xlsx([row(1), row(2)], title=""))
    assert head.cells == HEAD
    assert first.at(HEAD.index("收到日期")) == dt.datetime(2020, 1, 7)
    assert (first.number, second.number) == (2, 3)
    assert first.at(HEAD.index("证件号码")) is None
    assert first.at(99) is None


def test_empty_rows_keep_the_numbers_of_the_others() -> None:
    book = Workbook()
    book.active["A2"] = "甲"
    book.active["C7"] = "乙"
    assert [(line.number, line.cells) for line in lines(saved(book))] == [(2, ("甲",)), (7, (None, None, "乙"))]


def test_only_sheets_with_something_in_them_and_not_hidden() -> None:
    book = Workbook()
    book.active.title = "空"
    book.create_sheet("甲").append(["x"])
    hidden = book.create_sheet("藏")
    hidden.append(["y"])
    hidden.sheet_state = "hidden"
    data = saved(book)
    assert [sheet.name for sheet in read_sheets(data, "a.xlsx")] == ["甲"]
    assert [sheet.name for sheet in read_sheets(data, "a.xlsx", "藏")] == ["藏"]
    with pytest.raises(LedgerUnreadable, match="no_sheet"):
        read_sheets(data, "a.xlsx", "乙")


def test_a_formula_without_its_result_names_its_cell() -> None:
    book = Workbook()
    book.active.append(["甲", "=A1"])
    (line,) = lines(saved(book))
    broken = line.at(1)
    assert isinstance(broken, Broken)
    assert "B1" in broken.message.zh


def test_a_formula_with_its_result_is_its_result_and_one_in_error_is_told() -> None:
    book = Workbook()
    book.active.append(["甲", "=1+1", "=1/0"])
    data = rewritten(saved(book), b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>")
    data = rewritten(data, b'<c r="C1"><f>1/0</f><v></v>', b'<c r="C1" t="e"><f>1/0</f><v>#DIV/0!</v>')
    (line,) = lines(data)
    assert line.at(1) == 2
    broken = line.at(2)
    assert isinstance(broken, Broken)
    assert "C1" in broken.message.zh


def rewritten(data: bytes, old: bytes, new: bytes) -> bytes:
    """The workbook as another program would have saved it: with this piece of its first sheet changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name).replace(b"<v />", b"<v></v>").replace(b"<v/>", b"<v></v>")
            if name.endswith("sheet1.xml"):
                assert old in content, content
                content = content.replace(old, new)
            target.writestr(name, content)
    return out.getvalue()


def test_a_workbook_of_the_other_calendar() -> None:
    book = Workbook()
    book.epoch = dt.datetime(1904, 1, 1)
    book.active.append([dt.date(2023, 5, 6), 43590])
    (sheet,) = read_sheets(saved(book), "a.xlsx")
    assert sheet.base == dt.datetime(1904, 1, 1)
    assert sheet.lines[0].at(0) == dt.datetime(2023, 5, 6)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("comma", [",", "\t", ";"])
def test_csv_in_every_usual_encoding(encoding: str, comma: str) -> None:
    head, first = lines(as_csv([row(1)], encoding=encoding, comma=comma), "台账.csv")
    assert head.cells == HEAD
    assert first.at(HEAD.index("收到日期")) == "2020-01-07"


def test_csv_keeps_long_numbers_whole_as_people_write_them() -> None:
    head, first = lines('号码,另一号码\n"=""410101199001010019""",\'0371\n'.encode(), "a.csv")
    assert first.cells == ("410101199001010019", "0371")
    assert head.number == 1


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.xlsx", "empty"),
        (b"\n\n", "a.csv", "empty"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "a.xls", "kind"),
        (b"%PDF-1.7", "a.pdf", "kind"),
        (b"PK\x03\x04 no workbook", "a.xlsx", "damaged"),
        (b"\xff\xfa\xff\x81", "a.csv", "encoding"),
        (b"a,b\x00,c", "a.csv", "encoding"),
    ],
)
def test_what_is_no_ledger_is_told_in_one_sentence(data: bytes, name: str, code: str) -> None:
    with pytest.raises(LedgerUnreadable) as error:
        read_sheets(data, name)
    assert error.value.code == code
    assert error.value.message.zh.endswith("。")


def test_a_workbook_with_a_damaged_sheet() -> None:
    data = rewritten(xlsx([row()]), b"</sheetData>", b"</sheetDat")
    with pytest.raises(LedgerUnreadable, match="damaged"):
        read_sheets(data, "a.xlsx")


def test_a_sheet_that_goes_on_for_ever_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    book = Workbook()
    book.active.append(["甲"])
    book.active.cell(row=1_000_000, column=1, value="乙")
    assert [line.number for line in lines(saved(book))] == [1]
    monkeypatch.setattr(sheets, "MAX_ROWS", 3)
    with pytest.raises(LedgerUnreadable, match="too_many_rows"):
        lines(xlsx([["x"]] * 60, head=["x"]))


def test_columns_far_out_are_not_read() -> None:
    book = Workbook()
    book.active["A1"] = "甲"
    book.active["XFD1"] = "乙"
    assert lines(saved(book))[0].cells == ("甲",)
