"""The Word file of a letter says what the PDF says, in the measures of the standard, and is the same twice."""

from __future__ import annotations

import datetime as dt
import re
import time
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as Opened
from docx.oxml.ns import qn
from docx.shared import Length
from lxml import etree

from gongkai.documents.errors import MissingGlyph
from gongkai.documents.fonts import FontRole
from gongkai.documents.letter import ROOM_TO_SIGN, FormBlock, FormCell, Heading, PaperForm, Paragraph, TableBlock
from gongkai.documents.typesetting import lines_a_page
from gongkai.documents.word import render_docx
from gongkai.documents.word.base import empty_file
from gongkai.documents.word.rendering import SEAL_BOOKMARK
from gongkai.documents.word.xml import FONT_NAMES, RED
from tests.documents.papers import SAMPLE, sample, squeezed

FORM = FormBlock(
    ((FormCell("姓名", "王䶮"), FormCell("电话")), (FormCell("意见", "同意", blank=2, foot=ROOM_TO_SIGN),)),
    heading="申请人信息",
)
COPIES = ("某市司法局", "某市人民政府办公室")
LETTERS = {
    PaperForm.LETTER: sample(copies=COPIES),
    PaperForm.DOCUMENT: sample(form=PaperForm.DOCUMENT, copies=COPIES, body=(Heading("一、申请内容"), *SAMPLE.body)),
    PaperForm.SHEET: sample(form=PaperForm.SHEET, number=None, body=(FORM, FORM, Paragraph("以上属实。"), FORM)),
}
#: Some are beyond the first plane: they must not come out as two characters.
RARE_NAMES = "䶮㛃𬭎𫖯婳昇堃喆"


@pytest.fixture(scope="module")
def files() -> dict[PaperForm, bytes]:
    """The sample in each form."""
    return {form: render_docx(content) for form, content in LETTERS.items()}


def opened(data: bytes) -> Opened:
    return Document(BytesIO(data))


