"""D13, D14 and D19: tables of persons, with what they show and what they hide."""

from __future__ import annotations

import pytest

from gongkai.documents.privacy import scan
from gongkai.documents.reading.normal import Cell, Place, Reading, TableBlock
from tests.documents.privacy.readings import CARD, ID, MOBILE, lines, only, table, told


def heads(*rows: list[str]) -> list[tuple[str, str]]:
    return [(each.sample, each.severity.value) for each in only(table(*rows), "D14")]


COLUMNS = [
    ("身份证号码", ID), ("公民身份号码", "41010219800101"), ("手机号", MOBILE), ("联系电话", MOBILE), ("银行卡号", CARD),
    ("开户行", "某银行某支行"), ("出生日期", "1980-01-01"), ("家庭住址", "某镇某村"), ("户籍所在地", "某省某县"),
    ("病种", "高血压"), ("残疾等级", "肢体二级"), ("致贫原因", "因病"), ("民族", "汉族"), ("宗教信仰", "某教"), ("婚姻状况", "已婚"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "value"), COLUMNS)
def test_a_column_blocks_until_it_is_masked(head: str, value: str) -> None:
    assert heads(["序号", "姓名", head], ["1", "张某", value], ["2", "李某", "****"]) == [(head, "block")]
    assert heads(["序号", "姓名", head], ["1", "张某", "****"], ["2", "李某", ""]) == []


@pytest.mark.parametrize(("head", "value"), [("民族", "汉族"), ("残疾等级", "一级"), ("病种", "高血压")])
def test_what_only_describes_warns_where_nobody_is_named(head: str, value: str) -> None:
    assert heads([head, "人数"], [value, "120"]) == [(head, "warn")]


def test_a_form_with_the_value_on_the_right() -> None:
    form = [["姓名", "张某", "民族", "汉族"], ["身份证号", ID, "联系电话", MOBILE], ["家庭住址", "某镇某村某组"]]
    padded = [[*row, "", ""][:4] for row in form]
    assert heads(*padded) == [("民族", "block"), ("身份证号", "block"), ("联系电话", "block"), ("家庭住址", "block")]


OFFICIAL = [
    (["部门", "监督电话"], ["某科", MOBILE]),
    (["窗口", "联系电话"], ["一号窗口", "0371-65500001"]),
    (["单位", "办公电话"], ["某局", "65500001"]),
    (["办理结果", "自然人"], ["（三）不予公开", "3"]),
    (["申请材料", "身份证件"], ["身份证复印件", "1份"]),
]  # fmt: skip


@pytest.mark.parametrize("rows", OFFICIAL)
def test_tables_of_offices_pass(rows: tuple[list[str], list[str]]) -> None:
    assert heads(*rows) == []


def test_merged_heads_and_their_place() -> None:
    top = (Cell("姓名", rows=2), Cell("基本情况", columns=2), Cell("基本情况", origin=False, columns=2))
    second = (Cell("姓名", origin=False, rows=2), Cell("身份证号"), Cell("金额"))
    block = TableBlock((top, second, (Cell("张某"), Cell(ID), Cell("5"))), Place(page=2, table=3))
    (finding,) = only(Reading("x", (block,)), "D14")
    assert (finding.place.page, finding.place.table, finding.place.row, finding.place.column) == (2, 3, 2, 2)


def test_numbers_in_a_table_have_their_cell() -> None:
    (finding,) = only(table(["姓名", "证件"], ["张某", ID]), "D1")
    assert (finding.place.row, finding.place.column) == (2, 2)


def test_plain_text_has_lists_too() -> None:
    from dataclasses import replace

    listed = replace(lines("名单", "姓名,户籍,金额", "张某,某县,1", "李某,某县,2", "合计,,3"), media_type="text/plain")
    (finding,) = only(listed, "D14")
    assert (finding.sample, finding.place.line, finding.place.column) == ("户籍", 2, 2)


def test_addresses_in_a_list_of_names() -> None:
    rows = [["户主", "备注"], ["张某", "演示县演示镇某某村3组12号"], ["李某", "演示县演示镇某某村"]]
    assert [(each.sample, each.place.row) for each in only(table(*rows), "D13")] == [("演示县演示镇********", 2)]
    assert only(table(["项目", "地点"], ["某工程", "演示县演示镇某某村3组12号"]), "D13") == []


FIRST, SECOND = "110105********002X", "1101************2X"


def test_two_lists_that_rebuild_a_number() -> None:
    apart = [["姓名", "身份证"], ["张某甲", "11010519491*******"], ["李某乙", "1102*******230014X"[:18]]]
    assert only(table(*apart), "D19") == []
    rebuilt = [["姓名", "身份证"], ["张某甲", "11010519491*******"], ["张某甲", "1101*******231002X"]]
    assert [each.place.row for each in only(table(*rebuilt), "D19")] == [3]
    assert "两处" in only(table(*rebuilt), "D19")[0].message.zh


def test_masked_birth_beside_the_day_of_birth() -> None:
    rows = [["姓名", "身份证号", "生日"], ["张某", FIRST, "1949-12-31"], ["李某", SECOND, "1949-12-31"]]
    assert [each.place.row for each in only(table(*rows), "D19")] == [2]


def test_a_list_masked_by_our_rule_passes() -> None:
    rows = [["姓名", "身份证号", "联系电话"], *[["张某", SECOND, "138****5678"] for _ in range(5)]]
    assert told(table(*rows)) == []


def test_a_long_list_costs_no_more_than_its_length() -> None:
    import time

    rows = [["姓名", "身份证号"], *[[f"某{n}", f"110105********{n:04}"] for n in range(4000)]]
    began = time.process_time()
    scan(table(*rows))
    assert time.process_time() - began < 5
