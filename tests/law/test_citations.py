"""Texts, numerals and citations, as letters print them."""

from __future__ import annotations

import pytest

from gongkai.law.applicants import ApplicantKind
from gongkai.law.citations import INSTRUMENTS, REG, Article
from gongkai.law.errors import LawError
from gongkai.law.texts import Text, chinese_numeral


@pytest.mark.parametrize(
    ("number", "zh"),
    [
        (0, "零"),
        (5, "五"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (33, "三十三"),
        (56, "五十六"),
        (100, "一百"),
        (105, "一百零五"),
        (110, "一百一十"),
        (115, "一百一十五"),
        (120, "一百二十"),
        (711, "七百一十一"),
        (999, "九百九十九"),
    ],
)
def test_numerals(number: int, zh: str) -> None:
    assert chinese_numeral(number) == zh


@pytest.mark.parametrize("number", [-1, 1000])
def test_numerals_outside_statutes(number: int) -> None:
    with pytest.raises(ValueError, match="no statute numeral"):
        chinese_numeral(number)


@pytest.mark.parametrize(
    ("article", "zh", "en"),
    [
        (REG(33, 2), "《政府信息公开条例》第三十三条第二款", "Regulation, art. 33(2)"),
        (REG(36, item=1), "《政府信息公开条例》第三十六条第（一）项", "Regulation, art. 36, item 1"),
        (
            Article("行政复议法", 23, 1, 4),
            "《行政复议法》第二十三条第一款第（四）项",
            "Administrative Reconsideration Law, art. 23(1), item 4",
        ),
        (Article("收费办法", None, certainty="M"), "《政府信息公开信息处理费管理办法》", "Fee Measures"),
    ],
)
def test_citations(article: Article, zh: str, en: str) -> None:
    assert (article.zh, article.en, str(article)) == (zh, en, zh)
    assert (article.of("zh-hans"), article.of("en-gb")) == (zh, en)


def test_unknown_instruments_and_marks_are_refused() -> None:
    with pytest.raises(ValueError, match="unknown instrument"):
        Article("某某条例", 1)
    with pytest.raises(ValueError, match="unknown certainty"):
        Article("条例", 1, certainty="X")


def test_certainty_is_kept_and_part_of_the_value() -> None:
    assert REG(33).certainty == "C"
    assert REG(33, certainty="I") != REG(33)


def test_instruments_have_both_names() -> None:
    assert all(text.zh and text.en.isascii() for text in INSTRUMENTS.values())


@pytest.mark.parametrize(
    ("lang", "expected"), [("en", "yes"), ("en-us", "yes"), ("EN", "yes"), ("zh", "是"), ("fr", "是"), ("", "是")]
)
def test_language(lang: str, expected: str) -> None:
    assert Text("是", "yes").of(lang) == expected


def test_texts_join() -> None:
    assert Text("甲。", "A.") + Text("乙。", "B.") == Text("甲。乙。", "A. B.")
    assert Text("", "") + Text("乙。", "B.") == Text("乙。", "B.")


def test_an_error_carries_code_message_and_article() -> None:
    error = LawError("code", Text("不行。", "No."), REG(30))
    assert (error.code, error.message.en, error.article) == ("code", "No.", REG(30))
    assert str(error) == "code: 不行。（《政府信息公开条例》第三十条）"
    assert str(LawError("code", Text("不行。", "No."))) == "code: 不行。"


@pytest.mark.article("条例", 50)
def test_applicant_kinds_are_the_columns_of_the_report() -> None:
    assert [kind.label.zh for kind in ApplicantKind] == [
        "自然人",
        "商业企业",
        "科研机构",
        "社会公益组织",
        "法律服务机构",
        "其他",
    ]
    assert [kind for kind in ApplicantKind if not kind.is_organisation] == [ApplicantKind.NATURAL_PERSON]
