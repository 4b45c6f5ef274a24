from __future__ import annotations

import datetime as dt
import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pdfplumber
import pypdfium2
import pytest

from gongkai.documents.letter import (
    ROOM_TO_SIGN,
    FormBlock,
    FormCell,
    LetterContent,
    ListBlock,
    PaperForm,
    Paragraph,
    TableBlock,
)
from gongkai.documents.typesetting import TEMPLATES, lines_a_page, render_pdf, seal_place
from tests.documents.papers import SAMPLE, pages_of, sample, squeezed, text_of

MM = 72 / 25.4
LONG = Paragraph("本机关依法予以答复。" * 20)


def test_says_all_that_the_letter_says() -> None:
    text = text_of(render_pdf(SAMPLE))
    for _, said in SAMPLE.texts():
        assert squeezed(said) in text
    assert "王芳：" in text
    assert "1.第一项2.第二项" in text
    assert "附件：1.征地补偿安置方案2.补偿标准" in text
    assert "2021年5月26日" in text
    assert "（联系电话：0371-66781234）" in text
    assert "草稿" not in text
    assert "盖章处" not in text


def test_order_of_the_parts() -> None:
    text = text_of(render_pdf(SAMPLE))
    parts = [
        "郑经开公复〔2021〕12号",
        "政府信息公开申请答复书",
        "王芳：",
        "第一项",
        "如不服本决定",
        "附件：",
        "2021年5月26日",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_one_attachment_has_no_number() -> None:
    assert "附件：征地补偿安置方案" in text_of(render_pdf(sample(attachments=("征地补偿安置方案",))))


def test_every_page_is_a4() -> None:
    with pypdfium2.PdfDocument(render_pdf(sample(body=(LONG,) * 6))) as document:
        assert len(document) > 2
        for page in document:
            width, height = page.get_size()
            assert (round(width / MM), round(height / MM)) == (210, 297)


def test_page_numbers_from_the_second_page_right_and_left_in_turn() -> None:
    pdf = render_pdf(sample(body=(LONG,) * 6))
    pages = pages_of(pdf)
    assert "—1—" not in pages[0]
    assert "—2—" in pages[1]
    assert "—3—" in pages[2]
    with pypdfium2.PdfDocument(pdf) as document:
        assert left_edge_of(document[1], "— 2 —") < 60 * MM
        assert left_edge_of(document[2], "— 3 —") > 150 * MM


def left_edge_of(page: pypdfium2.PdfPage, wanted: str) -> float:
    reader = page.get_textpage()
    found = reader.search(wanted).get_next()
    assert found is not None
    return reader.get_charbox(found[0])[0]


def test_text_stays_inside_the_type_area() -> None:
    hostile = (Paragraph("a" * 10_000), Paragraph("，" * 500), Paragraph("https://www.example.gov.cn/" + "x/" * 200))
    with pypdfium2.PdfDocument(render_pdf(sample(body=hostile, issuer="关" * 80, signature="署" * 60))) as document:
        for page in document:
            reader = page.get_textpage()
            boxes = [reader.get_charbox(place) for place in range(reader.count_chars())]
            assert min(left for left, *_ in boxes) >= 19 * MM
            assert max(right for _, _, right, _ in boxes) <= 191 * MM
            assert min(bottom for _, bottom, *_ in boxes) >= 19 * MM


def test_nothing_of_a_long_run_is_lost_or_added() -> None:
    run = "".join(chr(33 + place % 94) for place in range(10_000))
    body = text_of(render_pdf(sample(body=(Paragraph(run),))))
    for number in range(2, 12):
        body = body.replace(f"—{number}—", "")
    assert run in body


@pytest.mark.parametrize(
    "text",
    [
        "#panic(\"x\")", "*粗*_斜_", "$x^2$", "@ref <label>", "#read(\"/etc/passwd\")", "= 标题", "- 项", "/ 词: 义",
        "\\u{4e00} \\ ~ -- --- ...", "`code` ```typ #x```", "// 注 /* 释 */", "{{ }} {you} %s", "'单' \"双\"", "https://a.b/c#d",
        "</script><b>&amp;", "[甲]", "#import \"@preview/x:1.0.0\": *",
    ],
)  # fmt: skip
def test_hostile_text_comes_out_as_it_was_written(text: str) -> None:
    content = sample(
        addressee=text,
        body=(Paragraph(text), ListBlock((text,)), TableBlock(((text, text),))),
        attachments=(text,),
        note=text,
    )
    assert text_of(render_pdf(content)).count(squeezed(text)) >= 7


def test_ten_thousand_characters() -> None:
    words = "".join(chr(0x4E00 + place) for place in range(5_000)) * 2
    pages = pages_of(render_pdf(sample(body=(Paragraph(words),))))
    assert len(pages) > 15
    body = "".join(pages)
    assert sum(body.count(chr(0x4E00 + place)) >= 2 for place in range(5_000)) == 5_000


def test_the_same_letter_gives_the_same_bytes() -> None:
    first = render_pdf(SAMPLE)
    render_pdf(sample(addressee="李某"))
    assert render_pdf(sample()) == first


def test_the_same_letter_gives_the_same_bytes_in_another_process() -> None:
    code = (
        "import django, hashlib; django.setup()\n"
        "from gongkai.documents.typesetting import render_pdf\n"
        "from tests.documents.papers import SAMPLE\n"
        "print(hashlib.sha256(render_pdf(SAMPLE)).hexdigest())"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment())
    assert run.stdout.strip() == hashlib.sha256(render_pdf(SAMPLE)).hexdigest()


def environment() -> dict[str, str]:
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "gongkai.config.settings_test", "PYTHONPATH": "."}


