"""What must be published: the items, by level, and the twenty working days."""

from __future__ import annotations

import datetime as dt

import pytest

from gongkai.law.article20 import ARTICLE_20, ARTICLE_21, PROACTIVE_ITEMS, Level, proactive_duties, publish_by
from gongkai.law.report_form import TABLE_2
from gongkai.law.working_days import Calendar

D = dt.date
NATIONAL = Calendar.national()


@pytest.mark.article("条例", 20)
def test_article_20_has_its_fifteen_items_in_order() -> None:
    assert [item.article.item for item in ARTICLE_20] == list(range(1, 16))
    assert all(item.levels == set(Level) for item in ARTICLE_20)
    assert ARTICLE_20[6].name.zh == "财政预算、决算信息"
    assert ARTICLE_20[13].article.zh == "《政府信息公开条例》第二十条第（十四）项"


# Typed from the article, not from the code.
@pytest.mark.article("条例", 21)
@pytest.mark.parametrize(
    ("level", "more"),
    [
        (Level.NATIONAL, ""),
        (Level.PROVINCE, ""),
        (Level.CITY, "市政建设、公共服务、公益事业、土地征收、房屋征收、治安管理、社会救助"),
        (Level.COUNTY, "市政建设、公共服务、公益事业、土地征收、房屋征收、治安管理、社会救助"),
        (
            Level.TOWNSHIP,
            "土地征收、房屋征收、社会救助、贯彻落实农业农村政策、农田水利工程建设运营、"
            "农村土地承包经营权流转、宅基地使用情况审核、筹资筹劳",
        ),
    ],
)
def test_what_each_level_must_publish_besides(level: Level, more: str) -> None:
    duties = proactive_duties(level)
    assert duties[:15] == ARTICLE_20
    assert "、".join(item.name.zh for item in duties[15:]) == more


def test_keys_are_unique_and_texts_complete() -> None:
    assert len(PROACTIVE_ITEMS) == len(ARTICLE_20) + len(ARTICLE_21) == 27
    for item in PROACTIVE_ITEMS.values():
        assert item.name.zh
        assert item.name.en.isascii()
    assert all(level.label.zh and level.label.en.isascii() for level in Level)


@pytest.mark.article("条例", 50)
def test_the_items_that_table_2_counts_are_those_it_names() -> None:
    counted = {row.key: block.caption.zh for block in TABLE_2 for row in block.rows}
    linked = {key: item.article for item in PROACTIVE_ITEMS.values() for key in item.table_2}
    assert set(linked) == set(counted)
    for key, article in linked.items():
        assert article.zh.endswith(counted[key])


@pytest.mark.article("条例", 26)
def test_example_24_publish_within_twenty_working_days() -> None:
    assert publish_by(D(2026, 9, 18), NATIONAL) == (D(2026, 10, 22), False)
    assert publish_by(D(2026, 12, 20), NATIONAL).provisional


@pytest.mark.article("条例", 26)
@pytest.mark.parametrize("other", [D(2026, 9, 25), D(2026, 12, 31)])
def test_another_law_prevails(other: D) -> None:
    assert publish_by(D(2026, 9, 18), NATIONAL, other) == (other, False)
