"""Nothing of what the boxes cover is in the copy, whichever way it lay in the original; the rest still is."""

from __future__ import annotations

import io
import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from gongkai.documents import redaction
from gongkai.documents.letter import Paragraph
from gongkai.documents.ofd.write import render_ofd
from gongkai.documents.privacy.finding import Finding, Severity
from gongkai.documents.reading.normal import AsideKind, Place
from gongkai.documents.redaction import Box, CannotRedact, conversion, looking, pages
from gongkai.documents.redaction.proposing import propose
from gongkai.documents.redaction.redacting import redact
from gongkai.documents.redaction.verifying import verify
from gongkai.documents.typesetting import render_pdf
from gongkai.law.texts import Text
from tests.documents import uploads
from tests.documents.papers import sample
from tests.documents.redaction import made, oracle

IDENTITY = "410105199001011234"
SENTENCE = f"申请人王芳䶮𬭎（身份证号{IDENTITY}）的材料已经收到；王芳女士的电话是13812345678。"


@dataclass
class Redacted:
    original: bytes
    boxes: tuple[Box, ...]
    copy: bytes


def found(sample: str, *, page: int | None = 1, box: tuple[float, float, float, float] | None = None) -> Finding:
    return Finding("D1", Severity.BLOCK, Text("身份证号", "identity number"), sample, Place(page=page, box=box))


@pytest.fixture(scope="module")
def letter() -> Redacted:
    """A letter of two pages, from which an identity number and a telephone number were covered as the scan proposed."""
    original = render_pdf(sample(body=(Paragraph(SENTENCE), *[Paragraph("以下各段没有个人信息。" * 9)] * 3)))
    proposals = propose(original, [found("4101************34"), found("138****5678", page=None)])
    boxes = tuple(proposal.box for proposal in proposals)
    return Redacted(original, boxes, redact(original, boxes))


@pytest.mark.article("条例", 37)
@pytest.mark.parametrize(
    ("make", "kept"),
    [
        (made.hidden_in_every_way, "KEPTAKEPTBKEPTGKEPTT"),
        (made.turned_and_cropped, "KEPTRKEPTS"),
        (made.scanned, "KEPTOCR"),
    ],
)
def test_nothing_covered_is_left(make: Callable[[], tuple[bytes, tuple[Box, ...]]], kept: str) -> None:
    original, boxes = make()
    assert len(oracle.holds(original, "SECRET")) > 1, "the oracle sees it in the original"
    copy = redact(original, boxes)
    assert oracle.holds(copy, "SECRET") == []
    assert oracle.text_of(copy) == kept
    assert verify(original, copy, boxes).boxes == len(boxes)


@pytest.mark.article("条例", 37)
def test_a_letter_keeps_all_but_what_was_covered(letter: Redacted) -> None:
    assert oracle.holds(letter.original, IDENTITY)
    for gone in (IDENTITY[6:14], "13812345678"):
        assert oracle.holds(letter.copy, gone) == []
    before, after = oracle.text_of(letter.original), oracle.text_of(letter.copy)
    assert after == before.replace(IDENTITY, "").replace("13812345678", "")
    assert "王芳䶮𬭎（身份证号" in after, "the characters beside the box stay, rare ones too"
    seen = verify(letter.original, letter.copy, letter.boxes)
    assert (seen.pages, seen.characters) == (2, len(after))
    assert seen.words > 2