@pytest.mark.parametrize(
    "change",
    [{"number": "郑经开公复〔2021〕13号"}, {"date": dt.date(2021, 5, 27)}, {"draft": True}, {"note": ""}],
)  # fmt: skip
def test_another_letter_gives_other_bytes(change: dict[str, object]) -> None:
    assert render_pdf(sample(**change)) != render_pdf(SAMPLE)


def test_metadata_and_language() -> None:
    pdf = render_pdf(SAMPLE)
    with pypdfium2.PdfDocument(pdf) as document:
        known = document.get_metadata_dict()
    assert known["Title"] == SAMPLE.title_line
    assert known["Author"] == SAMPLE.issuer
    assert known["CreationDate"].startswith(("D:20210525", "D:20210526"))
    assert b"/Lang(zh-CN)" in pdf


def test_is_archivable_and_accessible() -> None:
    pdf = render_pdf(SAMPLE)
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert b"/StructTreeRoot" in pdf


def test_a_draft_is_marked_on_every_page() -> None:
    pages = pages_of(render_pdf(sample(draft=True, number=None, body=(LONG,) * 4)))
    assert len(pages) > 1
    for page in pages:
        assert "草" in page
        assert "稿" in page
    assert "（文号待编）" in pages[0]
    assert "盖章处" in pages[-1]


def test_the_signature_never_stands_alone() -> None:
    for lines in range(1, 24):
        body = (*(Paragraph(f"第{line}段。") for line in range(lines)), Paragraph("末段。"))
        last = pages_of(render_pdf(sample(body=body, attachments=())))[-1]
        assert "2021年5月26日" in last
        assert "末段。" in last


def test_the_seal_covers_name_and_date() -> None:
    place = seal_place(SAMPLE)
    assert place is not None
    with pypdfium2.PdfDocument(render_pdf(SAMPLE)) as document:
        page = document[place.page - 1]
        reader = page.get_textpage()
        start, count = reader.search("2021年5月26日").get_next() or (0, 0)
        assert count
        left, bottom = reader.get_charbox(start)[:2]
        right, top = reader.get_charbox(start + count - 1)[2:]
        height = page.get_size()[1]
    assert abs(place.x - (left + right) / 2 / MM) < 2
    distance = (height - (top + bottom) / 2) / MM - place.y
    assert 0 < distance < 15, "name and date lie a little below the centre of the seal, which is 42 mm wide"


