"""The one masking rule: what stays visible, and how much never does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.vault.masking import (
    mask_address,
    mask_card,
    mask_email,
    mask_identity,
    mask_name,
    mask_number,
    mask_telephone,
    mask_within,
)

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


MASKS = [
    (mask_identity, "410000198001010013", "4100************13"),
    (mask_identity, "410000 19800101 001X", "4100** ******** **1X"),
    (mask_identity, "410000800101001", "4100*********01"),
    (mask_identity, "E12345678", "E******78"),
    (mask_identity, "12345678", "1*****78"),
    (mask_identity, "1234567", "*******"),
    (mask_identity, "", ""),
    (mask_telephone, "13800001234", "138****1234"),
    (mask_telephone, "138 0000 1234", "138 **** 1234"),
    (mask_telephone, "+86 13800001234", "+86 138****1234"),
    (mask_telephone, "0371-12345678", "037*-****5678"),
    (mask_telephone, "12345678", "******78"),
    (mask_telephone, "12345", "*****"),
    (mask_card, "6222021234567890123", "***************0123"),
    (mask_card, "6222 0212 3456 7890", "**** **** **** 7890"),
    (mask_card, "1234567", "*******"),
    (mask_number, "410000198001010013", "4100************13"),
    (mask_number, "13800001234", "138****1234"),
    (mask_number, "6222021234567890", "************7890"),
    (mask_number, "E12345678", "E******78"),
    (mask_number, "某12345", "某*****"),
    (mask_address, "演示县演示镇演示村3组12号", "演示县演示镇***"),
    (mask_address, "演示市第一路7号", "演示市第一路***"),
    (mask_address, "某处", "***"),
    (mask_address, "", ""),
]


@pytest.mark.parametrize(("mask", "number", "shown"), MASKS)
def test_numbers(mask: Callable[[str], str], number: str, shown: str) -> None:
    assert mask(number) == shown


@given(visible)
def test_of_an_identity_number_half_is_hidden_and_never_its_last_four(number: str) -> None:
    masked = mask_identity(number)
    signs = [sign for sign in number if sign.isascii() and sign.isalnum()]
    assert len(masked) == len(number)
    assert masked.count("*") * 2 >= len(signs)
    if len(signs) >= 4:
        assert masked.count("*", masked.find("*")) >= 2
        assert [sign for sign in masked if sign == "*" or (sign.isascii() and sign.isalnum())][-4:-2] == ["*", "*"]


@given(visible)
def test_of_a_telephone_number_four_signs_are_hidden(number: str) -> None:
    signs = [sign for sign in number if sign.isascii() and sign.isalnum()]
    assert mask_telephone(number).count("*") >= min(len(signs), 4)


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