def test_the_copy_looks_as_it_should(letter: Redacted) -> None:
    assert len(letter.copy) < 2 * 300_000
    with pypdfium2.PdfDocument(letter.original) as original, pypdfium2.PdfDocument(letter.copy) as copy:
        for one, other in zip(copy, original, strict=True):
            assert one.get_size() == pytest.approx(other.get_size(), abs=0.01)
        before, after = (page.render(scale=2).to_pil().convert("RGB") for page in (original[0], copy[0]))
    box = letter.boxes[0]
    inside = (
        box.left * after.width + 2,
        box.top * after.height + 2,
        box.right * after.width - 2,
        box.bottom * after.height - 2,
    )
    assert after.crop(tuple(map(round, inside))).getextrema() == ((0, 0),) * 3
    assert before.crop(tuple(map(round, inside))).getextrema() != ((0, 0),) * 3
    red = after.crop((0, 0, after.width, after.height // 6)).getcolors(1_000_000)
    assert any(r > 180 and g < 60 and b < 60 for _count, (r, g, b) in red), "the head of the letter is still red"


def test_the_same_again_is_the_same_file_and_says_nothing_of_itself(letter: Redacted) -> None:
    assert redact(letter.original, letter.boxes) == letter.copy
    with pikepdf.open(io.BytesIO(letter.copy)) as pdf:
        assert set(pdf.Root.keys()) == {"/Type", "/Pages"}
        assert "/Info" not in pdf.trailer


def test_half_a_character_under_a_box_is_gone_whole(letter: Redacted) -> None:
    (identity, _telephone) = propose(letter.original, [found("身份证号"), found("138****5678")])
    half = Box(1, identity.box.left + 0.02, identity.box.top + 0.005, identity.box.left + 0.03, identity.box.bottom)
    copy = redact(letter.original, [half])
    assert "身份证号" not in oracle.text_of(copy)
    assert "证号" in oracle.text_of(copy)
    assert verify(letter.original, copy, [half])


def test_a_proposal_falls_back_on_the_place_of_the_finding(letter: Redacted) -> None:
    place = (0.25, 0.25, 0.5, 0.27)
    nowhere, starred, hidden = found("9999***", box=place), found("***", box=place), found("***", page=None)
    boxes = [proposal.box for proposal in propose(letter.original, [nowhere, starred, hidden])]
    assert len(boxes) == 1
    assert boxes[0].left < place[0] < place[2] < boxes[0].right
    assert propose(letter.original, [found("4101************34", page=9)]) == ()
    author = replace(found("王*", page=None), beside=AsideKind.PROPERTY)
    assert propose(letter.original, [author]) == (), "the file's author stands on no page"


def test_an_ofd_is_covered_as_it_is_shown() -> None:
    original = render_ofd(sample(body=(Paragraph(SENTENCE),)))
    (identity,) = propose(original, [found("4101************34")])
    copy = redact(original, [identity.box])
    assert oracle.holds(copy, IDENTITY) == []
    assert "13812345678" in oracle.text_of(copy)
    assert verify(original, copy, [identity.box]).pages == 1


# --- pictures ---


def photograph(orientation: int = 6) -> bytes:
    """White, with a dark square in the top right corner of what a viewer shows, and with a place and an owner."""
    shown = Image.new("RGB", (300, 400), "white")
    shown.paste((90, 20, 20), (200, 0, 300, 100))
    stored = shown.transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[0x0112], exif[0x013B] = orientation, "SECRETOWNER"
    out = io.BytesIO()
    stored.save(out, "JPEG", exif=exif, comment=b"SECRETCOMMENT")
    return out.getvalue()


def test_a_photograph_is_covered_where_a_viewer_shows_it() -> None:
    original, box = photograph(), Box(1, 0.66, 0, 1, 0.26)
    copy = redact(original, [box])
    assert b"SECRETOWNER" in original
    assert oracle.holds(copy, "SECRET") == []
    with pypdfium2.PdfDocument(copy) as pdf:
        picture = pdf[0].render(scale=300 / pdf[0].get_size()[0]).to_pil().convert("L")
    assert picture.size == (300, 400)
    assert picture.getpixel((250, 50)) < 5
    assert picture.getpixel((50, 350)) > 250
    assert verify(original, copy, [box]).words == 0


def test_a_fax_of_two_pages_stays_black_and_white() -> None:
    first, second = (made.written([(text, 72, 700)]).convert("1") for text in ("SECRET", "KEPT"))
    out = io.BytesIO()
    first.save(out, "TIFF", save_all=True, append_images=[second], compression="group4", dpi=(144, 144))
    box = made.around(1, 72, 700)
    copy = redact(out.getvalue(), [box])
    assert verify(out.getvalue(), copy, [box]).pages == 2
    with pikepdf.open(io.BytesIO(copy)) as pdf:
        assert [str(page.obj.Resources.XObject.I.Filter) for page in pdf.pages] == ["/CCITTFaxDecode"] * 2
    with pypdfium2.PdfDocument(copy) as pdf:
        assert pdf[0].get_size() == pytest.approx((made.WIDTH, made.HEIGHT), abs=1)
        assert pdf[1].render(scale=2).to_pil().convert("L").getextrema() == (0, 255), "the other page is not empty"


def test_what_shines_through_a_picture_is_paper() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (200, 100), (0, 0, 0, 0)).save(out, "PNG")
    picture = Image.open(io.BytesIO(looking.page_image(out.getvalue(), 1)))
    assert picture.convert("L").getextrema() == (255, 255)


# --- bad input ---


@pytest.mark.parametrize(
    ("page", "edges"),
    [(0, (0, 0, 1, 1)), (1, (0.5, 0, 0.5, 1)), (1, (0, 0, 1, 1.01)), (1, (-0.1, 0, 1, 1)), (1, (math.nan, 0, 1, 1))],
)
def test_what_is_no_box(page: int, edges: tuple[float, float, float, float]) -> None:
    with pytest.raises(CannotRedact) as refusal:
        Box(page, *edges)
    assert refusal.value.code == "no_box"


def encrypted() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(uploads.pdf())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(user="open", owner="sesame"))
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (uploads.pdf()[:150], "damaged"),
        (b"%PDF-1.7 nothing else %%EOF", "damaged"),
        (encrypted(), "encrypted"),
        (b"\x89PNG\r\n\x1a\n nothing else", "damaged"),
        (uploads.PAGE, "kind"),
        (b"", "kind"),
        (b"PK\x03\x04 nothing else", "damaged"),
    ],
)
def test_what_cannot_be_redacted_is_refused_in_words(data: bytes, code: str) -> None:
    with pytest.raises(CannotRedact) as refusal:
        redact(data, [])
    assert refusal.value.code == code
    assert refusal.value.message.zh.endswith("。")