def test_a_wide_seal_stays_on_the_page() -> None:
    place = seal_place(sample(signature="署" * 26))
    assert place is not None
    assert 21 < place.x < 189


@pytest.fixture(scope="module")
def document() -> bytes:
    """A letter in the 文件 form, of two pages."""
    copies = ("某市司法局", "某市人民政府办公室", "某市自然资源和规划局经济技术开发区分局", "某省人民政府办公厅")
    return render_pdf(sample(form=PaperForm.DOCUMENT, body=(LONG,) * 2, copies=copies))


@pytest.fixture(scope="module")
def sheet() -> bytes:
    """A sheet with its two kinds of rows, which nobody signs."""
    return render_pdf(SHEET)


FORM = FormBlock(
    ((FormCell("姓名", "王䶮"), FormCell("电话")), (FormCell("意见", "同意", blank=2, foot=ROOM_TO_SIGN),)),
    heading="申请人信息",
)
SHEET = sample(
    form=PaperForm.SHEET, title="送达回证", number=None, addressee="", signature="", attachments=(), body=(FORM, FORM)
)


def places_of(pdf: bytes, page: int, wanted: str) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of these words in mm from the left and upper edge."""
    with pypdfium2.PdfDocument(pdf) as opened:
        reader = opened[page].get_textpage()
        found = reader.search(wanted).get_next()
        assert found is not None, wanted
        start, count = found
        left, _, _, top = reader.get_charbox(start, loose=True)
        _, bottom, right, _ = reader.get_charbox(start + count - 1, loose=True)
        return left / MM, 297 - top / MM, right / MM, 297 - bottom / MM


def rules_of(pdf: bytes, page: int) -> list[tuple[float, float, float]]:
    """Level lines as (distance from the upper edge, left, right) in mm."""
    with pdfplumber.open(BytesIO(pdf)) as opened:
        drawn = opened.pages[page]
        level = [line for line in (*drawn.lines, *drawn.rects) if line["height"] < 3 and line["width"] > 100]
        return sorted((line["top"] / MM, line["x0"] / MM, line["x1"] / MM) for line in level)


def test_the_head_of_a_document_stands_where_the_standard_wants_it(document: bytes) -> None:
    head = places_of(document, 0, "郑州经济技术开发区管理委员会文件")
    number = places_of(document, 0, "郑经开公复〔2021〕12号")
    rule = rules_of(document, 0)[0]
    assert head[1] == pytest.approx(37 + 35, abs=2.5), "35 mm below the upper edge of the type area"
    assert (head[0] + head[2]) / 2 == pytest.approx(106, abs=0.5)
    assert (number[0] + number[2]) / 2 == pytest.approx(106, abs=1.5)
    assert 20 < number[1] - head[3] < 26, "two lines below the head"
    assert rule == pytest.approx((number[3] + 4, 28, 184), abs=1.2)


def test_a_document_has_its_number_on_every_page_and_its_imprint_at_the_foot_of_the_last(document: bytes) -> None:
    pages = pages_of(document)
    assert len(pages) == 2
    assert "—1—" in pages[0]
    assert "抄送" not in pages[0]
    assert places_of(document, 0, "— 1 —")[0] > 150
    assert places_of(document, 1, "— 2 —")[0] < 60
    upper, middle, lower = rules_of(document, 1)
    assert (
        upper[0]
        < places_of(document, 1, "抄送：")[1]
        < middle[0]
        < places_of(document, 1, "2021年5月26日印发")[1]
        < lower[0]
    )
    assert lower == pytest.approx((297 - 35, 28, 184), abs=0.6)


def test_a_letter_names_whom_it_is_copied_to_without_rules() -> None:
    pdf = render_pdf(sample(copies=("某市司法局",), attachments=()))
    last = len(pages_of(pdf)) - 1
    assert places_of(pdf, last, "抄送：某市司法局。")[3] == pytest.approx(297 - 35, abs=4)
    assert "印发" not in text_of(pdf)


def test_a_sheet_shows_what_is_known_and_leaves_room_for_the_rest(sheet: bytes) -> None:
    (page,) = pages_of(sheet)
    assert page.startswith(squeezed(f"送达回证{SHEET.issuer}申请人信息姓名王䶮电话意见同意签名：年月日"))
    assert "2021年5月26日" not in page
    assert "—1—" not in page
    said, foot = places_of(sheet, 0, "同意"), places_of(sheet, 0, "签名：")
    assert foot[1] - said[3] > 2 * 6, "two lines for the pen"
    assert seal_place(SHEET) is None


def test_a_sheet_may_be_signed_and_have_many_pages() -> None:
    pdf = render_pdf(sample(form=PaperForm.SHEET, body=(FORM,) * 12, note="一式两份"))
    pages = pages_of(pdf)
    assert len(pages) > 2
    assert "—2—" in pages[1]
    assert f"{squeezed(SAMPLE.signature)}2021年5月26日" in pages[-1]
    assert "注：一式两份" in pages[-1]


@pytest.mark.parametrize("form", [PaperForm.DOCUMENT, PaperForm.SHEET])
def test_every_form_is_archivable_and_accessible(form: PaperForm, document: bytes, sheet: bytes) -> None:
    pdf = document if form is PaperForm.DOCUMENT else sheet
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf


def test_the_lines_move_together_where_the_signature_finds_no_room() -> None:
    lengths = [sample(title="答复书", body=(Paragraph("一段。"),) * lines, attachments=()) for lines in range(9, 16)]
    counts = [lines_a_page(letter) for letter in lengths]
    assert list(dict.fromkeys(counts)) == [22, 24, 25], "first all fits, then closer"
    assert counts[-1] == 22, "where the text itself goes on to the next page, nothing is gained"
    closer = [letter for letter, lines in zip(lengths, counts, strict=True) if lines > 22]
    assert all(len(pages_of(render_pdf(letter))) == 1 for letter in closer)


def test_the_signature_goes_with_attachments_and_the_last_paragraph() -> None:
    for lines in range(5, 13):
        body = (*(Paragraph(f"第{line}段。") for line in range(lines)), Paragraph("末段。"))
        last = pages_of(render_pdf(sample(body=body, form=PaperForm.DOCUMENT)))[-1]
        for said in ("2021年5月26日", "附件：", "末段。"):
            assert said in last


def test_sixty_pages() -> None:
    pages = pages_of(
        render_pdf(sample(form=PaperForm.DOCUMENT, body=(*(LONG,) * 150, TableBlock((("甲", "乙"),) * 400))))
    )
    assert len(pages) > 60
    assert "2021年5月26日印发" in pages[-1]


@pytest.mark.parametrize("issuer", ["县", "郑州市人民政府", "关" * 26, "关" * 60])
def test_issuers_of_any_length(issuer: str) -> None:
    pages = pages_of(render_pdf(sample(issuer=issuer, attachments=())))
    assert issuer in pages[0]


def test_letters_may_be_made_at_the_same_time() -> None:
    letters = [sample(addressee=f"申请人{number}") for number in range(12)]
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(render_pdf, letters))
    for number, pdf in enumerate(made):
        assert f"申请人{number}：" in text_of(pdf)


def test_the_template_asks_nothing_of_the_net() -> None:
    for template in TEMPLATES.glob("*.typ"):
        source = template.read_text(encoding="utf-8")
        assert "@preview" not in source
        assert all(line.startswith('#import "common.typ"') for line in source.splitlines() if "#import" in line)
        assert "eval(" not in source


def test_a_letter_is_small() -> None:
    content: LetterContent = sample(body=(LONG,) * 10)
    assert len(render_pdf(content)) < 200_000


def test_one_glyph_a_character() -> None:
    """A ligature would be one sign for several characters: whoever copies, or makes an OFD of the page, needs them apart."""
    with pdfplumber.open(BytesIO(render_pdf(sample(body=(Paragraph("office@efficient.gov.cn fi fl ffi"),))))) as made:
        signs = [char["text"] for page in made.pages for char in page.chars]
    assert "ffi" in "".join(signs)
    assert {len(sign) for sign in signs} == {1}
