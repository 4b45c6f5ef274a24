"""Letters as OFD: read back by a library that is not ours, and held against the PDF of the same letter."""

from __future__ import annotations

import io
import time
import zipfile

import ofdkit
import pdfplumber
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont
from lxml import etree
from reportlab.pdfgen.canvas import Canvas

from gongkai.documents.gate.containers import check_container
from gongkai.documents.gate.kinds import OFD
from gongkai.documents.gate.limits import Limits
from gongkai.documents.letter import LetterContent, Paragraph
from gongkai.documents.ofd.embedding import _opened
from gongkai.documents.ofd.errors import NotWritable
from gongkai.documents.ofd.parts import NAMESPACE
from gongkai.documents.ofd.write import pdf_to_ofd, render_ofd
from gongkai.documents.typesetting import render_pdf
from tests.documents.papers import pages_of, sample, squeezed

MM = 25.4 / 72
RARE = "䶮𬭎㛃"
LONG = Paragraph("本机关依法予以答复，联系邮箱office@example.gov.cn。" * 15)


@pytest.fixture(scope="module")
def letter() -> LetterContent:
    return sample(addressee=RARE, body=(*sample().body, LONG, LONG))


@pytest.fixture(scope="module")
def pdf(letter: LetterContent) -> bytes:
    return render_pdf(letter)


@pytest.fixture(scope="module")
def ofd(letter: LetterContent) -> bytes:
    return render_ofd(letter)