def parts_of(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def text_of(data: bytes) -> str:
    """All words of headers, body and footers, without white space."""
    found = ""
    for name, part in sorted(parts_of(data).items(), key=lambda one: "document" not in one[0]):
        if re.search("document|header|footer", name) and name.endswith(".xml"):
            found += "".join(node.text or "" for node in etree.fromstring(part).iter(qn("w:t")))
    return squeezed(found)


@pytest.mark.parametrize("form", list(PaperForm))
def test_says_all_that_the_letter_says(files: dict[PaperForm, bytes], form: PaperForm) -> None:
    text = text_of(files[form])
    for _, said in LETTERS[form].texts():
        assert squeezed(said) in text
    assert "2021年5月26日" in text
    assert "附件：1.征地补偿安置方案2.补偿标准" in text


@pytest.mark.parametrize("form", list(PaperForm))
def test_the_same_letter_gives_the_same_bytes(files: dict[PaperForm, bytes], form: PaperForm) -> None:
    assert render_docx(LETTERS[form]) == files[form]
    assert render_docx(sample()) != files[form]


def test_the_same_letter_gives_the_same_bytes_on_another_day(
    files: dict[PaperForm, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "time", lambda: 2e9)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(2e9))
    empty_file.cache_clear()
    assert render_docx(LETTERS[PaperForm.LETTER]) == files[PaperForm.LETTER]


def test_nothing_of_the_library_is_left(files: dict[PaperForm, bytes]) -> None:
    about = opened(files[PaperForm.LETTER]).core_properties
    assert (about.title, about.author, about.comments) == (SAMPLE.title_line, SAMPLE.issuer, "")
    assert about.created == about.modified == dt.datetime(2021, 5, 26, tzinfo=dt.UTC)
    names = set(parts_of(files[PaperForm.LETTER]))
    assert not [name for name in names if re.search("theme|thumbnail|customXml|app.xml|numbering", name)]
    assert len(files[PaperForm.LETTER]) < 20_000


def test_page_and_margins(files: dict[PaperForm, bytes]) -> None:
    for form, top, bottom in ((PaperForm.LETTER, 37, 35), (PaperForm.DOCUMENT, 37, 35), (PaperForm.SHEET, 23, 27)):
        (section,) = opened(files[form]).sections
        lengths = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
        assert [round(mm(length), 1) for length in lengths] == [210, 297, top, bottom]
        assert (round(mm(section.left_margin)), round(mm(section.right_margin))) == (28, 26)
        (grid,) = section._sectPr.iter(qn("w:docGrid"))
        assert grid.get(qn("w:type")) == "lines"
        assert grid.get(qn("w:linePitch")) == str(round(579 * 22 / lines_a_page(LETTERS[form])))


def mm(length: Length | None) -> float:
    assert length is not None
    return length.mm


def test_every_run_has_its_font_for_chinese(files: dict[PaperForm, bytes]) -> None:
    for data in files.values():
        for run in etree.fromstring(parts_of(data)["word/document.xml"]).iter(qn("w:r")):
            fonts = run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
            assert fonts is not None
            assert fonts.get(qn("w:eastAsia")) in FONT_NAMES.values()
    body = opened(files[PaperForm.DOCUMENT]).element.body
    assert font_of(body, "一、申请内容") == FONT_NAMES[FontRole.HEADING]
    assert font_of(body, "登记编号") == FONT_NAMES[FontRole.HEADING]
    assert font_of(body, SAMPLE.issuer + "文件") == FONT_NAMES[FontRole.TITLE]
    assert font_of(body, "王芳：") == FONT_NAMES[FontRole.BODY]


def font_of(body: etree._Element, words: str) -> str | None:
    (run,) = [run for run in body.iter(qn("w:r")) if "".join(node.text or "" for node in run.iter(qn("w:t"))) == words]
    fonts = run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
    return fonts.get(qn("w:eastAsia")) if fonts is not None else None


def paragraph_of(data: bytes, words: str) -> etree._Element:
    (found,) = [one._element for one in opened(data).paragraphs if one.text == words]
    return found


def test_the_first_line_is_two_characters_in_not_two_spaces(files: dict[PaperForm, bytes]) -> None:
    words = "您提出的政府信息公开申请，本机关于2021年5月6日收到。"
    indent = paragraph_of(files[PaperForm.LETTER], words).find(f"{qn('w:pPr')}/{qn('w:ind')}")
    assert indent is not None
    assert (indent.get(qn("w:firstLineChars")), indent.get(qn("w:firstLine"))) == ("200", "640")


def test_a_letter_has_its_red_head_on_the_first_page_only(files: dict[PaperForm, bytes]) -> None:
    document = opened(files[PaperForm.LETTER])
    (section,) = document.sections
    assert section.different_first_page_header_footer
    assert section.first_page_header.paragraphs[0].text == SAMPLE.issuer
    assert RED in etree.tostring(section.first_page_header._element).decode()
    assert SAMPLE.issuer not in "".join(
        one.text for one in (*section.header.paragraphs, *section.even_page_header.paragraphs)
    )
    assert "PAGE" not in etree.tostring(section.first_page_footer._element).decode()


def test_a_document_has_its_red_head_in_the_body_and_a_number_on_every_page(files: dict[PaperForm, bytes]) -> None:
    document = opened(files[PaperForm.DOCUMENT])
    assert document.paragraphs[0].text == SAMPLE.issuer + "文件"
    assert not document.sections[0].different_first_page_header_footer
    rule = paragraph_of(files[PaperForm.DOCUMENT], str(SAMPLE.number)).find(
        f"{qn('w:pPr')}/{qn('w:pBdr')}/{qn('w:bottom')}"
    )
    assert rule is not None
    assert rule.get(qn("w:color")) == RED


@pytest.mark.parametrize("form", list(PaperForm))
def test_page_numbers_odd_right_even_left(files: dict[PaperForm, bytes], form: PaperForm) -> None:
    document = opened(files[form])
    assert document.settings.odd_and_even_pages_header_footer
    (section,) = document.sections
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        xml = etree.tostring(footer._element).decode()
        assert " PAGE " in xml
        assert f'w:jc w:val="{side}"' in xml
        assert f'w:{side}Chars="100"' in xml
        assert footer.paragraphs[0].text == "— 1 —"


def test_the_imprint_of_a_document_stands_in_a_frame_at_the_foot(files: dict[PaperForm, bytes]) -> None:
    for form, count in ((PaperForm.DOCUMENT, 5), (PaperForm.LETTER, 1), (PaperForm.SHEET, 0)):
        frames = [
            one for one in opened(files[form]).paragraphs if one._element.find(f".//{qn('w:framePr')}") is not None
        ]
        assert len(frames) == count
        assert all(frame._element.find(f".//{qn('w:framePr')}").get(qn("w:yAlign")) == "bottom" for frame in frames)
    assert "2021年5月26日印发" in text_of(files[PaperForm.DOCUMENT])
    assert "印发" not in text_of(files[PaperForm.LETTER])


@pytest.mark.parametrize("form", list(PaperForm))
def test_the_signature_keeps_company_and_the_seal_has_its_place(files: dict[PaperForm, bytes], form: PaperForm) -> None:
    document = opened(files[form])
    texts = [one.text for one in document.paragraphs]
    signed = texts.index(SAMPLE.signature)
    assert texts[signed + 1] == "2021年5月26日"
    assert document.paragraphs[signed].paragraph_format.keep_with_next
    assert document.paragraphs[signed - 1].paragraph_format.keep_with_next
    (mark,) = document.element.body.iter(qn("w:bookmarkStart"))
    assert mark.get(qn("w:name")) == SEAL_BOOKMARK
    assert mark.getparent() is document.paragraphs[signed]._element


def test_the_name_is_centred_over_the_date_four_characters_in() -> None:
    data = render_docx(sample(signature="某市人民政府"))
    name, day = (paragraph_of(data, words).find(f".//{qn('w:ind')}") for words in ("某市人民政府", "2021年5月26日"))
    assert name is not None
    assert day is not None
    date_width = 3 + 7 * 0.5
    assert int(day.get(qn("w:rightChars"), "")) == 400
    assert int(name.get(qn("w:rightChars"), "")) == pytest.approx(400 + (date_width - 6) / 2 * 100, abs=1)


def test_a_draft_says_so_on_every_page() -> None:
    data = render_docx(sample(draft=True, number=None))
    headers = [part.decode() for name, part in parts_of(data).items() if "header" in name]
    assert len(headers) == 3
    assert all('string="草稿"' in header for header in headers)
    assert "（文号待编）" in text_of(data)
    assert opened(data).core_properties.content_status == "草稿"
    assert b"\xe8\x8d\x89\xe7\xa8\xbf" not in b"".join(parts_of(render_docx(SAMPLE)).values())


def test_tables_have_their_cells(files: dict[PaperForm, bytes]) -> None:
    (pairs,) = opened(files[PaperForm.LETTER]).tables
    assert [[cell.text for cell in row.cells] for row in pairs.rows] == [
        ["登记编号", "JKQ-2021-0012"], ["申请内容", "征地补偿安置方案"],
    ]  # fmt: skip
    first, _ = opened(files[PaperForm.SHEET]).tables
    assert [cell.text for cell in first.rows[0].cells] == ["申请人信息"] * 4
    assert [cell.text for cell in first.rows[1].cells] == ["姓名", "王䶮", "电话", ""]
    assert first.rows[2].cells[1].text == f"同意\n\n\n{ROOM_TO_SIGN}"


def test_two_tables_are_not_made_one() -> None:
    table = TableBlock((("甲", "乙"),))
    assert len(opened(render_docx(sample(body=(table, table)))).tables) == 2


def test_rare_names_come_through() -> None:
    data = render_docx(sample(addressee=RARE_NAMES))
    assert f"{RARE_NAMES}：" in text_of(data)


@pytest.mark.parametrize("text", ["a\x00b", "甲\x0b", "\ud800", "\ufffe", "甲\u202e乙", "您好🙂"])
def test_what_the_pdf_refuses_word_refuses_too(text: str) -> None:
    with pytest.raises(MissingGlyph):
        render_docx(sample(addressee=text))


@pytest.mark.parametrize("text", ["<w:p/>&amp;", "{{ ''.__class__ }}", "]]>", "=1+1", "\u200b二", "MERGEFIELD \\* x"])
def test_hostile_text_is_only_text(text: str) -> None:
    data = render_docx(sample(addressee=text, body=(Paragraph(text), FORM), note=text, attachments=(text,)))
    assert text_of(data).count(squeezed(text.replace("\u200b", ""))) == 4


def test_the_lines_move_together_where_they_do_in_the_pdf() -> None:
    letters = [sample(body=(Paragraph("一段。"),) * lines, attachments=(), note="") for lines in range(6, 14)]
    tight = next(letter for letter in letters if lines_a_page(letter) == 24)
    (grid,) = opened(render_docx(tight)).element.body.iter(qn("w:docGrid"))
    assert grid.get(qn("w:linePitch")) == "531"


def test_sixty_pages() -> None:
    words = "本机关依法予以答复。" * 20
    data = render_docx(sample(body=(Paragraph(words),) * 150))
    assert text_of(data).count(words) == 150
    assert len(data) < 100_000
