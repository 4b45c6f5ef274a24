"""Lists as spreadsheets: what a program reads back is what was given, and nothing in it runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from gongkai.documents.spreadsheet import LONGEST, Cell, csv_lines, xlsx_portions

FORMULAS = [
    "=1+1", "=HYPERLINK(\"http://x\",\"y\")", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "　=1", "＝1+1",
    "＋1", "－1", "＠A1", "|calc", "=cmd|' /C calc'!A0", "\x00=1", "\x07=1",
]  # fmt: skip


def csv_cells(*rows: Sequence[Cell]) -> list[list[str]]:
    data = b"".join(csv_lines(["列"], rows))
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))[1:]


def sheet(*rows: Sequence[Cell], title: str = "表", columns: Sequence[str] = ("列",)) -> Any:
    data = b"".join(xlsx_portions(title, columns, rows))
    return load_workbook(io.BytesIO(data)).active


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_is_a_formula(text: str) -> None:
    (((cell,),)) = (csv_cells([text])[0],)
    assert cell.startswith("'")
    cell = sheet([text])["A2"]
    assert cell.data_type == "s"
    assert str(cell.value).strip() == text.replace("\x00", "").replace("\x07", "").strip()


@pytest.mark.parametrize(
    "text", ["普通文字", "a=b", "5-3", "郑经开公开申〔2025〕1号", '一，二；"三"', "两行\n文字", "'引号"]
)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert csv_cells([text]) == [[text]]
    assert sheet([text])["A2"].value == text


@given(st.text(max_size=40))
def test_any_text_comes_back_harmless(text: str) -> None:
    (row,) = csv_cells([text]) or [[""]]
    assert not (row or [""])[0].lstrip(" \u00a0\u3000").startswith(tuple("=+-@\t\r\n＝＋－＠|"))
    found = sheet([text])["A2"]
    assert found.data_type in ("s", "n")
    assert found.value is None or isinstance(found.value, str)


def test_days_numbers_and_nothing() -> None:
    row: list[Cell] = [date(2025, 3, 3), 7, None, "", date(1899, 5, 1)]
    assert csv_cells(row) == [["2025-03-03", "7", "", "", "1899-05-01"]]
    found = sheet(row, columns=list("abcde"))
    assert found["A2"].value.date() == date(2025, 3, 3)
    assert found["A2"].number_format == "yyyy\\-mm\\-dd"
    assert [found[at].value for at in ("B2", "C2", "D2", "E2")] == [7, None, None, "1899-05-01"]


def test_the_head_and_the_name_of_the_sheet() -> None:
    found = sheet(["x"], title="a[b]:c*?/\\'" + "长" * 40, columns=["<编号>", "=1"])
    assert [cell.value for cell in found[1]] == ["<编号>", "=1"]
    assert found.freeze_panes == "A2"
    assert len(found.title) == 31
    assert not set("[]:*?/\\'") & set(found.title)


def test_what_a_cell_cannot_hold_is_left_out() -> None:
    found = sheet(["長" * (LONGEST + 5)], ["a\x0b\ud800\ufffeb"], ["_x0041_"])
    assert len(found["A2"].value) == LONGEST
    assert found["A3"].value == "ab"
    assert found["A4"].value in ("_x005F_x0041_", "_x0041_"), "it is not read as the letter A"


def test_many_columns_and_rows_are_never_whole_in_memory() -> None:
    made = 0

    def rows() -> Iterator[list[Cell]]:
        nonlocal made
        for number in range(30_000):
            made += 1
            yield [f"{number}所需政府信息{number * 7919 % 10007}"] * 30

    portions = xlsx_portions("表", [str(number) for number in range(30)], rows())
    next(portions)
    assert made < 30_000, "the first portion goes out before the last row is asked for"
    portions.close()


def test_columns_beyond_z() -> None:
    found = sheet([str(number) for number in range(60)], columns=[str(number) for number in range(60)])
    assert (found["AA2"].value, found["BH2"].value) == ("26", "59")
