from __future__ import annotations

import datetime as dt

import pytest

from gongkai.documents.errors import LetterContentError
from gongkai.documents.fonts import FontRole
from gongkai.documents.letter import Paragraph, chinese_date, clean, paragraphs
from tests.documents.papers import SAMPLE, sample


def test_date_in_arabic_digits_without_leading_zeros() -> None:
    assert chinese_date(dt.date(2021, 5, 6)) == "2021年5月6日"


def test_title_line_joins_a_broken_title() -> None:
    assert SAMPLE.title_line == "郑州经济技术开发区管理委员会政府信息公开申请答复书"


@pytest.mark.parametrize("field", ["issuer", "title", "addressee", "signature", "body"])
def test_a_letter_needs(field: str) -> None:
    with pytest.raises(LetterContentError) as refused:
        sample(**{field: type(getattr(SAMPLE, field))()})
    assert refused.value.code == f"letter_lacks_{field}"
    assert refused.value.message.zh.startswith("文书缺少")
    assert refused.value.message.en.startswith("The letter has no")


@pytest.mark.parametrize("number", [None, ""])
def test_only_a_draft_goes_without_number(number: str | None) -> None:
    with pytest.raises(LetterContentError) as refused:
        sample(number=number)
    assert refused.value.code == "letter_lacks_number"
    assert "发文字号" in str(refused.value)
    assert sample(number=number, draft=True).draft


def test_texts_hold_everything_that_is_printed_with_its_role() -> None:
    texts = list(SAMPLE.texts())
    assert (FontRole.TITLE, SAMPLE.issuer) in texts
    assert (FontRole.HEADING, "登记编号") in texts
    for printed in ("王芳", "第二项", "JKQ-2021-0012", "补偿标准", "郑经开公复〔2021〕12号", SAMPLE.note):
        assert (FontRole.BODY, printed) in texts


def test_one_paragraph_a_line_and_no_empty_ones() -> None:
    assert paragraphs(" 一\r\n\r\n二\r三\n \n") == (Paragraph("一"), Paragraph("二"), Paragraph("三"))
    assert paragraphs(" \n") == ()


def test_clean_removes_only_what_nobody_sees() -> None:
    assert clean("a\u200bb\ufeffc\u00add\te\r\nf") == "abcd e\nf"
    assert clean("王𫖯·#*$") == "王𫖯·#*$"
