"""The catalogue as a workbook: out and in again, in the official form and in others that are about."""

from __future__ import annotations

import io
from typing import Any

import pytest

from gongkai.agencies.errors import NotAllowed
from gongkai.documents.errors import DocumentError
from gongkai.grassroots.actions.import_rows import Taken, import_rows
from gongkai.grassroots.models import CatalogueRow
from gongkai.grassroots.rows import RowValues
from gongkai.grassroots.selectors import rows_of
from gongkai.grassroots.sheets import HEAD, NotTheCatalogue, error_sheet, rows_in, sheet_of
from tests.cast import Cast
from tests.grassroots.rows import VALUES, a_row, an_area, values

pytestmark = pytest.mark.django_db


def book(*lines: list[Any], merge: tuple[str, ...] = ()) -> bytes:
    from openpyxl import Workbook

    workbook, out = Workbook(), io.BytesIO()
    for line in lines:
        workbook.active.append(line)
    for cells in merge:
        workbook.active.merge_cells(cells)
    workbook.save(out)
    return out.getvalue()


def test_what_goes_out_comes_in_the_same(cast: Cast) -> None:
    a_row(cast)
    a_row(
        cast, number=2, whole_society=False, groups="低保对象", way="on_request", levels=["village"], channels=["other"]
    )
    data = b"".join(sheet_of("标准目录", rows_of(cast.agency)))
    sheet = rows_in(data, "目录.xlsx")
    assert not sheet.problems
    assert [RowValues.of(row) for row in rows_of(cast.agency)] == [row for _, _, row in sheet.rows]
    taken = import_rows(actor=cast.editor, owner=cast.agency, rows=sheet.rows, source="目录.xlsx")
    assert taken == Taken(0, 0, 2)


#: The form of the pilot guides: a title, two head lines, merged cells, boxes that are ticked.
OFFICIAL = [
    ["演示区社会救助领域基层政务公开标准目录"],
    ["序号", "公开事项", None, "公开内容(要素)", "公开依据", "公开时限", "公开主体", "公开渠道和载体",
     "公开对象", None, "公开方式", None, "公开层级", None],
    [None, "一级事项", "二级事项", None, None, None, None, None, "全社会", "特定群众", "主动", "依申请", "县级", "乡级"],
    [1, "综合业务", "政策法规文件", "●法规\n●规章", "《条例》", "20个工作日内", "演示市城市管理局",
     "■政府网站   □政府公报\n■两微一端 ■公开查阅点\n□其他____", "√", None, "√", None, "√", "√"],
    [2, None, "监督检查", "●社会救助信访通讯地址", "《条例》", "实时", "演示市城市管理局", "■政府网站", None, "低保对象", None, "√", "√", None],
]  # fmt: skip
MERGED = ("B2:C2", "A2:A3", "D2:D3", "E2:E3", "F2:F3", "G2:G3", "H2:H3", "I2:J2", "K2:L2", "M2:N2", "B4:B5")


def test_the_official_form_is_read(cast: Cast) -> None:
    sheet = rows_in(book(*OFFICIAL, merge=MERGED), "目录.xlsx", an_area())
    assert [problem.message.zh for problem in sheet.problems] == []
    (_, area, first), (_, _, second) = sheet.rows
    assert area == "社会救助"
    assert first.channels == ["website", "new_media", "reading_point"]
    assert (first.second_level, first.levels, first.whole_society) == ("政策法规文件", ["county", "town"], True)
    assert (second.first_level, second.groups, second.whole_society) == ("综合业务", "低保对象", False)
    assert (second.way, second.levels) == ("on_request", ["county"])


def test_every_bad_line_is_named_and_goes_back_as_a_sheet(cast: Cast) -> None:
    good = [
        "社会救助",
        1,
        "一级",
        "二级",
        "内容",
        "依据",
        "及时",
        "演示市城市管理局",
        "政府网站",
        "√",
        "",
        "√",
        "",
        "√",
        "",
        "",
    ]
    lines = [
        list(HEAD),
        good,
        [*good[:1], 1, *good[2:]],
        [*good[:1], "第二", *good[2:]],
        ["没有的领域", 3, *good[2:]],
        [*good[:1], 4, "一级", "", *good[4:]],
        [*good[:1], 5, *good[2:8], "", *good[9:]],
    ]
    an_area()
    sheet = rows_in(book(*lines), "目录.xlsx")
    assert len(sheet.rows) == 1
    assert [problem.line for problem in sheet.problems] == [3, 4, 5, 6, 7]
    back = rows_in(b"".join(error_sheet(sheet)), "改.xlsx")
    assert len(back.problems) + len(back.rows) == 5


@pytest.mark.parametrize("lines", [[["甲", "乙"], [1, 2]], [["一级事项", "二级事项"], ["x", "y"]]])
def test_a_workbook_that_is_no_catalogue_is_refused(lines: list[list[Any]]) -> None:
    with pytest.raises(NotTheCatalogue):
        rows_in(book(*lines), "x.xlsx")
    with pytest.raises(DocumentError):
        rows_in(b"PK\x03\x04nonsense", "x.xlsx")


def test_taking_over_changes_what_is_known_and_leaves_the_rest(cast: Cast) -> None:
    kept = a_row(cast, number=9)
    a_row(cast)
    rows = [(2, "社会救助", values(basis="新的依据")), (3, "社会救助", values(number=2))]
    assert import_rows(actor=cast.editor, owner=cast.agency, rows=rows, source="x") == Taken(1, 1, 0)
    assert CatalogueRow.objects.filter(active=True).count() == 3
    assert CatalogueRow.objects.get(number=1).basis == "新的依据"
    kept.refresh_from_db()
    assert kept.basis == VALUES.basis
    with pytest.raises(NotAllowed):
        import_rows(actor=cast.other_clerk, owner=cast.agency, rows=rows, source="x")
