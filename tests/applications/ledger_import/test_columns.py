"""Which row is the head, which column is what; a proposal a person can change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from gongkai.applications.ledger_import.columns import Layout, layout_of
from gongkai.applications.ledger_import.errors import LedgerUnreadable
from gongkai.applications.ledger_import.fields import FIELDS, REQUIRED, Field, field_by_word, field_called
from gongkai.applications.ledger_import.sheets import Line, Sheet
from tests.applications.ledger_import.ledgers import HEAD, row


def sheet(*rows: Sequence[Any], name: str = "台账") -> Sheet:
    lines = tuple(Line(number, tuple(cells)) for number, cells in enumerate(rows, start=1) if any(cells))
    return Sheet(name, lines)


def fields(layout: Layout) -> dict[str, str | None]:
    return {column.name: column.field.value if column.field else None for column in layout.columns}


USUAL = ["申请人", "收到日期", "申请内容"]


def test_a_usual_ledger() -> None:
    layout = layout_of([sheet(HEAD, row())])
    assert layout.missing == ()
    assert fields(layout)["申请人（姓名或名称）"] == "applicant_name"
    assert layout.places[Field.NUMBER] == HEAD.index("登记编号")
    assert [column.name for column in layout.unmatched] == ["序号"]
    assert layout.columns[HEAD.index("申请内容")].samples == ("第1号地块的土地出让合同",)


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("申请人姓名或名称", "applicant_name"), ("姓名", "applicant_name"), ("申请人性质", "applicant_kind"),
        ("身份证号码", "id_number"), ("收到之日", "received_on"), ("收 件 日 期", "received_on"), ("*申请内容：", "content"),
        ("所需政府信息", "content"), ("答复日期（年／月／日）", "answered_on"), ("处理结果", "outcome"), ("答复类型", "outcome"),
        ("答复书文号", "reply_number"), ("申请渠道", "channel"), ("ＥＭＡＩＬ", "email"), ("备注", "remark"),
    ],
)  # fmt: skip
def test_usual_names(name: str, field: str) -> None:
    found = field_called(name)
    assert found is not None
    assert found[0] == field


@pytest.mark.parametrize("name", ["答复期限", "应答复日期", "承办人", "", "满意度"])
def test_names_that_are_none_of_ours(name: str) -> None:
    assert field_called(name) is None


def test_every_field_is_known_by_its_label_and_its_identifier() -> None:
    assert [field_by_word(label.zh) for label in FIELDS.values()] == list(Field)
    assert [field_by_word(field.value) for field in Field] == list(Field)
    assert field_by_word("没有这个") is None


def test_title_rows_above_the_head_are_passed_over() -> None:
    layout = layout_of(
        [sheet(["2023年依申请公开台账"], ["填报单位：某局", None, "2023年12月"], USUAL, ["甲", "2023-5-6", "某信息"])]
    )
    assert layout.head == (1, 2, 3)
    assert [line.number for line in layout.lines] == [4]


def test_a_head_of_two_rows_with_merged_cells() -> None:
    upper = ["登记编号", "申请人", None, "收到日期", "申请内容", "答复情况", None]
    lower = [None, "姓名", "证件号码", None, None, "答复日期", "办理结果"]
    layout = layout_of([sheet(upper, lower, ["1", "甲", "", "2023-5-6", "某", "2023-5-9", "公开"])])
    assert layout.places == {
        Field.NUMBER: 0, Field.APPLICANT_NAME: 1, Field.ID_NUMBER: 2, Field.RECEIVED_ON: 3, Field.CONTENT: 4,
        Field.ANSWERED_ON: 5, Field.OUTCOME: 6,
    }  # fmt: skip
    assert [line.number for line in layout.lines] == [3]


def test_a_first_row_of_data_is_not_taken_for_a_second_row_of_the_head() -> None:
    layout = layout_of([sheet(["申请人", "收到日期", "申请内容", None], ["姓名", "2023-5-6", "某", "备注"])])
    assert [line.number for line in layout.lines] == [2]


def test_the_day_of_receipt_is_preferred_to_every_other_day() -> None:
    names = ["申请人", "受理日期", "申请日期", "收到日期", "申请内容"]
    assert fields(layout_of([sheet(names, ["甲", "1", "2", "3", "某"])]))["收到日期"] == "received_on"
    layout = layout_of([sheet(["申请人", "受理日期", "申请日期", "申请内容"], ["甲", "1", "2", "某"])])
    assert (fields(layout)["申请日期"], fields(layout)["受理日期"]) == ("received_on", None)


@pytest.mark.article("条例", 31)
def test_a_day_of_acceptance_is_proposed_only_with_a_warning() -> None:
    layout = layout_of([sheet(["申请人", "受理日期", "申请内容"], ["甲", "2023-5-6", "某"])])
    (column,) = [column for column in layout.columns if column.field is Field.RECEIVED_ON]
    assert column.note is not None
    assert "第三十一条" in column.note.zh
    plain = layout_of([sheet(USUAL, ["甲", "2023-5-6", "某"])])
    assert all(column.note is None for column in plain.columns)


def test_missing_columns_are_named() -> None:
    layout = layout_of([sheet(["申请人", "电话", "备注"], ["甲", "1", "2"])])
    assert layout.missing == (Field.RECEIVED_ON, Field.CONTENT)
    assert set(layout.missing) < set(REQUIRED)


def test_without_a_head_it_is_no_ledger() -> None:
    with pytest.raises(LedgerUnreadable) as error:
        layout_of([sheet(["甲", "2023-5-6"], ["乙", "2023-5-7"])])
    assert error.value.code == "no_head"


def test_the_sheet_whose_head_is_known_best_is_taken() -> None:
    other = sheet(["申请人", "收到日期", "备注"], ["甲", "1", "2"], name="草稿")
    assert layout_of([other, sheet(HEAD, row())]).sheet.name == "台账"


# --- what a person decides ---


def test_a_person_says_what_a_column_is() -> None:
    made = sheet(["谁", "收到日期", "申请内容", "办理结果"], ["甲", "2023-5-6", "某", ""])
    layout = layout_of([made], {"谁": Field.APPLICANT_NAME})
    assert layout.missing == ()
    assert layout_of([made], {"#1": Field.APPLICANT_NAME}).places == layout.places


def test_a_field_given_to_one_column_is_taken_from_the_other() -> None:
    made = sheet(["申请人", "收到日期", "受理日期", "申请内容"], ["甲", "1", "2", "某"])
    layout = layout_of([made], {"受理日期": Field.RECEIVED_ON})
    assert fields(layout) == {
        "申请人": "applicant_name",
        "收到日期": None,
        "受理日期": "received_on",
        "申请内容": "content",
    }


def test_a_column_can_be_left_out() -> None:
    layout = layout_of([sheet([*USUAL, "备注"], ["甲", "1", "某", "x"])], {"备注": None})
    assert Field.REMARK not in layout.places


def test_a_column_that_there_is_not() -> None:
    with pytest.raises(LedgerUnreadable) as error:
        layout_of([sheet(USUAL, ["甲", "1", "某"])], {"手机": Field.TELEPHONE})
    assert "手机" in error.value.message.zh
    assert "收到日期" in error.value.message.zh