@pytest.fixture(scope="module")
def parts(ofd: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(ofd)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_another_reader_finds_every_word_of_every_page(ofd: bytes, pdf: bytes, letter: LetterContent) -> None:
    with ofdkit.open(ofd) as read:
        pages = [squeezed(page.text()) for page in read.pages]
        assert [(page.width, page.height) for page in read.pages] == [(210, 297)] * len(pages_of(pdf))
        assert read.warnings == []
    assert [sorted(page) for page in pages] == [sorted(page) for page in pages_of(pdf)]
    for _, said in letter.texts():
        assert squeezed(said) in "".join(pages)


def test_another_reader_finds_what_it_is(ofd: bytes, letter: LetterContent) -> None:
    with ofdkit.open(ofd) as read:
        assert (read.info.title, read.info.author) == (letter.title_line, letter.issuer)
        assert read.info.creation_date == letter.date.isoformat()
        assert read.info.custom_data["DocumentNumber"] == letter.number
        assert read.info.custom_data["SealPlace"].split()[0] == str(len(read.pages))


def test_characters_stand_where_they_stand_in_the_pdf(ofd: bytes, pdf: bytes) -> None:
    """Each run of the OFD begins within half a millimetre of that very character in the PDF."""
    with pdfplumber.open(io.BytesIO(pdf)) as paper, ofdkit.open(ofd) as read:
        for page, told in zip(paper.pages, read.pages, strict=True):
            there = [(c["text"][0], c["matrix"][4] * MM, 297 - c["matrix"][5] * MM) for c in page.chars]
            assert len(told.runs) > 5
            for run in told.runs:
                assert any(
                    text == run.text[0] and abs(x - run.x) < 0.5 and abs(y - run.y) < 0.5 for text, x, y in there
                ), run


def test_steps_do_not_add_up_to_a_drift(parts: dict[str, bytes], pdf: bytes) -> None:
    """The last character of the longest line, by the sum of the steps to it."""
    page = etree.fromstring(parts["Doc_0/Pages/Page_0/Content.xml"])
    codes = page.findall(".//{*}TextCode")
    longest = max(codes, key=lambda code: len(code.text or ""))
    left = float(longest.getparent().get("Boundary").split()[0])
    steps = [float(step) for step in longest.get("DeltaX").split()]
    assert len(steps) == len(longest.text) - 1
    with pdfplumber.open(io.BytesIO(pdf)) as paper:
        ends = [c["matrix"][4] * MM for c in paper.pages[0].chars if c["text"] == longest.text[-1]]
    assert min(abs(end - left - sum(steps)) for end in ends) < 0.01


def test_every_part_is_well_formed_and_in_the_namespace(parts: dict[str, bytes]) -> None:
    for name, data in parts.items():
        if name.endswith(".xml"):
            tags = {element.tag for element in etree.fromstring(data).iter()}
            assert {etree.QName(tag).namespace for tag in tags} == {NAMESPACE}


def test_numbers_of_objects_are_given_once(parts: dict[str, bytes]) -> None:
    numbers = [
        int(number)
        for name, data in parts.items()
        if name.endswith(".xml")
        for number in etree.fromstring(data).xpath("//@ID")
    ]
    assert len(numbers) == len(set(numbers))
    assert max(numbers) == int(etree.fromstring(parts["Doc_0/Document.xml"]).findtext(".//{*}MaxUnitID") or 0)


def test_fonts_are_true_type_and_have_every_character(parts: dict[str, bytes]) -> None:
    known: set[int] = set()
    for name, data in parts.items():
        if name.endswith(".ttf"):
            with TTFont(io.BytesIO(data)) as font:
                assert {"glyf", "cmap", "OS/2", "name", "hmtx"} <= set(font.keys())
                points = font.getBestCmap()
                assert all(font.getGlyphID(glyph) for glyph in points.values())
                known |= set(points)
    assert {ord(character) for character in RARE + "郑经开"} <= known


def test_red_head_black_text_and_rules(parts: dict[str, bytes]) -> None:
    page = etree.fromstring(parts["Doc_0/Pages/Page_0/Content.xml"])
    colours = {
        element.get("Value")
        for kind in ("TextObject", "PathObject")
        for element in page.findall(f".//{{*}}{kind}/*")
        if element.get("Value")
    }
    assert colours == {"215 0 15", "0 0 0"}
    assert len(page.findall(".//{*}PathObject")) == 4 + 6  # double rules above and below; a table of two rows


def test_a_draft_has_its_mark_under_the_text() -> None:
    with zipfile.ZipFile(io.BytesIO(render_ofd(sample(draft=True, number=None)))) as archive:
        page = etree.fromstring(archive.read("Doc_0/Pages/Page_0/Content.xml"))
    under, over = page.findall(".//{*}Layer")
    assert under.get("Type") == "Background"
    assert "".join(under.itertext()) == "草稿"
    assert under.find("{*}TextObject").get("CTM").startswith("0.8192 -0.5736 0.5736 0.8192")
    assert "草稿" not in "".join(over.itertext())


def test_same_letter_same_bytes_small_and_quick(ofd: bytes, letter: LetterContent) -> None:
    start = time.process_time()
    again = render_ofd(letter)
    assert time.process_time() - start < 1
    assert again == ofd
    assert len(ofd) < 300_000


def test_passes_the_upload_gate(ofd: bytes) -> None:
    assert check_container(ofd, Limits()) is OFD


def test_a_pdf_whose_fonts_are_not_embedded_is_refused() -> None:
    out = io.BytesIO()
    paper = Canvas(out)
    paper.drawString(72, 720, "plain")
    paper.save()
    with pytest.raises(NotWritable) as refused:
        pdf_to_ofd(out.getvalue())
    assert refused.value.code == "ofd_font_not_writable"
    assert "Helvetica" in refused.value.message.zh


def test_cubic_outlines_become_true_type() -> None:
    pen = T2CharStringPen(500, None)
    pen.moveTo((0, 0))
    pen.curveTo((0, 100), (100, 200), (200, 200))
    pen.lineTo((200, 0))
    pen.closePath()
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef", "A"])
    builder.setupCFF("Cubic", {}, {".notdef": pen.getCharString(), "A": pen.getCharString()}, {})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "A": (500, 0)})
    builder.setupHorizontalHeader()
    out = io.BytesIO()
    builder.save(out)
    font = _opened(out.getvalue())
    assert font["glyf"]["A"].numberOfContours == 1
    assert font["hmtx"]["A"] == (500, 0)
