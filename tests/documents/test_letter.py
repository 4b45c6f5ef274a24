from __future__ import annotations

import datetime as dt

import pytest

from gongkai.documents.errors import LetterContentError
from gongkai.documents.fonts import FontRole
from gongkai.documents.letter import (
    FormBlock,
    FormCell,
    Heading,
    PaperForm,
    Paragraph,
    chinese_date,
    clean,
    on_paper,
    paragraphs,
)
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


def test_the_head_of_a_document_says_that_it_is_one_and_once() -> None:
    assert sample(form=PaperForm.DOCUMENT, issuer="某市人民政府").head == "某市人民政府文件"
    assert sample(form=PaperForm.DOCUMENT, issuer="某市人民政府文件").head == "某市人民政府文件"
    assert sample(issuer="某市人民政府").head == "某市人民政府"


def test_copies_and_the_day_of_printing() -> None:
    assert sample(copies=("甲局", "乙局")).copies_line == "抄送：甲局，乙局。"
    assert SAMPLE.copies_line == ""
    assert SAMPLE.printed_line == "2021年5月26日印发"
    assert sample(printed_on=dt.date(2021, 5, 27)).printed_line == "2021年5月27日印发"


def test_a_sheet_needs_no_number_no_addressee_and_no_signature() -> None:
    sheet = sample(form=PaperForm.SHEET, number=None, addressee="", signature="")
    assert sheet.issuer_line == ""
    for field in ("issuer", "title", "body"):
        with pytest.raises(LetterContentError):
            sample(form=PaperForm.SHEET, **{field: type(getattr(SAMPLE, field))()})
    for form in (PaperForm.LETTER, PaperForm.DOCUMENT):
        with pytest.raises(LetterContentError):
            sample(form=form, signature="")


def test_a_sheet_says_whose_it_is_where_its_title_does_not() -> None:
    assert sample(form=PaperForm.SHEET, title="送达回证").issuer_line == SAMPLE.issuer
    assert sample(title="送达回证").issuer_line == ""


@pytest.mark.parametrize("rows", [(), ((),), ((FormCell("甲"), FormCell("乙"), FormCell("丙")),)])
def test_a_row_of_a_form_has_one_cell_or_two(rows: tuple[tuple[FormCell, ...], ...]) -> None:
    with pytest.raises(LetterContentError) as refused:
        FormBlock(rows)
    assert refused.value.code == "letter_lacks_form_rows"


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        ("姓名", "姓名"),
        ("法制审核人", "法制审核人"),
        ("签名或者盖章", "签名或\n者盖章"),
        ("自己\n断开的行很长", "自己\n断开的行很长"),
        ("送达的文书、文号", "送达的文\n书、文号"),
        ("代收人签名、与其关系", "代收人签名、\n与其关系"),
    ],
)
def test_labels_break_into_lines_of_nearly_one_length(label: str, lines: str) -> None:
    assert FormCell(label).label_lines == lines


def test_forms_that_follow_each_other_are_one_table() -> None:
    one, two, three = (FormBlock(((FormCell(label),),)) for label in "甲乙丙")
    between = Heading("一、")
    assert list(on_paper((one, two, between, three))) == [(one, two), between, (three,)]
    assert list(on_paper((between,))) == [between]
