"""The one masking rule: what stays visible, and that never more than half does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.vault.masking import mask_email, mask_name, mask_number, mask_within

visible = st.text(alphabet=st.characters(exclude_characters="*"))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("张三", "张*"),
        ("张三丰", "张**"),
        ("欧阳修远", "欧***"),
        ("丽", "丽*"),
        ("中原演示机械有限公司", "中原******公司"),
        ("阿不都·买", "阿****"),
        ("Maria J", "M******"),
        ("某某律师事务所", "某******"),
        ("演示一律师事务所", "演示****务所"),
    ],
)
def test_names(name: str, shown: str) -> None:
    assert mask_name(name) == shown


@given(visible)
def test_at_least_half_of_a_name_is_hidden(name: str) -> None:
    masked = mask_name(name)
    assert masked.count("*") * 2 >= len(name)
    assert len(masked) >= len(name)


def test_an_empty_name_shows_that_there_is_none() -> None:
    assert mask_name("") == "*"


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("410000198001010013", "**************0013"),
        ("13800000001", "*******0001"),
        ("4321", "****"),
        ("12345", "*****"),
        ("1234567", "*******"),
        ("12345678", "****5678"),
        ("", ""),
    ],
)
def test_numbers(number: str, shown: str) -> None:
    assert mask_number(number) == shown


@given(visible, st.integers(1, 6))
def test_at_least_half_of_a_number_is_hidden(number: str, shown: int) -> None:
    masked = mask_number(number, shown)
    assert len(masked) == len(number)
    assert masked.count("*") * 2 >= len(number)


@pytest.mark.parametrize(
    ("address", "shown"),
    [("shenqing7@example.cn", "s***@example.cn"), ("a@b.cn", "a***@b.cn"), ("", "***"), ("none", "n***")],
)
def test_email(address: str, shown: str) -> None:
    assert mask_email(address) == shown


IN_TEXTS = [
    ("身份证41000019800101123X，电话13800001234", "身份证******************，电话***********"),
    ("410000 19800101 1234", "*" * 20),
    ("座机0371-12345678转", "座机*************转"),
    ("请发a.b@example.cn。", "请发a***@example.cn。"),
    ("护照E12345678", "护照*********"),
    ("138 0000 1234", "*" * 13),
    ("卡号6222 0212 3456 7890 123", "卡号***********************"),
]


@pytest.mark.parametrize(("text", "masked"), IN_TEXTS)
def test_numbers_of_persons_within_a_text(text: str, masked: str) -> None:
    assert mask_within(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "郑政〔2020〕12号，27667879.00元",
        "20200101至20201231，2019 2020 2021 2022年",
        "2020-01-01 2021-12-31",
        "统一社会信用代码91410100MA0000001X",
        "项目编号2020-410100-48-01-000001",
    ],
)
def test_dates_sums_and_document_numbers_stay(text: str) -> None:
    assert mask_within(text) == text
