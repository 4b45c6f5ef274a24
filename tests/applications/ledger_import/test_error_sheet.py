"""The faulty rows come back as a workbook that is safe to open, tells what is wrong, and can be imported again."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import openpyxl
import pytest

from gongkai.applications.ledger_import.error_sheet import error_sheet
from gongkai.applications.ledger_import.examination import examine
from tests.applications.ledger_import.ledgers import HEAD, row, xlsx
from tests.applications.scenes import Scene

BAD = {"办理结果": "转办", "邮箱": "x"}


def errors_of(scene: Scene, *rows: list[Any]) -> tuple[bytes, Any]:
    data = error_sheet(examine(xlsx(rows, title="某局2020年台账"), "台账.xlsx", scene.cast.agency))
    return data, openpyxl.load_workbook(io.BytesIO(data)).active


def test_only_the_faulty_rows_with_what_is_wrong(scene: Scene) -> None:
    _data, sheet = errors_of(scene, row(1), row(2, **BAD), row(3), row(4, 申请内容=""))
    titles, first, second = list(sheet.iter_rows(values_only=True))
    assert titles == (*HEAD, "错误说明", "原行号")
    assert (first[-1], second[-1]) == ("4", "6")  # a title, the head and the rows before
    assert first[HEAD.index("收到日期")] == "2020-01-08"
    told = dict(line.split("：", 1) for line in first[-2].split("\n"))
    assert set(told) == {"办理结果", "邮箱"}
    assert "没有填写申请内容" in second[-2]


def test_the_faulty_cells_are_coloured_and_say_why(scene: Scene) -> None:
    _data, sheet = errors_of(scene, row(2, **BAD))
    marked = {HEAD[cell.column - 1]: cell for cell in sheet[2] if cell.fill.fill_type == "solid"}
    assert set(marked) == {"办理结果", "邮箱"}
    assert "21类" in marked["办理结果"].comment.text
    assert sheet.cell(2, 1).comment is None


@pytest.mark.parametrize("sign", "=+-@\t\r")
def test_nothing_in_it_is_ever_a_formula(scene: Scene, sign: str) -> None:
    hostile = f"{sign}cmd|' /C calc'!A0"
    data, sheet = errors_of(
        scene, row(2, **BAD, 备注="x" + hostile, 通讯地址=hostile), row(3, **BAD, 备注=f"\u200b{hostile}")
    )
    for cells in sheet.iter_rows():
        assert all(cell.data_type in ("s", "n") and (cell.value is None or cell.data_type == "s") for cell in cells)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
        # Also after somebody clicks into the cell: the text stays a text.
        assert b'quotePrefix="1"' in archive.read("xl/styles.xml")


def test_what_was_a_formula_comes_back_as_its_text(scene: Scene) -> None:
    _data, sheet = errors_of(scene, row(2, 申请内容="=A1&B1"))
    cell = sheet.cell(2, HEAD.index("申请内容") + 1)
    assert (cell.value, cell.data_type) == ("=A1&B1", "s")
    assert "是公式" in cell.comment.text


def test_mended_it_can_be_imported(scene: Scene) -> None:
    data, sheet = errors_of(scene, row(1), row(2, **BAD), row(3, 收到日期="2099-1-1", 答复日期="", 办理结果=""))
    again = examine(data, "更正.xlsx", scene.cast.agency)
    assert [problem.message for problem in again.problems if "21类" in problem.message.zh]
    assert (len(again.rows), len(again.bad)) == (0, 2)
    for place, value in ((2, "予以公开"), (3, "")):
        sheet.cell(place, HEAD.index("办理结果") + 1).value = value
        sheet.cell(place, HEAD.index("邮箱") + 1).value = ""
    sheet.cell(3, HEAD.index("收到日期") + 1).value = "2020-1-9"
    out = io.BytesIO()
    sheet.parent.save(out)
    mended = examine(out.getvalue(), "更正.xlsx", scene.cast.agency)
    assert (len(mended.rows), mended.problems) == (2, ())
    assert [column.name for column in mended.layout.unmatched] == ["序号", "错误说明", "原行号"]
