"""索引号 and 发文字号: prefixes that check out, templates that always give another number, numbers as they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.errors import IdentifierError
from gongkai.law.identifiers import organisation_code
from gongkai.law.index_numbers import (
    DEFAULT,
    SCHEMES,
    TemplateFault,
    check_template,
    document_number,
    formatted,
    is_document_number,
    organisation_of,
    usable,
)

VALUES = {"org9": "005252370", "credit": "11410100005252370T", "slug": "zz", "column": "gz", "year": "2024"}
VALUES |= {"date": "20240130"}


@pytest.mark.parametrize("code", ["005252370", "MB1532375", "000014349", "579226980", "01527918X", "008282882"])
def test_prefixes_of_real_sites_check_out(code: str) -> None:
    assert organisation_code(code) == code


def test_a_copied_constant_does_not() -> None:
    with pytest.raises(IdentifierError):
        organisation_code("000014348")


def test_the_prefix_stands_in_the_credit_code() -> None:
    assert organisation_of("11441700007280420Y") == "007280420"
    with pytest.raises(IdentifierError):
        organisation_of("11441700007280421Y")


@pytest.mark.parametrize("template", SCHEMES)
def test_every_scheme_can_be_used(template: str) -> None:
    check_template(template)
    assert usable(formatted(template, VALUES, 5))


def test_the_default_is_that_of_real_sites() -> None:
    assert formatted(DEFAULT, VALUES, 5) == "005252370/2024-00005"


@given(st.sampled_from(list(SCHEMES)), st.integers(1, 999_999), st.integers(1, 999_999))
def test_another_number_is_another(template: str, one: int, other: int) -> None:
    assert (formatted(template, VALUES, one) == formatted(template, VALUES, other)) == (one == other)


@pytest.mark.parametrize(
    "template",
    ["", "{org9}/{year}", "{org9}-{seq}", "{seq}{seq}{year}", "{year}{seq:99}", "{year}{seq}{x}", "{year:04}{seq}",
     "{year}{seq}{", "{year} {seq}", "{year}{seq}<b>", "{0}{year}{seq}", "{year.real}{seq}"],
)  # fmt: skip
def test_templates_that_cannot_be_used(template: str) -> None:
    with pytest.raises(TemplateFault):
        check_template(template)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("郑政办[2024]3号", "郑政办〔2024〕3号"),
        ("郑政办（２０２４）０３ 号", "郑政办〔2024〕3号"),
        ("郑政办【2024】第12号", "郑政办〔2024〕12号"),
        ("郑政办{2024}3号", "郑政办〔2024〕3号"),
        ("郑政办〖2024〗3号", "郑政办〔2024〕3号"),
        ("郑政办<2024>3号", "郑政办〔2024〕3号"),
        ("郑政办\u200b〔2024〕\ufeff3号", "郑政办〔2024〕3号"),
        ("郑政办〔2024〕3", "郑政办〔2024〕3号"),
        ("郑政办〔2024〕3号", "郑政办〔2024〕3号"),
        ("公告 第5号", "公告第5号"),
        ("郑政办24-3", "郑政办24-3"),
    ],
)
def test_a_document_number_as_it_is_written(typed: str, written: str) -> None:
    assert document_number(typed) == written
    assert document_number(written) == written


@pytest.mark.parametrize(
    ("text", "shaped"),
    [("郑政办〔2024〕3号", True), ("郑州市人民政府令第245号", True), ("郑政办24-3", False), ("〔2024〕3号", False),
     ("郑政办〔24〕3号", False), ("", False)],
)  # fmt: skip
def test_what_has_the_shape(text: str, shaped: bool) -> None:
    assert is_document_number(text) is shaped


@given(st.text(max_size=40))
def test_writing_it_twice_is_writing_it_once(text: str) -> None:
    once = document_number(text)
    assert document_number(once) == once