def test_office_files_where_there_is_no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversion.shutil, "which", lambda name: None)
    with pytest.raises(CannotRedact) as refusal:
        looking.page_count(uploads.word())
    assert refusal.value.code == "no_office"
    assert "另存为PDF" in refusal.value.message.zh


def test_pages_are_bounded_in_number_and_size(monkeypatch: pytest.MonkeyPatch) -> None:
    paper = made.Paper()
    for _ in range(2):
        paper.page(made.line("KEPT", 72, 700)).MediaBox = pikepdf.Array([0, 0, 14_400, 14_400])
    image = Image.open(io.BytesIO(looking.page_image(paper.bytes(), 2, 200)))
    assert image.width * image.height <= pages.MOST_PIXELS * 1.01
    with pytest.raises(CannotRedact) as refusal:
        redact(paper.bytes(), [Box(3, 0, 0, 1, 1)])
    assert refusal.value.code == "no_such_page"
    monkeypatch.setattr(pages, "MOST_PAGES", 1)
    with pytest.raises(CannotRedact) as refusal:
        redact(paper.bytes(), [])
    assert refusal.value.code == "too_many_pages"


# --- in a process of its own ---


def test_from_outside_it_is_the_same(letter: Redacted) -> None:
    told: list[tuple[int, int]] = []
    copy = redaction.redact(letter.original, letter.boxes, on_page=lambda done, of: told.append((done, of)))
    assert copy == letter.copy
    assert told == [(1, 2), (2, 2)]
    assert redaction.page_count(letter.original) == 2
    assert redaction.page_image(letter.original, 1, dpi=20).startswith(b"\x89PNG")
    assert [one.box for one in redaction.propose(letter.original, [found("138****5678")])] == [letter.boxes[1]]
    assert redaction.verify(letter.original, copy, letter.boxes).boxes == 2
    with pytest.raises(CannotRedact) as refusal:
        redaction.page_count(uploads.PAGE)
    assert refusal.value.code == "kind"
